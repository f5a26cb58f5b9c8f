// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What SDKs send to Spotlight, without a key.

#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/door/senders.h"
#include "app/collector/storage/doorwriter.h"
#include "app/collector/storage/settings.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace std::chrono_literals;

class TestSpotlight final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<CollectorWorld>(); }
    void cleanup() { m_world.reset(); }

    void namesSenders_data();
    void namesSenders();
    void saysWhoIsThere();
    void landsInAProjectOfItsOwn();
    void findsTheReleaseElsewhere_data();
    void findsTheReleaseElsewhere();
    void neverLandsInAnybodyElsesProject();
    void aDsnOfOursIsMeant();
    void isBound();
    void makesOnlySoManyProjects();
    void browsers();
    void showsOrigins();
    void readingNeedsTheToken();
    void canBeSwitchedOff();
    void refusesWhatIsNoEnvelope();

private:
    RawAnswer stream(const std::string& body, const std::string& headers = {}) const
    {
        return request(m_world->port(), post("/stream", body, headers));
    }
    static std::string withRelease(const std::string& release, char id = 'a')
    {
        return "{\"event_id\":\"" + std::string(32, id) +
               "\"}\n{\"type\":\"event\"}\n{\"message\":\"x\",\"release\":\"" + release + "\"}\n";
    }
    std::string projectOf(const std::string& id) const
    {
        return m_world->text(
            "SELECT coalesce(max(p.slug || ' ' || p.kind), '') FROM events e JOIN projects p ON "
            "p.id = e.project_id WHERE lower(hex(e.event_id)) = '" +
            id + "'");
    }

    std::unique_ptr<CollectorWorld> m_world;
};

void TestSpotlight::namesSenders_data()
{
    QTest::addColumn<QByteArray>("release");
    QTest::addColumn<QByteArray>("sender");
    const auto row = [](const char* release, const char* sender) {
        QTest::addRow("%s", release) << QByteArray(release) << QByteArray(sender);
    };
    row("web@1.2.3", "web");
    row("My App@1", "my-app");
    row("com.example.App@2.0+7", "com-example-app");
    row("@acme/web@1.0.0", "acme-web");
    row("1.2.3", "spotlight");
    row("0f3ad8c1", "spotlight");
    row("", "spotlight");
    row("@1.0", "spotlight");
    row("...@1.0", "spotlight");
    row("\xE3\x82\x8A@1", "spotlight");
    row("a@b@c", "a");
}

void TestSpotlight::namesSenders()
{
    QFETCH(const QByteArray, release);
    QFETCH(const QByteArray, sender);
    QCOMPARE(QByteArray::fromStdString(senderOfRelease(release.toStdString())), sender);
}

void TestSpotlight::saysWhoIsThere()
{
    const RawAnswer health = request(m_world->port(), "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(health.status, 200);
    QCOMPARE(health.headers.at("x-powered-by"), std::string("spotlight-by-sentry"));
    QCOMPARE(health.body, std::string("OK"));
    const RawAnswer sent = stream(withRelease("web@1"));
    QCOMPARE(sent.status, 200);
    QCOMPARE(sent.headers.at("x-powered-by"), std::string("spotlight-by-sentry"));
}

void TestSpotlight::landsInAProjectOfItsOwn()
{
    QCOMPARE(
        stream(withRelease("web@1", 'a'), "Content-Type: application/x-sentry-envelope\r\n").status, 200);
    QCOMPARE(stream(withRelease("web@2", 'b'), "Content-Type: text/plain\r\n").status, 200);
    QCOMPARE(stream(eventEnvelope(std::string(32, 'c'))).status, 200);
    QCOMPARE(projectOf(std::string(32, 'a')), std::string("web spotlight"));
    QCOMPARE(projectOf(std::string(32, 'b')), std::string("web spotlight"));
    QCOMPARE(projectOf(std::string(32, 'c')), std::string("spotlight spotlight"));
    QCOMPARE(m_world->number("SELECT count(*) FROM projects"), 3);
    // However it is renamed, and after a restart.
    QVERIFY((*m_world)->store().write([](SQLite::Database& db) {
        db.exec("UPDATE projects SET slug = 'shop', name = 'Shop' WHERE slug = 'web'");
    }));
    m_world->start();
    QCOMPARE(stream(withRelease("web@3", 'd')).status, 200);
    QCOMPARE(projectOf(std::string(32, 'd')), std::string("shop spotlight"));
    // It has a DSN like any other.
    QVERIFY(!(*m_world)->dsn("shop").empty());
}

void TestSpotlight::findsTheReleaseElsewhere_data()
{
    QTest::addColumn<QByteArray>("envelope");
    QTest::newRow("trace") << QByteArray(R"({"trace":{"release":"shop@1"}})"
                                         "\n"
                                         R"({"type":"event"})"
                                         "\n{}");
    QTest::newRow("transaction") << QByteArray("{}\n{\"type\":\"transaction\"}\n{\"release\":\"shop@1\"}");
    QTest::newRow("session") << QByteArray(
        "{}\n{\"type\":\"session\"}\n{\"attrs\":{\"release\":\"shop@1\"}}");
    QTest::newRow("second item") << QByteArray(
        "{}\n{\"type\":\"x\"}\n{oops\n{\"type\":\"session\"}\n{\"attrs\":{\"release\":\"shop@1\"}}");
}

void TestSpotlight::findsTheReleaseElsewhere()
{
    QFETCH(const QByteArray, envelope);
    QCOMPARE(stream(envelope.toStdString()).status, 200);
    QCOMPARE(m_world->text("SELECT sender FROM projects WHERE kind = 'spotlight'"), std::string("shop"));
}

void TestSpotlight::neverLandsInAnybodyElsesProject()
{
    QVERIFY((*m_world)->addProject({"web", "Web"}));
    QCOMPARE(stream(withRelease("web@1", 'a')).status, 200);
    QCOMPARE(stream(withRelease("default@1", 'b')).status, 200);
    QCOMPARE(projectOf(std::string(32, 'a')), std::string("web-2 spotlight"));
    QCOMPARE(projectOf(std::string(32, 'b')), std::string("default-2 spotlight"));
    // Neither a foreign DSN nor a wrong key of ours opens another one.
    const std::string foreign =
        "{\"dsn\":\"https://abc@o1.ingest.example/1\"," + withRelease("x@1", 'c').substr(1);
    QCOMPARE(stream(foreign).status, 200);
    QCOMPARE(projectOf(std::string(32, 'c')), std::string("x spotlight"));
}

void TestSpotlight::aDsnOfOursIsMeant()
{
    // An SDK that has a DSN sends to both: one event, in the DSN's project.
    const std::string event = withRelease("web@1", 'a');
    QCOMPARE(
        request(m_world->port(), post("/api/1/envelope/?sentry_key=" + m_world->key(), event)).status, 200);
    QCOMPARE(stream("{\"dsn\":\"http://" + m_world->key() + "@localhost/1\"," + event.substr(1)).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
    QCOMPARE(projectOf(std::string(32, 'a')), std::string("default "));
    QCOMPARE(m_world->number("SELECT count(*) FROM projects"), 1);
}

void TestSpotlight::isBound()
{
    QCOMPARE(stream(withRelease("web@1")).status, 200);
    const std::string bounds = m_world->text(
        "SELECT rate_count || ' ' || rate_window || ' ' || max_bytes FROM projects WHERE kind = 'spotlight'");
    QCOMPARE(bounds, std::string("600 60 268435456"));
    QVERIFY((*m_world)->store().write([](SQLite::Database& db) {
        db.exec("UPDATE projects SET rate_count = 1 WHERE kind = 'spotlight'");
    }));
    QCOMPARE(stream(withRelease("web@1", 'b')).status, 200);
    const RawAnswer limited = stream(withRelease("web@1", 'c'));
    QCOMPARE(limited.status, 429);
    QCOMPARE(limited.headers.at("x-powered-by"), std::string("spotlight-by-sentry"));
}

void TestSpotlight::makesOnlySoManyProjects()
{
    RawConnection connection(m_world->port());
    for (int i = 0; i < maxSenderProjects + 10; ++i) {
        QVERIFY(connection.send(
            post("/stream", "{}\n{\"type\":\"event\"}\n{\"release\":\"p" + std::to_string(i) + "@1\"}")));
        QCOMPARE(connection.answer().status, 200);
    }
    QCOMPARE(
        m_world->number("SELECT count(*) FROM projects WHERE kind = 'spotlight'"), maxSenderProjects + 1);
    QCOMPARE(m_world->number("SELECT count(*) FROM events e JOIN projects p ON p.id = e.project_id "
                             "WHERE p.sender = 'spotlight'"),
        10);
}

void TestSpotlight::browsers()
{
    const RawAnswer preflight = request(m_world->port(),
        "OPTIONS /stream HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n"
        "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n");
    QCOMPARE(preflight.status, 204);
    QCOMPARE(preflight.headers.at("access-control-allow-origin"), std::string("*"));
    QVERIFY(preflight.headers.at("access-control-allow-methods").find("GET") == std::string::npos);
    QVERIFY(preflight.headers.at("access-control-allow-headers").find("content-type") != std::string::npos);
    const RawAnswer sent = stream(withRelease("web@1"), "Origin: http://localhost:3000\r\n");
    QCOMPARE(sent.status, 200);
    QCOMPARE(sent.headers.at("access-control-allow-origin"), std::string("*"));
}

void TestSpotlight::showsOrigins()
{
    const std::string sql = "SELECT coalesce(group_concat(origin || ' ' || count), '') FROM (SELECT * FROM "
                            "project_origins ORDER BY origin)";
    QCOMPARE(stream(withRelease("web@1", 'a'), "Origin: http://localhost:3000\r\n").status, 200);
    QCOMPARE(stream(withRelease("web@1", 'b'), "Origin: http://localhost:3000\r\n").status, 200);
    QCOMPARE(stream(withRelease("web@1", 'c'), "Origin: null\r\n").status, 200);
    QCOMPARE(stream(withRelease("web@1", 'd'), "Origin: <script>alert(1)</script>\r\n").status, 200);
    QCOMPARE(
        stream(withRelease("web@1", 'e'), "Origin: https://" + std::string(300, 'x') + "\r\n").status, 200);
    QCOMPARE(stream(withRelease("web@1", 'f')).status, 200);
    QCOMPARE(m_world->text(sql), std::string("http://localhost:3000 2,null 1"));
    // Those with a key are the project's own.
    QCOMPARE(
        request(m_world->port(), post("/api/1/envelope/?sentry_key=" + m_world->key(),
                                     eventEnvelope(std::string(32, '9')), "Origin: http://shop.example\r\n"))
            .status,
        200);
    QCOMPARE(m_world->number("SELECT count(*) FROM project_origins"), 2);
    // However many there are, the latest are kept.
    RawConnection connection(m_world->port());
    for (int i = 0; i < DoorWriter::maxOrigins + 5; ++i) {
        m_world->clock.advance(1ms);
        const std::string origin = "Origin: https://s" + std::to_string(i) + ".example\r\n";
        QVERIFY(connection.send(post("/stream", withRelease("web@1"), origin)));
        QCOMPARE(connection.answer().status, 200);
    }
    QCOMPARE(m_world->number("SELECT count(*) FROM project_origins"), DoorWriter::maxOrigins);
    QCOMPARE(m_world->number("SELECT count(*) FROM project_origins WHERE origin IN ('https://s54.example', "
                             "'https://s5.example', 'https://s4.example')"),
        2);
}

void TestSpotlight::readingNeedsTheToken()
{
    const auto get = [this](const std::string& headers) {
        return request(m_world->port(), "GET /stream HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    };
    QCOMPARE(get({}).status, 401);
    QCOMPARE(get({}).headers.at("x-powered-by"), std::string("spotlight-by-sentry"));
    QCOMPARE(get("Authorization: Bearer \r\n").status, 401);
    QCOMPARE(get("Authorization: Bearer wrong\r\n").status, 401);
    const RawAnswer page = get("Origin: http://localhost:8969\r\n");
    QVERIFY(page.status == 400 || page.status == 401);
    QCOMPARE(page.headers.count("access-control-allow-origin"), std::size_t(0));
    const std::string token = "Authorization: Bearer " + (*m_world)->token() + "\r\n";
    QCOMPARE(get(token + "Origin: http://localhost:8969\r\n").status, 400);
}

void TestSpotlight::canBeSwitchedOff()
{
    QCOMPARE(stream(withRelease("web@1", 'a')).status, 200);
    QVERIFY((*m_world)->store().write([](SQLite::Database& db) {
        CollectorSettings settings = readCollectorSettings(db);
        settings.spotlight = false;
        writeCollectorSettings(db, settings);
    }));
    QCOMPARE(stream(withRelease("web@1", 'b')).status, 403);
    QCOMPARE(request(m_world->port(), "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
    QCOMPARE(
        m_world->number("SELECT quantity FROM outcomes WHERE reason = 'spotlight_off' AND project_id = 0"),
        1);
    // With a key it goes on as ever.
    QCOMPARE(request(m_world->port(),
                 post("/api/1/envelope/?sentry_key=" + m_world->key(), eventEnvelope(std::string(32, 'c'))))
                 .status,
        200);
}

void TestSpotlight::refusesWhatIsNoEnvelope()
{
    QCOMPARE(stream("hello").status, 400);
    QCOMPARE(stream({}).status, 400);
    QCOMPARE(stream("{}\n{\"type\":\"event\"}\n[]\n").status, 400);
    QCOMPARE(stream(withRelease("web@1"), "Content-Encoding: gzip\r\n").status, 400);
    QCOMPARE(stream("{}\n").status, 200); // nothing in it
    QCOMPARE(m_world->number("SELECT count(*) FROM projects"), 1);
    QCOMPARE(m_world->number("SELECT sum(quantity) FROM outcomes WHERE outcome = 'refused'"), 4);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSpotlight)
#include "tst_spotlight.moc"
