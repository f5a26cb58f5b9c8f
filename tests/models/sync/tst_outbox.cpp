// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Actions on their way: shown at once, carried out once, never lost.

#include <QRegularExpression>
#include <QTest>

#include "tests/models/sync/outboxbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using domain::Action;
using domain::ActionState;
using domain::IssueStatus;
using tests::assignTo;
using tests::FaultServer;
using tests::patience;
using tests::reopen;
using tests::resolve;
using Fault = FaultServer::Reply::Fault;

class TestOutbox final : public tests::OutboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void shownAtOnceCarriedOutOnce();
    void lostAnswersAreReadBack_data();
    void lostAnswersAreReadBack();
    void waitsForTheServerOverARestart();
    void killedOnTheWire_data();
    void killedOnTheWire();
    void keepsTheOrderOfAnIssue();
    void oneThatWaitsLetsOthersPass();
    void removingTheAccountForgets();
};

void TestOutbox::shownAtOnceCarriedOutOnce()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QList<domain::Issue> shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown.append(i); });
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    QSignalSpy pending(m_outbox, &sync::Outbox::pendingCountChanged);
    m_outbox->submit({issue}, resolve);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.first().status, IssueStatus::Resolved);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_outbox->entries().first().state, ActionState::Queued);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(pending.size(), 2);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
    QCOMPARE(m_bench->acme.puts(), QStringList{u"2 {\"status\":\"resolved\"}"_s});
    QCOMPARE(shown.last().status, IssueStatus::Resolved);
    QCOMPARE(shown.last().count, issue.count);
    QCOMPARE(m_outbox->entries().first().state, ActionState::Done);
}

void TestOutbox::lostAnswersAreReadBack_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("reset") << FaultServer::fault(Fault::Reset, {}, -1);
    QTest::newRow("reset in the body") << FaultServer::fault(Fault::Reset, R"({"id":"2"})", 4);
    QTest::newRow("truncated") << FaultServer::fault(Fault::Truncate, R"({"id":"2"})", 4);
    QTest::newRow("500") << FaultServer::json(R"({"detail":"Internal Error"})", 500);
    QTest::newRow("502 of a proxy") << FaultServer::html(502);
    QTest::newRow("page for people") << FaultServer::html();
    QTest::newRow("broken JSON") << FaultServer::json(R"({"id":)");
    QTest::newRow("204") << FaultServer::json({}, 204);
}

void TestOutbox::lostAnswersAreReadBack()
{
    QFETCH(const FaultServer::Reply, reply);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.putFates({{reply, true}});
    m_outbox->submit({issue}, assignTo(u"user:2"_s));
    QVERIFY(settles());
    QCOMPARE(done.size(), 1);
    QCOMPARE(m_bench->acme.puts().size(), 1);
    QVERIFY(shown.assignedTo.has_value());
    QCOMPARE(shown.assignedTo->id.value(), u"user:2"_s);
}

void TestOutbox::waitsForTheServerOverARestart()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    m_bench->acme.setOffline(true);
    m_outbox->submit({two, three}, resolve);
    m_outbox->submit({two}, assignTo(u"user:2"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_bench->open();
    m_outbox = &m_bench->hub->outbox();
    QCOMPARE(m_outbox->pendingCount(), 3);
    // A list that comes from the cache carries what is waiting.
    const auto feed = m_bench->hub->makeIssueFeed();
    QSignalSpy reset(feed.get(), &sync::IssueFeed::rowsReset);
    feed->setQuery(m_bench->query(QString()));
    QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
    QCOMPARE(feed->rows().at(1).status, IssueStatus::Resolved);
    QCOMPARE(feed->rows().at(1).assignedTo->name, u"Bob"_s);
    m_bench->acme.setOffline(false);
    QVERIFY(settles());
    // The order holds within an issue; which issue comes first is up to the back-off of each.
    const QStringList applied = m_bench->acme.applied();
    QCOMPARE(applied.size(), 3);
    QCOMPARE(applied.filter(QRegularExpression(u"^2 "_s)),
        (QStringList{u"2 {\"status\":\"resolved\"}"_s, u"2 {\"assignedTo\":\"user:2\"}"_s}));
    QVERIFY(applied.contains(u"3 {\"status\":\"resolved\"}"_s));
}

void TestOutbox::killedOnTheWire_data()
{
    QTest::addColumn<bool>("applied");
    QTest::newRow("the change was made") << true;
    QTest::newRow("the change was not made") << false;
}

void TestOutbox::killedOnTheWire()
{
    QFETCH(const bool, applied);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.putFates({{FaultServer::fault(Fault::Hang), applied}});
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->acme.puts().size(), 1, patience);
    const int details = m_bench->acme.detailRequests();
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().entries().first().state, ActionState::Sent);
    QVERIFY(settles());
    QVERIFY(m_bench->acme.detailRequests() > details);
    QCOMPARE(m_bench->acme.puts().size(), applied ? 1 : 2);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
}

void TestOutbox::keepsTheOrderOfAnIssue()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.putFates({{FaultServer::json("{}", 500), false}});
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    m_outbox->submit({issue}, resolve);
    QCOMPARE(shown.status, IssueStatus::Resolved);
    m_outbox->submit({shown}, assignTo(u"user:2"_s));
    m_outbox->submit({shown}, reopen);
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QVERIFY(shown.assignedTo.has_value());
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.applied(),
        (QStringList{u"2 {\"status\":\"resolved\"}"_s, u"2 {\"assignedTo\":\"user:2\"}"_s,
            u"2 {\"status\":\"unresolved\"}"_s}));
    QCOMPARE(shown.status, IssueStatus::Unresolved);
}

void TestOutbox::oneThatWaitsLetsOthersPass()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    m_bench->acme.putFates({{FaultServer::json("{}", 500), false}});
    m_outbox->submit({two}, resolve);
    m_outbox->submit({three}, resolve);
    QVERIFY(settles());
    // Whichever came first and was turned away went behind the other one.
    const bool twoFirst = m_bench->acme.puts().first().startsWith(u"2 "_s);
    const QString resolved = u" {\"status\":\"resolved\"}"_s;
    QCOMPARE(m_bench->acme.applied(),
        (QStringList{(twoFirst ? u'3' : u'2') + resolved, (twoFirst ? u'2' : u'3') + resolved}));
}

void TestOutbox::removingTheAccountForgets()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.setOffline(true);
    m_outbox->submit({issue}, resolve);
    m_bench->hub->accounts().remove(m_bench->account);
    QCOMPARE(m_outbox->pendingCount(), 0);
    m_bench->open();
    QVERIFY(m_bench->hub->outbox().entries().isEmpty());
    QVERIFY(m_bench->hub->accounts().accounts().isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutbox)
#include "tst_outbox.moc"
