// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Somebody else changed the same meanwhile: nothing is overwritten, and a person decides.

#include <QJsonObject>
#include <QTest>

#include "tests/models/sync/outboxbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using domain::Action;
using domain::ActionState;
using tests::assignTo;
using tests::FaultServer;
using tests::patience;
using tests::resolve;
using Fault = FaultServer::Reply::Fault;

class TestOutboxConflict final : public tests::OutboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void somebodyElseWasFirst_data();
    void somebodyElseWasFirst();
    void conflictsAreDecided();
    void aMergedIssueIsNotChanged();
    void ownChangesAreNoConflict();
    void madeAndChangedSinceIsDone();
};

void TestOutboxConflict::somebodyElseWasFirst_data()
{
    QTest::addColumn<Action>("action");
    QTest::addColumn<QJsonObject>("theirs");
    QTest::addColumn<bool>("isConflict");
    const QJsonObject archived{{u"status"_s, u"ignored"_s}, {u"substatus"_s, u"archived_forever"_s}};
    QTest::newRow("resolved, archived") << resolve << archived << true;
    QTest::newRow("archived otherwise") << Action{Action::Kind::Archive, {}} << archived << true;
    QTest::newRow("assigned otherwise")
        << assignTo(u"user:2"_s) << QJsonObject{{u"assignedTo"_s, u"user:9"_s}} << true;
    QTest::newRow("the same") << resolve << QJsonObject{{u"status"_s, u"resolved"_s}} << false;
    QTest::newRow("something else") << resolve << QJsonObject{{u"assignedTo"_s, u"user:9"_s}} << false;
}

void TestOutboxConflict::somebodyElseWasFirst()
{
    QFETCH(const Action, action);
    QFETCH(const QJsonObject, theirs);
    QFETCH(const bool, isConflict);
    const domain::Issue issue = m_bench->issue(u"2"_s);
    domain::Issue shown;
    connect(m_outbox, &sync::Outbox::issueChanged, this, [&](const domain::Issue& i) { shown = i; });
    QSignalSpy conflicted(m_outbox, &sync::Outbox::conflicted);
    m_bench->acme.setOffline(true);
    m_outbox->submit({issue}, action);
    QTRY_VERIFY_WITH_TIMEOUT(m_outbox->entries().first().error.has_value(), patience);
    m_bench->acme.changeAs(u"9"_s, u"Amira"_s, m_bench->acme.row(u"2"_s), theirs);
    m_bench->acme.setOffline(false);
    QVERIFY(settles());
    QCOMPARE(conflicted.size(), isConflict ? 1 : 0);
    const sync::Outbox::Entry entry = m_outbox->entries().first();
    QCOMPARE(entry.state, isConflict ? ActionState::Conflict : ActionState::Done);
    if (!isConflict)
        return;
    QCOMPARE(m_bench->acme.puts(), QStringList());
    QVERIFY(entry.conflict && entry.conflict->by);
    QCOMPARE(entry.conflict->by->name, u"Amira"_s);
    // What is shown is theirs.
    const tests::Acme::Row& row = m_bench->acme.row(u"2"_s);
    QCOMPARE(domain::issueStatusText(shown.status), row.status);
    QCOMPARE(shown.assignedTo ? shown.assignedTo->id.value() : QString(), row.assignee);
    // It stays, over a restart.
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().entries().first().conflict, entry.conflict);
    QCOMPARE(m_bench->hub->outbox().pendingCount(), 0);
}

void TestOutboxConflict::conflictsAreDecided()
{
    for (const QString& id : {u"2"_s, u"3"_s}) {
        const domain::Issue issue = m_bench->issue(id);
        m_bench->acme.changeAs(u"9"_s, u"Amira"_s, m_bench->acme.row(id),
            {{u"status"_s, u"ignored"_s}, {u"substatus"_s, u"archived_forever"_s}});
        m_outbox->submit({issue}, resolve);
        QVERIFY(settles());
        QTRY_COMPARE_WITH_TIMEOUT(m_outbox->entries().last().state, ActionState::Conflict, patience);
    }
    m_outbox->resolveConflict(m_outbox->entries().first().id, sync::Outbox::Resolution::ApplyAnyway);
    QVERIFY(settles());
    QCOMPARE(m_outbox->entries().first().state, ActionState::Done);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
    m_outbox->resolveConflict(m_outbox->entries().last().id, sync::Outbox::Resolution::Leave);
    QCOMPARE(m_outbox->entries().size(), 1);
    QCOMPARE(m_bench->acme.row(u"3"_s).status, u"ignored"_s);
    m_bench->open();
    QCOMPARE(m_bench->hub->outbox().entries().size(), 1);
}

void TestOutboxConflict::aMergedIssueIsNotChanged()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    m_bench->acme.mergeInto(u"2"_s, u"1"_s);
    m_outbox->submit({issue}, resolve);
    QVERIFY(settles());
    const sync::Outbox::Entry entry = m_outbox->entries().first();
    QCOMPARE(entry.state, ActionState::Conflict);
    QCOMPARE(entry.conflict->mergedInto.value(), u"1"_s);
    QCOMPARE(m_bench->acme.puts(), QStringList());
}

void TestOutboxConflict::ownChangesAreNoConflict()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->hub->directory().me(m_bench->account).has_value(), patience);
    m_bench->acme.changeAs(u"1"_s, u"Ada"_s, m_bench->acme.row(u"2"_s), {{u"status"_s, u"ignored"_s}});
    m_outbox->submit({issue}, resolve);
    QVERIFY(settles());
    QCOMPARE(m_outbox->entries().first().state, ActionState::Done);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"resolved"_s);
}

void TestOutboxConflict::madeAndChangedSinceIsDone()
{
    const domain::Issue issue = m_bench->issue(u"2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->hub->directory().me(m_bench->account).has_value(), patience);
    // An entry of before, by which the later ones are told.
    m_bench->acme.row(u"2"_s).activity.append(QJsonObject{{u"id"_s, u"0"_s}, {u"type"_s, u"first_seen"_s}});
    m_bench->acme.putFates({{FaultServer::fault(Fault::Hang), true}});
    m_outbox->submit({issue}, resolve);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->acme.puts().size(), 1, patience);
    m_bench->hub.reset();
    m_bench->acme.changeAs(u"9"_s, u"Amira"_s, m_bench->acme.row(u"2"_s), {{u"status"_s, u"unresolved"_s}});
    m_bench->open();
    m_outbox = &m_bench->hub->outbox();
    QVERIFY(settles());
    QCOMPARE(m_outbox->entries().first().state, ActionState::Done);
    QCOMPARE(m_bench->acme.puts().size(), 1);
    QCOMPARE(m_bench->acme.row(u"2"_s).status, u"unresolved"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOutboxConflict)
#include "tst_outboxconflict.moc"
