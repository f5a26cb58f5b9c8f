// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Projects, their keys and environments: contract section 5.
class TestProjects final : public QObject
{
    Q_OBJECT

private slots:
    void listing();
    void changing();
    void changeFaults_data();
    void changeFaults();
    void shortIdsStayApart();
    void removing();
    void removingShared();
    void keys();
    void keyFaults_data();
    void keyFaults();
    void environments();
};

namespace {

QByteArray projects(const ApiWorld& world)
{
    return world.org().replace("organizations", "projects") + '/';
}

void add(ApiWorld& world, const QByteArray& name)
{
    if (world.call("POST", world.org() + "/projects/", R"({"name":")" + name + R"("})").status != 201)
        qFatal("no project");
}

} // namespace

void TestProjects::listing()
{
    ApiWorld world;
    world.call("POST", world.org() + "/projects/", R"({"name":"Web Shop","platform":"node"})");
    const auto slugs = [&](const QByteArray& query) {
        return column(world.get(world.org() + "/projects/" + query).json, u"slug"_s);
    };
    QCOMPARE(slugs(""), (QStringList{u"default"_s, u"web-shop"_s}));
    QCOMPARE(slugs("?query=SHOP"), QStringList{u"web-shop"_s});
    QCOMPARE(slugs("?query=slug:default"), QStringList{u"default"_s});
    QCOMPARE(slugs("?query=platform:node"), QStringList{u"web-shop"_s});
    QCOMPARE(slugs("?query=id:1"), QStringList{u"default"_s});
    QCOMPARE(slugs("?per_page=1"), QStringList{u"default"_s});
    QCOMPARE(slugs("?per_page=1&cursor=0:1:0"), QStringList{u"web-shop"_s});
    const QJsonValue row = world.get(world.org() + "/projects/").json[1];
    QCOMPARE(row[u"platforms"_s].toArray(), QJsonArray{u"node"_s});
    QVERIFY(row[u"hasAccess"_s].toBool() && row[u"isMember"_s].toBool());
    QVERIFY(row[u"access"_s].toArray().contains(u"event:write"_s));
    QCOMPARE(column(row[u"teams"_s], u"slug"_s), QStringList{u"everyone"_s});
    QCOMPARE(row[u"team"_s][u"slug"_s].toString(), u"everyone"_s);
    const QJsonValue one = world.get(projects(world) + "web-shop/").json;
    QVERIFY(one[u"organization"_s][u"slug"_s].isString());
    QCOMPARE(one[u"resolveAge"_s].toInt(-1), 0);
    QVERIFY(one[u"options"_s].isObject());
    QVERIFY(
        world.get(projects(world) + "web-shop/?collapse=organization").json[u"organization"_s].isUndefined());
}

void TestProjects::changing()
{
    ApiWorld world;
    const QByteArray path = projects(world) + "default/";
    const ApiAnswer named = world.put(path, R"({"name":"The Shop"})"); // as the desktop program does
    QCOMPARE(named.status, 200);
    QCOMPARE(named.json[u"name"_s].toString(), u"The Shop"_s);
    QCOMPARE(named.json[u"slug"_s].toString(), u"default"_s);
    const ApiAnswer all = world.put(path, R"({"slug":"shop","platform":"python","resolveAge":720,
        "defaultEnvironment":"prod","subjectPrefix":"[shop]","isBookmarked":true,"unheardOf":[1]})");
    QCOMPARE(all.status, 200);
    const QJsonValue now = world.get(projects(world) + "shop/").json;
    QCOMPARE(now, all.json);
    QCOMPARE(now[u"name"_s].toString(), u"The Shop"_s); // what is not told stays
    QCOMPARE(now[u"platform"_s].toString(), u"python"_s);
    QCOMPARE(now[u"resolveAge"_s].toInt(), 720);
    QCOMPARE(now[u"defaultEnvironment"_s].toString(), u"prod"_s);
    QCOMPARE(now[u"subjectPrefix"_s].toString(), u"[shop]"_s);
    QCOMPARE(world.get(path).status, 404);
    QCOMPARE(world.put(projects(world) + "shop/", R"({"defaultEnvironment":""})")
                 .json[u"defaultEnvironment"_s]
                 .isNull(),
        true);
}

void TestProjects::changeFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* body, const char* field) {
        QTest::newRow(body) << QByteArray(body) << QString::fromLatin1(field);
    };
    row(R"({"name":""})", "name");
    row(R"({"name":{}})", "name");
    row(R"({"slug":"Big"})", "slug");
    row(R"({"slug":"12"})", "slug");
    row(R"({"slug":""})", "slug");
    row(R"({"slug":"other"})", "slug");
    row(R"({"resolveAge":-1})", "resolveAge");
    row(R"({"resolveAge":"soon"})", "resolveAge");
    row(R"({"resolveAge":1e9})", "resolveAge");
    row(R"({"platform":["x"]})", "platform");
}

void TestProjects::changeFaults()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    ApiWorld world;
    add(world, "other");
    const QJsonValue before = world.get(projects(world) + "default/").json;
    const ApiAnswer answer = world.put(projects(world) + "default/", body);
    QCOMPARE(answer.status, 400);
    QVERIFY(!answer.json[field][0].toString().isEmpty());
    QCOMPARE(world.get(projects(world) + "default/").json, before);
}

void TestProjects::shortIdsStayApart()
{
    ApiWorld world;
    const auto shortIds = [&] {
        return column(world.get(world.org() + "/issues/?query=").json, u"shortId"_s);
    };
    world.addIssue("First");
    world.put(projects(world) + "default/", R"({"slug":"shop"})");
    add(world, "default"); // the slug that the first one had
    QCOMPARE(world.send(R"({"message":"second"})", 2), 200);
    world.addIssue("Third");
    const QStringList all = shortIds();
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), 3);
    QVERIFY(all.contains(u"DEFAULT-1"_s));
    QCOMPARE(all.filter(u"SHOP-"_s).size(), 1);
    QCOMPARE(all.filter(u"DEFAULT-"_s).size(), 2);
    // And back again.
    world.put(projects(world) + "2/", R"({"slug":"second"})");
    world.put(projects(world) + "1/", R"({"slug":"default"})");
    world.addIssue("Fourth");
    QCOMPARE(shortIds().size(), 4);
}

void TestProjects::removing()
{
    ApiWorld world;
    add(world, "api");
    const QByteArray issue = world.addIssue("Kept").toLatin1();
    for (int i = 0; i < 300; ++i) {
        const QByteArray number = QByteArray::number(i);
        QCOMPARE(world.send(R"({"message":"gone )" + QByteArray(1, static_cast<char>('a' + i % 26)) +
                                R"(","release":"r)" + QByteArray::number(i % 6) + R"(","user":{"id":)" +
                                number + "}}",
                     2),
            200);
    }
    const QByteArray key =
        world.get(projects(world) + "api/keys/").json[0][u"public"_s].toString().toLatin1();
    QVERIFY(!world.get(world.org() + "/issues/?project=2").json.toArray().isEmpty());
    QCOMPARE(world.call("DELETE", projects(world) + "api/").status, 204);
    QCOMPARE(world.get(projects(world) + "api/").status, 404);
    QCOMPARE(world.get(projects(world) + "2/").status, 404);
    QCOMPARE(column(world.get(world.org() + "/projects/").json, u"slug"_s), QStringList{u"default"_s});
    QCOMPARE(column(world.get(world.org() + "/").json[u"projects"_s], u"slug"_s), QStringList{u"default"_s});
    QCOMPARE(world.get(world.org() + "/project-keys/").json.toArray().size(), 1);
    // Its key opens nothing any more, its events and issues are gone, the others' are there.
    const int refused = world.call("POST", "/api/2/store/?sentry_key=" + key, R"({"message":"late"})").status;
    QVERIFY(refused == 401 || refused == 403);
    QTRY_COMPARE(column(world.get(world.org() + "/issues/?query=").json, u"id"_s),
        QStringList{QString::fromLatin1(issue)});
    QTRY_COMPARE(world.get(world.org() + "/releases/").json.toArray().size(), 0);
    QCOMPARE(world.call("DELETE", projects(world) + "api/").status, 404);
    // The slug is free.
    add(world, "api");
    QCOMPARE(world.get(projects(world) + "api/").status, 200);
}

void TestProjects::removingShared()
{
    ApiWorld world;
    add(world, "api");
    world.call("POST", world.org() + "/releases/", R"({"version":"1","projects":["api","default"]})");
    world.call("POST", world.org() + "/releases/1/deploys/", R"({"environment":"prod","projects":["api"]})");
    QCOMPARE(world.call("DELETE", projects(world) + "api/").status, 204);
    const auto release = [&] { return world.get(world.org() + "/releases/1/").json; };
    QCOMPARE(column(release()[u"projects"_s], u"slug"_s), QStringList{u"default"_s});
    QTRY_COMPARE(release()[u"deployCount"_s].toInt(), 1); // a deploy is the whole release's
}

void TestProjects::keys()
{
    ApiWorld world;
    const QByteArray path = projects(world) + "default/keys/";
    const ApiAnswer made =
        world.call("POST", path, R"({"name":"mobile","rateLimit":{"window":60,"count":100}})");
    QCOMPARE(made.status, 201);
    const QByteArray id = made.json[u"id"_s].toString().toLatin1();
    QCOMPARE(made.json[u"label"_s].toString(), u"mobile"_s);
    QCOMPARE(made.json[u"rateLimit"_s][u"window"_s].toInt(), 60);
    QCOMPARE(made.json[u"rateLimit"_s][u"count"_s].toInt(), 100);
    QVERIFY(made.json[u"isActive"_s].toBool());
    QVERIFY(made.json[u"projectId"_s].isDouble());
    for (const char* url : {"public", "secret", "csp", "security", "minidump"})
        QVERIFY(made.json[u"dsn"_s][QString::fromLatin1(url)].toString().startsWith(u"http://"_s));
    QCOMPARE(world.get(path + id + "/").json, made.json);
    const auto send = [&] {
        return world.call("POST", "/api/1/store/?sentry_key=" + id, R"({"message":"x"})").status;
    };
    QCOMPARE(send(), 200);
    const ApiAnswer off = world.put(path + id + "/", R"({"isActive":false})"); // as the desktop program does
    QCOMPARE(off.status, 200);
    QVERIFY(!off.json[u"isActive"_s].toBool(true));
    QCOMPARE(off.json[u"label"_s].toString(), u"mobile"_s);
    QVERIFY(send() >= 400);
    QCOMPARE(
        column(world.get(path + "?status=inactive").json, u"id"_s), QStringList{QString::fromLatin1(id)});
    QCOMPARE(world.get(path + "?status=active").json.toArray().size(), 1);
    QCOMPARE(world.get(path + "?status=lost").status, 400);
    const ApiAnswer on = world.put(path + id + "/", R"({"isActive":true,"name":"phones","rateLimit":null})");
    QCOMPARE(on.json[u"name"_s].toString(), u"phones"_s);
    QVERIFY(on.json[u"rateLimit"_s].isNull());
    QCOMPARE(send(), 200);
    QCOMPARE(world.get(world.org() + "/project-keys/?team=everyone").json.toArray().size(), 2);
    QCOMPARE(world.get(world.org() + "/project-keys/?team=nope").json.toArray().size(), 0);
    QCOMPARE(world.call("DELETE", path + id + "/").status, 204);
    QVERIFY(send() >= 400);
    QCOMPARE(world.get(path + id + "/").status, 404);
    QCOMPARE(world.call("DELETE", path + id + "/").status, 404);
    // A key of another project is not here.
    add(world, "api");
    const QByteArray strange =
        world.get(projects(world) + "api/keys/").json[0][u"id"_s].toString().toLatin1();
    QCOMPARE(world.put(path + strange + "/", R"({"isActive":false})").status, 404);
    QCOMPARE(world.call("DELETE", path + strange + "/").status, 404);
}

void TestProjects::keyFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* body, const char* field) {
        QTest::newRow(body) << QByteArray(body) << QString::fromLatin1(field);
    };
    row(R"({"isActive":"no"})", "isActive");
    row(R"({"name":[]})", "name");
    row(R"({"rateLimit":5})", "rateLimit");
    row(R"({"rateLimit":{"window":60}})", "rateLimit");
    row(R"({"rateLimit":{"window":99999999,"count":1}})", "rateLimit");
    row(R"({"rateLimit":{"window":60,"count":-1}})", "rateLimit");
}

void TestProjects::keyFaults()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    ApiWorld world;
    const QByteArray path = projects(world) + "default/keys/";
    const QByteArray id = world.get(path).json[0][u"id"_s].toString().toLatin1();
    const QJsonValue before = world.get(path).json;
    for (const ApiAnswer& answer : {world.put(path + id + "/", body), world.call("POST", path, body)}) {
        QCOMPARE(answer.status, 400);
        QVERIFY(!answer.json[field][0].toString().isEmpty());
    }
    QCOMPARE(world.get(path).json, before);
}

void TestProjects::environments()
{
    ApiWorld world;
    world.addIssue("Fault", 1, R"(,"environment":"prod")");
    world.addIssue("Fault", 1, R"(,"environment":"dev/1")");
    const QByteArray path = projects(world) + "default/environments/";
    QCOMPARE(column(world.get(path).json, u"name"_s), (QStringList{u"dev/1"_s, u"prod"_s}));
    const ApiAnswer hidden = world.put(path + "dev%2F1/", R"({"isHidden":true})");
    QCOMPARE(hidden.status, 200);
    QVERIFY(hidden.json[u"isHidden"_s].toBool());
    QCOMPARE(column(world.get(path).json, u"name"_s), QStringList{u"prod"_s});
    QCOMPARE(column(world.get(path + "?visibility=hidden").json, u"name"_s), QStringList{u"dev/1"_s});
    QCOMPARE(world.get(path + "?visibility=all").json.toArray().size(), 2);
    QCOMPARE(column(world.get(world.org() + "/environments/").json, u"name"_s), QStringList{u"prod"_s});
    QCOMPARE(world.get(world.org() + "/environments/?visibility=all").json.toArray().size(), 2);
    QCOMPARE(world.get(world.org() + "/environments/?visibility=none").status, 400);
    QCOMPARE(world.get(path + "?visibility=none").status, 400);
    // More events do not bring it back.
    world.addIssue("Fault", 1, R"(,"environment":"dev/1")");
    QVERIFY(world.get(path + "dev%2F1/").json[u"isHidden"_s].toBool());
    QCOMPARE(world.put(path + "prod/", "{}").status, 400);
    QCOMPARE(world.put(path + "prod/", "").status, 400);
    QCOMPARE(world.put(path + "moon/", R"({"isHidden":true})").status, 404);
    QCOMPARE(world.get(projects(world) + "nope/environments/").status, 404);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestProjects)
#include "tst_projects.moc"
