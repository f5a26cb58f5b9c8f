// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Releases, their commits and deploys, and repositories: contract section 5, and what sentry-cli does with
/// them.
class TestReleases final : public QObject
{
    Q_OBJECT

private slots:
    void anEventMakesOne();
    void creatingAndFinalizing();
    void belowAProject();
    void sharedByProjects();
    void listing();
    void listingByEnvironment();
    void sorting();
    void paging();
    void namesInPaths_data();
    void namesInPaths();
    void refused_data();
    void refused();
    void deleting();
};

namespace {

QByteArray projectPath(const ApiWorld& world, const char* project = "1")
{
    return world.org().replace("organizations", "projects") + '/' + project;
}

ApiAnswer post(ApiWorld& world, const QByteArray& path, const QByteArray& body)
{
    return world.call("POST", path, body);
}

/// A release of the first project.
ApiAnswer make(ApiWorld& world, const QByteArray& version, const QByteArray& more = {})
{
    return post(world, world.org() + "/releases/",
        R"({"version":")" + version + R"(","projects":["default"])" + more + "}");
}

constexpr const char* twoCommits = R"(,"commits":[
    {"id":"bbb","repository":"shop/web","message":"Second","author_name":"Ann","author_email":"ann@example.org",
     "timestamp":"2026-11-19T10:00:00+01:00","patch_set":[{"path":"src/b.py","type":"M"},{"path":"a.py","type":"A"}]},
    {"id":"aaa","repository":"shop/web","message":"First","author_name":"Bob","author_email":"bob@example.org",
     "timestamp":"2026-11-18T09:00:00Z"}])";

} // namespace

void TestReleases::anEventMakesOne()
{
    ApiWorld world;
    world.addIssue("Fault", 2, R"(,"release":"web@4.2.1-rc.1+77")");
    const ApiAnswer answer = world.get(world.org() + "/releases/web%404.2.1-rc.1%2B77/");
    QCOMPARE(answer.status, 200);
    const QJsonValue release = answer.json;
    QVERIFY(release[u"id"_s].isDouble()); // a number, unlike nearly all ids
    QVERIFY(release[u"projects"_s][0][u"id"_s].isDouble());
    QCOMPARE(release[u"version"_s].toString(), u"web@4.2.1-rc.1+77"_s);
    QCOMPARE(release[u"shortVersion"_s].toString(), u"4.2.1-rc.1+77"_s);
    const QJsonValue info = release[u"versionInfo"_s];
    QCOMPARE(info[u"package"_s].toString(), u"web"_s);
    QCOMPARE(info[u"description"_s].toString(), u"4.2.1-rc.1 (77)"_s);
    QVERIFY(info[u"buildHash"_s].isNull());
    QCOMPARE(info[u"version"_s][u"raw"_s].toString(), u"4.2.1-rc.1+77"_s);
    QCOMPARE(info[u"version"_s][u"major"_s].toInt(), 4);
    QCOMPARE(info[u"version"_s][u"minor"_s].toInt(), 2);
    QCOMPARE(info[u"version"_s][u"patch"_s].toInt(), 1);
    QCOMPARE(info[u"version"_s][u"pre"_s].toString(), u"rc.1"_s);
    QCOMPARE(info[u"version"_s][u"buildCode"_s].toString(), u"77"_s);
    QCOMPARE(release[u"newGroups"_s].toInt(), 1);
    QCOMPARE(release[u"projects"_s][0][u"newGroups"_s].toInt(), 1);
    QCOMPARE(release[u"firstEvent"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
    QCOMPARE(release[u"lastEvent"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
    QVERIFY(release[u"dateReleased"_s].isNull());
    QVERIFY(release[u"lastCommit"_s].isNull() && release[u"lastDeploy"_s].isNull());
    QCOMPARE(release[u"commitCount"_s].toInt(-1), 0);
    QCOMPARE(release[u"deployCount"_s].toInt(-1), 0);
    QCOMPARE(release[u"authors"_s].toArray().size(), 0);
    QCOMPARE(release[u"status"_s].toString(), u"open"_s);
}

void TestReleases::creatingAndFinalizing()
{
    ApiWorld world;
    const ApiAnswer made = make(world, "web@1", R"(,"ref":"main","url":"https://ci.example.org/1")");
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json[u"ref"_s].toString(), u"main"_s);
    QCOMPARE(made.json[u"url"_s].toString(), u"https://ci.example.org/1"_s);
    QCOMPARE(column(made.json[u"projects"_s], u"slug"_s), QStringList{u"default"_s});
    QVERIFY(made.json[u"firstEvent"_s].isNull());
    // Once more is no fault, and says that it was there.
    const ApiAnswer again = make(world, "web@1", R"(,"dateReleased":"2026-11-20T09:00:00Z")");
    QCOMPARE(again.status, 208);
    QCOMPARE(again.json[u"dateReleased"_s].toString(), u"2026-11-20T09:00:00.000Z"_s);
    QCOMPARE(again.json[u"ref"_s].toString(), u"main"_s); // what is not told stays
    // sentry-cli archives so, without a project.
    const ApiAnswer archived =
        post(world, world.org() + "/releases/", R"({"version":"web@1","projects":[],"status":"archived"})");
    QCOMPARE(archived.status, 208);
    QCOMPARE(archived.json[u"status"_s].toString(), u"archived"_s);
    QCOMPARE(column(archived.json[u"projects"_s], u"slug"_s), QStringList{u"default"_s});
    const QByteArray path = world.org() + "/releases/web%401/";
    const ApiAnswer changed =
        world.put(path, R"({"dateReleased":"2026-11-20T09:30:00+01:00","status":"archived","url":""})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json[u"dateReleased"_s].toString(), u"2026-11-20T08:30:00.000Z"_s);
    QCOMPARE(changed.json[u"status"_s].toString(), u"archived"_s);
    QVERIFY(changed.json[u"url"_s].isNull());
    QCOMPARE(world.get(path).json, changed.json);
    // An event that names it joins it.
    world.addIssue("Fault", 1, R"(,"release":"web@1")");
    QCOMPARE(world.get(path).json[u"newGroups"_s].toInt(), 1);
    QCOMPARE(world.get(path).json[u"id"_s], changed.json[u"id"_s]);
}

void TestReleases::belowAProject()
{
    ApiWorld world;
    const QByteArray releases = projectPath(world) + "/releases/";
    QCOMPARE(post(world, releases, R"({"version":"1.0"})").status, 201);
    QCOMPARE(post(world, releases, R"({"version":"1.0"})").status, 208);
    QCOMPARE(column(world.get(releases).json, u"version"_s), QStringList{u"1.0"_s});
    QCOMPARE(world.put(releases + "1.0/", R"({"ref":"v1"})").json[u"ref"_s].toString(), u"v1"_s);
    QCOMPARE(world.get(releases + "1.0/").json[u"ref"_s].toString(), u"v1"_s);
    QCOMPARE(world.get(releases + "1.0/commits/").json.toArray().size(), 0);
    QCOMPARE(world.get(projectPath(world, "nope") + "/releases/").status, 404);
    QCOMPARE(world.get(projectPath(world, "nope") + "/releases/1.0/").status, 404);
    QCOMPARE(post(world, projectPath(world, "nope") + "/releases/", R"({"version":"1.0"})").status, 404);
    QCOMPARE(world.call("DELETE", releases + "1.0/").status, 204);
    QCOMPARE(world.get(releases + "1.0/").status, 404);
}

void TestReleases::sharedByProjects()
{
    ApiWorld world;
    post(world, world.org() + "/projects/", R"({"name":"api"})");
    make(world, "1.0", twoCommits);
    world.put(world.org() + "/releases/1.0/", R"({"ref":"main"})");
    const ApiAnswer joined =
        post(world, world.org() + "/releases/", R"({"version":"1.0","projects":["api"]})");
    QCOMPARE(joined.status, 201); // new to that project
    QCOMPARE(column(joined.json[u"projects"_s], u"slug"_s), (QStringList{u"default"_s, u"api"_s}));
    QCOMPARE(world.get(world.org() + "/releases/").json.toArray().size(), 1);
    // What is told of it holds for each project, also for one that an event brings.
    const QJsonValue there = world.get(projectPath(world, "api") + "/releases/1.0/").json;
    QCOMPARE(there[u"commitCount"_s].toInt(), 2);
    QCOMPARE(there[u"ref"_s].toString(), u"main"_s);
    QCOMPARE(there[u"id"_s], joined.json[u"id"_s]);
    QCOMPARE(column(there[u"projects"_s], u"slug"_s), QStringList{u"api"_s});
    post(world, world.org() + "/projects/", R"({"name":"third"})");
    world.send(R"({"message":"x","release":"1.0"})", 3);
    QCOMPARE(world.get(projectPath(world, "third") + "/releases/1.0/commits/").json.toArray().size(), 2);
    // And each has its own events.
    QVERIFY(world.get(projectPath(world, "api") + "/releases/1.0/").json[u"firstEvent"_s].isNull());
    QVERIFY(!world.get(world.org() + "/releases/1.0/").json[u"firstEvent"_s].isNull());
}

void TestReleases::listing()
{
    ApiWorld world;
    post(world, world.org() + "/projects/", R"({"name":"api"})");
    make(world, "web@1");
    world.clock.advance(std::chrono::minutes(1));
    make(world, "web@2");
    world.clock.advance(std::chrono::minutes(1));
    post(world, world.org() + "/releases/", R"({"version":"100%_api","projects":["api"]})");
    const auto versions = [&](const QByteArray& query) {
        return column(world.get(world.org() + "/releases/" + query).json, u"version"_s);
    };
    QCOMPARE(versions(""), (QStringList{u"100%_api"_s, u"web@2"_s, u"web@1"_s})); // newest first
    QCOMPARE(versions("?query=WEB"), (QStringList{u"web@2"_s, u"web@1"_s}));
    QCOMPARE(versions("?query=0%25_a"), QStringList{u"100%_api"_s}); // no pattern
    QCOMPARE(versions("?query=web_1"), QStringList{});
    QCOMPARE(versions("?project=2"), QStringList{u"100%_api"_s});
    QCOMPARE(versions("?project=1&project=2").size(), 3);
    QCOMPARE(versions("?project=-1").size(), 3);
    QCOMPARE(world.get(world.org() + "/releases/?project=nope").status, 400);
    world.put(world.org() + "/releases/web%402/", R"({"status":"archived"})");
    QCOMPARE(versions(""), (QStringList{u"100%_api"_s, u"web@1"_s}));
    QCOMPARE(versions("?status=archived"), QStringList{u"web@2"_s});
    QCOMPARE(versions("?status=").size(), 3);
    QCOMPARE(world.get(world.org() + "/releases/?status=lost").status, 400);
    // The date of its release counts before that of its making.
    world.put(world.org() + "/releases/web%401/", R"({"dateReleased":"2026-11-21T00:00:00Z"})");
    QCOMPARE(versions("").first(), u"web@1"_s);
}

void TestReleases::listingByEnvironment()
{
    ApiWorld world;
    world.addIssue("Fault", 1, R"(,"release":"1","environment":"prod")");
    world.addIssue("Fault", 1, R"(,"release":"2","environment":"dev")");
    world.addIssue("Fault", 1, R"(,"release":"2")");
    const auto versions = [&](const QByteArray& query) {
        return column(world.get(world.org() + "/releases/" + query).json, u"version"_s);
    };
    QCOMPARE(versions("?environment=prod"), QStringList{u"1"_s});
    QCOMPARE(versions("?environment=dev"), QStringList{u"2"_s});
    QCOMPARE(versions("?environment="), QStringList{u"2"_s}); // the empty name is an event without one
    QCOMPARE(versions("?environment=prod&environment=dev").size(), 2);
    QCOMPARE(versions("?environment=moon").size(), 0);
}

void TestReleases::sorting()
{
    ApiWorld world;
    for (const char* version : {"web@1.10.0+2", "web@1.9.0+3", "soon", "web@1.10.0-rc.1+1", "api@3.0"})
        make(world, version);
    const auto versions = [&](const QByteArray& sort) {
        return column(world.get(world.org() + "/releases/?sort=" + sort).json, u"version"_s);
    };
    QCOMPARE(versions("semver"),
        (QStringList{u"api@3.0"_s, u"web@1.10.0+2"_s, u"web@1.10.0-rc.1+1"_s, u"web@1.9.0+3"_s, u"soon"_s}));
    QCOMPARE(versions("build").first(), u"web@1.9.0+3"_s);
    QCOMPARE(world.get(world.org() + "/releases/?sort=crash_free_users").status, 400);
}

void TestReleases::paging()
{
    ApiWorld world;
    for (int i = 0; i < 5; ++i)
        make(world, "1." + QByteArray::number(i));
    for (const QByteArray& sort : {QByteArray("date"), QByteArray("semver")}) {
        QStringList seen;
        QByteArray cursor;
        for (int page = 0; page < 5; ++page) {
            const ApiAnswer answer = world.get(world.org() + "/releases/?per_page=2&sort=" + sort +
                                               (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            seen << column(answer.json, u"version"_s);
            const QString next = answer.header("link").section(u"rel=\"next\""_s, 1);
            if (!next.contains(u"results=\"true\""_s))
                break;
            cursor = next.section(u"cursor=\""_s, 1).section(u'"', 0, 0).toLatin1();
        }
        QCOMPARE(seen, (QStringList{u"1.4"_s, u"1.3"_s, u"1.2"_s, u"1.1"_s, u"1.0"_s}));
    }
}

void TestReleases::namesInPaths_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("encoded");
    const auto row = [](const char* version, const char* encoded) {
        QTest::newRow(version) << QByteArray(version) << QByteArray(encoded);
    };
    row("web@1.0", "web@1.0"); // an @ may stand as it is
    row("web@1.0", "web%401.0");
    row("refs/tags/v1", "refs%2Ftags%2Fv1");
    row("1.0+build 7", "1.0+build%207"); // a plus in a path is a plus
    row("1.0+build 7", "1.0%2Bbuild%207");
    row("100%", "100%25");
    row("caf\xc3\xa9", "caf%C3%A9");
}

void TestReleases::namesInPaths()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, encoded);
    ApiWorld world;
    QCOMPARE(make(world, version).status, 201);
    const QByteArray path = world.org() + "/releases/" + encoded + "/";
    QCOMPARE(world.get(path).json[u"version"_s].toString(), QString::fromUtf8(version));
    QCOMPARE(world.put(path, R"({"ref":"main"})").status, 200);
    QCOMPARE(world.get(path + "commits/").status, 200);
    QCOMPARE(world.call("DELETE", path).status, 204);
    QCOMPARE(world.get(path).status, 404);
}

void TestReleases::refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const QByteArray& body, const char* field) {
        QTest::newRow(name) << body << QString::fromLatin1(field);
    };
    const QByteArray rest = R"(,"projects":["default"]})";
    row("nothing", "{}", "version");
    row("a list", "[]", "version");
    row("no version", R"({"projects":["default"]})", "version");
    row("an empty version", R"({"version":" ")" + rest, "version");
    row("null", R"({"version":null)" + rest, "version");
    row("a dot", R"({"version":"..")" + rest, "version");
    row("latest", R"({"version":"latest")" + rest, "version");
    row("a line", R"({"version":"a\nb")" + rest, "version");
    row("a nul", R"({"version":"a\u0000b")" + rest, "version");
    row("long", R"({"version":")" + QByteArray(251, 'x') + '"' + rest, "version");
    row("an object", R"({"version":{})" + rest, "version");
    row("no projects", R"({"version":"1"})", "projects");
    row("empty projects", R"({"version":"1","projects":[]})", "projects");
    row("unknown project", R"({"version":"1","projects":["default","nope"]})", "projects");
    row("projects as text", R"({"version":"1","projects":"default"})", "projects");
    row("bad URL", R"({"version":"1","url":"javascript:void")" + rest, "url");
    row("bad date", R"({"version":"1","dateReleased":"soon")" + rest, "dateReleased");
    row("bad status", R"({"version":"1","status":"lost")" + rest, "status");
    row("commits as text", R"({"version":"1","commits":"x")" + rest, "commits");
    row("refs as text", R"({"version":"1","refs":"x")" + rest, "refs");
}

void TestReleases::refused()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    ApiWorld world;
    const ApiAnswer answer = post(world, world.org() + "/releases/", body);
    QCOMPARE(answer.status, 400);
    QVERIFY2(!answer.json[field][0].toString().isEmpty(), answer.raw.body.c_str());
    QCOMPARE(world.get(world.org() + "/releases/?status=").json.toArray().size(), 0); // nothing half made
}

void TestReleases::deleting()
{
    ApiWorld world;
    make(world, "1.0", twoCommits);
    post(world, world.org() + "/releases/1.0/deploys/", R"({"environment":"prod"})");
    QCOMPARE(world.call("DELETE", world.org() + "/releases/1.0/").status, 204);
    QCOMPARE(world.call("DELETE", world.org() + "/releases/1.0/").status, 404);
    QCOMPARE(make(world, "1.0").json[u"commitCount"_s].toInt(-1), 0); // nothing of the old one is left
    // One in which issues began stays.
    world.addIssue("Fault", 1, R"(,"release":"2.0")");
    const ApiAnswer used = world.call("DELETE", world.org() + "/releases/2.0/");
    QCOMPARE(used.status, 400);
    QCOMPARE(used.detail(), u"This release is referenced by active issues and cannot be removed."_s);
    // One that later events have goes, and what events brought comes again with the next.
    world.addIssue("Fault", 1, R"(,"release":"3.0")");
    QCOMPARE(world.call("DELETE", world.org() + "/releases/3.0/").status, 204);
    world.addIssue("Fault", 1, R"(,"release":"3.0")");
    QCOMPARE(world.get(world.org() + "/releases/3.0/").status, 200);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReleases)
#include "tst_releases.moc"
