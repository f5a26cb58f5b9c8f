// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSet>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/collector.h"
#include "app/collector/storage/store.h"
#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Events of an issue and of a project: contract section 9. It is 2026-11-20 10:30.
class TestEventLists final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void lists_data();
    void lists();
    void samples();
    void keywords_data();
    void keywords();
    void recommendsWhatSaysMost();
    void recommendsAmongTheLatest();
    void groupingInfo();
    void neighboursWithinTheEnvironment();
    void storedJson();
    void faults();

private:
    ApiAnswer get(const QByteArray& path) { return m_world->get(m_world->org() + path); }
    [[nodiscard]] QByteArray project() const
    {
        return "/api/0/projects/" + m_world->org().mid(m_world->org().lastIndexOf('/') + 1) + "/1";
    }

    std::unique_ptr<ApiWorld> m_world;
    QByteArray m_issue;
};

namespace {

QByteArray eventId(char c)
{
    return QByteArray(32, c);
}

/// The first letters of the events, in their order.
QString letters(const QJsonValue& rows)
{
    QString out;
    for (const QString& id : column(rows, u"eventID"_s))
        out += id.at(0);
    return out;
}

} // namespace

void TestEventLists::initTestCase()
{
    m_world = std::make_unique<ApiWorld>();
    const auto send = [this](char letter, const QByteArray& time, const QByteArray& environment,
                          const QByteArray& more) {
        QCOMPARE(m_world->send(R"({"event_id":")" + eventId(letter) + R"(","timestamp":")" + time +
                               R"(","environment":")" + environment +
                               R"(","exception":[{"type":"Alpha","value":"x"}])" + more + "}"),
            200);
    };
    send('a', "2026-11-01T08:00:00Z", "production", R"(,"release":"app@1","tags":{"zone":"eu"})");
    send('c', "2026-11-18T08:00:00Z", "staging", R"(,"release":"app@2","extra":{"deep":[1,2]})");
    send('b', "2026-11-20T08:00:00Z", "production", R"(,"release":"app@2","user":{"id":7})");
    send('d', "2026-11-20T09:00:00Z", "staging", R"(,"level":"warning")");
    m_issue = get("/issues/?query=").json[0][u"id"_s].toString().toLatin1();
}

void TestEventLists::lists_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("found");
    QTest::newRow("all") << QByteArray("") << u"dbca"_s;
    QTest::newRow("environment") << QByteArray("environment=staging") << u"dc"_s;
    QTest::newRow("period") << QByteArray("statsPeriod=24h") << u"db"_s;
    QTest::newRow("tag") << QByteArray("query=zone:eu") << u"a"_s;
    QTest::newRow("release") << QByteArray("query=release:app@2") << u"bc"_s;
    QTest::newRow("not") << QByteArray("query=!release:app@2") << u"da"_s;
    QTest::newRow("user") << QByteArray("query=user.id:7") << u"b"_s;
    QTest::newRow("of the issue") << QByteArray("query=is:unresolved%20level:warning") << u"d"_s;
    QTest::newRow("of another issue") << QByteArray("query=is:resolved") << QString();
    QTest::newRow("text") << QByteArray("query=Alpha") << u"dbca"_s;
    QTest::newRow("event id") << QByteArray("query=" + eventId('c')) << u"c"_s;
    QTest::newRow("page") << QByteArray("per_page=2&cursor=0:1:0") << u"bc"_s;
    QTest::newRow("sample") << QByteArray("sample=true") << u"abcd"_s;
}

void TestEventLists::lists()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, found);
    QCOMPARE(letters(get("/issues/" + m_issue + "/events/?" + query).json), found);
    QCOMPARE(letters(m_world->get(project() + "/events/?" + query).json), found);
    const ApiAnswer full = get("/issues/" + m_issue + "/events/?full=1&" + query);
    QCOMPARE(letters(full.json), found);
    for (const QJsonValue& event : full.json.toArray())
        QVERIFY(event[u"entries"_s].isArray());
}

void TestEventLists::samples()
{
    QCOMPARE(letters(get("/issues/" + m_issue + "/events/?sample=1&per_page=2").json), u"ab"_s);
    QCOMPARE(letters(get("/issues/" + m_issue + "/events/?sample=1&per_page=2&cursor=0:2:0").json), u"cd"_s);
}

void TestEventLists::keywords_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("letter"); // empty: 404
    QTest::newRow("latest") << QByteArray("latest/") << u"d"_s;
    QTest::newRow("oldest") << QByteArray("oldest/") << u"a"_s;
    QTest::newRow("recommended") << QByteArray("recommended/") << u"b"_s; // of equals but for its user
    QTest::newRow("recommended of an environment")
        << QByteArray("recommended/?environment=staging") << u"d"_s;
    QTest::newRow("latest of an environment") << QByteArray("latest/?environment=production") << u"b"_s;
    QTest::newRow("oldest of a period") << QByteArray("oldest/?statsPeriod=7d") << u"c"_s;
    QTest::newRow("recommended of a query") << QByteArray("recommended/?query=release:app@1") << u"a"_s;
    QTest::newRow("none") << QByteArray("latest/?query=level:fatal") << QString();
    QTest::newRow("none recommended") << QByteArray("recommended/?query=level:fatal") << QString();
}

void TestEventLists::keywords()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, letter);
    const ApiAnswer answer = get("/issues/" + m_issue + "/events/" + path);
    if (letter.isEmpty()) {
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.detail(),
            u"No matching event found, try changing the environments, date range, or query."_s);
        return;
    }
    QCOMPARE(answer.json[u"eventID"_s].toString().left(1), letter);
}

void TestEventLists::recommendsWhatSaysMost()
{
    ApiWorld world;
    int minute = 0;
    const auto send = [&](char letter, const QByteArray& more, const QByteArray& frames = {}) {
        const QByteArray stack =
            frames.isEmpty() ? QByteArray() : R"(,"stacktrace":{"frames":[)" + frames + "]}";
        QCOMPARE(world.send(R"({"event_id":")" + eventId(letter) + R"(","timestamp":"2026-11-20T09:)" +
                            QByteArray::number(10 + ++minute) + R"(:00Z","fingerprint":["one"],)" +
                            R"("exception":[{"type":"Beta","value":"x")" + stack + "}]" + more + "}"),
            200);
    };
    const auto recommended = [&](const QByteArray& query = {}) {
        const QString issue = world.get(world.org() + "/issues/?query=").json[0][u"id"_s].toString();
        return world.get(world.org() + "/issues/" + issue.toLatin1() + "/events/recommended/" + query)
            .json[u"eventID"_s]
            .toString()
            .left(1);
    };
    const QByteArray frame = R"({"function":"f","in_app":true})";
    const QByteArray crumbs = R"(,"breadcrumbs":[{"message":"m"}])";
    const QByteArray request = R"(,"request":{"url":"http://a.example/"})";
    const QByteArray user = R"(,"user":{"id":"7"})";
    send('1', R"(,"environment":"prod")" + crumbs, frame);
    QCOMPARE(recommended(), u"1"_s);
    send('2', {}, {}); // the latest says nothing
    QCOMPARE(recommended(), u"1"_s);
    send('3', crumbs + request + user, {}); // all but the stack
    QCOMPARE(recommended(), u"1"_s);
    send('4', request + user, frame); // breadcrumbs are worth more than both
    QCOMPARE(recommended(), u"1"_s);
    send('5', R"(,"environment":"test")" + crumbs, frame); // no more, but later
    QCOMPARE(recommended(), u"5"_s);
    QCOMPARE(recommended("?environment=prod"), u"1"_s);
    send('6', crumbs + request, frame);
    send('7', {}, frame);
    QCOMPARE(recommended(), u"6"_s);
    send('8', crumbs + request + user, frame);
    send('9', crumbs + request + user, frame);
    send('a', crumbs + user, frame);
    for (int i = 0; i < 3; ++i) // the same each time
        QCOMPARE(recommended(), u"9"_s);
    QCOMPARE(recommended("?query=environment:test"), u"5"_s);
}

void TestEventLists::recommendsAmongTheLatest()
{
    ApiWorld world;
    const QByteArray issue =
        world.addIssue("Gamma", 1, R"(,"user":{"id":"7"},"breadcrumbs":[{"message":"m"}])").toLatin1();
    const auto hasBreadcrumbs = [&] {
        const QJsonValue event = world.get(world.org() + "/issues/" + issue + "/events/recommended/").json;
        bool has = false;
        for (const QJsonValue& entry : event[u"entries"_s].toArray())
            has = has || entry[u"type"_s].toString() == u"breadcrumbs"_s;
        return has;
    };
    world.clock.advance(std::chrono::minutes(1));
    world.addIssue("Gamma", 19);
    QVERIFY(hasBreadcrumbs());
    world.addIssue("Gamma", 1);
    QVERIFY(!hasBreadcrumbs()); // twenty later ones: what it shows is no longer what happens
}

void TestEventLists::groupingInfo()
{
    const QJsonValue event = get("/issues/" + m_issue + "/events/latest/").json;
    const QByteArray id = event[u"eventID"_s].toString().toLatin1();
    for (const QByteArray& path : {m_world->org() + "/issues/" + m_issue + "/events/" + id,
             m_world->org() + "/issues/" + m_issue + "/events/latest",
             "/api/0/issues/" + m_issue + "/events/" + id, project() + "/events/" + id}) {
        const ApiAnswer answer = m_world->get(path + "/grouping-info/");
        QCOMPARE(answer.status, 200);
        const QJsonValue variant = answer.json[u"system"_s];
        QCOMPARE(variant[u"hash"_s].toString(), event[u"fingerprints"_s][0].toString());
        QCOMPARE(variant[u"hashMismatch"_s], QJsonValue(false));
        QCOMPARE(variant[u"config"_s][u"id"_s], event[u"groupingConfig"_s][u"id"_s]);
        QCOMPARE(variant[u"component"_s][u"values"_s][0][u"id"_s].toString(), u"exception"_s);
    }
    for (const QByteArray& path : {m_world->org() + "/issues/" + m_issue + "/events/" + eventId('f'),
             project() + "/events/" + eventId('f'), project() + "/events/latest",
             m_world->org() + "/issues/999/events/latest",
             m_world->org() + "/issues/" + m_issue + "/events/newest"})
        QCOMPARE(m_world->get(path + "/grouping-info/").status, 404);
    QCOMPARE(m_world->anonymous("GET", project() + "/events/" + id + "/grouping-info/").status, 401);
    // Grouping as it is now gives a hash that the issue was never known by.
    ApiWorld world;
    const QByteArray issue = world.addIssue("One").toLatin1();
    QVERIFY(
        world.collector().store().write([](SQLite::Database& db) { db.exec("DELETE FROM issue_hashes"); }));
    const QJsonValue info =
        world.get(world.org() + "/issues/" + issue + "/events/latest/grouping-info/").json;
    QCOMPARE(info[u"system"_s][u"hashMismatch"_s], QJsonValue(true));
}

void TestEventLists::neighboursWithinTheEnvironment()
{
    for (const QByteArray& path : {m_world->org() + "/issues/" + m_issue, project()}) {
        const QJsonValue event =
            m_world->get(path + "/events/" + eventId('c') + "/?environment=staging").json;
        QCOMPARE(event[u"nextEventID"_s].toString(), QString::fromLatin1(eventId('d')));
        QVERIFY(event[u"previousEventID"_s].isNull());
        const QJsonValue any = m_world->get(path + "/events/" + eventId('c') + "/").json;
        QCOMPARE(any[u"nextEventID"_s].toString(), QString::fromLatin1(eventId('b')));
        QCOMPARE(any[u"previousEventID"_s].toString(), QString::fromLatin1(eventId('a')));
    }
}

void TestEventLists::storedJson()
{
    for (const QByteArray& path : {m_world->org() + "/issues/" + m_issue, project()}) {
        const ApiAnswer answer = m_world->get(path + "/events/" + eventId('c') + "/json/");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json[u"event_id"_s].toString(), QString::fromLatin1(eventId('c')));
        QCOMPARE(answer.json[u"extra"_s][u"deep"_s][1].toInt(), 2);
        QCOMPARE(answer.json[u"timestamp"_s].toInteger(), 1'794'988'800);
        QCOMPARE(answer.json[u"title"_s].toString(), u"Alpha: x"_s);
        QVERIFY(answer.json[u"tags"_s].isArray());
        QCOMPARE(m_world->get(path + "/events/" + eventId('f') + "/json/").status, 404);
        QCOMPARE(m_world->get(path + "/events/none/json/").status, 404);
    }
}

void TestEventLists::faults()
{
    const QByteArray events = "/issues/" + m_issue + "/events/";
    QCOMPARE(get(events + "?query=firstSeen:soon").status, 400);
    QVERIFY(get(events + "latest/?query=a%20OR%20b").detail().startsWith(u"Error parsing search query: "_s));
    QCOMPARE(get(events + "?statsPeriod=x").status, 400);
    QCOMPARE(get(events + "?cursor=x").status, 400);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestEventLists)
#include "tst_eventlists.moc"
