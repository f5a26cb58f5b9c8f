// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/storage/store.h"
#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Merging, taking apart and discarding by the web API: contract sections 7 and 8.
class TestMerging final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void mergesIntoTheLargest();
    void oldNumbersLeadToTheParent();
    void whatPeopleDidMoves();
    void refusals_data();
    void refusals();
    void acrossProjects();
    void againIsNoHarm();
    void unmerges();
    void unmergesWhatWasStoredWithoutHashes();
    void unmergeRefusals();
    void eventsAfterwardsFindTheirIssue();
    void snoozedParentStaysSnoozed();
    void discards();
    void discardsAlone();

private:
    [[nodiscard]] QByteArray one(const QString& id) const
    {
        return m_world->org() + "/issues/" + id.toLatin1() + "/";
    }
    [[nodiscard]] QByteArray bulk(const QStringList& ids) const
    {
        return m_world->org() + "/issues/?id=" + ids.join(u"&id="_s).toLatin1();
    }
    [[nodiscard]] QJsonValue read(const QString& id) { return m_world->get(one(id)).json; }
    ApiAnswer merge(const QStringList& ids) { return m_world->put(bulk(ids), R"({"merge":1})"); }
    void sql(const std::string& text)
    {
        QVERIFY(m_world->collector().store().write([&](SQLite::Database& db) { db.exec(text); }));
    }
    /// With a stack: of doubled keys the last one counts.
    QString addA(int count, const QByteArray& extra = {})
    {
        return m_world->addIssue("A", count, extra + R"(,"exception":[{"type":"A","value":"it broke",
                "stacktrace":{"frames":[{"module":"shop","function":"pay"}]}}])");
    }
    [[nodiscard]] QStringList found(const char* query)
    {
        return column(m_world->get(m_world->org() + "/issues/?query=" + query).json, u"id"_s);
    }
    [[nodiscard]] QStringList hashesOf(const QString& id)
    {
        return column(m_world->get(one(id) + "hashes/").json, u"id"_s);
    }

    std::unique_ptr<ApiWorld> m_world;
    QString m_a, m_b, m_c;
};

void TestMerging::init()
{
    m_world = std::make_unique<ApiWorld>();
    m_a = addA(2, R"(,"release":"app@1")");
    m_world->clock.advance(std::chrono::hours(1));
    m_b = m_world->addIssue("B", 3, R"(,"release":"app@2","level":"warning")");
    m_world->clock.advance(std::chrono::hours(1));
    m_c = m_world->addIssue("C", 1);
}

void TestMerging::mergesIntoTheLargest()
{
    const ApiAnswer answer = merge({m_a, m_b, m_c});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json[u"merge"_s][u"parent"_s].toString(), m_b);
    QStringList children;
    for (const QJsonValue& child : answer.json[u"merge"_s][u"children"_s].toArray())
        children << child.toString();
    children.sort();
    QCOMPARE(children, (QStringList{m_a, m_c}));
    QCOMPARE(answer.json.toObject().size(), 1); // only what was asked for
    const QJsonValue issue = read(m_b);
    QCOMPARE(issue[u"count"_s].toString(), u"6"_s);
    QCOMPARE(issue[u"userCount"_s].toInt(), 6);
    QCOMPARE(issue[u"firstSeen"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
    QCOMPARE(issue[u"lastSeen"_s].toString(), u"2026-11-20T12:30:00.000Z"_s);
    QCOMPARE(issue[u"title"_s].toString(), u"C: it broke"_s); // that of the latest event
    QCOMPARE(issue[u"level"_s].toString(), u"error"_s);
    QCOMPARE(issue[u"firstRelease"_s][u"version"_s].toString(), u"app@1"_s);
    QCOMPARE(issue[u"lastRelease"_s][u"version"_s].toString(), u"app@2"_s);
    QCOMPARE(m_world->get(one(m_b) + "events/").json.toArray().size(), 6);
    QCOMPARE(hashesOf(m_b).size(), 3);
    qint64 drawn = 0;
    for (const QJsonValue& point : issue[u"stats"_s][u"24h"_s].toArray())
        drawn += point[1].toInt();
    QCOMPARE(drawn, 6);
    QCOMPARE(m_world->get(m_world->org() + "/issues/?query=").json.toArray().size(), 1);
    const QJsonValue told = issue[u"activity"_s][0];
    QCOMPARE(told[u"type"_s].toString(), u"merge"_s);
    QCOMPARE(told[u"data"_s][u"issues"_s].toArray().size(), 2);
}

void TestMerging::oldNumbersLeadToTheParent()
{
    const QString shortA = read(m_a)[u"shortId"_s].toString();
    merge({m_a, m_b});
    const QString d = m_world->addIssue("D", 9);
    merge({m_b, d}); // and those that led to a parent that is merged away itself
    for (const QString& old : {m_a, m_b, shortA, shortA.toLower()}) {
        QCOMPARE(read(old)[u"id"_s].toString(), d);
        for (const char* part : {"events/", "hashes/", "tags/", "activities/", "comments/", "stats/",
                 "events/latest/", "first-last-release/", "current-release/", "external-issues/"})
            QCOMPARE(m_world->get(one(old) + part).status, 200);
    }
    QCOMPARE(
        m_world->get(m_world->org() + "/shortids/" + shortA.toLatin1() + "/").json[u"groupId"_s].toString(),
        d);
    QCOMPARE(m_world->put(one(m_a), R"({"status":"resolved"})").json[u"id"_s].toString(), d);
    QCOMPARE(read(d)[u"status"_s].toString(), u"resolved"_s);
    // A bulk call names what it means to change: an old number is none of that.
    QCOMPARE(m_world->put(bulk({m_a}), R"({"status":"unresolved"})").status, 204);
}

void TestMerging::whatPeopleDidMoves()
{
    m_world->put(one(m_a), R"({"isBookmarked":true,"hasSeen":true,"isPublic":true})");
    m_world->call("POST", one(m_a) + "comments/", R"({"text":"look here"})");
    m_world->call("POST", one(m_a) + "external-issues/", R"({"webUrl":"https://tracker.example.org/7"})");
    m_world->call("POST", one(m_b) + "comments/", R"({"text":"and here"})");
    const QString share = read(m_a)[u"shareId"_s].toString();
    merge({m_a, m_b});
    const QJsonValue issue = read(m_b);
    QCOMPARE(issue[u"isBookmarked"_s], QJsonValue(true));
    QCOMPARE(issue[u"isSubscribed"_s], QJsonValue(true));
    QCOMPARE(issue[u"seenBy"_s].toArray().size(), 1);
    QCOMPARE(issue[u"numComments"_s].toInt(), 2);
    QCOMPARE(m_world->get(one(m_b) + "comments/").json.toArray().size(), 2);
    QCOMPARE(m_world->get(one(m_b) + "external-issues/").json.toArray().size(), 1);
    QCOMPARE(m_world->anonymous("GET", "/api/0/shared/issues/" + share.toLatin1() + "/")
                 .json[u"groupID"_s]
                 .toString(),
        m_b);
}

void TestMerging::refusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("issues");
    QTest::addColumn<int>("status");
    QTest::newRow("one") << QByteArray(R"({"merge":1})") << 1 << 400;
    QTest::newRow("a text") << QByteArray(R"({"merge":"yes"})") << 2 << 400;
    QTest::newRow("two") << QByteArray(R"({"merge":2})") << 2 << 400;
    QTest::newRow("an object") << QByteArray(R"({"merge":{}})") << 2 << 400;
    QTest::newRow("no") << QByteArray(R"({"merge":0})") << 2 << 200;
    QTest::newRow("true") << QByteArray(R"({"merge":true})") << 2 << 200;
}

void TestMerging::refusals()
{
    QFETCH(QByteArray, body);
    QFETCH(int, issues);
    QFETCH(int, status);
    QCOMPARE(m_world->put(bulk(QStringList{m_a, m_b}.mid(0, issues)), body).status, status);
    const qsizetype left = m_world->get(m_world->org() + "/issues/?query=").json.toArray().size();
    QCOMPARE(left, body.contains("true") ? 2 : 3);
    QCOMPARE(m_world->put(one(m_c), R"({"merge":1})").status, 400);
}

void TestMerging::acrossProjects()
{
    const ApiAnswer made = m_world->call("POST", m_world->org() + "/projects/", R"({"name":"second"})");
    const std::int64_t project = made.json[u"id"_s].toString().toLongLong();
    QVERIFY(project > 1);
    QCOMPARE(m_world->send(R"({"event_id":"f0000000000000000000000000000001","message":"x"})", project), 200);
    const QString other = m_world->get(m_world->org() + "/eventids/f0000000000000000000000000000001/")
                              .json[u"groupId"_s]
                              .toString();
    const ApiAnswer answer = merge({m_a, other});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.detail(), u"Merging across multiple projects is not supported"_s);
    const ApiAnswer resolved =
        m_world->put(bulk({m_a, other}), R"({"status":"resolved","statusDetails":{"inNextRelease":true}})");
    QCOMPARE(resolved.status, 400);
    QCOMPARE(resolved.detail(), u"Cannot set resolved in next release for multiple projects."_s);
    sql("UPDATE issues SET type = 'transaction' WHERE id = " + m_a.toStdString());
    const ApiAnswer kind = merge({m_a, m_b});
    QCOMPARE(kind.status, 400);
    QCOMPARE(kind.detail(), u"Only error issues can be merged."_s);
    // The project's own address reaches its own issues alone.
    const QByteArray own = m_world->org().replace("organizations", "projects") + "/second/issues/?id=";
    QCOMPARE(m_world->put(own + m_a.toLatin1(), R"({"status":"resolved"})").status, 204);
    QCOMPARE(m_world->put(own + other.toLatin1(), R"({"status":"resolved"})").status, 200);
    QCOMPARE(m_world->call("DELETE", own + m_a.toLatin1()).status, 204);
    QCOMPARE(read(m_a)[u"status"_s].toString(), u"unresolved"_s);
}

void TestMerging::againIsNoHarm()
{
    QCOMPARE(merge({m_a, m_b}).status, 200);
    QCOMPARE(merge({m_a, m_b}).status, 204); // an answer that was lost
    QCOMPARE(read(m_b)[u"count"_s].toString(), u"5"_s);
    QCOMPARE(merge({u"998"_s, u"999"_s}).status, 204);
}

void TestMerging::unmerges()
{
    const QStringList ofA = hashesOf(m_a);
    QCOMPARE(ofA.size(), 1);
    merge({m_a, m_b});
    QCOMPARE(found("error.type:A"), QStringList{m_b});
    QCOMPARE(found("stack.function:pay"), QStringList{m_b});
    const QJsonValue listed = m_world->get(one(m_b) + "hashes/").json;
    QCOMPARE(listed.toArray().size(), 2);
    for (const QJsonValue& hash : listed.toArray())
        QCOMPARE(hash[u"latestEvent"_s][u"groupID"_s].toString(), m_b);
    QCOMPARE(m_world->put(one(m_b) + "hashes/?id=" + ofA.first().toLatin1(), "").status, 202);
    const QString fresh =
        m_world->get(m_world->org() + "/issues/?query=A&sort=new").json[0][u"id"_s].toString();
    QVERIFY(!fresh.isEmpty() && fresh != m_a && fresh != m_b && fresh != m_c);
    const QJsonValue out = read(fresh);
    QCOMPARE(out[u"count"_s].toString(), u"2"_s);
    QCOMPARE(out[u"title"_s].toString(), u"A: it broke"_s);
    QCOMPARE(out[u"metadata"_s][u"type"_s].toString(), u"A"_s);
    QCOMPARE(out[u"substatus"_s].toString(), u"new"_s);
    QCOMPARE(out[u"firstRelease"_s][u"version"_s].toString(), u"app@1"_s);
    QCOMPARE(out[u"activity"_s][0][u"type"_s].toString(), u"unmerge_destination"_s);
    QCOMPARE(out[u"activity"_s][0][u"data"_s][u"source"_s][u"id"_s].toString(), m_b);
    QCOMPARE(out[u"activity"_s][0][u"data"_s][u"fingerprints"_s][0].toString(), ofA.first());
    const QJsonValue left = read(m_b);
    QCOMPARE(left[u"count"_s].toString(), u"3"_s);
    QCOMPARE(left[u"userCount"_s].toInt(), 3);
    QCOMPARE(left[u"firstSeen"_s].toString(), u"2026-11-20T11:30:00.000Z"_s);
    QCOMPARE(left[u"level"_s].toString(), u"warning"_s);
    QCOMPARE(left[u"activity"_s][0][u"type"_s].toString(), u"unmerge_source"_s);
    QCOMPARE(left[u"activity"_s][0][u"data"_s][u"destination"_s][u"id"_s].toString(), fresh);
    QCOMPARE(hashesOf(m_b).size(), 1);
    QCOMPARE(hashesOf(fresh), ofA);
    // Searches find each where it is; by their frames and types the old one may be found a little longer.
    QCOMPARE(found("title:\"A:%20it%20broke\""), QStringList{fresh});
    QCOMPARE(found("title:\"B:%20it%20broke\""), QStringList{m_b});
    QVERIFY(found("error.type:A").contains(fresh));
    QCOMPARE(found("error.type:B"), QStringList{m_b});
    QVERIFY(found("stack.function:pay").contains(fresh));
    // The old number still leads to whom it was merged with.
    QCOMPARE(read(m_a)[u"id"_s].toString(), m_b);
}

void TestMerging::unmergesWhatWasStoredWithoutHashes()
{
    const QStringList ofA = hashesOf(m_a);
    merge({m_a, m_b});
    sql("UPDATE events SET hash = NULL"); // as earlier versions stored them
    QCOMPARE(m_world->put(one(m_b) + "hashes/?id=" + ofA.first().toLatin1(), "").status, 202);
    QCOMPARE(read(m_b)[u"count"_s].toString(), u"3"_s);
    QCOMPARE(hashesOf(m_b).size(), 1);
}

void TestMerging::unmergeRefusals()
{
    const QStringList ofA = hashesOf(m_a);
    const QByteArray path = one(m_a) + "hashes/?id=";
    QCOMPARE(m_world->put(one(m_a) + "hashes/", "").status, 400);
    QCOMPARE(m_world->put(path + "xyz", "").status, 400);
    const ApiAnswer unknown = m_world->put(path + "00000000000000000000000000000000", "");
    QCOMPARE(unknown.status, 409);
    QCOMPARE(unknown.detail(), u"Already being unmerged"_s);
    QCOMPARE(m_world->put(path + ofA.first().toLatin1(), "").status, 400); // nothing would be left
    QCOMPARE(m_world->put(one(u"999"_s) + "hashes/?id=" + ofA.first().toLatin1(), "").status, 404);
    QCOMPARE(read(m_a)[u"count"_s].toString(), u"2"_s);
}

void TestMerging::eventsAfterwardsFindTheirIssue()
{
    const QStringList ofA = hashesOf(m_a);
    merge({m_a, m_b});
    QCOMPARE(addA(1), m_b);
    QCOMPARE(m_world->addIssue("B"), m_b);
    m_world->put(one(m_b) + "hashes/?id=" + ofA.first().toLatin1(), "");
    const QString fresh = addA(1);
    QVERIFY(fresh != m_b);
    QCOMPARE(m_world->addIssue("B"), m_b);
    QCOMPARE(read(fresh)[u"count"_s].toString(), u"4"_s);
    QCOMPARE(read(m_b)[u"count"_s].toString(), u"5"_s);
}

void TestMerging::snoozedParentStaysSnoozed()
{
    m_world->put(one(m_b), R"({"status":"ignored","statusDetails":{"ignoreCount":2,"ignoreUserCount":9}})");
    merge({m_a, m_b});
    QCOMPARE(read(m_b)[u"statusDetails"_s][u"ignoreCount"_s].toInt(), 2);
    addA(1);
    QCOMPARE(read(m_b)[u"status"_s].toString(), u"ignored"_s);
    QCOMPARE(read(m_b)[u"statusDetails"_s][u"ignoreCount"_s].toInt(), 1);
    m_world->addIssue("B");
    QCOMPARE(read(m_b)[u"status"_s].toString(), u"unresolved"_s);
}

void TestMerging::discards()
{
    const ApiAnswer answer = m_world->put(bulk({m_a, m_b}), R"({"discard":true})");
    QCOMPARE(answer.status, 204);
    QVERIFY(answer.raw.body.empty());
    QCOMPARE(m_world->get(one(m_a)).status, 404);
    QCOMPARE(addA(2), QString()); // taken, and thrown away
    QCOMPARE(m_world->addIssue("C"), m_c);
    const auto counted = m_world->collector().store().read([](SQLite::Database& db) {
        return db
            .execAndGet(
                "SELECT coalesce(sum(quantity), 0) FROM outcomes WHERE outcome = 'filtered' AND reason = "
                "'discarded-hash'")
            .getInt();
    });
    QCOMPARE(counted.value_or(-1), 2);
    const QByteArray list = m_world->org().replace("organizations", "projects") + "/1/tombstones/";
    const QJsonValue rows = m_world->get(list).json;
    QCOMPARE(rows.toArray().size(), 2);
    for (const QJsonValue& row : rows.toArray()) {
        if (row[u"message"_s].toString() == u"A: it broke"_s)
            QCOMPARE(m_world->call("DELETE", list + row[u"id"_s].toString().toLatin1() + "/").status, 204);
    }
    const QString again = addA(1);
    QVERIFY(!again.isEmpty() && again != m_a); // taken back: a new issue
    QCOMPARE(m_world->addIssue("B"), QString());
    QCOMPARE(m_world->put(one(m_c), R"({"discard":true})").status, 204);
    QCOMPARE(m_world->get(one(m_c)).status, 404);
}

void TestMerging::discardsAlone()
{
    for (const char* body : {R"({"discard":true,"status":"resolved"})", R"({"discard":"yes"})"})
        QCOMPARE(m_world->put(one(m_a), body).status, 400);
    QCOMPARE(m_world->put(one(m_a), R"({"discard":false})").status, 200);
    QCOMPARE(m_world->get(one(m_a)).status, 200);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMerging)
#include "tst_merging.moc"
