// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// The issues of one project, at the older routes that sentry-cli uses.
class TestProjectIssues final : public QObject
{
    Q_OBJECT

private slots:
    void lists();
    void changesById();
    void changesWhatIsMeant();
    void leavesStrangersAlone();
    void deletes();
};

namespace {

/// Two issues of the first project, one of a second.
struct TwoProjects
{
    ApiWorld world;
    QByteArray first = world.addIssue("First").toLatin1();
    QByteArray second = world.addIssue("Second").toLatin1();
    QByteArray stranger;
    QByteArray issues = world.org().replace("organizations", "projects") + "/default/issues/";

    TwoProjects()
    {
        world.call("POST", world.org() + "/projects/", R"({"name":"api"})");
        if (world.send(R"({"message":"elsewhere"})", 2) != 200)
            qFatal("the event was refused");
        stranger = world.get(world.org() + "/issues/?project=2").json[0][u"id"_s].toString().toLatin1();
    }
    QString status(const QByteArray& id)
    {
        return world.get(world.org() + "/issues/" + id + "/").json[u"status"_s].toString();
    }
};

} // namespace

void TestProjectIssues::lists()
{
    TwoProjects two;
    QCOMPARE(column(two.world.get(two.issues).json, u"id"_s).size(), 2);
    QCOMPARE(column(two.world.get(two.issues + "?query=Second&project=2").json, u"id"_s),
        QStringList{QString::fromLatin1(two.second)});
    // There statsPeriod means the graph.
    two.world.clock.advance(std::chrono::hours(48));
    const QJsonValue row = two.world.get(two.issues + "?statsPeriod=14d").json[0];
    QCOMPARE(row[u"stats"_s][u"14d"_s].toArray().size(), 14);
    QCOMPARE(two.world.get(two.issues + "?statsPeriod=24h").json.toArray().size(), 2);
    QCOMPARE(
        two.world.get(two.world.org().replace("organizations", "projects") + "/nope/issues/").status, 404);
}

void TestProjectIssues::changesById()
{
    TwoProjects two;
    QCOMPARE(two.world.put(two.issues + "?id=" + two.first, R"({"status":"resolved"})").status, 200);
    QCOMPARE(two.status(two.first), u"resolved"_s);
    QCOMPARE(two.status(two.second), u"unresolved"_s);
    QCOMPARE(two.world.put(two.issues + "?id=x", R"({"status":"resolved"})").status, 400);
    QCOMPARE(two.world.put(two.issues + "?id=" + two.first, R"({"status":"lost"})").status, 400);
}

void TestProjectIssues::changesWhatIsMeant()
{
    TwoProjects two;
    QCOMPARE(two.world.put(two.issues + "?query=Second", R"({"status":"ignored"})").status, 200);
    QCOMPARE(two.status(two.second), u"ignored"_s);
    QCOMPARE(two.status(two.first), u"unresolved"_s);
    QCOMPARE(two.world.put(two.issues + "?status=unresolved", R"({"status":"resolved"})").status, 200);
    QCOMPARE(two.status(two.first), u"resolved"_s);
    QCOMPARE(two.status(two.second), u"ignored"_s);
    QCOMPARE(two.world.put(two.issues, R"({"status":"unresolved"})").status, 200);
    QCOMPARE(two.status(two.first), u"unresolved"_s);
    QCOMPARE(two.status(two.second), u"unresolved"_s);
    QCOMPARE(two.status(two.stranger), u"unresolved"_s);
    // Nothing matches: nothing is changed, and that is no fault.
    QCOMPARE(two.world.put(two.issues + "?query=Nowhere", R"({"status":"resolved"})").status, 204);
    QCOMPARE(two.world.put(two.issues + "?status=lost", R"({"status":"resolved"})").status, 400);
}

void TestProjectIssues::leavesStrangersAlone()
{
    TwoProjects two;
    QCOMPARE(two.world.put(two.issues + "?id=" + two.stranger, R"({"status":"resolved"})").status, 204);
    QCOMPARE(two.status(two.stranger), u"unresolved"_s);
    // Ids that are not there mean nothing else, either.
    QCOMPARE(two.world.put(two.issues + "?id=999", R"({"status":"resolved"})").status, 204);
    QCOMPARE(two.status(two.first), u"unresolved"_s);
    two.world.put(two.issues, R"({"status":"resolved"})");
    QCOMPARE(two.status(two.stranger), u"unresolved"_s);
}

void TestProjectIssues::deletes()
{
    TwoProjects two;
    QCOMPARE(two.world.call("DELETE", two.issues).status,
        400); // all that there are: never by leaving something out
    QCOMPARE(two.world.call("DELETE", two.issues + "?id=" + two.stranger).status, 204);
    QCOMPARE(two.status(two.stranger), u"unresolved"_s);
    QCOMPARE(two.world.call("DELETE", two.issues + "?id=" + two.first).status, 204);
    QCOMPARE(two.world.get(two.world.org() + "/issues/" + two.first + "/").status, 404);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestProjectIssues)
#include "tst_projectissues.moc"
