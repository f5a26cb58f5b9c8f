// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// The organization, its members and teams: contract section 5.
class TestPeople final : public QObject
{
    Q_OBJECT

private slots:
    void organization();
    void signIn();
    void members();
    void findingMembers();
    void memberTeams();
    void removingMembers();
    void teams();
    void teamFaults();
    void teamsOfProjects();
};

namespace {

QByteArray teamPath(const ApiWorld& world, const char* team)
{
    return world.org().replace("organizations", "teams") + '/' + team + '/';
}

/// Adds a member; answers the membership's id.
QByteArray invite(ApiWorld& world, const QByteArray& email, const QByteArray& more = {})
{
    const ApiAnswer answer =
        world.call("POST", world.org() + "/members/", R"({"email":")" + email + '"' + more + '}');
    if (answer.status != 201)
        qFatal("no member: %s", answer.raw.body.c_str());
    return answer.json[u"id"_s].toString().toLatin1();
}

} // namespace

void TestPeople::organization()
{
    ApiWorld world;
    const QJsonValue whole = world.get(world.org() + "/").json;
    QCOMPARE(whole[u"orgRole"_s].toString(), u"owner"_s);
    QVERIFY(whole[u"access"_s].toArray().contains(u"project:releases"_s));
    QVERIFY(whole[u"features"_s].toArray().contains(u"advanced-search"_s));
    QCOMPARE(column(whole[u"projects"_s], u"slug"_s), QStringList{u"default"_s});
    QCOMPARE(column(whole[u"teams"_s], u"slug"_s), QStringList{u"everyone"_s});
    const QJsonValue brief = world.get(world.org() + "/?detailed=0").json;
    QVERIFY(brief[u"projects"_s].isUndefined() && brief[u"teams"_s].isUndefined());
    QCOMPARE(world.put(world.org() + "/", R"({"name":"Shop","slug":"ignored"})").json[u"name"_s].toString(),
        u"Shop"_s);
    const QJsonValue list = world.get("/api/0/organizations/").json;
    QCOMPARE(column(list, u"name"_s), QStringList{u"Shop"_s});
    QCOMPARE(list[0][u"slug"_s].toString().toStdString(), world.collector().organization());
    QCOMPARE(world.get("/api/0/organizations/?query=shop").json.toArray().size(), 1);
    QCOMPARE(world.get("/api/0/organizations/?query=other").json.toArray().size(), 0);
    QCOMPARE(world.put(world.org() + "/", R"({"name":" "})").status, 400);
    QCOMPARE(world.put(world.org() + "/", R"({"name":")" + QByteArray(65, 'x') + R"("})").status, 400);
}

void TestPeople::signIn()
{
    ApiWorld world;
    const QJsonValue regions = world.get("/api/0/users/me/regions/").json[u"regions"_s];
    QCOMPARE(regions.toArray().size(), 1);
    QCOMPARE(regions[0][u"url"_s].toString().toLatin1(), world.base());
    QCOMPARE(world.get("/api/0/organizations/").json[0][u"links"_s][u"regionUrl"_s], regions[0][u"url"_s]);
}

void TestPeople::members()
{
    ApiWorld world;
    const QByteArray ann = invite(world, "ann@example.org", R"(,"name":"Ann","orgRole":"manager")");
    const QJsonValue rows = world.get(world.org() + "/members/").json;
    QCOMPARE(rows.toArray().size(), 2);
    QCOMPARE(rows[0][u"orgRole"_s].toString(), u"owner"_s);
    QCOMPARE(rows[1][u"orgRole"_s].toString(), u"member"_s);
    QVERIFY(!rows[1][u"pending"_s].toBool(true));
    QVERIFY(rows[1][u"flags"_s].isObject());
    const QJsonValue one = world.get(world.org() + "/members/" + ann + "/").json;
    QCOMPARE(one[u"email"_s].toString(), u"ann@example.org"_s);
    QCOMPARE(one[u"user"_s][u"name"_s].toString(), u"Ann"_s);
    QVERIFY(one[u"teams"_s].isArray());
    const QJsonValue me = world.get(world.org() + "/members/me/").json;
    QCOMPARE(me[u"user"_s][u"id"_s], world.get("/api/0/users/me/").json[u"id"_s]);
    // A user's id is no membership.
    QCOMPARE(world.get(world.org() + "/members/" + me[u"user"_s][u"id"_s].toString().toLatin1() + "/").status,
        404);
    QCOMPARE(world.get(world.org() + "/members/nobody/").status, 404);
    QCOMPARE(world.put(world.org() + "/members/" + ann + "/", R"({"orgRole":"owner"})").status, 200);
    QCOMPARE(
        world.call("POST", world.org() + "/members/", R"({"email":"x@y","teams":["nope"]})").status, 400);
    QCOMPARE(
        world.call("POST", world.org() + "/members/", R"({"email":"x@y","teams":"everyone"})").status, 400);
    QCOMPARE(world.get(world.org() + "/members/").json.toArray().size(), 2);
}

void TestPeople::findingMembers()
{
    ApiWorld world;
    invite(world, "ann@example.org", R"(,"name":"Ann Lee")");
    invite(world, "bob@example.com");
    const auto found = [&](const QByteArray& query) {
        return column(world.get(world.org() + "/members/?query=" + query).json, u"email"_s);
    };
    QCOMPARE(found("LEE"), QStringList{u"ann@example.org"_s});
    QCOMPARE(found("email:bob@example.com"), QStringList{u"bob@example.com"_s});
    QCOMPARE(found("example.com%20bob"), QStringList{u"bob@example.com"_s});
    QCOMPARE(found("user.id:999"), QStringList{});
    QCOMPARE(found("%25"), QStringList{}); // no pattern
}

void TestPeople::memberTeams()
{
    ApiWorld world;
    world.call("POST", world.org() + "/teams/", R"({"slug":"web"})");
    const QByteArray ann = invite(world, "ann@example.org", R"(,"teams":["web"])");
    const QByteArray path = world.org() + "/members/" + ann + "/";
    QCOMPARE(world.get(path).json[u"teams"_s].toArray(), QJsonArray{u"web"_s});
    QCOMPARE(column(world.get(teamPath(world, "web") + "members/").json, u"email"_s)
                 .contains(u"ann@example.org"_s),
        true);
    QCOMPARE(world.call("POST", path + "teams/everyone/").status, 201);
    QCOMPARE(world.get(path).json[u"teams"_s].toArray(), (QJsonArray{u"everyone"_s, u"web"_s}));
    QCOMPARE(world.call("DELETE", path + "teams/web/").status, 200);
    QCOMPARE(world.get(path).json[u"teams"_s].toArray(), QJsonArray{u"everyone"_s});
    QCOMPARE(world.put(path, R"({"teams":["web"]})").json[u"teams"_s].toArray(), QJsonArray{u"web"_s});
    QCOMPARE(world.call("POST", path + "teams/nope/", "{}").status, 404);
    QCOMPARE(world.call("POST", world.org() + "/members/999/teams/web/", "{}").status, 404);
    // What a member may see, by the teams' projects.
    const auto projectsOf = [&](int row) {
        return world.get(world.org() + "/users/?project=1").json[row][u"projects"_s].toArray();
    };
    QCOMPARE(projectsOf(0), QJsonArray{u"default"_s});
    QCOMPARE(projectsOf(1), QJsonArray{});
}

void TestPeople::removingMembers()
{
    ApiWorld world;
    const QByteArray ann = invite(world, "ann@example.org", R"(,"name":"Ann")");
    const QByteArray path = world.org() + "/members/" + ann + "/";
    const QByteArray issue = world.org() + "/issues/" + world.addIssue("Fault").toLatin1() + "/";
    QCOMPARE(
        world.put(issue, R"({"assignedTo":"ann@example.org"})").json[u"assignedTo"_s][u"email"_s].toString(),
        u"ann@example.org"_s);
    QCOMPARE(world.call("DELETE", path).status, 204);
    QCOMPARE(world.get(path).status, 404);
    QCOMPARE(world.get(world.org() + "/members/").json.toArray().size(), 1);
    QVERIFY(world.get(issue).json[u"assignedTo"_s].isNull());
    QCOMPARE(world.put(issue, R"({"assignedTo":"ann@example.org"})").status, 400);
    QCOMPARE(invite(world, "Ann@Example.org"), ann); // the same person again
    QCOMPARE(world.call("DELETE", world.org() + "/members/me/").status, 403);
}

void TestPeople::teams()
{
    ApiWorld world;
    const ApiAnswer made = world.call("POST", world.org() + "/teams/", R"({"name":"Web Shop"})");
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json[u"slug"_s].toString(), u"web-shop"_s);
    QVERIFY(made.json[u"isMember"_s].toBool());
    QCOMPARE(made.json[u"memberCount"_s].toInt(), 1);
    QCOMPARE(column(world.get(world.org() + "/teams/").json, u"slug"_s),
        (QStringList{u"everyone"_s, u"web-shop"_s}));
    QCOMPARE(
        column(world.get(world.org() + "/teams/?query=WEB").json, u"slug"_s), QStringList{u"web-shop"_s});
    QCOMPARE(column(world.get(world.org() + "/teams/?query=slug:everyone").json, u"slug"_s),
        QStringList{u"everyone"_s});
    QVERIFY(world.get(world.org() + "/teams/").json[0][u"projects"_s].isArray());
    QVERIFY(world.get(world.org() + "/teams/?detailed=0").json[0][u"projects"_s].isUndefined());
    QCOMPARE(
        world.put(teamPath(world, "web-shop"), R"({"name":"Web","slug":"web"})").json[u"name"_s].toString(),
        u"Web"_s);
    QCOMPARE(world.get(teamPath(world, "web-shop")).status, 404);
    QCOMPARE(world.get(teamPath(world, "web")).json[u"id"_s], made.json[u"id"_s]);
    world.call("DELETE", world.org() + "/members/me/teams/web/");
    QCOMPARE(column(world.get(world.org() + "/user-teams/").json, u"slug"_s), QStringList{u"everyone"_s});
    QVERIFY(!world.get(teamPath(world, "web")).json[u"isMember"_s].toBool(true));
    // An issue of a team that goes is nobody's.
    const QByteArray issue = world.org() + "/issues/" + world.addIssue("Fault").toLatin1() + "/";
    const QByteArray team = R"({"assignedTo":"team:)" + made.json[u"id"_s].toString().toLatin1() + R"("})";
    QCOMPARE(world.put(issue, team).status, 400); // it has no access to the project yet
    QCOMPARE(
        world.call("POST", "/api/0/projects/" + world.org().split('/').last() + "/default/teams/web/").status,
        201);
    QCOMPARE(world.put(issue, team).status, 200);
    QCOMPARE(world.call("DELETE", teamPath(world, "web")).status, 204);
    QVERIFY(world.get(issue).json[u"assignedTo"_s].isNull());
    QCOMPARE(world.call("DELETE", teamPath(world, "web")).status, 404);
}

void TestPeople::teamFaults()
{
    ApiWorld world;
    const QByteArray path = world.org() + "/teams/";
    const ApiAnswer taken = world.call("POST", path, R"({"slug":"everyone"})");
    QCOMPARE(taken.status, 409);
    QVERIFY(!taken.detail().isEmpty());
    for (const char* body :
        {"{}", "[]", R"({"name":" "})", R"({"slug":"Not a slug"})", R"({"slug":"123"})", R"({"slug":{}})"})
        QCOMPARE(world.call("POST", path, body).status, 400);
    world.call("POST", path, R"({"slug":"web"})");
    QVERIFY(
        !world.put(teamPath(world, "web"), R"({"slug":"everyone"})").json[u"slug"_s][0].toString().isEmpty());
    QCOMPARE(world.put(teamPath(world, "nope"), "{}").status, 404);
    QCOMPARE(world.get(teamPath(world, "nope") + "members/").status, 404);
}

void TestPeople::teamsOfProjects()
{
    ApiWorld world;
    world.call("POST", world.org() + "/teams/", R"({"slug":"web"})");
    const ApiAnswer made =
        world.call("POST", teamPath(world, "web") + "projects/", R"({"name":"shop","platform":"node"})");
    QCOMPARE(made.status, 201);
    QCOMPARE(column(made.json[u"teams"_s], u"slug"_s), QStringList{u"web"_s});
    QCOMPARE(made.json[u"team"_s][u"slug"_s].toString(), u"web"_s);
    QCOMPARE(column(world.get(teamPath(world, "web") + "projects/").json, u"slug"_s), QStringList{u"shop"_s});
    QCOMPARE(
        column(world.get(teamPath(world, "web")).json[u"projects"_s], u"slug"_s), QStringList{u"shop"_s});
    QCOMPARE(world.call("POST", teamPath(world, "nope") + "projects/", R"({"name":"x"})").status, 404);
    const QByteArray shop = world.org().replace("organizations", "projects") + "/shop/";
    QCOMPARE(world.call("POST", shop + "teams/everyone/").status, 201);
    QCOMPARE(column(world.get(shop + "teams/").json, u"slug"_s), (QStringList{u"everyone"_s, u"web"_s}));
    QCOMPARE(world.call("DELETE", shop + "teams/web/").status, 200);
    QCOMPARE(column(world.get(shop + "teams/").json, u"slug"_s), QStringList{u"everyone"_s});
    QCOMPARE(world.call("POST", shop + "teams/nope/", "{}").status, 404);
    QCOMPARE(column(world.get(shop + "members/").json, u"orgRole"_s), QStringList{u"owner"_s});
}

VEDETTE_TEST_MAIN(QCoreApplication, TestPeople)
#include "tst_people.moc"
