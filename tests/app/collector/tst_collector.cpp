// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The collector as a whole, over its socket: what it takes, what it refuses and how it says so, its folder,
// its end.

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

#include <SQLiteCpp/Database.h>

#include <zlib.h>

#include "app/collector/storage/database.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

namespace {

const std::string eventId = "9ec79c33ec9942ab8353589fcb2e04dc";

std::string gzipped(const std::string& plain)
{
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib");
    std::string out(deflateBound(&stream, plain.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("zlib");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// A web API that does not answer until it is let go.
class HeldApi final : public ApiHandler
{
public:
    Response handle(const Request& request) override
    {
        std::unique_lock lock(m_mutex);
        m_begun = true;
        m_wake.notify_all();
        m_wake.wait(lock, [this] { return m_go; });
        if (request.path == "/api/0/throws/")
            throw std::runtime_error("on purpose");
        return Response::json(200, '"' + request.segments.back() + '"');
    }
    void waitUntilBegun()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_begun; });
    }
    void letGo()
    {
        const std::lock_guard lock(m_mutex);
        m_go = true;
        m_wake.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_begun = false;
    bool m_go = false;
};

} // namespace

class TestCollector final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void takesAnEvent();
    void answers_data();
    void answers();
    void refusalsAreCountedAndStoreNothing();
    void takesPathsWithoutSlash();
    void answersPreflights();
    void refusesOtherMethodsAndPaths();
    void takesARepeatOnce();
    void countsWhatItDoesNotKeep();
    void keepsTheEventBeforeACutAttachment();
    void refusesLargeEvents();
    void stopsBombs();
    void newAndRevokedKeysCountAtOnce();
    void aFullDiskIsSaid();
    void restartKeepsEverything();
    void aSlowQueryDoesNotBlockIngest();
    void whatTheApiThrowsIsA500();
    void manySenders();

private:
    std::string target() const { return "/api/1/envelope/?sentry_key=" + m_world->key(); }

    std::unique_ptr<CollectorWorld> m_world;
};

void TestCollector::init()
{
    m_world = std::make_unique<CollectorWorld>();
}

void TestCollector::cleanup()
{
    FaultVfs::disarm();
    m_world.reset();
}

void TestCollector::takesAnEvent()
{
    const RawAnswer answer = request(m_world->port(), post(target(), eventEnvelope(eventId)));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "{\"id\":\"" + eventId + "\"}");
    QCOMPARE(answer.headers.at("access-control-allow-origin"), std::string("*"));
    QCOMPARE(m_world->text("SELECT lower(hex(event_id)) FROM events"), eventId);
    QCOMPARE(m_world->text("SELECT title FROM issues"), std::string("hello"));
    QCOMPARE(m_world->number("SELECT count FROM issues"), 1);
    const auto project = (*m_world)->firstProject();
    QCOMPARE((*m_world)->dsn(*project),
        "http://" + m_world->key() + "@127.0.0.1:" + std::to_string(m_world->port()) + "/1");
    QCOMPARE((*m_world)->dsn(project->slug), (*m_world)->dsn(*project));
}

void TestCollector::answers_data()
{
    QTest::addColumn<QByteArray>("target"); // KEY stands for the key
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says"); // part of the answer's body

    const QByteArray envelope = "/api/1/envelope/";
    const QByteArray good = envelope + "?sentry_key=KEY";
    const QByteArray event = QByteArray::fromStdString(eventEnvelope(eventId));
    const QByteArray id = "{\"id\":\"" + QByteArray::fromStdString(eventId) + "\"}";
    const QByteArray sentry = "X-Sentry-Auth: Sentry sentry_key=KEY, sentry_version=7\r\n";
    const QByteArray zeros(32, '0');
    QTest::newRow("header") << envelope << sentry << event << 200 << id;
    QTest::newRow("authorization") << envelope << QByteArray("Authorization: Sentry sentry_key=KEY\r\n")
                                   << event << 200 << id;
    QTest::newRow("query") << good << QByteArray() << event << 200 << id;
    QTest::newRow("dsn") << envelope << QByteArray() << "{\"dsn\":\"http://KEY@h/1\"," + event.mid(1) << 200
                         << id;
    QTest::newRow("tunnel") << QByteArray("/tunnel") << QByteArray()
                            << "{\"dsn\":\"http://KEY@h/1\"," + event.mid(1) << 200 << id;
    QTest::newRow("tunnel, key in the query alone")
        << QByteArray("/tunnel?sentry_key=KEY") << QByteArray() << event << 403 << QByteArray("detail");
    QTest::newRow("store") << QByteArray("/api/1/store/") << sentry
                           << "{\"event_id\":\"" + event.mid(13, 32) + "\"}" << 200 << id;
    QTest::newRow("store, id with dashes")
        << QByteArray("/api/1/store/") << sentry
        << QByteArray("{\"event_id\":\"9ec79c33-ec99-42ab-8353-589fcb2e04dc\"}") << 200 << id;
    QTest::newRow("store, no JSON") << QByteArray("/api/1/store/") << sentry << QByteArray("hello!") << 400
                                    << QByteArray("neither JSON nor base64");
    QTest::newRow("store, empty") << QByteArray("/api/1/store/") << sentry << QByteArray() << 400
                                  << QByteArray("empty body");
    QTest::newRow("store, list") << QByteArray("/api/1/store/") << sentry << QByteArray("[1]") << 400
                                 << QByteArray("detail");
    QTest::newRow("missing key") << envelope << QByteArray() << event << 401
                                 << QByteArray("{\"detail\":\"missing authorization information\"}");
    QTest::newRow("wrong key") << envelope + "?sentry_key=" + zeros << QByteArray() << event << 403
                               << QByteArray("unknown or inactive key");
    QTest::newRow("other project") << QByteArray("/api/2/envelope/?sentry_key=KEY") << QByteArray() << event
                                   << 403 << QByteArray("does not belong to this project");
    QTest::newRow("project is no number") << QByteArray("/api/x/envelope/?sentry_key=KEY") << QByteArray()
                                          << event << 403 << QByteArray("does not belong to this project");
    QTest::newRow("keys disagree") << envelope + "?sentry_key=" + zeros << sentry << event << 400
                                   << QByteArray("do not agree");
    QTest::newRow("malformed header") << envelope << QByteArray("X-Sentry-Auth: Sentry\r\n") << event << 400
                                      << QByteArray("malformed authorization");
    QTest::newRow("empty body") << good << QByteArray() << QByteArray() << 400 << QByteArray("empty body");
    QTest::newRow("no envelope") << good << QByteArray() << QByteArray("hello") << 400
                                 << QByteArray("envelope header");
    QTest::newRow("event no JSON") << good << QByteArray() << QByteArray("{}\n{\"type\":\"event\"}\n{oops\n")
                                   << 400 << QByteArray("not valid JSON");
    QTest::newRow("event no object") << good << QByteArray() << QByteArray("{}\n{\"type\":\"event\"}\n[]\n")
                                     << 400 << QByteArray("not a JSON object");
    QTest::newRow("no items") << good << QByteArray() << QByteArray("{}\n") << 200 << QByteArray("{}");
    QTest::newRow("no items, an id") << good << QByteArray() << event.left(event.indexOf('\n') + 1) << 200
                                     << id;
    QTest::newRow("session") << good << QByteArray() << QByteArray("{}\n{\"type\":\"session\"}\n{}\n") << 200
                             << QByteArray("{}");
    QTest::newRow("unknown encoding") << good << QByteArray("Content-Encoding: x-new\r\n") << event << 415
                                      << QByteArray("unknown content encoding");
    QTest::newRow("no gzip") << good << QByteArray("Content-Encoding: gzip\r\n") << event << 400
                             << QByteArray("damaged gzip body");
    QTest::newRow("empty encoding") << good << QByteArray("Content-Encoding:\r\n") << event << 200 << id;
    QTest::newRow("form type") << good << QByteArray("Content-Type: application/x-www-form-urlencoded\r\n")
                               << event << 200 << id;
}

void TestCollector::answers()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QByteArray, says);
    const QByteArray key = QByteArray::fromStdString(m_world->key());
    target.replace("KEY", key);
    headers.replace("KEY", key);
    body.replace("KEY", key);
    const RawAnswer answer =
        request(m_world->port(), post(target.toStdString(), body.toStdString(), headers.toStdString()));
    QCOMPARE(answer.status, status);
    QVERIFY2(QByteArray::fromStdString(answer.body).contains(says), answer.body.c_str());
    QCOMPARE(answer.headers.count("x-sentry-error") > 0, status != 200);
    const bool isEvent = status == 200 && (target.contains("store") || body.contains("{\"type\":\"event\"}"));
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), isEvent ? 1 : 0);
}

void TestCollector::refusalsAreCountedAndStoreNothing()
{
    QCOMPARE(request(m_world->port(), post("/api/1/envelope/", eventEnvelope(eventId))).status, 401);
    QCOMPARE(request(m_world->port(), post(target(), "hello")).status, 400);
    QCOMPARE(request(m_world->port(), post(target(), "hello")).status, 400);
    QCOMPARE(m_world->text("SELECT group_concat(reason || ' ' || quantity) FROM "
                           "(SELECT * FROM outcomes WHERE outcome = 'refused' ORDER BY reason)"),
        std::string("malformed 2,no_key 1"));
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 0);
}

void TestCollector::takesPathsWithoutSlash()
{
    QCOMPARE(
        request(m_world->port(), post("/api/1/envelope?sentry_key=" + m_world->key(), eventEnvelope(eventId)))
            .status,
        200);
    QCOMPARE(request(m_world->port(), post("/api/1/store?sentry_key=" + m_world->key(), "{}")).status, 200);
    QCOMPARE(request(m_world->port(), post("/tunnel/", "{}\n")).status, 401);
}

void TestCollector::answersPreflights()
{
    for (const char* path : {"/api/1/envelope/", "/api/1/store/", "/tunnel"}) {
        const RawAnswer answer =
            request(m_world->port(), std::string("OPTIONS ") + path +
                                         " HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                                         "https://example.org\r\nAccess-Control-Request-Method: POST\r\n"
                                         "Access-Control-Request-Private-Network: true\r\n\r\n");
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.headers.at("access-control-allow-origin"), std::string("*"));
        QVERIFY(answer.headers.at("access-control-allow-headers").find("x-sentry-auth") != std::string::npos);
        QVERIFY(answer.headers.at("access-control-allow-methods").find("POST") != std::string::npos);
        QCOMPARE(answer.headers.at("access-control-allow-private-network"), std::string("true"));
    }
    // Reading is for those with a token, not for web pages.
    const RawAnswer api = request(m_world->port(),
        "OPTIONS /api/0/ HTTP/1.1\r\nHost: localhost\r\nOrigin: https://example.org\r\n\r\n");
    QVERIFY(!api.headers.count("access-control-allow-origin"));
}

void TestCollector::refusesOtherMethodsAndPaths()
{
    const RawAnswer get =
        request(m_world->port(), "GET /api/1/envelope/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(get.status, 405);
    QCOMPARE(get.headers.at("allow"), std::string("POST, OPTIONS"));
    QCOMPARE(
        request(m_world->port(), "HEAD /api/1/envelope/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 405);
    for (const char* path :
        {"/", "/api/", "/api/1/", "/api/1/nothing/", "/api/1/envelope/more/", "/nothing", "/%00"}) {
        const RawAnswer answer =
            request(m_world->port(), std::string("GET ") + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, std::string("{\"detail\":\"The requested resource does not exist\"}"));
    }
}

void TestCollector::takesARepeatOnce()
{
    for (int i = 0; i < 3; ++i) {
        const RawAnswer answer = request(m_world->port(), post(target(), eventEnvelope(eventId)));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "{\"id\":\"" + eventId + "\"}");
    }
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
    QCOMPARE(m_world->number("SELECT count FROM issues"), 1);
}

void TestCollector::countsWhatItDoesNotKeep()
{
    const std::string body =
        eventEnvelope(eventId) +
        "{\"type\":\"attachment\",\"length\":3}\nabc\n{\"type\":\"attachment\",\"length\":0}\n\n"
        "{\"type\":\"user_report\"}\n{}\n{\"type\":\"brand_new\"}\n{}\n";
    QCOMPARE(request(m_world->port(), post(target(), body)).status, 200);
    QCOMPARE(m_world->text("SELECT group_concat(category || ' ' || outcome || ' ' || quantity) FROM "
                           "(SELECT * FROM outcomes ORDER BY category)"),
        std::string("attachment accepted 2,default dropped 1,error accepted 1,feedback refused 1"));
}

void TestCollector::keepsTheEventBeforeACutAttachment()
{
    const RawAnswer answer = request(m_world->port(),
        post(target(), eventEnvelope(eventId) + "{\"type\":\"attachment\",\"length\":1000}\nonly this"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
    QCOMPARE(m_world->text("SELECT category || ' ' || reason FROM outcomes WHERE outcome = 'refused'"),
        std::string("attachment truncated"));
}

void TestCollector::refusesLargeEvents()
{
    const std::string fits(1'048'576 - 14, 'x');
    QCOMPARE(request(m_world->port(), post(target(), eventEnvelope(eventId, fits))).status, 200);
    const RawAnswer answer =
        request(m_world->port(), post(target(), eventEnvelope(std::string(32, 'a'), fits + 'x')));
    QCOMPARE(answer.status, 413);
    QVERIFY(answer.body.find("1048576") != std::string::npos);
    QCOMPARE(request(m_world->port(),
                 post("/api/1/store/?sentry_key=" + m_world->key(), "{\"message\":\"" + fits + "x\"}"))
                 .status,
        413);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
    QCOMPARE(m_world->text("SELECT reason || quantity FROM outcomes WHERE outcome = 'refused'"),
        std::string("too_large2"));
}

void TestCollector::stopsBombs()
{
    // 110 MB of newlines behind a header, in 110 kB.
    const std::string bomb = gzipped("{}\n" + std::string(110'000'000, '\n'));
    QVERIFY(bomb.size() < 200'000);
    QCOMPARE(request(m_world->port(), post(target(), bomb, "Content-Encoding: gzip\r\n")).status, 413);
    QCOMPARE(request(m_world->port(), post(target(), eventEnvelope(eventId))).status, 200);
}

void TestCollector::newAndRevokedKeysCountAtOnce()
{
    const auto made = (*m_world)->addProject({"", "Second"});
    QVERIFY(made.has_value());
    const std::string second = "/api/" + std::to_string(made->project) + "/envelope/?sentry_key=" + made->key;
    QCOMPARE(request(m_world->port(), post(second, eventEnvelope(eventId))).status, 200);
    QVERIFY((*m_world)->store().write(
        [](SQLite::Database& db) { db.exec("UPDATE project_keys SET active = 0"); }));
    QCOMPARE(request(m_world->port(), post(second, eventEnvelope(eventId))).status, 403);
    QCOMPARE((*m_world)->dsn("second"), std::string());
}

void TestCollector::aFullDiskIsSaid()
{
    m_world->options.vfs = FaultVfs::name();
    m_world->start();
    FaultVfs::failWrites(true);
    const RawAnswer refused = request(m_world->port(), post(target(), eventEnvelope(eventId)));
    QCOMPARE(refused.status, 503);
    QVERIFY2(refused.body.find("full") != std::string::npos, refused.body.c_str());
    QVERIFY(refused.headers.count("retry-after"));
    FaultVfs::failWrites(false);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 0);
    QCOMPARE(request(m_world->port(), post(target(), eventEnvelope(eventId))).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
}

void TestCollector::restartKeepsEverything()
{
    QCOMPARE(request(m_world->port(), post(target(), eventEnvelope(eventId))).status, 200);
    const std::string token = (*m_world)->token();
    const std::string key = m_world->key();
    m_world->start();
    QCOMPARE((*m_world)->token(), token);
    QCOMPARE(m_world->key(), key);
    QCOMPARE(m_world->number("SELECT count FROM issues"), 1);
    QCOMPARE(request(m_world->port(), post(target(), eventEnvelope(eventId))).status, 200);
    QCOMPARE(m_world->number("SELECT count(*) FROM events"), 1);
}

void TestCollector::aSlowQueryDoesNotBlockIngest()
{
    HeldApi* api = nullptr;
    m_world->options.makeApi = [&api](const ApiContext&) {
        auto made = std::make_unique<HeldApi>();
        api = made.get();
        return made;
    };
    m_world->start();
    RawConnection slow(m_world->port());
    QVERIFY(slow.send("GET /api/0/slow/ HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    api->waitUntilBegun();
    QCOMPARE(request(m_world->port(), post(target(), eventEnvelope(eventId))).status, 200);
    api->letGo();
    const RawAnswer answer = slow.answer();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("\"slow\""));
}

void TestCollector::whatTheApiThrowsIsA500()
{
    m_world->options.makeApi = [](const ApiContext&) {
        auto made = std::make_unique<HeldApi>();
        made->letGo();
        return made;
    };
    m_world->start();
    const RawAnswer answer =
        request(m_world->port(), "GET /api/0/throws/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, std::string("{\"detail\":\"Internal Error\"}"));
}

void TestCollector::manySenders()
{
    std::vector<std::thread> senders;
    std::atomic<int> accepted = 0;
    for (int t = 0; t < 8; ++t) {
        senders.emplace_back([&, t] {
            RawConnection connection(m_world->port());
            for (int i = 0; i < 40; ++i) {
                std::string id = std::to_string(t * 1'000 + i + 1);
                id.insert(0, 32 - id.size(), '0');
                if (!connection.send(post(target(),
                        eventEnvelope(id, "message " + std::string(1, static_cast<char>('a' + i % 5))))))
                    return;
                accepted += connection.answer().status == 200 ? 1 : 0;
            }
        });
    }
    // Read meanwhile, as a desktop does.
    for (int i = 0; i < 10; ++i)
        QVERIFY(m_world->number("SELECT coalesce(sum(count), 0) FROM issues") <= 320);
    for (std::thread& sender : senders)
        sender.join();
    QCOMPARE(accepted.load(), 320);
    QCOMPARE(m_world->number("SELECT sum(count) FROM issues"), 320);
    QCOMPARE(m_world->number("SELECT count(*) FROM issues"), 5);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCollector)
#include "tst_collector.moc"
