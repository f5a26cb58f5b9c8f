// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/alerts/engine.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"

using namespace vedette;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using alerts::Alert;
using alerts::AlertEngine;
using alerts::Observation;
using alerts::Sync;

namespace {

const core::TimePoint start = *core::parseTime("2026-03-02T12:00:00Z");
const domain::AccountId account(u"a"_s);

QList<Alert::Kind> kinds(const QList<Alert>& alerts)
{
    QList<Alert::Kind> out;
    for (const Alert& alert : alerts)
        out.append(alert.kind);
    return out;
}

using Kinds = QList<Alert::Kind>;

} // namespace

class TestEngine final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_clock.set(start);
        m_engine = AlertEngine(m_clock);
    }

    void firstLookRaisesNothing();
    void newIssueOnce();
    void oldIssueThatComesIntoViewIsNotNew();
    void importedHistoryIsLearntQuietly();
    void afterALongAbsenceOnlyADay();
    void regressionOnceUntilResolved();
    void regressionWithoutSubstatus();
    void reopenedByAPersonIsNoRegression();
    void spikeOpensRisesAndEnds();
    void spikeOfTheHourBefore();
    void archivedIssuesStayQuiet();
    void snoozeHoldsAndEnds();
    void restartRepeatsNothing();
    void brokenStateIsRefused();
    void accountsAreApart();

private:
    domain::Issue issue(const QString& id, core::TimePoint firstSeen) const
    {
        domain::Issue out;
        out.account = account;
        out.id = domain::IssueId(id);
        out.title = u"Title of "_s + id;
        out.firstSeen = firstSeen;
        out.lastSeen = m_clock.now();
        out.substatus = domain::Substatus::Ongoing;
        return out;
    }

    /// A week of three an hour, then `latest` in the hour that runs.
    Observation counted(const domain::Issue& issue, qint64 latest, bool isHistory = false) const
    {
        Observation out{issue, {1h, {}}, isHistory};
        const auto hour = std::chrono::floor<std::chrono::hours>(m_clock.now());
        for (int i = 168; i > 0; --i)
            out.hourly.points.append({hour - std::chrono::hours(i), 3});
        out.hourly.points.append({hour, latest});
        return out;
    }

    QList<Alert> look(const QList<Observation>& seen, Sync sync = Sync::Following)
    {
        return m_engine.observe(account, seen, sync);
    }

    tests::ManualClock m_clock{start};
    AlertEngine m_engine{m_clock};
};

void TestEngine::firstLookRaisesNothing()
{
    QVERIFY(look({counted(issue(u"1"_s, start - 5min), 90)}, Sync::First).isEmpty());
    // Also where the caller does not know that it is the first one.
    m_engine = AlertEngine(m_clock);
    QVERIFY(look({counted(issue(u"1"_s, start - 5min), 90)}).isEmpty());
    // What is spiking is known all the same, and not raised later.
    QCOMPARE(kinds(m_engine.current()), Kinds{Alert::Kind::Spike});
    m_clock.advance(60s);
    QVERIFY(look({counted(issue(u"1"_s, start - 5min), 95)}).isEmpty());
}

void TestEngine::newIssueOnce()
{
    QVERIFY(look({}, Sync::First).isEmpty());
    m_clock.advance(60s);
    const auto fresh = issue(u"2"_s, m_clock.now() - 10s);
    const auto raised = look({{fresh, {}, false}});
    QCOMPARE(kinds(raised), Kinds{Alert::Kind::NewIssue});
    QCOMPARE(raised.first().issue.id, fresh.id);
    QCOMPARE(raised.first().raised, m_clock.now());
    m_clock.advance(60s);
    QVERIFY(look({{fresh, {}, false}}).isEmpty());
    QCOMPARE(kinds(m_engine.current()), Kinds{Alert::Kind::NewIssue});
    m_clock.advance(1h);
    QVERIFY(look({{fresh, {}, false}}).isEmpty());
    QVERIFY(m_engine.current().isEmpty());
}

void TestEngine::oldIssueThatComesIntoViewIsNotNew()
{
    QVERIFY(look({}, Sync::First).isEmpty());
    m_clock.advance(60s);
    QVERIFY(look({{issue(u"3"_s, start - 100 * 24h), {}, false}}).isEmpty());
}

void TestEngine::importedHistoryIsLearntQuietly()
{
    QVERIFY(look({}, Sync::First).isEmpty());
    m_clock.advance(60s);
    auto imported = counted(issue(u"4"_s, m_clock.now() - 5s), 400, true);
    QVERIFY(look({imported}).isEmpty());
    m_clock.advance(60s);
    imported.isHistory = false;
    QVERIFY(look({imported}).isEmpty());
}

void TestEngine::afterALongAbsenceOnlyADay()
{
    QVERIFY(look({}, Sync::First).isEmpty());
    m_clock.advance(5 * 24h);
    const auto now = m_clock.now();
    const auto raised =
        look({{issue(u"old"_s, now - 30h), {}, false}, {issue(u"recent"_s, now - 3h), {}, false}});
    QCOMPARE(raised.size(), 1);
    QCOMPARE(raised.first().issue.id.value(), u"recent"_s);
}

void TestEngine::regressionOnceUntilResolved()
{
    auto one = issue(u"1"_s, start - 100h);
    QVERIFY(look({{one, {}, false}}, Sync::First).isEmpty());
    m_clock.advance(60s);
    one.substatus = domain::Substatus::Regressed;
    one.lastSeen = m_clock.now();
    QCOMPARE(kinds(look({{one, {}, false}})), Kinds{Alert::Kind::Regression});
    m_clock.advance(60s);
    one.lastSeen = m_clock.now();
    QVERIFY(look({{one, {}, false}}).isEmpty());

    one.status = domain::IssueStatus::Resolved;
    one.substatus = domain::Substatus::None;
    QVERIFY(look({{one, {}, false}}).isEmpty());
    QVERIFY(m_engine.current().isEmpty());
    m_clock.advance(60s);
    one.status = domain::IssueStatus::Unresolved;
    one.substatus = domain::Substatus::Regressed;
    one.lastSeen = m_clock.now();
    QCOMPARE(kinds(look({{one, {}, false}})), Kinds{Alert::Kind::Regression});
}

void TestEngine::regressionWithoutSubstatus()
{
    auto one = issue(u"1"_s, start - 100h);
    one.substatus = domain::Substatus::None;
    one.status = domain::IssueStatus::Resolved;
    QVERIFY(look({{one, {}, false}}, Sync::First).isEmpty());
    m_clock.advance(60s);
    one.status = domain::IssueStatus::Unresolved;
    QVERIFY2(look({{one, {}, false}}).isEmpty(), "no newer event: a person reopened it");
    one.status = domain::IssueStatus::Resolved;
    QVERIFY(look({{one, {}, false}}).isEmpty());
    m_clock.advance(60s);
    one.status = domain::IssueStatus::Unresolved;
    one.lastSeen = m_clock.now();
    QCOMPARE(kinds(look({{one, {}, false}})), Kinds{Alert::Kind::Regression});
}

void TestEngine::reopenedByAPersonIsNoRegression()
{
    auto one = issue(u"1"_s, start - 100h);
    one.status = domain::IssueStatus::Resolved;
    QVERIFY(look({{one, {}, false}}, Sync::First).isEmpty());
    m_clock.advance(60s);
    one.status = domain::IssueStatus::Unresolved;
    one.substatus = domain::Substatus::Ongoing;
    one.lastSeen = m_clock.now();
    QVERIFY(look({{one, {}, false}}).isEmpty());
}

void TestEngine::spikeOpensRisesAndEnds()
{
    const auto one = issue(u"1"_s, start - 100h);
    QVERIFY(look({counted(one, 3)}, Sync::First).isEmpty());
    m_clock.advance(10min);
    const auto raised = look({counted(one, 60)});
    QCOMPARE(kinds(raised), Kinds{Alert::Kind::Spike});
    QCOMPARE(raised.first().count, 60);
    QCOMPARE(raised.first().since, start);
    QVERIFY(raised.first().expected > 2 && raised.first().expected < 4);
    QVERIFY(raised.first().factor > 15);
    const auto when = m_clock.now();

    m_clock.advance(10min);
    QVERIFY(look({counted(one, 240)}).isEmpty());
    QCOMPARE(m_engine.current().size(), 1);
    QCOMPARE(m_engine.current().first().count, 240);
    QCOMPARE(m_engine.current().first().raised, when);

    // A pause of three hours does not end it, so going on is no new alert.
    m_clock.advance(3h);
    QVERIFY(look({counted(one, 1)}).isEmpty());
    QCOMPARE(m_engine.current().size(), 1);
    m_clock.advance(1h);
    QVERIFY(look({counted(one, 80)}).isEmpty());

    m_clock.advance(7h);
    QVERIFY(look({counted(one, 2)}).isEmpty());
    QVERIFY(m_engine.current().isEmpty());
    m_clock.advance(1h);
    QCOMPARE(kinds(look({counted(one, 70)})), Kinds{Alert::Kind::Spike});
}

void TestEngine::spikeOfTheHourBefore()
{
    const auto one = issue(u"1"_s, start - 100h);
    m_clock.set(start + 50min);
    QVERIFY(look({counted(one, 3)}, Sync::First).isEmpty());
    m_clock.advance(15min);
    Observation seen = counted(one, 0);
    seen.hourly.points[seen.hourly.points.size() - 2].count = 50; // 12:00 to 13:00, seen at 13:05
    const auto raised = look({seen});
    QCOMPARE(kinds(raised), Kinds{Alert::Kind::Spike});
    QCOMPARE(raised.first().since, start);
}

void TestEngine::archivedIssuesStayQuiet()
{
    QVERIFY(look({}, Sync::First).isEmpty());
    m_clock.advance(60s);
    auto one = issue(u"1"_s, m_clock.now());
    one.status = domain::IssueStatus::Archived;
    QVERIFY(look({counted(one, 500)}).isEmpty());
    QVERIFY(m_engine.current().isEmpty());
}

void TestEngine::snoozeHoldsAndEnds()
{
    const auto one = issue(u"1"_s, start - 100h);
    QVERIFY(look({counted(one, 3)}, Sync::First).isEmpty());
    m_engine.snooze(one, m_clock.now() + 2h);
    QVERIFY(m_engine.snoozedUntil(one).has_value());
    m_clock.advance(10min);
    QVERIFY(look({counted(one, 60)}).isEmpty());
    QVERIFY(m_engine.current().isEmpty());
    m_clock.advance(10h);
    QVERIFY(!m_engine.snoozedUntil(one).has_value());
    QVERIFY(look({counted(one, 1)}).isEmpty());
    m_clock.advance(1h);
    QCOMPARE(kinds(look({counted(one, 60)})), Kinds{Alert::Kind::Spike});
}

void TestEngine::restartRepeatsNothing()
{
    const auto old = issue(u"1"_s, start - 100h);
    auto back = issue(u"2"_s, start - 100h);
    QVERIFY(look({counted(old, 3), {back, {}, false}}, Sync::First).isEmpty());
    m_clock.advance(60s);
    const auto fresh = issue(u"3"_s, m_clock.now());
    back.substatus = domain::Substatus::Regressed;
    back.lastSeen = m_clock.now();
    const QList<Observation> seen{counted(old, 60), {back, {}, false}, {fresh, {}, false}};
    QCOMPARE(look(seen).size(), 3);
    const auto before = m_engine.current();
    const QByteArray saved = m_engine.save();

    m_clock.advance(60s);
    AlertEngine second(m_clock);
    QVERIFY(second.restore(saved));
    QCOMPARE(kinds(second.current()), kinds(before));
    QCOMPARE(second.current().first().issue.title, before.first().issue.title);
    QCOMPARE(second.current().first().count, 60);
    QVERIFY(second.observe(account, seen, Sync::Following).isEmpty());
    // And what is new is still told.
    m_clock.advance(60s);
    const auto later = issue(u"4"_s, m_clock.now());
    QCOMPARE(
        kinds(second.observe(account, {{later, {}, false}}, Sync::Following)), Kinds{Alert::Kind::NewIssue});
}

void TestEngine::brokenStateIsRefused()
{
    QVERIFY(look({counted(issue(u"1"_s, start - 100h), 90)}, Sync::First).isEmpty());
    for (const QByteArray& bad : {QByteArray(), QByteArray("{"), QByteArray("[]"),
             QByteArray(R"({"version":2})"), QByteArray(R"({"version":1,"accounts":[]})")})
        QVERIFY(!m_engine.restore(bad));
    QCOMPARE(m_engine.current().size(), 1);
    // Odd types inside are read as missing.
    QVERIFY(m_engine.restore(
        R"({"version":1,"accounts":{"a":{"lastLook":"x","issues":[1],"current":[{"kind":9},7,{"kind":0}]}}})"));
    QVERIFY(m_engine.current().isEmpty());
}

void TestEngine::accountsAreApart()
{
    const domain::AccountId other(u"b"_s);
    QVERIFY(look({}, Sync::First).isEmpty());
    m_clock.advance(60s);
    QVERIFY(m_engine.observe(other, {{issue(u"1"_s, m_clock.now()), {}, false}}, Sync::First).isEmpty());
    const auto raised = look({{issue(u"1"_s, m_clock.now()), {}, false}});
    QCOMPARE(raised.size(), 1);
    QCOMPARE(raised.first().issue.account, account);
    m_engine.forget(account);
    QVERIFY(m_engine.current().isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestEngine)
#include "tst_engine.moc"
