// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSet>
#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Who may ask, what is there, and every route that only reads. Contract sections 2 to 5, 7, 9 and 17.
class TestWebApi final : public QObject
{
    Q_OBJECT

private slots:
    void whoMayAsk_data();
    void whoMayAsk();
    void rootTellsScopes();
    void everyRouteAnswers_data();
    void everyRouteAnswers();
    void whatIsNotThere_data();
    void whatIsNotThere();
    void whatIsOutOfScope();
    void organizationAndProjects();
    void makingProjectsAndKeys();
    void members();
    void issueDetail();
    void events();
    void eventsRespectEnvironments();
    void eventPaging();
    void tags();
    void activities();
    void lookUps();
    void projectStats();
    void collectorStatus();
};

void TestWebApi::whoMayAsk_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("the root is open") << QByteArray("/api/0/") << QByteArray() << 200;
    QTest::newRow("nothing else") << QByteArray("/api/0/organizations/") << QByteArray() << 401;
    QTest::newRow("wrong token") << QByteArray("/api/0/organizations/")
                                 << QByteArray("Authorization: Bearer x\r\n") << 401;
    QTest::newRow("wrong token at the root")
        << QByteArray("/api/0/") << QByteArray("Authorization: Bearer x\r\n") << 401;
    QTest::newRow("no scheme") << QByteArray("/api/0/auth/") << QByteArray("Authorization: x\r\n") << 401;
    QTest::newRow("unknown routes do not tell") << QByteArray("/api/0/nothing/") << QByteArray() << 401;
}

void TestWebApi::whoMayAsk()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    ApiWorld world;
    const ApiAnswer answer = world.anonymous("GET", path, headers);
    QCOMPARE(answer.status, status);
    if (status == 401)
        QCOMPARE(answer.detail(),
            headers.isEmpty() ? u"Authentication credentials were not provided."_s : u"Invalid token"_s);
    // A page of the web must not read it, not even with the token.
    const ApiAnswer page = world.call("GET", path, {}, "Origin: https://evil.example\r\n");
    QCOMPARE(page.status, 400);
    QVERIFY(page.json.toString().startsWith(u"Invalid origin"_s));
    QVERIFY(page.header("access-control-allow-origin").isEmpty());
}

void TestWebApi::rootTellsScopes()
{
    ApiWorld world;
    const ApiAnswer open = world.anonymous("GET", "/api/0/");
    QCOMPARE(open.json[u"version"_s].toString(), u"0"_s);
    QVERIFY(open.json[u"auth"_s].isNull() && open.json[u"user"_s].isNull());
    const ApiAnswer known = world.get("/api/0/");
    const QJsonArray scopes = known.json[u"auth"_s][u"scopes"_s].toArray();
    for (const char* scope :
        {"org:read", "project:read", "team:read", "member:read", "event:read", "event:write", "event:admin"})
        QVERIFY2(scopes.contains(QString::fromLatin1(scope)), scope);
    QVERIFY(known.json[u"user"_s].isObject());
    for (const QByteArray& path : {QByteArray("/api/0/auth/"), QByteArray("/api/0/users/me/")}) {
        const ApiAnswer user = world.get(path);
        QCOMPARE(user.status, 200);
        QVERIFY(user.json[u"id"_s].isString());
        QVERIFY(!user.json[u"username"_s].toString().isEmpty());
    }
}

void TestWebApi::everyRouteAnswers_data()
{
    QTest::addColumn<QByteArray>("path"); // {org}: the organization's path, {p}: the project's, {i}: an issue
    QTest::addColumn<bool>("list");
    const auto row = [](const char* path, bool list) { QTest::newRow(path) << QByteArray(path) << list; };
    row("/api/0/organizations/", true);
    row("{org}/", false);
    row("/api/0/organizations/1/", false); // the number does as well as the slug
    row("{org}/projects/", true);
    row("{org}/teams/", true);
    row("{org}/user-teams/", true);
    row("{org}/members/", true);
    row("{org}/users/", true);
    row("{org}/environments/", true);
    row("{org}/releases/", true);
    row("{org}/project-keys/", true);
    row("{org}/issues/", true);
    row("{org}/issues-count/?query=is:unresolved", false);
    row("{org}/issues-stats/?groups={i}", true);
    row("{p}/", false);
    row("{p}/keys/", true);
    row("{p}/members/", true);
    row("{p}/environments/", true);
    row("{p}/events/", true);
    row("{p}/stats/", true);
    row("{org}/issues/{i}/", false);
    row("{org}/issues/{i}/activities/", false);
    row("{org}/issues/{i}/tags/", true);
    row("{org}/issues/{i}/tags/level/", false);
    row("{org}/issues/{i}/hashes/", true);
    row("{org}/issues/{i}/stats/", true);
    row("{org}/issues/{i}/events/", true);
    row("{org}/issues/{i}/events/latest/", false);
    row("{org}/issues/{i}/events/oldest/", false);
    row("{org}/issues/{i}/events/recommended/", false);
    row("/api/0/issues/{i}/", false);
    row("/api/0/issues/{i}/activities/", false);
    row("/api/0/issues/{i}/tags/", true);
    row("/api/0/issues/{i}/hashes/", true);
    row("/api/0/issues/{i}/events/", true);
    row("/api/0/issues/{i}/events/latest/", false);
    row("/api/0/vedette/collector/", false);
}

void TestWebApi::everyRouteAnswers()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, list);
    ApiWorld world;
    const QString issue = world.addIssue("Fault");
    path.replace("{org}", world.org());
    path.replace("{p}", world.org().replace("organizations", "projects") + "/1");
    path.replace("{i}", issue.toLatin1());
    const ApiAnswer answer = world.get(path);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json.isArray(), list);
    QCOMPARE(answer.json.isObject(), !list);
    QVERIFY(answer.header("content-type").startsWith(u"application/json"_s));
    // Only those who hold the token.
    QCOMPARE(world.anonymous("GET", path).status, 401);
}

void TestWebApi::whatIsNotThere_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    const auto row = [](const char* method, const char* path, int status) {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << status;
    };
    row("GET", "/api/0/nothing/", 404);
    row("GET", "/api/0/organizations/other/", 404);
    row("GET", "/api/0/organizations/other/issues/", 404);
    row("GET", "{org}/issues/999/", 404);
    row("PUT", "{org}/issues/999/", 404);
    row("DELETE", "{org}/issues/999/", 404);
    row("GET", "{org}/issues/NOPE-1/", 404);
    row("GET", "{org}/issues/999/events/", 404);
    row("GET", "{org}/issues/999/events/latest/", 404);
    row("GET", "{org}/issues/999/tags/", 404);
    row("GET", "{org}/issues/999/hashes/", 404);
    row("GET", "{org}/issues/999/activities/", 404);
    row("GET", "{org}/shortids/NOPE-1/", 404);
    row("GET", "{org}/shortids/1/", 404);
    row("GET", "{org}/eventids/ffffffffffffffffffffffffffffffff/", 404);
    row("GET", "{org}/eventids/xyz/", 404);
    row("GET", "{prj}/nope/", 404);
    row("GET", "{prj}/nope/keys/", 404);
    row("GET", "{prj}/1/events/ffffffffffffffffffffffffffffffff/", 404);
    row("GET", "/api/0/issues/99999999999999999999999999/", 404);
    row("GET", "/api/0/issues/%27%20OR%201=1/", 404);
    row("POST", "{org}/issues/", 405);
    row("DELETE", "{org}/", 405);
}

void TestWebApi::whatIsNotThere()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    ApiWorld world;
    path.replace("{org}", world.org());
    path.replace("{prj}", world.org().replace("organizations", "projects"));
    const ApiAnswer answer = world.call(method, path, method == "GET" || method == "DELETE" ? "" : "{}");
    QCOMPARE(answer.status, status);
    QVERIFY(!answer.detail().isEmpty());
    if (path.contains("nothing"))
        QCOMPARE(answer.detail(), u"The requested resource does not exist"_s);
}

/// The table of the README.
void TestWebApi::whatIsOutOfScope()
{
    ApiWorld world;
    const QByteArray issue = world.org() + "/issues/" + world.addIssue("Fault").toLatin1() + "/";
    const QByteArray project = world.org().replace("organizations", "projects") + "/1/";
    QList<QByteArray> paths;
    for (const char* route : {"events-trace/x/", "trace/x/", "profiling/flamegraph/", "replays/",
             "replay-count/", "monitors/", "sessions/", "alert-rules/", "combined-rules/", "workflows/",
             "detectors/", "dashboards/", "group-search-views/", "group-search-views/starred/",
             "chunk-upload/", "releases/1/files/", "integrations/", "code-mappings/", "auth-provider/",
             "audit-logs/", "access-requests/", "spike-protections/"})
        paths << world.org() + '/' + route;
    const QByteArray event =
        "events/" + world.get(issue + "events/latest/").json[u"id"_s].toString().toLatin1();
    for (const QByteArray& route : {QByteArray("rules/"), QByteArray("ownership/"), QByteArray("codeowners/"),
             QByteArray("files/dsyms/"), QByteArray("files/artifact-bundles/"),
             QByteArray("stacktrace-link/?file=a.py"), event + "/committers/", event + "/owners/",
             event + "/source-map-debug/"})
        paths << project + route;
    paths << issue + "autofix/" << issue + "autofix/setup/" << issue + "similar-issues-embeddings/"
          << issue + "integrations/";
    for (const QByteArray& path : paths) {
        const ApiAnswer answer = world.get(path);
        QVERIFY2(answer.status == 404, path.constData());
        QCOMPARE(answer.detail(), u"The requested resource does not exist"_s);
    }
    const QJsonValue row = world.get(issue + "?expand=owners").json;
    QVERIFY(row.toObject().contains(u"owners"_s) && row[u"owners"_s].isNull());
}

void TestWebApi::organizationAndProjects()
{
    ApiWorld world;
    world.addIssue("Fault", 1, R"(,"release":"app@1","environment":"prod")");
    const QJsonValue organization = world.get(world.org() + "/").json;
    QCOMPARE(organization[u"slug"_s].toString().toStdString(), world.collector().organization());
    QVERIFY(organization[u"id"_s].isString());
    QVERIFY(organization[u"links"_s][u"regionUrl"_s].toString().startsWith(u"http://127.0.0.1:"_s));
    const QJsonValue project = world.get(world.org() + "/projects/").json[0];
    QCOMPARE(project[u"id"_s].toString(), u"1"_s);
    QCOMPARE(project[u"environments"_s].toArray(), QJsonArray{u"prod"_s});
    QCOMPARE(project[u"latestRelease"_s][u"version"_s].toString(), u"app@1"_s);
    QVERIFY(!project[u"firstEvent"_s].isNull());
    const QJsonValue release = world.get(world.org() + "/releases/").json[0];
    QVERIFY(release[u"id"_s].isDouble()); // a number here, contract section 1, 2
    QCOMPARE(release[u"version"_s].toString(), u"app@1"_s);
    QCOMPARE(release[u"newGroups"_s].toInt(), 1);
    QCOMPARE(column(world.get(world.org() + "/environments/").json, u"name"_s), QStringList{u"prod"_s});
}

void TestWebApi::makingProjectsAndKeys()
{
    ApiWorld world;
    const ApiAnswer made =
        world.call("POST", world.org() + "/projects/", R"({"name":"Web Shop","platform":"node"})");
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json[u"slug"_s].toString(), u"web-shop"_s);
    QCOMPARE(made.json[u"platform"_s].toString(), u"node"_s);
    const QByteArray id = made.json[u"id"_s].toString().toLatin1();
    const QByteArray projects = world.org().replace("organizations", "projects");
    const QJsonValue key = world.get(projects + "/web-shop/keys/").json[0];
    QCOMPARE(key[u"public"_s].toString().size(), 32);
    QCOMPARE(key[u"projectId"_s].toInt(), id.toInt());
    QVERIFY(key[u"dsn"_s][u"public"_s].toString().endsWith(u'/' + QString::fromLatin1(id)));
    QVERIFY(key[u"dsn"_s][u"public"_s].toString().contains(key[u"public"_s].toString() + u"@127.0.0.1:"_s));
    QCOMPARE(world.call("POST", projects + "/web-shop/keys/", R"({"name":"second"})").status, 201);
    QCOMPARE(world.get(projects + "/web-shop/keys/").json.toArray().size(), 2);
    // The DSN works, and its issue carries the project's name.
    QCOMPARE(world.send(R"({"message":"hello"})", id.toInt()), 200);
    QCOMPARE(
        world.get(world.org() + "/issues/?project=" + id).json[0][u"shortId"_s].toString(), u"WEB-SHOP-1"_s);
    QCOMPARE(world.get(world.org() + "/issues/?project=1").json.toArray().size(), 0);
    QCOMPARE(world.call("POST", world.org() + "/projects/", R"({})").status, 400);
    QCOMPARE(world.call("POST", world.org() + "/projects/", R"({"name":[5]})").status, 400);
    QCOMPARE(world.call("POST", world.org() + "/projects/", R"({"name":"x","slug":"web-shop"})").status, 409);
    QCOMPARE(world.call("POST", world.org() + "/projects/", R"(no json)").status, 400);
}

void TestWebApi::members()
{
    ApiWorld world;
    const QString self = world.get("/api/0/users/me/").json[u"id"_s].toString();
    const ApiAnswer added =
        world.call("POST", world.org() + "/members/", R"({"email":"ann@example.org","name":"Ann"})");
    QCOMPARE(added.status, 201);
    const QJsonValue user = added.json[u"user"_s];
    QVERIFY(user[u"id"_s].toString() != added.json[u"id"_s].toString()); // membership and person are two
    QCOMPARE(user[u"username"_s].toString(), u"ann"_s);
    for (const QByteArray& path : {world.org() + "/members/", world.org() + "/users/?project=1"}) {
        const QJsonArray rows = world.get(path).json.toArray();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0][u"user"_s][u"id"_s].toString(), self);
        QCOMPARE(rows[1][u"email"_s].toString(), u"ann@example.org"_s);
    }
    const ApiAnswer again = world.call("POST", world.org() + "/members/", R"({"email":"ann@example.org"})");
    QCOMPARE(again.status, 400);
    QVERIFY(again.json[u"email"_s][0].toString().contains(u"already"_s));
    for (const char* body : {R"({})", R"({"email":"nobody"})", R"({"email":7})", R"([])", R"({"email":" "})"})
        QCOMPARE(world.call("POST", world.org() + "/members/", body).status, 400);
}

void TestWebApi::issueDetail()
{
    ApiWorld world;
    const QByteArray id = world.addIssue("Fault", 3, R"(,"release":"app@1","level":"fatal")").toLatin1();
    const QJsonValue issue = world.get(world.org() + "/issues/" + id + "/").json;
    QCOMPARE(issue[u"id"_s].toString().toLatin1(), id);
    QCOMPARE(issue[u"count"_s].toString(), u"3"_s); // text
    QCOMPARE(issue[u"userCount"_s].toInt(), 3);     // number
    QCOMPARE(issue[u"level"_s].toString(), u"fatal"_s);
    QCOMPARE(issue[u"title"_s].toString(), u"Fault: it broke"_s);
    QCOMPARE(issue[u"status"_s].toString(), u"unresolved"_s);
    QCOMPARE(issue[u"substatus"_s].toString(), u"new"_s);
    QCOMPARE(issue[u"metadata"_s][u"type"_s].toString(), u"Fault"_s);
    QCOMPARE(issue[u"firstRelease"_s][u"version"_s].toString(), u"app@1"_s);
    QVERIFY(issue[u"assignedTo"_s].isNull());
    const QJsonArray hours = issue[u"stats"_s][u"24h"_s].toArray();
    QCOMPARE(hours.size(), 24);
    QCOMPARE(hours.last()[0].toInteger() % 3600, 0);
    QCOMPARE(hours.last()[1].toInt(), 3);
    const QJsonArray days = issue[u"stats"_s][u"30d"_s].toArray();
    QCOMPARE(days.size(), 30);
    QCOMPARE(days.last()[0].toInteger() % 86400, 0);
    QCOMPARE(days.last()[1].toInt(), 3);
    for (const QJsonValue& day : days)
        QVERIFY(day[1].isDouble()); // filled with zeros, no gaps
    QVERIFY(issue[u"tags"_s].isArray());
    QVERIFY(world.get(world.org() + "/issues/" + id + "/?collapse=tags").json[u"tags"_s].isUndefined());
    // By its short id too.
    const QByteArray shortId = issue[u"shortId"_s].toString().toLatin1();
    QCOMPARE(world.get(world.org() + "/issues/" + shortId + "/").json[u"id"_s], issue[u"id"_s]);
    QCOMPARE(world.get("/api/0/issues/" + id + "/").json, issue);
}

void TestWebApi::events()
{
    ApiWorld world;
    QByteArray id;
    for (int i = 0; i < 3; ++i) {
        world.clock.advance(std::chrono::minutes(1));
        id = world.addIssue("Fault").toLatin1();
    }
    const QByteArray issue = world.org() + "/issues/" + id;
    const QStringList ids = column(world.get(issue + "/events/").json, u"eventID"_s);
    QCOMPARE(ids.size(), 3);
    QVERIFY(ids[0].endsWith(u'3') && ids[2].endsWith(u'1')); // newest first
    const auto event = [&](const QByteArray& which) {
        return world.get(issue + "/events/" + which + "/").json;
    };
    QCOMPARE(event("latest")[u"eventID"_s].toString(), ids[0]);
    QCOMPARE(event("recommended")[u"eventID"_s].toString(), ids[0]);
    QCOMPARE(event("oldest")[u"eventID"_s].toString(), ids[2]);
    const QJsonValue middle = event(ids[1].toLatin1());
    QCOMPARE(middle[u"nextEventID"_s].toString(), ids[0]);     // newer
    QCOMPARE(middle[u"previousEventID"_s].toString(), ids[2]); // older
    QVERIFY(event("latest")[u"nextEventID"_s].isNull());
    QVERIFY(event("oldest")[u"previousEventID"_s].isNull());
    QCOMPARE(middle[u"groupID"_s].toString().toLatin1(), id);
    // A dashed id finds it as well.
    QByteArray dashed = ids[1].toLatin1();
    for (const int at : {8, 13, 18, 23})
        dashed.insert(at, '-');
    QCOMPARE(event(dashed)[u"eventID"_s].toString(), ids[1]);
    QCOMPARE(
        world.get(world.org().replace("organizations", "projects") + "/1/events/" + ids[1].toLatin1() + "/")
            .json[u"eventID"_s]
            .toString(),
        ids[1]);
    QCOMPARE(world.get(issue + "/events/ffffffffffffffffffffffffffffffff/").status, 404);
    QCOMPARE(world.get(issue + "/events/sometimes/").status, 404);
    // Short and full rows.
    const QJsonValue row = world.get(issue + "/events/").json[0];
    QCOMPARE(row[u"event.type"_s].toString(), u"error"_s); // a key with a dot
    QVERIFY(row[u"entries"_s].isUndefined());
    QVERIFY(world.get(issue + "/events/?full=1").json[0][u"entries"_s].isArray());
}

void TestWebApi::eventsRespectEnvironments()
{
    ApiWorld world;
    world.addIssue("Fault", 1, R"(,"environment":"prod")");
    world.clock.advance(std::chrono::minutes(1));
    const QByteArray id = world.addIssue("Fault", 1, R"(,"environment":"dev")").toLatin1();
    const QByteArray issue = world.org() + "/issues/" + id;
    QCOMPARE(world.get(issue + "/events/").json.toArray().size(), 2);
    QCOMPARE(world.get(issue + "/events/?environment=prod").json.toArray().size(), 1);
    const QJsonValue latest = world.get(issue + "/events/latest/?environment=prod").json;
    QVERIFY(latest[u"eventID"_s].toString().endsWith(u'1'));
    QVERIFY(latest[u"nextEventID"_s].isNull()); // the newer one is of another environment
    const ApiAnswer none = world.get(issue + "/events/latest/?environment=moon");
    QCOMPARE(none.status, 404);
    QCOMPARE(
        none.detail(), u"No matching event found, try changing the environments, date range, or query."_s);
}

void TestWebApi::eventPaging()
{
    ApiWorld world;
    const QByteArray id = world.addIssue("Fault", 5).toLatin1();
    QStringList seen;
    QByteArray cursor;
    for (int page = 0; page < 5; ++page) {
        const ApiAnswer answer = world.get(world.org() + "/issues/" + id + "/events/?per_page=2" +
                                           (cursor.isEmpty() ? "" : "&cursor=" + cursor));
        seen << column(answer.json, u"eventID"_s);
        const QString next = answer.header("link").section(u"rel=\"next\""_s, 1);
        if (!next.contains(u"results=\"true\""_s))
            break;
        cursor = next.section(u"cursor=\""_s, 1).section(u'"', 0, 0).toLatin1();
    }
    QCOMPARE(seen.size(), 5);
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 5);
}

void TestWebApi::tags()
{
    ApiWorld world;
    world.addIssue("Fault", 3, R"(,"tags":{"zone":"eu"})");
    const QByteArray id = world.addIssue("Fault", 1, R"(,"tags":{"zone":"us"})").toLatin1();
    const QByteArray path = world.org() + "/issues/" + id + "/tags/";
    QVERIFY(column(world.get(path).json, u"key"_s).contains(u"zone"_s));
    const QJsonValue zone = world.get(path + "zone/").json;
    QCOMPARE(zone[u"totalValues"_s].toInt(), 4);
    QCOMPARE(column(zone[u"topValues"_s], u"value"_s), (QStringList{u"eu"_s, u"us"_s}));
    QCOMPARE(column(zone[u"topValues"_s], u"count"_s), (QStringList{u"3"_s, u"1"_s}));
    QCOMPARE(world.get(path + "?key=zone&limit=1").json[0][u"topValues"_s].toArray().size(), 1);
    QCOMPARE(world.get(path + "nothing/").status, 404);
}

void TestWebApi::activities()
{
    ApiWorld world;
    const QByteArray id = world.addIssue("Fault").toLatin1();
    world.clock.advance(std::chrono::minutes(1));
    QCOMPARE(world.put(world.org() + "/issues/" + id + "/", R"({"status":"resolved"})").status, 200);
    const QJsonArray list =
        world.get(world.org() + "/issues/" + id + "/activities/").json[u"activity"_s].toArray();
    QCOMPARE(column(list, u"type"_s), (QStringList{u"set_resolved"_s, u"first_seen"_s}));
    QCOMPARE(list.last()[u"id"_s].toString(), u"0"_s);
    QVERIFY(list.first()[u"user"_s].isObject());
    QVERIFY(list.last()[u"user"_s].isNull());
}

void TestWebApi::lookUps()
{
    ApiWorld world;
    const QString id = world.addIssue("Fault");
    const QJsonValue issue = world.get(world.org() + "/issues/" + id.toLatin1() + "/").json;
    const QByteArray shortId = issue[u"shortId"_s].toString().toLatin1();
    for (const QByteArray& text : {shortId, shortId.toLower()}) {
        const QJsonValue found = world.get(world.org() + "/shortids/" + text + "/").json;
        QCOMPARE(found[u"groupId"_s].toString(), id);
        QCOMPARE(found[u"group"_s][u"id"_s].toString(), id);
        QVERIFY(!found[u"projectSlug"_s].toString().isEmpty());
    }
    const QString event =
        world.get(world.org() + "/issues/" + id.toLatin1() + "/events/").json[0][u"eventID"_s].toString();
    const QJsonValue found = world.get(world.org() + "/eventids/" + event.toLatin1() + "/").json;
    QCOMPARE(found[u"groupId"_s].toString(), id);
    QCOMPARE(found[u"event"_s][u"eventID"_s].toString(), event);
}

void TestWebApi::projectStats()
{
    ApiWorld world;
    world.addIssue("Fault", 4);
    const QByteArray path = world.org().replace("organizations", "projects") + "/1/stats/";
    const QJsonArray hours = world.get(path + "?stat=received&resolution=1h").json.toArray();
    QCOMPARE(hours.size(), 25); // from this hour of yesterday on
    QCOMPARE(hours.last()[1].toInt(), 4);
    QCOMPARE(hours.first()[1].toInt(), 0);
    for (qsizetype i = 1; i < hours.size(); ++i)
        QCOMPARE(hours[i][0].toInteger() - hours[i - 1][0].toInteger(), 3600);
    QCOMPARE(world.get(path + "?resolution=7m").status, 400);
    QCOMPARE(world.get(path + "?since=0&until=1795170600").status, 400); // too many points
}

void TestWebApi::collectorStatus()
{
    ApiWorld world;
    world.addIssue("Fault", 2);
    world.call("POST", "/api/1/store/?sentry_key=" + QByteArray(32, '0'), R"({"message":"x"})");
    const QJsonValue status = world.get("/api/0/vedette/collector/").json;
    QCOMPARE(status[u"version"_s].toString(), u"1.2.3"_s);
    QCOMPARE(status[u"acceptedTotal"_s].toInt(), 2);
    QCOMPARE(status[u"refusedLastHour"_s].toInt(), 1);
    QVERIFY(status[u"eventsPerMinute"_s].toDouble() > 0);
    QVERIFY(status[u"diskBytes"_s].toInteger() > 0);
    QVERIFY(!status[u"dataFolder"_s].toString().isEmpty());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestWebApi)
#include "tst_webapi.moc"
