// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/storage/store.h"
#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What new events and time make of issues: contract section 13, 15, and section 14. Events come in by the
/// door, states are read by the API, time is the test's.
class TestIssueStates final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void regressionByRelease_data();
    void regressionByRelease();
    void regressionByDate();
    void regressionByCommit();
    void regressionIsTold();
    void archivedForATime();
    void archivedUntilEvents();
    void archivedUntilEventsWithinAWindow();
    void archivedUntilUsers();
    void archivedForGood();
    void archivedUntilEscalating();
    void forecastIsShownAndRenewed();
    void newIssueThatIsTooFast();
    void lockedPriorityStays();
    void resolvesItselfWithAge();
    void becomesOngoing();
    void inboxFollows();
    void endsWithoutARead();

private:
    [[nodiscard]] QByteArray one(const QString& id) const
    {
        return m_world->org() + "/issues/" + id.toLatin1() + "/";
    }
    [[nodiscard]] QJsonValue read(const QString& id) { return m_world->get(one(id)).json; }
    [[nodiscard]] QString status(const QString& id)
    {
        const QJsonValue issue = read(id);
        const QString substatus = issue[u"substatus"_s].toString();
        return issue[u"status"_s].toString() + (substatus.isEmpty() ? QString() : u'/' + substatus);
    }
    [[nodiscard]] QJsonValue lastActivity(const QString& id) { return read(id)[u"activity"_s][0]; }
    void change(const QString& id, const QByteArray& body)
    {
        const ApiAnswer answer = m_world->put(one(id), body);
        QVERIFY2(answer.status == 200, answer.raw.body.c_str());
    }
    void sql(const std::string& text)
    {
        QVERIFY(m_world->collector().store().write([&](SQLite::Database& db) { db.exec(text); }));
    }
    QString event(const QByteArray& type, const QByteArray& release = {})
    {
        return m_world->addIssue(
            type, 1, release.isEmpty() ? QByteArray() : ",\"release\":\"" + release + "\"");
    }

    std::unique_ptr<ApiWorld> m_world;
};

void TestIssueStates::init()
{
    m_world = std::make_unique<ApiWorld>();
}

void TestIssueStates::regressionByRelease_data()
{
    QTest::addColumn<QByteArray>("details");
    QTest::addColumn<QByteArray>("release"); // of the event; the issue was seen in app@1.0.0 and app@1.1.0
    QTest::addColumn<bool>("reopens");
    const QByteArray now = "{}";
    const QByteArray next = R"({"inNextRelease":true})";
    const QByteArray in = R"({"inRelease":"app@1.1.0"})";
    QTest::newRow("now, any release") << now << QByteArray("app@0.1.0") << true;
    QTest::newRow("now, no release") << now << QByteArray() << true;
    QTest::newRow("next, older") << next << QByteArray("app@1.0.0") << false;
    QTest::newRow("next, older that is new here") << next << QByteArray("app@1.0.5") << false;
    QTest::newRow("next, candidate of the last") << next << QByteArray("app@1.1.0-rc.1") << false;
    QTest::newRow("next, the last one") << next << QByteArray("app@1.1.0") << false;
    QTest::newRow("next, none") << next << QByteArray() << false;
    QTest::newRow("next, later") << next << QByteArray("app@1.1.1") << true;
    QTest::newRow("next, much later") << next << QByteArray("app@1.10.0") << true;
    QTest::newRow("next, another kind of name: later by date") << next << QByteArray("nightly") << true;
    QTest::newRow("in, older") << in << QByteArray("app@1.0.0") << false;
    QTest::newRow("in, candidate of it") << in << QByteArray("app@1.1.0-rc.2") << false;
    QTest::newRow("in, none") << in << QByteArray() << false;
    QTest::newRow("in, that one: the mend should be in it") << in << QByteArray("app@1.1.0") << true;
    QTest::newRow("in, later") << in << QByteArray("app@2.0.0") << true;
}

void TestIssueStates::regressionByRelease()
{
    QFETCH(QByteArray, details);
    QFETCH(QByteArray, release);
    QFETCH(bool, reopens);
    const QString id = event("A", "app@1.0.0");
    m_world->clock.advance(std::chrono::hours(1));
    event("A", "app@1.1.0");
    m_world->clock.advance(std::chrono::hours(1));
    change(id, R"({"status":"resolved","statusDetails":)" + details + "}");
    m_world->clock.advance(std::chrono::hours(1));
    for (int i = 0; i < 2; ++i) // what is decided once holds
        QCOMPARE(event("A", release), id);
    QCOMPARE(status(id), reopens ? u"unresolved/regressed"_s : u"resolved"_s);
    QCOMPARE(read(id)[u"count"_s].toString(), u"4"_s); // counted all the same
    if (reopens)
        QVERIFY(read(id)[u"statusDetails"_s].toObject().isEmpty());
}

void TestIssueStates::regressionByDate()
{
    // Names that are no versions: what came later is later.
    const QString id = event("A", "spring");
    m_world->clock.advance(std::chrono::hours(1));
    event("B", "autumn");
    m_world->clock.advance(std::chrono::hours(1));
    change(id, R"({"status":"resolved","statusDetails":{"inNextRelease":true}})");
    event("A", "autumn");
    event("A", "spring");
    QCOMPARE(status(id), u"resolved"_s);
    m_world->clock.advance(std::chrono::hours(1));
    event("A", "aardvark");
    QCOMPARE(status(id), u"unresolved/regressed"_s);
}

void TestIssueStates::regressionByCommit()
{
    const QString id = event("A", "app@1.0.0");
    sql("INSERT INTO repositories (id, name, created) VALUES (1, 'shop', 0); "
        "INSERT INTO commits (id, repository_id, sha, created) VALUES (5, 1, 'abc123', 0)");
    change(
        id, R"({"status":"resolved","statusDetails":{"inCommit":{"commit":"abc123","repository":"shop"}}})");
    m_world->clock.advance(std::chrono::hours(1));
    // As long as no release is known to hold it, it may be in none.
    event("A", "app@1.0.1");
    event("A");
    QCOMPARE(status(id), u"resolved"_s);
    m_world->clock.advance(std::chrono::hours(1));
    event("B", "app@1.1.0");
    sql("INSERT INTO release_commits (release_id, commit_id, position) "
        "SELECT id, 5, 0 FROM releases WHERE version = 'app@1.1.0'");
    event("A", "app@1.0.1");
    event("A");
    QCOMPARE(status(id), u"resolved"_s);
    event("A", "app@1.1.0");
    QCOMPARE(status(id), u"unresolved/regressed"_s);
    // And the later ones.
    change(
        id, R"({"status":"resolved","statusDetails":{"inCommit":{"commit":"abc123","repository":"shop"}}})");
    event("A", "app@1.2.0");
    QCOMPARE(status(id), u"unresolved/regressed"_s);
}

void TestIssueStates::regressionIsTold()
{
    const QString id = event("A", "app@1.0.0");
    change(id, R"({"status":"resolved","statusDetails":{"inNextRelease":true}})");
    QCOMPARE(read(id)[u"hasSeen"_s], QJsonValue(true));
    m_world->clock.advance(std::chrono::hours(1));
    event("A", "app@1.0.1");
    const QJsonValue told = lastActivity(id);
    QCOMPARE(told[u"type"_s].toString(), u"set_regression"_s);
    QCOMPARE(told[u"data"_s][u"version"_s].toString(), u"app@1.0.1"_s);
    QCOMPARE(told[u"data"_s][u"event_id"_s].toString().size(), 32);
    QVERIFY(told[u"user"_s].isNull());
    QCOMPARE(read(id)[u"hasSeen"_s], QJsonValue(false));
}

void TestIssueStates::archivedForATime()
{
    const QString id = event("A");
    m_world->clock.advance(std::chrono::minutes(1));
    change(id, R"({"status":"ignored","statusDetails":{"ignoreDuration":30}})");
    QCOMPARE(status(id), u"ignored/archived_until_condition_met"_s);
    QCOMPARE(read(id)[u"statusDetails"_s][u"ignoreUntil"_s].toString(), u"2026-11-20T11:01:00.000Z"_s);
    m_world->clock.advance(std::chrono::minutes(29));
    event("A");
    QCOMPARE(status(id), u"ignored/archived_until_condition_met"_s);
    m_world->clock.advance(std::chrono::minutes(1)); // and no event
    QCOMPARE(status(id), u"unresolved/ongoing"_s);
    QCOMPARE(lastActivity(id)[u"type"_s].toString(), u"set_unresolved"_s);
    QVERIFY(read(id)[u"statusDetails"_s].toObject().isEmpty());
}

void TestIssueStates::archivedUntilEvents()
{
    const QString id = event("A");
    event("A");
    change(id, R"({"status":"ignored","statusDetails":{"ignoreCount":3}})");
    const auto left = [&] { return read(id)[u"statusDetails"_s][u"ignoreCount"_s].toInt(-1); };
    QCOMPARE(left(), 3);
    event("A");
    event("A");
    QCOMPARE(left(), 1); // what remains
    QCOMPARE(status(id), u"ignored/archived_until_condition_met"_s);
    event("A");
    QCOMPARE(status(id), u"unresolved/escalating"_s);
    const QJsonValue told = read(id)[u"activity"_s];
    QCOMPARE(column(told, u"type"_s).mid(0, 2), (QStringList{u"set_priority"_s, u"set_escalating"_s}));
    QCOMPARE(told[1][u"data"_s][u"expired_snooze"_s][u"count"_s].toInt(), 3);
    QCOMPARE(told[1][u"data"_s][u"event_id"_s].toString().size(), 32);
}

void TestIssueStates::archivedUntilEventsWithinAWindow()
{
    const QString id = event("A");
    for (int i = 0; i < 5; ++i)
        event("A"); // before it was archived: no "more"
    m_world->clock.advance(std::chrono::minutes(1));
    change(id, R"({"status":"ignored","statusDetails":{"ignoreCount":3,"ignoreWindow":10}})");
    event("A");
    event("A");
    m_world->clock.advance(std::chrono::minutes(10));
    event("A"); // three, but not within ten minutes
    QCOMPARE(status(id), u"ignored/archived_until_condition_met"_s);
    QCOMPARE(read(id)[u"statusDetails"_s][u"ignoreCount"_s].toInt(), 3); // a window has no remainder
    QCOMPARE(read(id)[u"statusDetails"_s][u"ignoreWindow"_s].toInt(), 10);
    m_world->clock.advance(std::chrono::minutes(5));
    event("A");
    event("A");
    QCOMPARE(status(id), u"unresolved/escalating"_s);
}

void TestIssueStates::archivedUntilUsers()
{
    const QString id = m_world->addIssue("A", 2);
    m_world->clock.advance(std::chrono::minutes(1));
    change(id, R"({"status":"ignored","statusDetails":{"ignoreUserCount":2}})");
    m_world->addIssue("A", 1);
    QCOMPARE(status(id), u"ignored/archived_until_condition_met"_s);
    QCOMPARE(read(id)[u"statusDetails"_s][u"ignoreUserCount"_s].toInt(), 1);
    m_world->addIssue("A", 1);
    QCOMPARE(status(id), u"unresolved/escalating"_s);

    const QString other = m_world->addIssue("B", 1);
    m_world->clock.advance(std::chrono::minutes(1));
    change(other, R"({"status":"ignored","statusDetails":{"ignoreUserCount":2,"ignoreUserWindow":10}})");
    m_world->addIssue("B", 1);
    m_world->clock.advance(std::chrono::minutes(11));
    m_world->addIssue("B", 1);
    QCOMPARE(status(other), u"ignored/archived_until_condition_met"_s);
    m_world->addIssue("B", 1);
    QCOMPARE(status(other), u"unresolved/escalating"_s);
}

void TestIssueStates::archivedForGood()
{
    const QString id = event("A");
    change(id, R"({"status":"ignored"})");
    m_world->clock.advance(std::chrono::hours(24 * 30));
    m_world->addIssue("A", 50);
    QCOMPARE(status(id), u"ignored/archived_forever"_s);
}

void TestIssueStates::archivedUntilEscalating()
{
    // The largest hour has 2 events, and hours are missing: the ceiling is 20.
    const QString id = m_world->addIssue("A", 2);
    m_world->clock.advance(std::chrono::hours(2));
    change(id, R"({"status":"ignored","substatus":"archived_until_escalating","statusDetails":{}})");
    QCOMPARE(status(id), u"ignored/archived_until_escalating"_s);
    QVERIFY(read(id)[u"statusDetails"_s].toObject().isEmpty());
    m_world->addIssue("A", 20);
    QCOMPARE(status(id), u"ignored/archived_until_escalating"_s); // strictly more
    m_world->clock.advance(std::chrono::minutes(30));             // the next clock hour begins anew
    m_world->addIssue("A", 20);
    QCOMPARE(status(id), u"ignored/archived_until_escalating"_s);
    m_world->addIssue("A", 1);
    QCOMPARE(status(id), u"unresolved/escalating"_s);
    QCOMPARE(read(id)[u"priority"_s].toString(), u"high"_s);
    const QJsonValue told = read(id)[u"activity"_s];
    QCOMPARE(told[1][u"type"_s].toString(), u"set_escalating"_s);
    QCOMPARE(told[1][u"data"_s][u"forecast"_s].toInt(), 20);
    QVERIFY(read(id)[u"statusDetails"_s].toObject().isEmpty());
}

void TestIssueStates::forecastIsShownAndRenewed()
{
    const QString id = m_world->addIssue("A", 2);
    const auto forecast = [&] { return m_world->get(one(id) + "?expand=forecast").json[u"forecast"_s]; };
    QVERIFY(forecast().isUndefined() || forecast().isNull());
    change(id, R"({"status":"ignored","substatus":"archived_until_escalating"})");
    QCOMPARE(forecast()[u"data"_s].toArray().size(), 14);
    QCOMPARE(forecast()[u"data"_s][0].toInt(), 20);
    QCOMPARE(forecast()[u"date_added"_s].toDouble(), 1795170600.0);
    QVERIFY(read(id)[u"forecast"_s].isUndefined()); // only where it is asked for
    m_world->clock.advance(std::chrono::hours(24 * 5));
    m_world->addIssue("A", 4);
    QCOMPARE(forecast()[u"data"_s][0].toInt(), 20);
    m_world->clock.advance(std::chrono::hours(24 * 3)); // a week is over, and it was seen within
    QCOMPARE(forecast()[u"data"_s][0].toInt(), 40);
    change(id, R"({"status":"resolved"})");
    QVERIFY(forecast().isUndefined() || forecast().isNull());
}

void TestIssueStates::newIssueThatIsTooFast()
{
    // Usual here: three issues of 2 events in 25 hours. The threshold is that of a day.
    for (const char* type : {"X", "Y", "Z"})
        m_world->addIssue(type, 2);
    m_world->clock.advance(std::chrono::hours(25));
    const QString id = m_world->addIssue("A", 9);
    QCOMPARE(status(id), u"unresolved/new"_s); // fewer than ten
    m_world->addIssue("A", 1);
    QCOMPARE(status(id), u"unresolved/escalating"_s);
    QCOMPARE(read(id)[u"activity"_s][1][u"type"_s].toString(), u"set_escalating"_s);
    QCOMPARE(read(id)[u"priority"_s].toString(), u"high"_s);
    const qsizetype before = read(id)[u"activity"_s].toArray().size();
    m_world->addIssue("A", 5);
    QCOMPARE(read(id)[u"activity"_s].toArray().size(), before); // once
    // Where nothing is known of the project nothing is too fast.
    m_world = std::make_unique<ApiWorld>();
    QCOMPARE(status(m_world->addIssue("A", 30)), u"unresolved/new"_s);
}

void TestIssueStates::lockedPriorityStays()
{
    const QString id = event("A");
    change(id, R"({"priority":"low"})");
    QVERIFY(!read(id)[u"priorityLockedAt"_s].isNull());
    change(id, R"({"status":"ignored","statusDetails":{"ignoreCount":1}})");
    event("A");
    QCOMPARE(status(id), u"unresolved/escalating"_s);
    QCOMPARE(read(id)[u"priority"_s].toString(), u"low"_s);
}

void TestIssueStates::resolvesItselfWithAge()
{
    const QString id = event("A");
    const QString archived = event("B");
    change(archived, R"({"status":"ignored"})");
    sql("UPDATE projects SET resolve_age = 24");
    m_world->clock.advance(std::chrono::hours(23));
    QCOMPARE(status(id), u"unresolved/new"_s);
    const QString young = event("C");
    m_world->clock.advance(std::chrono::minutes(61));
    QCOMPARE(status(id), u"resolved"_s);
    QCOMPARE(read(id)[u"statusDetails"_s][u"autoResolved"_s], QJsonValue(true));
    QCOMPARE(lastActivity(id)[u"type"_s].toString(), u"set_resolved_by_age"_s);
    QCOMPARE(lastActivity(id)[u"data"_s][u"age"_s].toInt(), 24);
    QCOMPARE(status(archived), u"ignored/archived_forever"_s);
    QCOMPARE(status(young), u"unresolved/new"_s);
    event("A");
    QCOMPARE(status(id), u"unresolved/regressed"_s);
    QVERIFY(read(id)[u"statusDetails"_s].toObject().isEmpty());
}

void TestIssueStates::becomesOngoing()
{
    const QString id = event("A");
    m_world->clock.advance(std::chrono::hours(7 * 24) - std::chrono::seconds(1));
    QCOMPARE(status(id), u"unresolved/new"_s);
    m_world->clock.advance(std::chrono::seconds(1));
    QCOMPARE(status(id), u"unresolved/ongoing"_s);
    QCOMPARE(lastActivity(id)[u"type"_s].toString(), u"auto_set_ongoing"_s);
    QCOMPARE(lastActivity(id)[u"data"_s][u"after_days"_s].toInt(), 7);
}

void TestIssueStates::inboxFollows()
{
    const QString id = event("A");
    const auto reason = [&] {
        int out = -1;
        const auto done = m_world->collector().store().read([&](SQLite::Database& db) {
            const auto column =
                db.execAndGet("SELECT inbox_reason FROM issues WHERE id = " + id.toStdString());
            out = column.isNull() ? -1 : column.getInt();
        });
        return done ? out : -2;
    };
    QCOMPARE(reason(), 0);
    change(id, R"({"status":"resolved"})");
    QCOMPARE(reason(), -1);
    event("A");
    QCOMPARE(reason(), 2);
    change(id, R"({"inbox":false})");
    QCOMPARE(reason(), -1);
    QCOMPARE(status(id), u"unresolved/ongoing"_s);
    change(id, R"({"inbox":true})");
    QCOMPARE(reason(), 3);
    change(id, R"({"status":"ignored","statusDetails":{"ignoreDuration":5}})");
    QCOMPARE(reason(), -1);
    m_world->clock.advance(std::chrono::minutes(5));
    QCOMPARE(reason(), 6);
    change(id, R"({"status":"ignored","statusDetails":{"ignoreCount":1}})");
    m_world->clock.advance(std::chrono::minutes(1));
    event("A");
    QCOMPARE(reason(), 5);
    const auto listed = [&](const char* query) {
        return m_world
            ->get(m_world->org() + "/issues/?expand=inbox&query=is:unresolved%20is:for_review" + query)
            .json;
    };
    QCOMPARE(listed("")[0][u"inbox"_s][u"reason"_s].toInt(), 5);
    QCOMPARE(listed("")[0][u"inbox"_s][u"reason_details"_s][u"count"_s].toInt(), 1);
    QCOMPARE(listed("")[0][u"inbox"_s][u"date_added"_s].toString(), u"2026-11-20T10:36:00.000Z"_s);
    const QString other = event("B");
    change(id, R"({"inbox":false})");
    QCOMPARE(column(listed(""), u"id"_s), QStringList{other});
    m_world->clock.advance(std::chrono::minutes(1));
    change(id, R"({"inbox":true})");
    QCOMPARE(column(listed("&sort=inbox"), u"id"_s), (QStringList{id, other}));
}

void TestIssueStates::endsWithoutARead()
{
    // Nobody asks and nothing comes: the write lane itself looks when it is due. Seen by a connection of the
    // test's own, which tells the store nothing.
    const QString id = event("A");
    change(id, R"({"status":"ignored","statusDetails":{"ignoreDuration":1}})");
    QCOMPARE(status(id), u"ignored/archived_until_condition_met"_s);
    SQLite::Database apart(m_world->databasePath(), SQLite::OPEN_READONLY);
    m_world->clock.advance(std::chrono::seconds(59));
    event("B"); // wakes the lane, which now waits for the second that is left
    m_world->clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE_WITH_TIMEOUT(
        QString::fromStdString(
            apart.execAndGet("SELECT status FROM issues WHERE id = " + id.toStdString()).getString()),
        u"unresolved"_s, 10'000);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssueStates)
#include "tst_issuestates.moc"
