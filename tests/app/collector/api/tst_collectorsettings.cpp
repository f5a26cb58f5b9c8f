// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings of projects and of the collector over the web API, and what the collector says of itself.

#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/settings.h"
#include "tests/app/collector/api/apiworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestCollectorSettings final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<ApiWorld>(); }
    void cleanup() { m_world.reset(); }

    void aProjectBeginsOpen();
    void keepsAProjectsSettings();
    void changesPartsAlone();
    void refusesAndChangesNothing_data();
    void refusesAndChangesNothing();
    void knowsTheCollectorItself();
    void settingsHoldAtOnce();
    void theCollectorsOwn();
    void theCollectorsOwnFaults_data();
    void theCollectorsOwnFaults();
    void needTheToken();
    void saysWhatWasNotKept();
    void saysHowForwardingGoes();
    void saysWhoPostedWithoutAKey();
    void countsWhatCameLately();

private:
    QByteArray path() const
    {
        return m_world->org().replace("organizations", "projects") + "/1/vedette/settings/";
    }
    QJsonObject status() const { return m_world->get("/api/0/vedette/collector/").json.toObject(); }

    std::unique_ptr<ApiWorld> m_world;
};

void TestCollectorSettings::aProjectBeginsOpen()
{
    const ApiAnswer answer = m_world->get(path());
    QCOMPARE(answer.status, 200);
    const QByteArray expected =
        R"({"active":true,"rateLimit":{"count":0,"window":0},"maxBytes":0,"upstream":"",)"
        R"("filters":{"errorTypes":[],"messages":[],"releases":[],)"
        R"("browserExtensions":false,"localhost":false}})";
    QCOMPARE(QByteArray::fromStdString(answer.raw.body), expected);
    QCOMPARE(m_world->get(path().replace("/1/", "/default/")).raw.body, answer.raw.body);
    QCOMPARE(m_world->get(path().replace("/1/", "/nope/")).status, 404);
    QCOMPARE(m_world->put(path().replace("/1/", "/nope/"), "{}").status, 404);
}

void TestCollectorSettings::keepsAProjectsSettings()
{
    const QByteArray given =
        R"({"active":false,"rateLimit":{"count":100,"window":60},"maxBytes":1048576,)"
        R"("upstream":"https://abc@sentry.example/a/7","filters":{"errorTypes":["A*","B"],"messages":["*x?*"],)"
        R"("releases":["web@0.*"],"browserExtensions":true,"localhost":true}})";
    const ApiAnswer answer = m_world->put(path(), given);
    QCOMPARE(answer.status, 200);
    QCOMPARE(QByteArray::fromStdString(answer.raw.body), given);
    QCOMPARE(QByteArray::fromStdString(m_world->get(path()).raw.body), given);
    // A secret is not kept, and doubled patterns are one.
    const ApiAnswer second = m_world->put(
        path(), R"({"upstream":"https://abc:secret@sentry.example/a/7/","filters":{"messages":["a","a"]}})");
    QCOMPARE(second.json[u"upstream"_s].toString(), u"https://abc@sentry.example/a/7"_s);
    QCOMPARE(second.json[u"filters"_s][u"messages"_s].toArray().size(), 1);
    QCOMPARE(m_world->put(path(), R"({"upstream":null})").json[u"upstream"_s].toString(), QString());
}

void TestCollectorSettings::changesPartsAlone()
{
    QCOMPARE(
        m_world->put(path(), R"({"rateLimit":{"count":5,"window":7},"filters":{"localhost":true}})").status,
        200);
    const QJsonValue after = m_world->put(path(), R"({"filters":{"messages":["m"]},"unknown":[1]})").json;
    QCOMPARE(after[u"rateLimit"_s][u"count"_s].toInt(), 5);
    QCOMPARE(after[u"filters"_s][u"localhost"_s].toBool(), true);
    QCOMPARE(after[u"filters"_s][u"messages"_s][0].toString(), u"m"_s);
    QCOMPARE(m_world->put(path(), "{}").json, after);
}

void TestCollectorSettings::refusesAndChangesNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* body, const char* group, const char* field) {
        QTest::addRow("%.60s", body) << QByteArray(body) << QString::fromLatin1(group)
                                     << QString::fromLatin1(field);
    };
    row("[]", "", "non_field_errors");
    row("7", "", "non_field_errors");
    row(R"({"active":"yes"})", "", "active");
    row(R"({"active":null})", "", "active");
    row(R"({"rateLimit":5})", "", "rateLimit");
    row(R"({"rateLimit":{"count":-1}})", "rateLimit", "count");
    row(R"({"rateLimit":{"count":1.5,"window":1}})", "rateLimit", "count");
    row(R"({"rateLimit":{"count":"5","window":1}})", "rateLimit", "count");
    row(R"({"rateLimit":{"count":1000001,"window":1}})", "rateLimit", "count");
    row(R"({"rateLimit":{"count":5}})", "rateLimit", "window");
    row(R"({"rateLimit":{"count":5,"window":86401}})", "rateLimit", "window");
    row(R"({"rateLimit":{"count":99999999999999999999999,"window":1}})", "rateLimit", "count");
    row(R"({"maxBytes":-1})", "", "maxBytes");
    row(R"({"maxBytes":1000})", "", "maxBytes");
    row(R"({"upstream":7})", "", "upstream");
    row(R"({"upstream":"hello"})", "", "upstream");
    row(R"({"upstream":"file:///etc/passwd"})", "", "upstream");
    row(R"({"upstream":"https://k@h/1\r\nX: y"})", "", "upstream");
    row(R"({"filters":[]})", "", "filters");
    row(R"({"filters":{"messages":"x"}})", "filters", "messages");
    row(R"({"filters":{"messages":[5]}})", "filters", "messages");
    row(R"({"filters":{"messages":[""]}})", "filters", "messages");
    row(R"({"filters":{"errorTypes":[null]}})", "filters", "errorTypes");
    row(R"({"filters":{"localhost":1}})", "filters", "localhost");
    const QByteArray longPattern = R"({"filters":{"releases":[")" + QByteArray(251, 'a') + R"("]}})";
    QTest::newRow("long pattern") << longPattern << u"filters"_s << u"releases"_s;
    QByteArray many = "\"a\"";
    for (int i = 0; i < 100; ++i)
        many += ",\"a\"";
    QTest::newRow("many patterns") << "{\"filters\":{\"messages\":[" + many + "]}}" << u"filters"_s
                                   << u"messages"_s;
}

void TestCollectorSettings::refusesAndChangesNothing()
{
    QFETCH(QByteArray, body);
    QFETCH(const QString, group);
    QFETCH(const QString, field);
    const std::string before = m_world->get(path()).raw.body;
    // What is right in the same body is not taken either.
    if (body.startsWith('{') && !body.contains("\"active\""))
        body = "{\"active\":false," + body.mid(1);
    const ApiAnswer answer = m_world->put(path(), body);
    QCOMPARE(answer.status, 400);
    const QJsonValue errors = group.isEmpty() ? answer.json : answer.json[group];
    QVERIFY2(!errors[field][0].toString().isEmpty(), answer.raw.body.c_str());
    QCOMPARE(m_world->get(path()).raw.body, before);
}

void TestCollectorSettings::knowsTheCollectorItself()
{
    const QByteArray dsn = m_world->base().replace("http://", "http://abc@") + "/1";
    const ApiAnswer answer = m_world->put(path(), "{\"upstream\":\"" + dsn + "\"}");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json[u"upstream"_s][0].toString(), u"This is the collector itself."_s);
    const QByteArray named = QByteArray(dsn).replace("127.0.0.1", "localhost");
    QCOMPARE(m_world->put(path(), "{\"upstream\":\"" + named + "\"}").status, 400);
}

void TestCollectorSettings::settingsHoldAtOnce()
{
    QCOMPARE(m_world->send(R"({"message":"unwanted"})"), 200);
    QCOMPARE(m_world->put(path(), R"({"filters":{"messages":["unwanted"]}})").status, 200);
    QCOMPARE(m_world->send(R"({"message":"unwanted"})"), 403);
    QCOMPARE(m_world->put(path(), R"({"active":false,"filters":{"messages":[]}})").status, 200);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 403);
    QCOMPARE(m_world->put(path(), R"({"active":true,"rateLimit":{"count":1,"window":60}})").status, 200);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 200);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 429);
}

void TestCollectorSettings::theCollectorsOwn()
{
    const QByteArray own = "/api/0/vedette/settings/";
    QCOMPARE(m_world->get(own).raw.body,
        std::string(R"({"spotlight":true,"retentionDays":90,"retentionBytes":2147483648})"));
    const std::string given = R"({"spotlight":false,"retentionDays":7,"retentionBytes":67108864})";
    QCOMPARE(m_world->put(own, QByteArray::fromStdString(given)).raw.body, given);
    QCOMPARE(m_world->get(own).raw.body, given);
    QCOMPARE(m_world->put(own, R"({"spotlight":true})").json[u"retentionDays"_s].toInt(), 7);
}

void TestCollectorSettings::theCollectorsOwnFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("type") << QByteArray(R"({"spotlight":1})") << u"spotlight"_s;
    QTest::newRow("no days") << QByteArray(R"({"retentionDays":0})") << u"retentionDays"_s;
    QTest::newRow("too many days") << QByteArray(R"({"retentionDays":36501})") << u"retentionDays"_s;
    QTest::newRow("too few bytes") << QByteArray(R"({"retentionBytes":1})") << u"retentionBytes"_s;
    QTest::newRow("too many bytes") << QByteArray(R"({"retentionBytes":9e18})") << u"retentionBytes"_s;
}

void TestCollectorSettings::theCollectorsOwnFaults()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    const ApiAnswer answer = m_world->put("/api/0/vedette/settings/", body);
    QCOMPARE(answer.status, 400);
    QVERIFY(!answer.json[field][0].toString().isEmpty());
    QCOMPARE(m_world->get("/api/0/vedette/settings/").json[u"retentionDays"_s].toInt(), 90);
}

void TestCollectorSettings::needTheToken()
{
    for (const QByteArray& where :
        {path(), QByteArray("/api/0/vedette/settings/"), QByteArray("/api/0/vedette/collector/")}) {
        QCOMPARE(m_world->anonymous("GET", where).status, 401);
        QCOMPARE(m_world->call("GET", where, {}, "Origin: http://localhost\r\n").status, 400);
    }
    QCOMPARE(m_world->anonymous("PUT", path(), "Content-Length: 0\r\n").status, 401);
}

void TestCollectorSettings::saysWhatWasNotKept()
{
    QCOMPARE(
        m_world->put(path(), R"({"filters":{"messages":["unwanted"]},"rateLimit":{"count":1,"window":60}})")
            .status,
        200);
    QCOMPARE(m_world->send(R"({"message":"unwanted"})"), 403);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 200);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 429);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 429);
    const QJsonArray rows = status()[u"notKept"_s].toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].toObject(), (QJsonObject{{u"outcome"_s, u"rate_limited"_s}, {u"category"_s, u"error"_s},
                                     {u"reason"_s, u"project_limit"_s}, {u"quantity"_s, 2}}));
    QCOMPARE(rows[1].toObject(), (QJsonObject{{u"outcome"_s, u"filtered"_s}, {u"category"_s, u"error"_s},
                                     {u"reason"_s, u"error-message"_s}, {u"quantity"_s, 1}}));
    m_world->clock.advance(std::chrono::hours(24 * 31));
    QVERIFY(status()[u"notKept"_s].toArray().isEmpty());
}

void TestCollectorSettings::saysHowForwardingGoes()
{
    QVERIFY(status()[u"forwarding"_s].toArray().isEmpty());
    // A port where nobody answers: it is ours to listen on, and we do not.
    const QByteArray nobody = R"({"upstream":"http://abc@127.0.0.1:1/7"})";
    QCOMPARE(m_world->put(path(), nobody).status, 200);
    QCOMPARE(m_world->send(R"({"message":"x"})"), 200);
    const auto row = [this] { return status()[u"forwarding"_s][0].toObject(); };
    QCOMPARE(row()[u"project"_s].toString(), u"default"_s);
    QTRY_VERIFY(row()[u"error"_s].toString().startsWith(u"no answer"_s));
    QCOMPARE(row()[u"waiting"_s].toInt(), 1);
    QCOMPARE(row()[u"sent"_s].toInt(), 0);
    QCOMPARE(row()[u"refused"_s].toInt(), 0);
    QVERIFY(!row()[u"notBefore"_s].toString().isEmpty());
    QCOMPARE(m_world->put(path(), R"({"upstream":""})").status, 200);
    QVERIFY(status()[u"forwarding"_s].toArray().isEmpty());
}

void TestCollectorSettings::saysWhoPostedWithoutAKey()
{
    const QJsonObject spotlight = status()[u"spotlight"_s].toObject();
    QCOMPARE(spotlight[u"on"_s].toBool(), true);
    QCOMPARE(spotlight[u"url"_s].toString(), QString::fromLatin1(m_world->base() + "/stream"));
    QCOMPARE(spotlight[u"usualPort"_s].toBool(), false);
    QVERIFY(status()[u"origins"_s].toArray().isEmpty());
    QCOMPARE(m_world
                 ->call("POST", "/stream", "{}\n{\"type\":\"event\"}\n{\"release\":\"web@1\"}",
                     "Origin: http://localhost:3000\r\n")
                 .status,
        200);
    const QJsonObject origin = status()[u"origins"_s][0].toObject();
    QCOMPARE(origin[u"project"_s].toString(), u"web"_s);
    QCOMPARE(origin[u"origin"_s].toString(), u"http://localhost:3000"_s);
    QCOMPARE(origin[u"count"_s].toInt(), 1);
}

void TestCollectorSettings::countsWhatCameLately()
{
    QCOMPARE(status()[u"acceptedLastHour"_s].toInt(), 0);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_world->send(R"({"message":"x"})"), 200);
    m_world->clock.advance(50min);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(m_world->send(R"({"message":"x"})"), 200);
    QCOMPARE(status()[u"acceptedLastHour"_s].toInt(), 13);
    QCOMPARE(status()[u"eventsPerMinute"_s].toDouble(), 2.0);
    m_world->clock.advance(11min);
    QCOMPARE(status()[u"acceptedLastHour"_s].toInt(), 10);
    QCOMPARE(status()[u"eventsPerMinute"_s].toDouble(), 0.0);
    QCOMPARE(status()[u"acceptedTotal"_s].toInt(), 13);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCollectorSettings)
#include "tst_collectorsettings.moc"
