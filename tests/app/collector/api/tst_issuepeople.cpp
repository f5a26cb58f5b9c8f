// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/storage/store.h"
#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What people leave on an issue: comments, subscriptions, links, a public address (contract sections 7, 8).
class TestIssuePeople final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void comments();
    void commentPages();
    void commentRefusals_data();
    void commentRefusals();
    void theSameTextWithinAnHour();
    void othersCommentsAreNotOurs();
    void subscriptions();
    void mentionedAndAssignedFollow();
    void sharing();
    void sharedTellsNothingOfPeople();
    void externalLinks();
    void externalLinkRefusals_data();
    void externalLinkRefusals();
    void releasesOfAnIssue();
    void activitiesAreWhole();

private:
    [[nodiscard]] QByteArray one(const QString& id) const
    {
        return m_world->org() + "/issues/" + id.toLatin1() + "/";
    }
    [[nodiscard]] QJsonValue read() { return m_world->get(one(m_a)).json; }
    ApiAnswer say(const QByteArray& text)
    {
        return m_world->call("POST", one(m_a) + "comments/", "{\"text\":\"" + text + "\"}");
    }
    void sql(const std::string& text)
    {
        QVERIFY(m_world->collector().store().write([&](SQLite::Database& db) { db.exec(text); }));
    }

    std::unique_ptr<ApiWorld> m_world;
    QString m_a;
};

void TestIssuePeople::init()
{
    m_world = std::make_unique<ApiWorld>();
    m_a = m_world->addIssue("A", 1, R"(,"release":"app@1.0","environment":"prod")");
}

void TestIssuePeople::comments()
{
    const ApiAnswer first = say("first \\u00e9");
    QCOMPARE(first.status, 201);
    QCOMPARE(first.json[u"type"_s].toString(), u"note"_s);
    QCOMPARE(first.json[u"data"_s][u"text"_s].toString(), u"first \u00e9"_s);
    QVERIFY(!first.json[u"user"_s][u"id"_s].toString().isEmpty());
    m_world->clock.advance(std::chrono::minutes(1));
    QCOMPARE(m_world->call("POST", one(m_a) + "notes/", R"({"text":"second"})").status, 201);
    const QJsonValue list = m_world->get(one(m_a) + "notes/").json;
    QCOMPARE(list.toArray().size(), 2);
    QCOMPARE(list[0][u"data"_s][u"text"_s].toString(), u"second"_s); // newest first
    QCOMPARE(read()[u"numComments"_s].toInt(), 2);
    QCOMPARE(read()[u"activity"_s][0][u"type"_s].toString(), u"note"_s);
    const QByteArray mine = one(m_a) + "comments/" + first.json[u"id"_s].toString().toLatin1() + "/";
    const ApiAnswer changed = m_world->put(mine, R"({"text":" edited "})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json[u"data"_s][u"text"_s].toString(), u"edited"_s);
    QCOMPARE(changed.json[u"id"_s], first.json[u"id"_s]);
    QCOMPARE(m_world->call("DELETE", mine).status, 204);
    QCOMPARE(m_world->call("DELETE", mine).status, 404);
    QCOMPARE(read()[u"numComments"_s].toInt(), 1);
}

void TestIssuePeople::commentPages()
{
    for (int i = 0; i < 5; ++i)
        QCOMPARE(say("text " + QByteArray::number(i)).status, 201);
    const ApiAnswer page = m_world->get(one(m_a) + "comments/?per_page=2");
    QCOMPARE(page.json.toArray().size(), 2);
    QVERIFY(page.header("link").contains(u"rel=\"next\"; results=\"true\""_s));
    const ApiAnswer last = m_world->get(one(m_a) + "comments/?per_page=2&cursor=0:4:0");
    QCOMPARE(last.json.toArray().size(), 1);
    QCOMPARE(last.json[0][u"data"_s][u"text"_s].toString(), u"text 0"_s);
    QVERIFY(last.header("link").contains(u"rel=\"next\"; results=\"false\""_s));
    QCOMPARE(m_world->get(one(m_a) + "comments/?cursor=x").status, 400);
}

void TestIssuePeople::commentRefusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no text") << QByteArray("{}");
    QTest::newRow("null") << QByteArray(R"({"text":null})");
    QTest::newRow("a number") << QByteArray(R"({"text":7})");
    QTest::newRow("empty") << QByteArray(R"({"text":""})");
    QTest::newRow("blank") << QByteArray(R"({"text":" \n\t "})");
    QTest::newRow("too long") << "{\"text\":\"" + QByteArray(70'000, 'x') + "\"}";
}

void TestIssuePeople::commentRefusals()
{
    QFETCH(QByteArray, body);
    const ApiAnswer answer = m_world->call("POST", one(m_a) + "comments/", body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json[u"text"_s].toArray().size(), 1);
    QCOMPARE(m_world->get(one(m_a) + "comments/").json.toArray().size(), 0);
    QCOMPARE(m_world->call("POST", one(u"999"_s) + "comments/", R"({"text":"x"})").status, 404);
}

void TestIssuePeople::theSameTextWithinAnHour()
{
    QCOMPARE(say("again").status, 201);
    m_world->clock.advance(std::chrono::minutes(59));
    const ApiAnswer answer = say("again");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.detail(), u"You have already posted that comment."_s);
    QCOMPARE(say("again!").status, 201);
    const QString other = m_world->addIssue("B");
    QCOMPARE(m_world->call("POST", one(other) + "comments/", R"({"text":"again"})").status, 201);
    m_world->clock.advance(std::chrono::minutes(1));
    QCOMPARE(say("again").status, 201);
}

void TestIssuePeople::othersCommentsAreNotOurs()
{
    sql("INSERT INTO users (id, username, name, created) VALUES (77, 'ann', 'Ann', 0); "
        "INSERT INTO activity (id, issue_id, type, user_id, data, created) VALUES (500, " +
        m_a.toStdString() + ", 'note', 77, '{\"text\":\"hers\"}', 0)");
    QCOMPARE(m_world->put(one(m_a) + "comments/500/", R"({"text":"mine"})").status, 404);
    QCOMPARE(m_world->call("DELETE", one(m_a) + "comments/500/").status, 404);
    const QString other = m_world->addIssue("B");
    const QString mine = say("x").json[u"id"_s].toString();
    QCOMPARE(m_world->call("DELETE", one(other) + "comments/" + mine.toLatin1() + "/").status, 404);
    QCOMPARE(m_world->get(one(m_a) + "comments/").json.toArray().size(), 2);
}

void TestIssuePeople::subscriptions()
{
    QCOMPARE(read()[u"isSubscribed"_s], QJsonValue(false));
    QVERIFY(read()[u"subscriptionDetails"_s].isNull());
    QCOMPARE(read()[u"participants"_s].toArray().size(), 0);
    const ApiAnswer bookmarked =
        m_world->put(m_world->org() + "/issues/?id=" + m_a.toLatin1(), R"({"isBookmarked":true})");
    QCOMPARE(bookmarked.json[u"isBookmarked"_s], QJsonValue(true));
    QCOMPARE(bookmarked.json[u"isSubscribed"_s], QJsonValue(true));
    QCOMPARE(read()[u"isSubscribed"_s], QJsonValue(true));
    QCOMPARE(read()[u"subscriptionDetails"_s][u"reason"_s].toString(), u"bookmark"_s);
    QCOMPARE(read()[u"participants"_s][0][u"type"_s].toString(), u"user"_s);
    m_world->put(one(m_a), R"({"isBookmarked":false})");
    QCOMPARE(read()[u"isSubscribed"_s], QJsonValue(false));
    m_world->put(one(m_a), R"({"isSubscribed":true})");
    QCOMPARE(read()[u"isSubscribed"_s], QJsonValue(true));
    m_world->put(one(m_a), R"({"isSubscribed":false})");
    say("who said no is left alone");
    QCOMPARE(read()[u"isSubscribed"_s], QJsonValue(false));
    const QString other = m_world->addIssue("B");
    m_world->put(one(other), R"({"status":"resolved"})");
    QCOMPARE(
        m_world->get(one(other)).json[u"subscriptionDetails"_s][u"reason"_s].toString(), u"status_change"_s);
}

void TestIssuePeople::mentionedAndAssignedFollow()
{
    sql("INSERT INTO users (id, username, name, created) VALUES (77, 'ann', 'Ann', 0), (78, 'bob', 'Bob', "
        "0), "
        "(79, 'cy', 'Cy', 0); INSERT INTO team_members (team_id, user_id) SELECT id, 79 FROM teams LIMIT 1");
    m_world->call("POST", one(m_a) + "comments/",
        R"({"text":"look","mentions":["user:77","user:999","team:1",5,"nobody"]})");
    m_world->put(one(m_a), R"({"assignedTo":"bob"})");
    QStringList names = column(read()[u"participants"_s], u"username"_s);
    QVERIFY(names.contains(u"ann"_s) && names.contains(u"bob"_s) && names.contains(u"cy"_s));
}

void TestIssuePeople::sharing()
{
    QCOMPARE(read()[u"isPublic"_s], QJsonValue(false));
    const ApiAnswer on =
        m_world->put(m_world->org() + "/issues/?id=" + m_a.toLatin1(), R"({"isPublic":true})");
    const QString share = on.json[u"shareId"_s].toString();
    QCOMPARE(share.size(), 32);
    QCOMPARE(read()[u"shareId"_s].toString(), share);
    const auto open = [&](const QString& id) {
        return m_world->anonymous("GET", "/api/0/shared/issues/" + id.toLatin1() + "/");
    };
    const ApiAnswer shown = open(share);
    QCOMPARE(shown.status, 200);
    QCOMPARE(shown.json[u"groupID"_s].toString(), m_a);
    QCOMPARE(shown.json[u"title"_s].toString(), u"A: it broke"_s);
    QCOMPARE(open(QString(32, u'0')).status, 404);
    QCOMPARE(m_world->anonymous("GET", "/api/0/shared/issues/").status, 401); // nothing else is open
    QCOMPARE(m_world->anonymous("PUT", "/api/0/shared/issues/" + share.toLatin1() + "/").status, 401);
    QCOMPARE(m_world->anonymous("GET", one(m_a)).status, 401);
    const QString again = m_world->put(one(m_a), R"({"isPublic":true})").json[u"shareId"_s].toString();
    QVERIFY(again != share);
    QCOMPARE(open(share).status, 404); // a new link ends the old one
    QCOMPARE(open(again).status, 200);
    m_world->put(one(m_a), R"({"isPublic":false})");
    QCOMPARE(open(again).status, 404);
    QVERIFY(read()[u"shareId"_s].isNull());
    const QStringList told = column(read()[u"activity"_s], u"type"_s);
    QCOMPARE(told.count(u"set_public"_s), 1);
    QCOMPARE(told.first(), u"set_private"_s);
    // A web page may not read it either.
    QCOMPARE(m_world
                 ->anonymous("GET", "/api/0/shared/issues/" + again.toLatin1() + "/",
                     "Origin: https://evil.example\r\n")
                 .status,
        400);
}

void TestIssuePeople::sharedTellsNothingOfPeople()
{
    m_world->send(R"({"event_id":"f0000000000000000000000000000001","platform":"python","fingerprint":["s"],
        "user":{"email":"ann@private.example"},"tags":{"who":"ann-private"},"extra":{"k":"private-extra"},
        "request":{"url":"https://private.example/"},"breadcrumbs":[{"message":"private-crumb"}],
        "server_name":"private-host","contexts":{"x":{"v":"private-context"}},
        "exception":[{"type":"E","value":"v","stacktrace":{"frames":[{"function":"pay","filename":"a.py",
        "vars":{"card":"private-var"}}]}}]})");
    const QString id = m_world->get(m_world->org() + "/eventids/f0000000000000000000000000000001/")
                           .json[u"groupId"_s]
                           .toString();
    const QString share = m_world->put(one(id), R"({"isPublic":true})").json[u"shareId"_s].toString();
    const ApiAnswer shown = m_world->anonymous("GET", "/api/0/shared/issues/" + share.toLatin1() + "/");
    QCOMPARE(shown.status, 200);
    QVERIFY2(shown.raw.body.find("private") == std::string::npos, shown.raw.body.c_str());
    const QJsonValue frames =
        shown
            .json[u"latestEvent"_s][u"entries"_s][0][u"data"_s][u"values"_s][0][u"stacktrace"_s][u"frames"_s];
    QCOMPARE(frames[0][u"function"_s].toString(), u"pay"_s);
}

void TestIssuePeople::externalLinks()
{
    const QByteArray path = one(m_a) + "external-issues/";
    const ApiAnswer made = m_world->call("POST", path,
        R"({"webUrl":"https://tracker.example.org/7","displayName":"SHOP-7","serviceType":"tracker"})");
    QCOMPARE(made.status, 201);
    const QString id = made.json[u"id"_s].toString();
    QCOMPARE(made.json[u"issueId"_s].toString(), m_a);
    QCOMPARE(made.json[u"serviceType"_s].toString(), u"tracker"_s);
    QCOMPARE(made.json[u"displayName"_s].toString(), u"SHOP-7"_s);
    // The same again is the same.
    const ApiAnswer again = m_world->call("POST", path, R"({"webUrl":"https://tracker.example.org/7"})");
    QCOMPARE(again.status, 200);
    QCOMPARE(again.json[u"id"_s].toString(), id);
    QCOMPARE(m_world->get(path).json.toArray().size(), 1);
    QCOMPARE(read()[u"annotations"_s][0][u"displayName"_s].toString(), u"SHOP-7"_s);
    QCOMPARE(read()[u"annotations"_s][0][u"url"_s].toString(), u"https://tracker.example.org/7"_s);
    QCOMPARE(read()[u"activity"_s][0][u"type"_s].toString(), u"create_issue"_s);
    QCOMPARE(read()[u"activity"_s][0][u"data"_s][u"label"_s].toString(), u"SHOP-7"_s);
    const ApiAnswer changed = m_world->put(path + id.toLatin1() + "/", R"({"displayName":"SHOP-8"})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json[u"displayName"_s].toString(), u"SHOP-8"_s);
    QCOMPARE(changed.json[u"webUrl"_s].toString(), u"https://tracker.example.org/7"_s);
    const QString other = m_world->addIssue("B");
    QCOMPARE(m_world->call("DELETE", one(other) + "external-issues/" + id.toLatin1() + "/").status, 404);
    QCOMPARE(m_world->call("DELETE", path + id.toLatin1() + "/").status, 204);
    QCOMPARE(m_world->call("DELETE", path + id.toLatin1() + "/").status, 404);
    QCOMPARE(read()[u"annotations"_s].toArray().size(), 0);
}

void TestIssuePeople::externalLinkRefusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("nothing") << QByteArray("{}") << u"webUrl"_s;
    QTest::newRow("a script") << QByteArray(R"j({"webUrl":"javascript:alert(1)"})j") << u"webUrl"_s;
    QTest::newRow("a file") << QByteArray(R"({"webUrl":"file:///etc/passwd"})") << u"webUrl"_s;
    QTest::newRow("no host") << QByteArray(R"({"webUrl":"https://"})") << u"webUrl"_s;
    QTest::newRow("a line break") << QByteArray(R"({"webUrl":"https://a/\nb"})") << u"webUrl"_s;
    QTest::newRow("too long") << "{\"webUrl\":\"https://a/" + QByteArray(3000, 'x') + "\"}" << u"webUrl"_s;
    QTest::newRow("a number") << QByteArray(R"({"webUrl":5})") << u"webUrl"_s;
    QTest::newRow("a long name") << "{\"webUrl\":\"https://a/\",\"displayName\":\"" + QByteArray(300, 'x') +
                                        "\"}"
                                 << u"displayName"_s;
}

void TestIssuePeople::externalLinkRefusals()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    const ApiAnswer answer = m_world->call("POST", one(m_a) + "external-issues/", body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json[field].toArray().size(), 1);
    QCOMPARE(m_world->get(one(m_a) + "external-issues/").json.toArray().size(), 0);
}

void TestIssuePeople::releasesOfAnIssue()
{
    m_world->clock.advance(std::chrono::hours(1));
    m_world->addIssue("A", 1, R"(,"release":"app@2.0","environment":"staging")");
    const QJsonValue both = m_world->get(one(m_a) + "first-last-release/").json;
    QCOMPARE(both[u"firstRelease"_s][u"version"_s].toString(), u"app@1.0"_s);
    QCOMPARE(both[u"lastRelease"_s][u"version"_s].toString(), u"app@2.0"_s);
    const auto current = [&](const QByteArray& query) {
        return m_world->get(one(m_a) + "current-release/" + query).json[u"currentRelease"_s];
    };
    QCOMPARE(current("")[u"release"_s][u"version"_s].toString(), u"app@2.0"_s);
    QCOMPARE(current("?environment=prod")[u"release"_s][u"version"_s].toString(), u"app@1.0"_s);
    QCOMPARE(current("?environment=prod")[u"firstSeen"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
    QVERIFY(current("?environment=nowhere").isNull());
    const QString without = m_world->addIssue("B");
    QVERIFY(m_world->get(one(without) + "first-last-release/").json[u"firstRelease"_s].isNull());
}

void TestIssuePeople::activitiesAreWhole()
{
    m_world->put(one(m_a), R"({"priority":"high"})");
    const QJsonValue list = m_world->get(one(m_a) + "activities/").json[u"activity"_s];
    QCOMPARE(column(list, u"type"_s), (QStringList{u"set_priority"_s, u"first_seen"_s}));
    QCOMPARE(list[0][u"data"_s][u"priority"_s].toString(), u"high"_s);
    QCOMPARE(list[1][u"id"_s].toString(), u"0"_s);
    for (int i = 0; i < 120; ++i)
        say("text " + QByteArray::number(i));
    const QJsonArray many = m_world->get(one(m_a) + "activities/").json[u"activity"_s].toArray();
    QCOMPARE(many.size(), 100);
    QCOMPARE(many.last()[u"type"_s].toString(), u"first_seen"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestIssuePeople)
#include "tst_issuepeople.moc"
