// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The same action on many issues: one guarded change, and what it does not do goes alone.

#include <QTest>

#include "tests/models/sync/outboxbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using domain::Action;
using domain::ActionState;
using tests::FaultServer;
using tests::patience;
using tests::reopen;
using tests::resolve;
using Fault = FaultServer::Reply::Fault;

class TestOutboxMany final : public tests::OutboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void manyIssuesAreOneChange();
    void whatManyDidNotDoGoesAlone();
    void aLostAnswerOfManyIsReadBack();
    void manyRefusedGoAlone();
    void staleIdsChangeNothingElse();
};

void TestOutboxMany::manyIssuesAreOneChange()
{
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_outbox->submit(all(), resolve);
    QCOMPARE(m_outbox->pendingCount(), 5);
    QVERIFY(settles());
    QCOMPARE(done.size(), 5);
    QCOMPARE(m_bench->acme.bulks(), QStringList{u"1,2,3,4,5 {\"status\":\"resolved\"}"_s});
    QCOMPARE(m_bench->acme.puts(), QStringList());
    for (const sync::Outbox::Entry& entry : m_outbox->entries())
        QCOMPARE(entry.state, ActionState::Done);
    // Two are no crowd.
    const QList<domain::Issue> two = all().first(2);
    m_outbox->submit(two, reopen);
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.bulks().size(), 1);
    QCOMPARE(m_bench->acme.puts().size(), 2);
}

void TestOutboxMany::whatManyDidNotDoGoesAlone()
{
    const QList<domain::Issue> issues = all();
    m_bench->acme.row(u"4"_s).organization = u"hidden"_s; // out of reach: skipped without a word
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    m_bench->acme.bulkFates({{FaultServer::json({}, 204), false}});
    m_outbox->submit(issues, resolve);
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.bulks().size(), 1);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(m_bench->acme.applied().size(), 4);
    for (const QString& id : {u"1"_s, u"2"_s, u"3"_s, u"5"_s})
        QCOMPARE(m_bench->acme.row(id).status, u"resolved"_s);
}

void TestOutboxMany::aLostAnswerOfManyIsReadBack()
{
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.bulkFates({{FaultServer::fault(Fault::Reset, {}, -1), true}});
    m_outbox->submit(all(), resolve);
    QVERIFY(settles());
    QCOMPARE(done.size(), 5);
    QCOMPARE(m_bench->acme.bulks().size(), 1);
    QCOMPARE(m_bench->acme.puts(), QStringList());
    QCOMPARE(m_bench->acme.row(u"5"_s).activity.size(), 1);
}

void TestOutboxMany::manyRefusedGoAlone()
{
    const QList<domain::Issue> issues = all();
    QSignalSpy refused(m_outbox, &sync::Outbox::refused);
    QSignalSpy done(m_outbox, &sync::Outbox::done);
    m_bench->acme.bulkFates({{FaultServer::json("{}", 400), false}});
    m_bench->acme.putFates({{FaultServer::json("{}", 403), false}});
    m_outbox->submit(issues, resolve);
    QVERIFY(settles());
    // Each fails by itself.
    QCOMPARE(refused.size(), 1);
    QCOMPARE(done.size(), 4);
}

void TestOutboxMany::staleIdsChangeNothingElse()
{
    const QList<domain::Issue> issues = all().first(3);
    m_bench->acme.setOffline(true);
    m_outbox->submit(issues, resolve);
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    for (const domain::Issue& issue : issues)
        m_bench->acme.row(issue.id.value()).organization = u"hidden"_s;
    m_bench->acme.setOffline(false);
    QVERIFY(settles());
    QCOMPARE(m_bench->acme.strays(), QStringList());
    QCOMPARE(m_bench->acme.applied(), QStringList());
    QCOMPARE(m_bench->acme.row(u"4"_s).status, u"unresolved"_s);
    for (const sync::Outbox::Entry& entry : m_outbox->entries())
        QCOMPARE(entry.state, ActionState::Failed);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutboxMany)
#include "tst_outboxmany.moc"
