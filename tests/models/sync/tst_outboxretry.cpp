// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What failed is tried again, waits, or is rolled back; what nobody knows is read back.

#include <QTest>

#include "models/sync/retrypolicy.h"
#include "tests/models/sync/outboxbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::Action;
using domain::ActionState;
using domain::IssueStatus;
using tests::FaultServer;
using tests::patience;
using tests::resolve;
using Fault = FaultServer::Reply::Fault;

class TestOutboxRetry final : public tests::OutboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void refusalsRollBack_data();
    void refusalsRollBack();
    void faultsAreTriedAgain_data();
    void faultsAreTriedAgain();
    void waitsForAPerson_data();
    void waitsForAPerson();
    void waitsForAToken();
    void waitsAsLongAsItIsAsked();
    void refusedMarksAreQuiet();
    void aRefusalAfterAChangeIsNone();
};

void TestOutboxRetry::refusalsRollBack_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    QTest::newRow("400") << 400 << int(ErrorKind::Rejected);
    QTest::newRow("403") << 403 << int(ErrorKind::Forbidden);
    QTest::newRow("404") << 404 << int(ErrorKind::NotFound);
    QTest::newRow("409") << 409 << int(ErrorKind::Rejected);
    QTest::newRow("410") << 410 << int(ErrorKind::Gone);
    QTest::newRow("413") << 413 << int(ErrorKind::TooLarge);
}

void TestOutboxRetry::refusalsRollBack()
{
    QFETCH(const int, status);
    QFETCH(const int, kind);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QList<core::Error> errors;
    connect(m_outbox, &sync::Outbox::refused, this,
        [&](const QList<domain::Issue>& issues, const Action&, const core::Error& error) {
            QCOMPARE(tests::idsOf(issues), QStringList{u"2"_s});
            errors.append(error);
        });
    m_bench->acme.putFates({{FaultServer::json(R"({"detail":"no"})", status), false}});
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, patience);
    QCOMPARE(int(errors.first().kind), kind);
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(m_outbox->entries().first().state, ActionState::Failed);
    QCOMPARE(m_bench->acme.applied(), QStringList());
    // It stays refused over a restart.
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().pendingCount(), 0);
    QCOMPARE(m_bench->hub->outbox().entries().first().state, ActionState::Failed);
}

void TestOutboxRetry::faultsAreTriedAgain_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("408") << FaultServer::json("{}", 408);
    QTest::newRow("429") << FaultServer::json(R"({"detail":"slow"})", 429).with("Retry-After", "2");
    QTest::newRow("500") << FaultServer::json(R"({"detail":"Internal Error"})", 500);
    QTest::newRow("503") << FaultServer::html(503);
    QTest::newRow("reset") << FaultServer::fault(Fault::Reset, {}, -1);
    QTest::newRow("not HTTP") << FaultServer::fault(Fault::Raw, "220 mail\r\n\r\n");
}

void TestOutboxRetry::faultsAreTriedAgain()
{
    QFETCH(const FaultServer::Reply, reply);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.putFates({{reply, false}, {reply, false}});
    m_outbox->submit({issue}, resolve);
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
    QCOMPARE(shown.status, IssueStatus::Resolved);
    QCOMPARE(m_bench->acme.applied().size(), 1);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
}

void TestOutboxRetry::waitsForAPerson_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("page for people") << FaultServer::html();
    QTest::newRow("403 of a proxy") << FaultServer::html(403);
    QTest::newRow("elsewhere") << FaultServer::redirect(QUrl(u"https://elsewhere.example/"_s));
}

void TestOutboxRetry::waitsForAPerson()
{
    QFETCH(const FaultServer::Reply, reply);
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.putFates({{reply, false}});
    m_outbox->submit({two}, resolve);
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_bench->clock.advance(std::chrono::hours(24));
    m_outbox->submit({three}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(refused.size(), 0);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_bench->acme.puts().size(), 2);
    m_bench->open();
    m_outbox = &m_bench->hub->outbox();
    QSignalSpy doneLater(m_outbox, &sync::Outbox::done);
    m_outbox->submit({m_bench->issue(u"4"_s)}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(doneLater.size(), 1, patience);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_bench->acme.applied().size(), 2);
}

void TestOutboxRetry::waitsForAToken()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.refuseTokens(true);
    m_outbox->submit({two}, resolve);
    m_outbox->submit({three}, resolve);
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    QCOMPARE(m_outbox->entries().first().error->kind, ErrorKind::Unauthorized);
    QCOMPARE(m_outbox->pendingCount(), 2);
    // The other one is not even tried.
    QVERIFY(!m_outbox->entries().last().error.has_value());
    m_bench->acme.refuseTokens(false);
    const auto renewed =
        tests::outcome(m_bench->hub->accounts().renewToken(m_bench->account, u"sntryu_9876543210"_s));
    QVERIFY(renewed.has_value());
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
    QCOMPARE(m_bench->acme.applied().size(), 2);
}

void TestOutboxRetry::waitsAsLongAsItIsAsked()
{
    core::Error error{ErrorKind::Server, 503, {}, std::chrono::seconds(7'200)};
    for (int attempt = 1; attempt < 20; ++attempt)
        QVERIFY(sync::waitAfter(error, attempt) >= std::chrono::hours(2));
    error.retryAfter.reset();
    QVERIFY(sync::waitAfter(error, 1) >= std::chrono::seconds(1));
    QVERIFY(sync::waitAfter(error, 1) < std::chrono::seconds(2));
    QVERIFY(sync::waitAfter(error, 1'000) >= std::chrono::minutes(5));
    QVERIFY(sync::waitAfter(error, 1'000) < std::chrono::minutes(7));
}

void TestOutboxRetry::refusedMarksAreQuiet()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.putFates({{FaultServer::json("{}", 403), false}});
    m_outbox->submit({issue}, {Action::Kind::MarkSeen, {}});
    QVERIFY(!m_outbox->canUndo());
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
}

void TestOutboxRetry::aRefusalAfterAChangeIsNone()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.putFates({{FaultServer::json(R"({"detail":"odd"})", 400), true}});
    m_outbox->submit({issue}, resolve);
    QVERIFY(settles());
    QCOMPARE(refused.size(), 0);
    QCOMPARE(done.size(), 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutboxRetry)
#include "tst_outboxretry.moc"
