// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the collector's door turns away, over its socket: rates, filters, projects and keys that are switched
// off, requests that nobody reads; and how each is counted.

#include <QTest>

#include <functional>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/settings.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace std::chrono_literals;

class TestDoor final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<CollectorWorld>(); }
    void cleanup() { m_world.reset(); }

    void limitsAProject();
    void limitsAKey();
    void keepsWhatIsNoError();
    void attachmentsOfWhatIsTurnedAway();
    void takesAPartOfAList();
    void limitsStoreToo();
    void filters();
    void anInactiveProjectTakesNothing();
    void anInactiveKeyOpensNothing();
    void countsWhatTheServerRefuses_data();
    void countsWhatTheServerRefuses();
    void refusesALargeBodyByItsHead();
    void countsManyRefusals();
    void noEventAsksTheDatabaseForRules();

private:
    void settings(const std::function<void(ProjectSettings&)>& change) const;
    RawAnswer send(int number, const std::string& further = {}, const std::string& message = "hello") const;
    std::string outcomes() const
    {
        return m_world->text(
            "SELECT group_concat(category || ' ' || outcome || ' ' || reason || ' ' || quantity) FROM "
            "(SELECT * FROM outcomes ORDER BY category, outcome, reason)");
    }

    std::unique_ptr<CollectorWorld> m_world;
};

void TestDoor::settings(const std::function<void(ProjectSettings&)>& change) const
{
    const auto done = (*m_world)->store().write([&](SQLite::Database& db) {
        ProjectSettings all = readProjectSettings(db, 1).value();
        change(all);
        writeProjectSettings(db, 1, all);
    });
    QVERIFY(done);
}

RawAnswer TestDoor::send(int number, const std::string& further, const std::string& message) const
{
    std::string id = std::to_string(number);
    id.insert(0, 32 - id.size(), '0');
    return request(m_world->port(),
        post("/api/1/envelope/?sentry_key=" + m_world->key(), eventEnvelope(id, message) + further));
}

void TestDoor::limitsAProject()
{
    settings([](ProjectSettings& all) { all.rate = {2, 60}; });
    QCOMPARE(send(1).status, 200);
    m_world->clock.advance(10s);
    QCOMPARE(send(2).status, 200);
    const RawAnswer limited = send(3);
    QCOMPARE(limited.status, 429);
    QCOMPARE(limited.headers.at("retry-after"), std::string("50"));
    QCOMPARE(limited.headers.at("x-sentry-rate-limits"),
        std::string("50:default;error;security:project:project_limit"));
    QCOMPARE(limited.headers.at("access-control-allow-origin"), std::string("*"));
    QVERIFY(limited.headers.at("access-control-expose-headers").find("X-Sentry-Rate-Limits") !=
            std::string::npos);
    m_world->clock.advance(49s);
    QCOMPARE(send(3).headers.at("retry-after"), std::string("1"));
    m_world->clock.advance(1s);
    QCOMPARE(send(3).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 3);
    QCOMPARE(outcomes(), std::string("error accepted  3,error rate_limited project_limit 2"));
}

void TestDoor::limitsAKey()
{
    QVERIFY((*m_world)->store().write([&](SQLite::Database& db) {
        db.exec("UPDATE project_keys SET rate_count = 1, rate_window = 30");
        addKey(db, 1, "Other", m_world->clock.now(), std::string(32, 'b'));
    }));
    QCOMPARE(send(1).status, 200);
    const RawAnswer limited = send(2);
    QCOMPARE(limited.status, 429);
    QCOMPARE(
        limited.headers.at("x-sentry-rate-limits"), std::string("30:default;error;security:key:key_limit"));
    QCOMPARE(request(m_world->port(), post("/api/1/envelope/?sentry_key=" + std::string(32, 'b'),
                                          eventEnvelope(std::string(32, 'c'))))
                 .status,
        200);
    QCOMPARE(outcomes(), std::string("error accepted  2,error rate_limited key_limit 1"));
}

void TestDoor::keepsWhatIsNoError()
{
    settings([](ProjectSettings& all) { all.rate = {1, 60}; });
    QCOMPARE(send(1).status, 200);
    QCOMPARE(send(2, "{\"type\":\"session\"}\n{}\n").status, 429);
    QCOMPARE(m_world->number("SELECT quantity FROM outcomes WHERE category = 'session'"), 1);
    // Without an error there is nothing to limit.
    QCOMPARE(request(m_world->port(),
                 post("/api/1/envelope/?sentry_key=" + m_world->key(), "{}\n{\"type\":\"session\"}\n{}\n"))
                 .status,
        200);
    QCOMPARE(m_world->number("SELECT quantity FROM outcomes WHERE category = 'session'"), 2);
}

void TestDoor::attachmentsOfWhatIsTurnedAway()
{
    settings([](ProjectSettings& all) {
        all.rate = {1, 60};
        all.filters.messages = {"unwanted"};
    });
    const std::string file = R"({"type":"attachment","filename":"a.txt","length":3})"
                             "\nabc\n";
    const std::string dump =
        R"({"type":"attachment","filename":"d","attachment_type":"event.minidump","length":4})"
        "\nMDMP\n";
    const std::string kept = "SELECT coalesce(group_concat(name), '') FROM attachments";
    QCOMPARE(send(1, file, "unwanted").status, 403);
    QCOMPARE(m_world->text(kept), std::string()); // nobody wants it without its event
    QCOMPARE(send(2).status, 200);
    QCOMPARE(send(3, file + dump).status, 429); // a dump is its event
    QCOMPARE(m_world->text(kept), std::string("a.txt"));
    QCOMPARE(
        m_world->text("SELECT group_concat(outcome || ' ' || reason || ' ' || quantity) FROM (SELECT * FROM "
                      "outcomes WHERE category = 'attachment' AND outcome <> 'accepted' ORDER BY outcome)"),
        std::string("filtered error-message 1,rate_limited project_limit 1"));
}

void TestDoor::takesAPartOfAList()
{
    settings([](ProjectSettings& all) { all.rate = {2, 60}; });
    const auto report = [](const std::string& blocked) {
        return R"({"type":"csp-violation","url":"https://shop.example/","user_agent":"x","body":{"documentURL":)"
               R"("https://shop.example/","effectiveDirective":"img-src","blockedURL":")" +
               blocked + R"("}})";
    };
    const std::string list = "[" + report("https://a.example/") + "," + report("https://b.example/") + "," +
                             report("https://c.example/") + "]";
    const std::string target = "/api/1/security/?sentry_key=" + m_world->key();
    const std::string type = "Content-Type: application/reports+json\r\n";
    QCOMPARE(request(m_world->port(), post(target, list, type)).status, 200);
    QCOMPARE(outcomes(), std::string("security accepted  2,security rate_limited project_limit 1"));
    QCOMPARE(request(m_world->port(), post(target, list, type)).status, 429);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 2);
}

void TestDoor::limitsStoreToo()
{
    settings([](ProjectSettings& all) { all.rate = {1, 60}; });
    const std::string target = "/api/1/store/?sentry_key=" + m_world->key();
    QCOMPARE(request(m_world->port(), post(target, "{\"message\":\"a\"}")).status, 200);
    QCOMPARE(request(m_world->port(), post(target, "{\"message\":\"b\"}")).status, 429);
}

void TestDoor::filters()
{
    settings([](ProjectSettings& all) {
        all.rate = {2, 60};
        all.filters.messages = {"*timed out*"};
    });
    for (int i = 1; i <= 3; ++i) {
        const RawAnswer answer = send(i, {}, "it Timed out again");
        QCOMPARE(answer.status, 403);
        QVERIFY(answer.headers.at("x-sentry-error").find("error-message") != std::string::npos);
    }
    // What is filtered uses up no rate.
    QCOMPARE(send(4).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
    QCOMPARE(outcomes(), std::string("error accepted  1,error filtered error-message 3"));
    settings([](ProjectSettings& all) { all.filters = {}; });
    QCOMPARE(send(1, {}, "it Timed out again").status, 200);
}

void TestDoor::anInactiveProjectTakesNothing()
{
    settings([](ProjectSettings& all) { all.active = false; });
    const RawAnswer answer = send(1, "{\"type\":\"session\"}\n{}\n");
    QCOMPARE(answer.status, 403);
    QVERIFY(answer.body.find("switched off") != std::string::npos);
    QCOMPARE(outcomes(), std::string("envelope refused project_disabled 1"));
    QCOMPARE(m_world->number("SELECT project_id FROM outcomes"), 1);
    settings([](ProjectSettings& all) { all.active = true; });
    QCOMPARE(send(1).status, 200);
}

void TestDoor::anInactiveKeyOpensNothing()
{
    QVERIFY((*m_world)->store().write(
        [](SQLite::Database& db) { db.exec("UPDATE project_keys SET active = 0"); }));
    QCOMPARE(send(1).status, 403);
    QCOMPARE(outcomes(), std::string("envelope refused wrong_key 1"));
    QCOMPARE(m_world->number("SELECT project_id FROM outcomes"), 1); // the path told
}

void TestDoor::countsWhatTheServerRefuses_data()
{
    QTest::addColumn<QByteArray>("request"); // KEY stands for the key
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("project");
    const QByteArray begin = "POST /api/1/envelope/?sentry_key=KEY HTTP/1.1\r\n";
    const QByteArray host = "Host: localhost\r\n";
    QTest::newRow("two lengths") << begin + host + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}" << 400
                                 << QByteArray("envelope framing") << 1;
    QTest::newRow("length and chunks")
        << begin + host + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        << 400 << QByteArray("envelope framing") << 1;
    QTest::newRow("foreign host") << begin + "Host: evil.example\r\nContent-Length: 2\r\n\r\n{}" << 403
                                  << QByteArray("envelope foreign_host") << 1;
    QTest::newRow("foreign host, reading") << QByteArray("GET /api/0/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                                           << 403 << QByteArray("request foreign_host") << 0;
    QTest::newRow("announces too much") << begin + host + "Content-Length: 999999999999\r\n\r\n"
                                        << 413 << QByteArray("envelope too_large") << 1;
    QTest::newRow("unknown project") << "POST /api/77/envelope/ HTTP/1.1\r\n" + host +
                                            "Content-Length: 999999999999\r\n\r\n"
                                     << 413 << QByteArray("envelope too_large") << 0;
    QTest::newRow("method") << QByteArray("GET /api/1/store/ HTTP/1.1\r\n") + host + "\r\n"
                            << 405 << QByteArray("envelope method") << 1;
    QTest::newRow("encoding") << begin + host + "Content-Encoding: x\r\nContent-Length: 2\r\n\r\n{}" << 415
                              << QByteArray("envelope encoding") << 1;
    QTest::newRow("damaged body") << begin + host + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
                                  << 400 << QByteArray("envelope encoding") << 1;
}

void TestDoor::countsWhatTheServerRefuses()
{
    QFETCH(QByteArray, request);
    QFETCH(const int, status);
    QFETCH(const QByteArray, reason);
    QFETCH(const int, project);
    QCOMPARE(send(1).status, 200); // the rules are known from now on
    request.replace("KEY", QByteArray::fromStdString(m_world->key()));
    QCOMPARE(vedette::tests::request(m_world->port(), request.toStdString()).status, status);
    const std::string what = "SELECT coalesce(max(category || ' ' || reason || ' ' || project_id), '') FROM "
                             "outcomes WHERE outcome = 'refused'";
    // Nobody waits for this to be counted.
    QTRY_COMPARE(QByteArray::fromStdString(m_world->text(what)), reason + ' ' + QByteArray::number(project));
    QCOMPARE(m_world->number("SELECT sum(quantity) FROM outcomes WHERE outcome = 'refused'"), 1);
}

void TestDoor::refusesALargeBodyByItsHead()
{
    QCOMPARE(send(1).status, 200);
    // The answer comes although the body never does.
    const std::string wrong(32, '0');
    RawConnection connection(m_world->port());
    QVERIFY(connection.send(
        "POST /api/1/envelope/?sentry_key=" + wrong +
        " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5000000\r\n\r\n"));
    QCOMPARE(connection.answer().status, 403);
    QTRY_COMPARE(
        m_world->number("SELECT count(*) FROM outcomes WHERE reason = 'wrong_key' AND project_id = 1"), 1);
    // A key in the envelope's header would do: such a body is read.
    const std::string large = eventEnvelope(std::string(32, 'e'), std::string(200'000, 'x'));
    QCOMPARE(request(m_world->port(), post("/api/1/envelope/", "{\"dsn\":\"http://" + m_world->key() +
                                                                   "@h/1\"," + large.substr(1)))
                 .status,
        200);
}

void TestDoor::countsManyRefusals()
{
    RawConnection connection(m_world->port());
    constexpr int many = 200;
    for (int i = 0; i < many; ++i) {
        QVERIFY(connection.send("GET /api/1/envelope/ HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        QCOMPARE(connection.answer().status, 405);
    }
    // The last ones go with whatever comes next, at the latest when the collector ends.
    m_world->start();
    QCOMPARE(m_world->number("SELECT sum(quantity) FROM outcomes WHERE reason = 'method'"), many);
}

void TestDoor::noEventAsksTheDatabaseForRules()
{
    QCOMPARE(send(1).status, 200);
    const std::uint64_t generation = (*m_world)->store().generation();
    for (int i = 2; i < 20; ++i)
        QCOMPARE(send(i).status, 200);
    // Rules are read again when this rises; ingest does not raise it.
    QCOMPARE((*m_world)->store().generation(), generation);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDoor)
#include "tst_door.moc"
