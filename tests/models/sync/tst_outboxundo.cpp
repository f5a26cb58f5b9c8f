// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Taking back what was done, and what a person decides about a row.

#include <QDateTime>
#include <QJsonObject>
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

class TestOutboxUndo final : public tests::OutboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void undoDropsWhatWasNotSent();
    void undoSendsTheInverse();
    void undoGoesBackToAllOfIt_data();
    void undoGoesBackToAllOfIt();
    void undoOverARestart();
    void undoLeavesOthersWork();
    void retriesAndDiscards();
};

void TestOutboxUndo::undoDropsWhatWasNotSent()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.putFates(
        {{FaultServer::json(R"({"detail":"slow"})", 429).with("Retry-After", "60"), false}});
    QVERIFY(!m_outbox->canUndo());
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    m_outbox->submit({issue}, resolve);
    QVERIFY(m_outbox->canUndo());
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_outbox->undoLast();
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QCOMPARE(m_outbox->pendingCount(), 0);
    QVERIFY(!m_outbox->canUndo());
    m_bench->open();
    QVERIFY(m_bench->hub->outbox().entries().isEmpty());
    QCOMPARE(m_bench->acme.applied(), QStringList());
}

void TestOutboxUndo::undoSendsTheInverse()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
    QVERIFY(m_outbox->canUndo());
    m_outbox->undoLast();
    QVERIFY(!m_outbox->canUndo());
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"unresolved"_s);
    // An assignment goes back to who had it before.
    m_bench->acme.row(u"3"_s).assignee = u"user:9"_s;
    const domain::Issue assigned = m_bench->issue(u"3"_s);
    m_outbox->submit({assigned}, assignTo(u"user:2"_s));
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"3"_s).assignee, u"user:2"_s);
    m_outbox->undoLast();
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"3"_s).assignee, u"user:9"_s);
}

void TestOutboxUndo::undoGoesBackToAllOfIt_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("substatus");
    QTest::addColumn<QJsonObject>("details");
    QTest::newRow("regressed") << u"unresolved"_s << u"regressed"_s << QJsonObject();
    QTest::newRow("in a release") << u"resolved"_s << QString()
                                  << QJsonObject{{u"inRelease"_s, u"web@1.2"_s}};
    QTest::newRow("for ever") << u"ignored"_s << u"archived_forever"_s << QJsonObject();
    QTest::newRow("until escalating") << u"ignored"_s << u"archived_until_escalating"_s << QJsonObject();
    QTest::newRow("until more events") << u"ignored"_s << u"archived_until_condition_met"_s
                                       << QJsonObject{{u"ignoreCount"_s, 100}, {u"ignoreWindow"_s, 60}};
    QTest::newRow("for a time") << u"ignored"_s << u"archived_until_condition_met"_s
                                << QJsonObject{{u"ignoreUntil"_s, u"2025-11-20T05:30:00Z"_s}};
}

void TestOutboxUndo::undoGoesBackToAllOfIt()
{
    QFETCH(const QString, status);
    QFETCH(const QString, substatus);
    QFETCH(const QJsonObject, details);
    tests::Acme::Row& row = m_bench->acme.row(u"2"_s);
    row.status = status;
    row.substatus = substatus;
    row.statusDetails = details;
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_outbox->submit({issue}, status == u"unresolved" ? resolve : reopen);
    QVERIFY(settles());
    QVERIFY(row.status != status);
    m_outbox->undoLast();
    QVERIFY(settles());
    QCOMPARE(row.status, status);
    QCOMPARE(row.substatus, substatus);
    for (const QString& key : details.keys()) {
        if (key == u"ignoreUntil") {
            const QDateTime wanted = QDateTime::fromString(details.value(key).toString(), Qt::ISODate);
            const QDateTime is = QDateTime::fromString(row.statusDetails.value(key).toString(), Qt::ISODate);
            QVERIFY(std::abs(wanted.secsTo(is)) <= 120);
        } else {
            QCOMPARE(row.statusDetails.value(key), details.value(key));
        }
    }
}

void TestOutboxUndo::undoOverARestart()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    m_outbox->submit({two}, resolve);
    const qint64 first = m_outbox->entries().last().batch;
    m_outbox->submit({three}, assignTo(u"user:2"_s));
    QVERIFY(settles());
    m_bench->open();
    m_outbox = &m_bench->hub->outbox();
    QVERIFY(m_outbox->canUndo());
    m_outbox->undoLast();
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"3"_s).assignee, QString());
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
    // Any other that is still listed, too, once.
    QVERIFY(m_outbox->canUndo(first));
    m_outbox->undo(first);
    QVERIFY(!m_outbox->canUndo(first));
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"unresolved"_s);
    m_bench->open();
    QVERIFY(!m_bench->hub->outbox().canUndo(first));
    QVERIFY(!m_bench->hub->outbox().canUndo());
}

void TestOutboxUndo::undoLeavesOthersWork()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_outbox->submit({issue}, assignTo(u"user:2"_s));
    QVERIFY(settles());
    m_bench->acme.changeAs(u"9"_s, u"Amira"_s, m_bench->acme.row(u"2"_s), {{u"assignedTo"_s, u"user:9"_s}});
    m_outbox->undoLast();
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"2"_s).assignee, u"user:9"_s);
    QCOMPARE(m_outbox->entries().last().state, ActionState::Conflict);
}

void TestOutboxUndo::retriesAndDiscards()
{
    const domain::Issue two = m_bench->issue(u"2"_s);
    const domain::Issue three = m_bench->issue(u"3"_s);
    m_bench->acme.putFates({{FaultServer::html(403), false}, {FaultServer::json("{}", 403), false}});
    m_outbox->submit({two}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(m_outbox->entries().first().wait, sync::Outbox::Wait::Person, patience);
    m_outbox->submit({three}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(m_outbox->entries().last().state, ActionState::Failed, patience);
    m_outbox->retry(m_outbox->entries().first().id);
    m_outbox->retry(m_outbox->entries().last().id);
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
    QCOMPARE(m_bench->acme.row(u"3"_s).status, u"resolved"_s);
    // What was not sent is taken back, and what waits behind it goes on.
    domain::Issue shown;
    const domain::Issue four = m_bench->issue(u"4"_s);
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    m_bench->acme.putFates({{FaultServer::html(403), false}});
    m_outbox->submit({four}, {Action::Kind::Archive, {}});
    m_outbox->submit({shown}, assignTo(u"user:2"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_outbox->entries().at(2).wait, sync::Outbox::Wait::Person, patience);
    m_outbox->discard(m_outbox->entries().at(2).id);
    QCOMPARE(shown.status, IssueStatus::Unresolved);
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.row(u"4"_s).status, u"unresolved"_s);
    QCOMPARE(m_bench->acme.row(u"4"_s).assignee, u"user:2"_s);
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().entries().size(), 3);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutboxUndo)
#include "tst_outboxundo.moc"
