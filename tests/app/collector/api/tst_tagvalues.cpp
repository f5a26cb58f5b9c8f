// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

/// Tags, their values, users and similar issues: contract section 7. It is 2026-11-20 10:30.
class TestTagValues final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void distributions();
    void distributionsWithinTheWindow();
    void readable();
    void values_data();
    void values();
    void valuesPage();
    void people();
    void peopleAndTagsOfThatName();
    void organizationTags();
    void similar();
    void similarWithoutFrames();

private:
    ApiAnswer get(const QByteArray& path) { return m_world->get(m_world->org() + path); }

    std::unique_ptr<ApiWorld> m_world;
    QByteArray m_id;
};

void TestTagValues::initTestCase()
{
    m_world = std::make_unique<ApiWorld>();
    const auto send = [this](const QByteArray& time, const QByteArray& environment, const QByteArray& zone,
                          const QByteArray& user) {
        QCOMPARE(m_world->send(R"({"timestamp":")" + time + R"(","environment":")" + environment +
                               R"(","tags":{"zone":")" + zone + R"("},"user":)" + user +
                               R"(,"exception":[{"type":"Alpha","value":"x"}]})"),
            200);
    };
    const QByteArray ann = R"({"id":"7","email":"ann@example.org","username":"ann","ip_address":"10.0.0.7"})";
    send("2026-11-10T08:00:00Z", "production", "eu", ann);
    send("2026-11-18T08:00:00Z", "production", "eu", R"({"id":"7"})");
    send("2026-11-19T08:00:00Z", "staging", "us", R"({"email":"bob@example.org"})");
    send("2026-11-20T08:00:00Z", "production", "moon", R"({"ip_address":"10.0.0.9"})");
    send("2026-11-20T09:00:00Z", "production", "eu", "{}");
    m_id = get("/issues/?query=").json[0][u"id"_s].toString().toLatin1();
}

void TestTagValues::distributions()
{
    const ApiAnswer answer = get("/issues/" + m_id + "/tags/");
    QVERIFY(column(answer.json, u"key"_s).contains(u"zone"_s));
    const QJsonValue zone = get("/issues/" + m_id + "/tags/?key=zone").json[0];
    QCOMPARE(zone[u"name"_s].toString(), u"Zone"_s);
    QCOMPARE(zone[u"totalValues"_s].toInt(), 5);
    QCOMPARE(zone[u"uniqueValues"_s].toInt(), 3);
    QCOMPARE(column(zone[u"topValues"_s], u"value"_s), (QStringList{u"eu"_s, u"moon"_s, u"us"_s}));
    QCOMPARE(zone[u"topValues"_s][0][u"count"_s].toInt(), 3);
    QCOMPARE(zone[u"topValues"_s][0][u"firstSeen"_s].toString(), u"2026-11-10T08:00:00.000Z"_s);
    QCOMPARE(zone[u"topValues"_s][0][u"lastSeen"_s].toString(), u"2026-11-20T09:00:00.000Z"_s);
    QCOMPARE(get("/issues/" + m_id + "/tags/?key=zone&limit=1").json[0][u"topValues"_s].toArray().size(), 1);
    QCOMPARE(get("/issues/" + m_id + "/tags/?key=zone&key=level").json.toArray().size(), 2);
    QCOMPARE(get("/issues/" + m_id + "/tags/zone/").json[u"totalValues"_s].toInt(), 5);
    QCOMPARE(get("/issues/" + m_id + "/tags/none/").status, 404);
    QCOMPARE(get("/issues/999/tags/").status, 404);
}

void TestTagValues::distributionsWithinTheWindow()
{
    const auto totals = [this](const QByteArray& parameters) {
        return column(
            get("/issues/" + m_id + "/tags/?key=zone" + parameters).json[0][u"topValues"_s], u"value"_s);
    };
    QCOMPARE(totals("&environment=staging"), QStringList{u"us"_s});
    QCOMPARE(totals("&statsPeriod=24h"), (QStringList{u"eu"_s, u"moon"_s}));
    QCOMPARE(totals("&statsPeriod=24h&environment=staging"), QStringList());
    QCOMPARE(get("/issues/" + m_id + "/tags/?statsPeriod=x").status, 400);
    QCOMPARE(get("/issues/" + m_id + "/tags/zone/?environment=production").json[u"totalValues"_s].toInt(), 4);
}

void TestTagValues::readable()
{
    const QJsonValue users = get("/issues/" + m_id + "/tags/?key=user&readable=1").json[0][u"topValues"_s];
    QCOMPARE(users[0][u"value"_s].toString(), u"id:7"_s);
    QCOMPARE(users[0][u"readable"_s].toString(), u"7"_s);
}

void TestTagValues::values_data()
{
    QTest::addColumn<QByteArray>("sort");
    QTest::addColumn<QStringList>("order");
    const auto row = [](const char* sort, const char* order) {
        QTest::newRow(sort) << QByteArray(sort) << QString::fromLatin1(order).split(u' ');
    };
    row("", "eu moon us"); // latest first
    row("?sort=-count", "eu moon us");
    row("?sort=count", "moon us eu");
    row("?sort=-date", "eu moon us");
    row("?sort=date", "us moon eu");
    row("?sort=-age", "moon us eu");
    row("?sort=age", "eu us moon");
    row("?sort=-id", "moon us eu");
    row("?sort=id", "eu us moon");
    row("?query=U", "eu us");
    row("?statsPeriod=24h&sort=-date", "eu moon");
}

void TestTagValues::values()
{
    QFETCH(QByteArray, sort);
    QFETCH(QStringList, order);
    QCOMPARE(column(get("/issues/" + m_id + "/tags/zone/values/" + sort).json, u"value"_s), order);
}

void TestTagValues::valuesPage()
{
    const ApiAnswer first = get("/issues/" + m_id + "/tags/zone/values/?per_page=2");
    QCOMPARE(first.json.toArray().size(), 2);
    QVERIFY(first.header("link").contains(u"rel=\"next\"; results=\"true\""_s));
    const ApiAnswer second = get("/issues/" + m_id + "/tags/zone/values/?per_page=2&cursor=0:2:0");
    QCOMPARE(column(second.json, u"value"_s), QStringList{u"us"_s});
    QVERIFY(second.header("link").contains(u"rel=\"next\"; results=\"false\""_s));
    QCOMPARE(get("/issues/" + m_id + "/tags/zone/values/?sort=loud").status, 400);
    QCOMPARE(get("/issues/" + m_id + "/tags/zone/values/?cursor=x").status, 400);
    QCOMPARE(get("/issues/" + m_id + "/tags/zone/values/?cursor=0:5000:0").json.toArray().size(), 0);
    QCOMPARE(get("/issues/" + m_id + "/tags/none/values/").json.toArray().size(), 0);
}

void TestTagValues::people()
{
    for (const char* path : {"/tags/user/values/?sort=-count", "/users/?sort=-count"}) {
        const QJsonValue rows = get("/issues/" + m_id + path).json;
        QCOMPARE(rows.toArray().size(), 3);
        const QJsonValue ann = rows[0];
        QCOMPARE(ann[u"count"_s].toInt(), 2);
        QCOMPARE(ann[u"identifier"_s].toString(), u"7"_s);
        QCOMPARE(ann[u"email"_s].toString(), u"ann@example.org"_s); // as an earlier event told it
        QCOMPARE(ann[u"username"_s].toString(), u"ann"_s);
        QCOMPARE(ann[u"ipAddress"_s].toString(), u"10.0.0.7"_s);
    }
    const QJsonValue last = get("/issues/" + m_id + "/users/?sort=-date").json[0];
    QVERIFY(last[u"identifier"_s].isNull());
    QCOMPARE(last[u"ipAddress"_s].toString(), u"10.0.0.9"_s);
    QCOMPARE(get("/issues/999/users/").status, 404);
}

void TestTagValues::peopleAndTagsOfThatName()
{
    ApiWorld world;
    const auto send = [&](const QByteArray& type, const QByteArray& rest) {
        QCOMPARE(world.send(R"({"timestamp":"2026-11-20T09:00:00Z","exception":[{"type":")" + type +
                            R"(","value":"x"}],)" + rest + "}"),
            200);
    };
    send("Alpha", R"("user":{"id":"7"},"tags":{"user":"not told","zone":"eu"})");
    send("Alpha", R"("user":{"id":"8"},"tags":{"apple":"1","zebra":"1"})");
    send("Alpha", R"("tags":{"user":"guest"})");
    send("Beta", R"("tags":{"user":"guest"})");
    const auto issues = [&](const QByteArray& query) {
        const QByteArray path =
            "/issues/?sort=date&query=" + QUrl::toPercentEncoding(QString::fromLatin1(query));
        QStringList types;
        for (const QJsonValue& row : world.get(world.org() + path).json.toArray())
            types << row[u"metadata"_s][u"type"_s].toString();
        types.sort();
        return types;
    };
    QCOMPARE(issues("tags[user]:id:7"), QStringList{u"Alpha"_s});
    QCOMPARE(issues("tags[user]:id:*"), QStringList{u"Alpha"_s});
    QCOMPARE(issues("tags[user]:guest"), (QStringList{u"Alpha"_s, u"Beta"_s}));
    QCOMPARE(issues("tags[user]:[id:8, guest]"), (QStringList{u"Alpha"_s, u"Beta"_s}));
    QCOMPARE(issues("!tags[user]:guest"), QStringList{u"Alpha"_s}); // other events of it fit
    QCOMPARE(issues("tags[user]:\"not told\""), QStringList());
    QCOMPARE(issues("tags[user]:id:7 environment:none"), QStringList());

    const QByteArray id =
        world.get(world.org() + "/issues/?query=error.type:Alpha").json[0][u"id"_s].toString().toLatin1();
    for (const char* window : {"", "&statsPeriod=24h"}) {
        const QJsonValue users =
            world.get(world.org() + "/issues/" + id + "/tags/?key=user" + window).json[0];
        QCOMPARE(users[u"totalValues"_s].toInt(), 3);
        QCOMPARE(users[u"uniqueValues"_s].toInt(), 3);
        QStringList values = column(users[u"topValues"_s], u"value"_s);
        values.sort();
        QCOMPARE(values, (QStringList{u"guest"_s, u"id:7"_s, u"id:8"_s}));
    }
    QCOMPARE(column(world.get(world.org() + "/tags/user/values/?sort=-count").json, u"value"_s).first(),
        u"guest"_s);
    // Shown in the order of its keys, as every other tag.
    const QJsonValue events = world.get(world.org() + "/issues/" + id + "/events/").json;
    QStringList seen;
    for (const QJsonValue& event : events.toArray())
        seen << column(event[u"tags"_s], u"key"_s).join(u' ');
    seen.sort();
    QCOMPARE(seen, (QStringList{u"apple level user zebra"_s, u"level user"_s, u"level user zone"_s}));
    const QJsonValue table = world
                                 .get(world.org() + "/events/?field=tags[user]&field=count()&sort=tags[user]&"
                                                    "query=&dataset=errors&statsPeriod=24h")
                                 .json[u"data"_s];
    QCOMPARE(column(table, u"tags[user]"_s), (QStringList{u"guest"_s, u"id:7"_s, u"id:8"_s}));
}

void TestTagValues::organizationTags()
{
    const ApiAnswer keys = get("/tags/");
    QCOMPARE(keys.status, 200);
    QVERIFY(column(keys.json, u"key"_s).contains(u"environment"_s));
    QCOMPARE(column(get("/tags/zone/values/?sort=-count").json, u"value"_s),
        (QStringList{u"eu"_s, u"moon"_s, u"us"_s}));
    QCOMPARE(column(get("/tags/zone/values/?environment=staging").json, u"value"_s), QStringList{u"us"_s});
    QCOMPARE(get("/tags/zone/values/?project=1").json.toArray().size(), 3);
    QCOMPARE(get("/tags/?project=nope").status, 400);
}

void TestTagValues::similar()
{
    ApiWorld world;
    const auto frames = [](std::initializer_list<const char*> functions) {
        QByteArray out = R"("stacktrace":{"frames":[)";
        for (const char* function : functions)
            out += QByteArray(out.endsWith('[') ? "" : ",") +
                   R"({"filename":"a.py","module":"a","function":")" + function + R"(","in_app":true})";
        return out + "]}";
    };
    const auto send = [&](const QByteArray& type, const QByteArray& stack) {
        const int status = world.send(
            R"({"platform":"python","exception":[{"type":")" + type + R"(","value":"x",)" + stack + "}]}");
        if (status != 200)
            qFatal("the event was refused: %d", status);
        return world.get(world.org() + "/issues/?query=error.type:" + type).json[0][u"id"_s].toString();
    };
    const QString one = send("One", frames({"main", "run", "load", "read"}));
    const QString near = send("Near", frames({"main", "run", "load", "write"}));
    const QString far = send("Far", frames({"main", "paint"}));
    send("Other", frames({"tick"}));
    const QJsonArray pairs =
        world.get(world.org() + "/issues/" + one.toLatin1() + "/similar/").json.toArray();
    QCOMPARE(pairs.size(), 2);
    QCOMPARE(pairs[0][0][u"id"_s].toString(), near);
    QCOMPARE(pairs[0][1][u"exception:stacktrace:pairs"_s].toDouble(), 0.6); // 3 of 5 frames
    QCOMPARE(pairs[1][0][u"id"_s].toString(), far);
    QCOMPARE(pairs[1][1][u"exception:stacktrace:pairs"_s].toDouble(), 0.2); // 1 of 5
    QCOMPARE(
        world.get(world.org() + "/issues/" + one.toLatin1() + "/similar/?limit=1").json.toArray().size(), 1);
}

void TestTagValues::similarWithoutFrames()
{
    QCOMPARE(get("/issues/" + m_id + "/similar/").json.toArray().size(), 0);
    QCOMPARE(get("/issues/999/similar/").status, 404);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestTagValues)
#include "tst_tagvalues.moc"
