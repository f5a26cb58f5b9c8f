// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Saved and recent searches: contract section 10.
class TestSearches final : public QObject
{
    Q_OBJECT

private slots:
    void saved();
    void savedFaults_data();
    void savedFaults();
    void recent();
    void recentIsBounded();
};

void TestSearches::saved()
{
    ApiWorld world;
    const QByteArray path = world.org() + "/searches/";
    const ApiAnswer made =
        world.call("POST", path, R"({"type":0,"name":"Fatal","query":"level:fatal","sort":"freq"})");
    QCOMPARE(made.status, 200);
    QVERIFY(made.json[u"id"_s].isString());
    QCOMPARE(made.json[u"visibility"_s].toString(), u"organization"_s);
    QVERIFY(!made.json[u"isGlobal"_s].toBool(true) && !made.json[u"isPinned"_s].toBool(true));
    const ApiAnswer twice = world.call("POST", path, R"({"type":0,"name":"Again","query":"level:fatal"})");
    QCOMPARE(twice.status, 400);
    QCOMPARE(twice.detail(), u"Query level:fatal already exists"_s);
    world.call("POST", path, R"({"name":"a mine","query":"assigned:me","visibility":"owner_pinned"})");
    QCOMPARE(column(world.get(path).json, u"name"_s), (QStringList{u"a mine"_s, u"Fatal"_s}));
    QVERIFY(world.get(path).json[0][u"isPinned"_s].toBool());
    QCOMPARE(world.get(path + "?type=1").json.toArray().size(), 0);
    const QByteArray one = path + made.json[u"id"_s].toString().toLatin1() + "/";
    QCOMPARE(world.get(one).json, made.json);
    const ApiAnswer changed = world.put(one, R"({"name":"Worst","query":"level:fatal is:unresolved"})");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json[u"query"_s].toString(), u"level:fatal is:unresolved"_s);
    QCOMPARE(changed.json[u"sort"_s].toString(), u"date"_s);
    QCOMPARE(world.put(one, R"({"name":"Worst","query":"assigned:me"})").status, 400);
    QCOMPARE(world.put(one, R"({"name":"The worst","query":"level:fatal is:unresolved"})").status,
        200); // its own query
    QCOMPARE(world.call("DELETE", one).status, 204);
    QCOMPARE(world.get(one).status, 404);
    QCOMPARE(world.call("DELETE", one).status, 404);
    QCOMPARE(world.put(one, R"({"name":"x","query":"y"})").status, 404);
    QCOMPARE(world.get(path + "x/").status, 404);
}

void TestSearches::savedFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* body, const char* field) {
        QTest::newRow(body) << QByteArray(body) << QString::fromLatin1(field);
    };
    row("{}", "name");
    row("[]", "query");
    row(R"({"name":"x"})", "query");
    row(R"({"name":"x","query":" "})", "query");
    row(R"({"name":{},"query":"x"})", "name");
    row(R"({"name":"x","query":"y","sort":"luck"})", "sort");
    row(R"({"name":"x","query":"y","visibility":"world"})", "visibility");
    row(R"({"name":"x","query":"y","type":"issue"})", "type");
}

void TestSearches::savedFaults()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    ApiWorld world;
    const ApiAnswer answer = world.call("POST", world.org() + "/searches/", body);
    QCOMPARE(answer.status, 400);
    QVERIFY2(!answer.json[field][0].toString().isEmpty(), answer.raw.body.c_str());
    QCOMPARE(world.get(world.org() + "/searches/").json.toArray().size(), 0);
}

void TestSearches::recent()
{
    ApiWorld world;
    const QByteArray path = world.org() + "/recent-searches/";
    QCOMPARE(world.call("POST", path, R"({"type":0,"query":"one"})").status, 201);
    world.clock.advance(std::chrono::minutes(1));
    QCOMPARE(world.call("POST", path, R"({"type":0,"query":"two"})").status, 201);
    world.clock.advance(std::chrono::minutes(1));
    QCOMPARE(world.call("POST", path, R"({"type":0,"query":"one"})").status, 204); // known: moved up
    QCOMPARE(column(world.get(path).json, u"query"_s), (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(world.get(path).json[0][u"dateCreated"_s].toString(), u"2026-11-20T10:30:00.000Z"_s);
    QCOMPARE(world.get(path).json[0][u"lastSeen"_s].toString(), u"2026-11-20T10:32:00.000Z"_s);
    QCOMPARE(column(world.get(path + "?query=TW").json, u"query"_s), QStringList{u"two"_s});
    QCOMPARE(world.get(path + "?limit=1").json.toArray().size(), 1);
    QCOMPARE(world.get(path + "?type=1").json.toArray().size(), 0);
    for (const char* body : {"{}", R"({"query":""})", R"({"query":[]})", R"({"type":"x","query":"y"})"})
        QCOMPARE(world.call("POST", path, body).status, 400);
}

void TestSearches::recentIsBounded()
{
    ApiWorld world;
    const QByteArray path = world.org() + "/recent-searches/";
    for (int i = 0; i < 103; ++i)
        world.call("POST", path, R"({"query":"q)" + QByteArray::number(i) + R"("})");
    const QStringList kept = column(world.get(path + "?limit=1000").json, u"query"_s);
    QCOMPARE(kept.size(), 100);
    QCOMPARE(kept.first(), u"q102"_s);
    QVERIFY(!kept.contains(u"q0"_s));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSearches)
#include "tst_searches.moc"
