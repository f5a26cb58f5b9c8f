// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// What hangs on releases: commits, deploys, repositories, and where releases hang themselves.
class TestReleaseCommits final : public QObject
{
    Q_OBJECT

private slots:
    void commits();
    void heads();
    void manyCommits();
    void previousWithCommits();
    void deploys();
    void repositories();
    void inEventsAndIssues();
};

namespace {

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

void TestReleaseCommits::commits()
{
    ApiWorld world;
    world.call("POST", world.org() + "/members/", R"({"email":"Ann@example.org","name":"Ann Lee"})");
    const QJsonValue release = make(world, "1.0", twoCommits).json;
    QCOMPARE(release[u"commitCount"_s].toInt(), 2);
    QCOMPARE(release[u"lastCommit"_s][u"id"_s].toString(), u"bbb"_s);
    QCOMPARE(release[u"authors"_s].toArray().size(), 2);
    const QByteArray path = world.org() + "/releases/1.0/";
    const QJsonValue list = world.get(path + "commits/").json;
    QCOMPARE(column(list, u"id"_s), (QStringList{u"bbb"_s, u"aaa"_s}));
    QCOMPARE(list[0][u"message"_s].toString(), u"Second"_s);
    QCOMPARE(list[0][u"dateCreated"_s].toString(), u"2026-11-19T09:00:00.000Z"_s);
    QCOMPARE(list[0][u"repository"_s][u"name"_s].toString(), u"shop/web"_s);
    QVERIFY(list[0][u"author"_s][u"id"_s].isString()); // a member, known by the address
    QCOMPARE(list[0][u"author"_s][u"name"_s].toString(), u"Ann Lee"_s);
    QVERIFY(list[1][u"author"_s][u"id"_s].isUndefined());
    QCOMPARE(list[1][u"author"_s][u"email"_s].toString(), u"bob@example.org"_s);
    QCOMPARE(list[0][u"releases"_s][0][u"version"_s].toString(), u"1.0"_s);
    const QJsonValue files = world.get(path + "commitfiles/").json;
    QCOMPARE(column(files, u"filename"_s), (QStringList{u"a.py"_s, u"src/b.py"_s}));
    QCOMPARE(column(files, u"type"_s), (QStringList{u"A"_s, u"M"_s}));
    // A second list takes the place of the first.
    world.put(path, R"({"commits":[{"id":"ccc"}]})");
    QCOMPARE(column(world.get(path + "commits/").json, u"id"_s), QStringList{u"ccc"_s});
    QVERIFY(world.get(path + "commits/").json[0][u"author"_s].toObject().isEmpty());
    // Faults are told item by item, and change nothing.
    const ApiAnswer bad =
        world.put(path, R"({"commits":[{"id":"ddd"},{"message":"no id"},{"id":"e","timestamp":"x"},7,
        {"id":"f","patch_set":[{"path":"x","type":"Z"}]}]})");
    QCOMPARE(bad.status, 400);
    const QJsonValue faults = bad.json[u"commits"_s];
    QCOMPARE(faults[u"1"_s][u"id"_s][0].toString(), u"This field is required."_s);
    QVERIFY(faults[u"2"_s][u"timestamp"_s].isArray() && faults[u"3"_s].isObject() &&
            faults[u"4"_s][u"patch_set"_s].isArray());
    QVERIFY(faults[u"0"_s].isUndefined());
    QCOMPARE(column(world.get(path + "commits/").json, u"id"_s), QStringList{u"ccc"_s});
}

void TestReleaseCommits::heads()
{
    ApiWorld world;
    make(world, "1.0", twoCommits);
    const QByteArray path = world.org() + "/releases/1.0/";
    // What is known of a commit stays; a new head is the last commit.
    world.put(path, R"({"refs":[{"repository":"shop/web","commit":"bbb","previousCommit":"aaa"}]})");
    QCOMPARE(world.get(path).json[u"commitCount"_s].toInt(), 2);
    QCOMPARE(world.get(path + "commits/").json[0][u"message"_s].toString(), u"Second"_s);
    world.put(path,
        R"({"refs":[{"repository":"shop/web","commit":"ccc"},{"repository":"shop/lib","commit":"x..ddd"}]})");
    QCOMPARE(column(world.get(path + "commits/").json, u"id"_s),
        (QStringList{u"ccc"_s, u"ddd"_s, u"bbb"_s, u"aaa"_s}));
    world.put(path, R"({"headCommits":[{"repository":"shop/web","currentId":"eee","previousId":"ccc"}]})");
    QCOMPARE(world.get(path).json[u"lastCommit"_s][u"id"_s].toString(), u"eee"_s);
    QCOMPARE(column(world.get(world.org() + "/repos/").json, u"name"_s),
        (QStringList{u"shop/lib"_s, u"shop/web"_s}));
    world.put(path, R"({"refs":[]})"); // takes all away
    QCOMPARE(world.get(path).json[u"commitCount"_s].toInt(-1), 0);
    for (const char* body :
        {R"({"refs":[{"commit":"x"}]})", R"({"refs":[{"repository":"shop/web"}]})", R"({"refs":[7]})"}) {
        const ApiAnswer bad = world.put(path, body);
        QCOMPARE(bad.status, 400);
        QVERIFY(bad.json[u"refs"_s][u"0"_s].isObject());
    }
}

void TestReleaseCommits::manyCommits()
{
    ApiWorld world;
    QByteArray list;
    for (int i = 0; i < 3000; ++i) {
        if (i > 0)
            list += ',';
        list += R"({"id":"c)" + QByteArray::number(i) + R"(","message":")" + QByteArray(500, 'm') + R"("})";
    }
    const ApiAnswer made = make(world, "1.0", R"(,"commits":[)" + list + ']'); // past 1 MB
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json[u"commitCount"_s].toInt(), 3000);
    const ApiAnswer page = world.get(world.org() + "/releases/1.0/commits/?per_page=100&cursor=0:2900:0");
    QCOMPARE(page.json.toArray().size(), 100);
    QCOMPARE(page.json[99][u"id"_s].toString(), u"c2999"_s);
    QVERIFY(page.header("link").contains(u"rel=\"next\"; results=\"false\""_s));
}

void TestReleaseCommits::previousWithCommits()
{
    ApiWorld world;
    make(world, "1", twoCommits);
    world.clock.advance(std::chrono::minutes(1));
    make(world, "2");
    world.clock.advance(std::chrono::minutes(1));
    make(world, "3");
    const auto previous = [&](const QByteArray& version) {
        return world.get(world.org() + "/releases/" + version + "/previous-with-commits/");
    };
    QCOMPARE(previous("3").json[u"version"_s].toString(), u"1"_s);
    QCOMPARE(previous("3").json[u"lastCommit"_s][u"id"_s].toString(), u"bbb"_s);
    QCOMPARE(previous("1").status, 200);
    QVERIFY(previous("1").json.toObject().isEmpty());
    QCOMPARE(previous("9").status, 404);
}

void TestReleaseCommits::deploys()
{
    ApiWorld world;
    make(world, "1.0");
    const QByteArray path = world.org() + "/releases/1.0/deploys/";
    const ApiAnswer made =
        post(world, path, R"({"environment":"prod","name":"first","url":"https://ci.example.org/7",
        "dateStarted":"2026-11-20T10:00:00Z","dateFinished":"2026-11-20T10:05:00Z"})");
    QCOMPARE(made.status, 201);
    QVERIFY(made.json[u"id"_s].isString());
    QCOMPARE(made.json[u"dateStarted"_s].toString(), u"2026-11-20T10:00:00.000Z"_s);
    QCOMPARE(post(world, path, R"({"environment":"staging","projects":["default"]})").status, 201);
    const QJsonValue list = world.get(path).json;
    QCOMPARE(column(list, u"environment"_s), (QStringList{u"staging"_s, u"prod"_s})); // the last one first
    QCOMPARE(list[0][u"dateFinished"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);   // now
    QVERIFY(list[0][u"dateStarted"_s].isNull() && list[0][u"url"_s].isNull());
    const QJsonValue release = world.get(world.org() + "/releases/1.0/").json;
    QCOMPARE(release[u"deployCount"_s].toInt(), 2);
    QCOMPARE(release[u"lastDeploy"_s][u"environment"_s].toString(), u"staging"_s);
    QVERIFY(!post(world, path, R"({})").json[u"environment"_s][0].toString().isEmpty());
    QVERIFY(!post(world, path, R"({"environment":"a/b"})").json[u"environment"_s][0].toString().isEmpty());
    QVERIFY(!post(world, path, R"({"environment":"a","url":"x"})").json[u"url"_s][0].toString().isEmpty());
    QVERIFY(!post(world, path, R"({"environment":"a","projects":["x"]})")
                 .json[u"projects"_s][0]
                 .toString()
                 .isEmpty());
    QCOMPARE(world.get(path).json.toArray().size(), 2);
    QCOMPARE(world.get(world.org() + "/releases/9/deploys/").status, 404);
    QCOMPARE(post(world, world.org() + "/releases/9/deploys/", R"({"environment":"a"})").status, 404);
}

void TestReleaseCommits::repositories()
{
    ApiWorld world;
    QCOMPARE(world.get(world.org() + "/repos/").json.toArray().size(), 0);
    const ApiAnswer made =
        post(world, world.org() + "/repos/", R"({"name":"shop/web","url":"https://git.example.org/web"})");
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json[u"provider"_s][u"id"_s].toString(), u"unknown"_s);
    QCOMPARE(made.json[u"status"_s].toString(), u"active"_s);
    QVERIFY(!post(world, world.org() + "/repos/", R"({"name":"shop/web"})")
                 .json[u"name"_s][0]
                 .toString()
                 .isEmpty());
    QVERIFY(!post(world, world.org() + "/repos/", R"({})").json[u"name"_s][0].toString().isEmpty());
    make(world, "1.0", twoCommits); // into the one that is there
    QCOMPARE(world.get(world.org() + "/repos/").json.toArray().size(), 1);
    QCOMPARE(world.get(world.org() + "/repos/?query=WEB").json.toArray().size(), 1);
    QCOMPARE(world.get(world.org() + "/repos/?query=lib").json.toArray().size(), 0);
    const QByteArray path = world.org() + "/repos/" + made.json[u"id"_s].toString().toLatin1() + "/";
    QCOMPARE(column(world.get(path + "commits/").json, u"id"_s), (QStringList{u"bbb"_s, u"aaa"_s}));
    QCOMPARE(world.call("DELETE", path).status, 202);
    QCOMPARE(world.get(path + "commits/").status, 404);
    QCOMPARE(world.get(world.org() + "/releases/1.0/").json[u"commitCount"_s].toInt(-1), 0);
}

void TestReleaseCommits::inEventsAndIssues()
{
    ApiWorld world;
    make(world, "1.0", twoCommits);
    const QByteArray issue =
        world.org() + "/issues/" + world.addIssue("Fault", 1, R"(,"release":"1.0")").toLatin1();
    world.addIssue("Fault", 1, R"(,"release":"2.0")");
    const QJsonValue event = world.get(issue + "/events/oldest/").json;
    QCOMPARE(event[u"release"_s][u"version"_s].toString(), u"1.0"_s);
    QCOMPARE(event[u"release"_s][u"lastCommit"_s][u"id"_s].toString(), u"bbb"_s);
    QCOMPARE(event[u"release"_s][u"commitCount"_s].toInt(), 2);
    const QJsonValue detail = world.get(issue + "/").json;
    QCOMPARE(detail[u"firstRelease"_s][u"version"_s].toString(), u"1.0"_s);
    QCOMPARE(detail[u"firstRelease"_s][u"commitCount"_s].toInt(), 2);
    QCOMPARE(detail[u"lastRelease"_s][u"version"_s].toString(), u"2.0"_s);
    QVERIFY(world.get(issue + "/?collapse=release").json[u"firstRelease"_s].isUndefined());
    // An event without a release has none.
    const QByteArray bare = world.org() + "/issues/" + world.addIssue("Other").toLatin1();
    QVERIFY(world.get(bare + "/events/latest/").json[u"release"_s].isNull());
    QVERIFY(world.get(bare + "/").json[u"firstRelease"_s].isNull());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestReleaseCommits)
#include "tst_releasecommits.moc"
