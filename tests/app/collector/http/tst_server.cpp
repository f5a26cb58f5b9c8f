// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The HTTP server against real sockets that do what clients should not.

#include <QDir>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/collector/http/server.h"
#include "models/core/lane.h"
#include "tests/support/main.h"
#include "tests/support/rawhttp.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Answers from another thread with what it was asked: `METHOD path bytes`.
class Echo final : public RequestHandler
{
public:
    std::optional<Response> refuse(const Request& head) override
    {
        if (head.path == "/refused")
            return Response::detail(405, "no");
        return std::nullopt;
    }

    void handle(Request request, Completion done) override
    {
        if (request.path == "/dropped")
            return; // `done` goes unanswered
        if (request.path == "/held") {
            const std::lock_guard lock(m_mutex);
            m_held.push_back(std::move(done));
            m_wake.notify_all();
            return;
        }
        m_lane.post([request = std::move(request), done = std::move(done)]() mutable {
            std::string text = request.method + ' ' + request.path + ' ';
            text += request.body.size() > 200 ? std::to_string(request.body.size())
                                              : std::string(request.body.bytes());
            for (const auto& [name, value] : request.query)
                text += " [" + name + '=' + value + ']';
            if (request.header("content-encoding"))
                text += " encoding=\"" + std::string(*request.header("content-encoding")) + '"';
            if (request.body.isSpooled())
                text += " spooled";
            text += " from " + request.remote;
            done(Response::json(200, text));
        });
    }

    void waitForHeld(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [&] { return m_held.size() >= count; });
    }

    void answerHeld()
    {
        const std::lock_guard lock(m_mutex);
        for (Completion& done : m_held)
            done(Response::json(200, "\"held\""));
        m_held.clear();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Completion> m_held;
    core::Lane m_lane{"echo"};
};

HttpLimits smallLimits()
{
    HttpLimits limits;
    limits.plainBytes = 100'000;
    limits.compressedBytes = 20'000;
    limits.spoolAfterBytes = 10'000;
    limits.memoryBytes = 64'000;
    return limits;
}

} // namespace

class TestServer final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void answers();
    void keepsAlive();
    void takesPipelines();
    void takesDrippedRequests();
    void takesChunks();
    void saysContinue();
    void refusesBeforeContinue();
    void passesAnEmptyEncodingOn();
    void answersHead();
    void readsQueries();
    void refusesWithoutReading();
    void refusesForeignHosts_data();
    void refusesForeignHosts();
    void refusesSmuggling_data();
    void refusesSmuggling();
    void refusesLargeBodies();
    void refusesEndlessChunks();
    void spoolsLargeBodies();
    void boundsBodiesInMemory();
    void closesIdleConnections();
    void carriesAThousandIdleConnections();
    void survivesClientsThatLeave();
    void answersADroppedRequest();
    void waitsForAnswersAtTheEnd();
    void refusesOtherAddresses();
    void saysThatAPortIsTaken();
    void listensOnIpv6();

private:
    void start(const HttpLimits& limits);
    std::uint16_t port() const { return m_server->port(); }

    std::unique_ptr<Echo> m_echo;
    std::unique_ptr<HttpServer> m_server;
};

void TestServer::start(const HttpLimits& limits)
{
    m_server.reset();
    HttpServer::Options options;
    options.limits = limits;
    options.spoolDir = QDir::tempPath().toStdString();
    auto server = HttpServer::start(options, *m_echo);
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().detail));
    m_server = std::move(*server);
}

void TestServer::init()
{
    m_echo = std::make_unique<Echo>();
    start(smallLimits());
}

void TestServer::cleanup()
{
    m_server.reset();
    m_echo.reset();
}

void TestServer::answers()
{
    const RawAnswer answer = request(port(), post("/a/b", "hello"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("POST /a/b hello from 127.0.0.1"));
    QCOMPARE(answer.headers.at("content-type"), std::string("application/json"));
    QCOMPARE(m_server->url(), "http://127.0.0.1:" + std::to_string(port()));
}

void TestServer::keepsAlive()
{
    RawConnection connection(port());
    for (int i = 0; i < 50; ++i) {
        QVERIFY(connection.send(post("/", std::to_string(i))));
        QCOMPARE(connection.answer().body, "POST / " + std::to_string(i) + " from 127.0.0.1");
    }
}

void TestServer::takesPipelines()
{
    RawConnection connection(port());
    std::string all;
    for (int i = 0; i < 20; ++i)
        all += post("/", std::to_string(i));
    QVERIFY(connection.send(all));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(connection.answer().body, "POST / " + std::to_string(i) + " from 127.0.0.1");
}

void TestServer::takesDrippedRequests()
{
    // Byte by byte, while others are served in between.
    RawConnection slow(port());
    for (const char c : post("/slow", "drip")) {
        QVERIFY(slow.send(std::string_view(&c, 1)));
        if (c == ':')
            QCOMPARE(request(port(), post("/quick", "")).status, 200);
    }
    QCOMPARE(slow.answer().body, std::string("POST /slow drip from 127.0.0.1"));
}

void TestServer::takesChunks()
{
    const RawAnswer answer =
        request(port(), "POST /c HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n1;name=value\r\n \r\n5\r\nworld\r\n0\r\nTrailer: x\r\n\r\n");
    QCOMPARE(answer.body, std::string("POST /c hello world from 127.0.0.1"));
}

void TestServer::saysContinue()
{
    RawConnection connection(port());
    QVERIFY(connection.send(
        "POST /e HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
    std::thread later([&] { (void)connection.send("hello"); });
    const RawAnswer answer = connection.answer();
    later.join();
    QCOMPARE(answer.body, std::string("POST /e hello from 127.0.0.1"));
}

void TestServer::refusesBeforeContinue()
{
    // Who asks first is told before the body is sent.
    const RawAnswer answer = request(port(),
        "POST /e HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(answer.status, 413);
    QVERIFY(!answer.headers.count("x-continued"));
}

void TestServer::passesAnEmptyEncodingOn()
{
    const RawAnswer answer = request(port(), post("/", "hello", "Content-Encoding: \r\n"));
    QCOMPARE(answer.body, std::string("POST / hello encoding=\"\" from 127.0.0.1"));
    // An empty one is none: the plain limit holds.
    const std::string large(50'000, 'x');
    QCOMPARE(request(port(), post("/", large, "Content-Encoding: \r\n")).status, 200);
    QCOMPARE(request(port(), post("/", large, "Content-Encoding: gzip\r\n")).status, 413);
}

void TestServer::answersHead()
{
    RawConnection connection(port());
    QVERIFY(connection.send("HEAD /h HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    const RawAnswer answer = connection.answer(true);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.empty());
    QVERIFY(connection.send("GET /g HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QCOMPARE(connection.answer().body, std::string("GET /g  from 127.0.0.1"));
}

void TestServer::readsQueries()
{
    const RawAnswer answer = request(port(),
        "GET /x%2Fy?a=1&a=2&b=x+y%26z&c&=d&query=is%3Aunresolved HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(answer.body,
        std::string("GET /x%2Fy  [a=1] [a=2] [b=x y&z] [c=] [=d] [query=is:unresolved] from 127.0.0.1"));
}

void TestServer::refusesWithoutReading()
{
    RawConnection connection(port());
    QVERIFY(connection.send(post("/refused", std::string(50'000, 'x'))));
    QCOMPARE(connection.answer().status, 405);
    // The body was read away: the connection goes on.
    QVERIFY(connection.send(post("/", "next")));
    QCOMPARE(connection.answer().status, 200);
}

void TestServer::refusesForeignHosts_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::newRow("foreign") << QByteArray("Host: example.org\r\n") << 403;
    QTest::newRow("rebinding name") << QByteArray("Host: 127.0.0.1.example.org:8969\r\n") << 403;
    QTest::newRow("empty") << QByteArray("Host:\r\n") << 403;
    QTest::newRow("missing") << QByteArray() << 400;
    QTest::newRow("local name") << QByteArray("Host: app.localhost:1234\r\n") << 200;
    QTest::newRow("address") << QByteArray("Host: 127.0.0.1\r\n") << 200;
}

void TestServer::refusesForeignHosts()
{
    QFETCH(const QByteArray, head);
    QFETCH(const int, status);
    RawConnection connection(port());
    QVERIFY(connection.send("GET / HTTP/1.1\r\n" + head.toStdString() + "\r\n"));
    QCOMPARE(connection.answer().status, status);
    // A missing one libmicrohttpd answers by itself, and leaves the connection open.
    if (status == 403)
        QVERIFY(connection.isClosedWithin(5'000));
}

void TestServer::refusesSmuggling_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("length and chunks") << QByteArray("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("chunks and length") << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n");
    QTest::newRow("two lengths") << QByteArray("Content-Length: 6\r\nContent-Length: 5\r\n");
    QTest::newRow("two equal lengths") << QByteArray("Content-Length: 6\r\nContent-Length: 6\r\n");
    QTest::newRow("two hosts") << QByteArray("Host: localhost\r\n");
    QTest::newRow("space before colon") << QByteArray("Content-Length : 6\r\n");
    QTest::newRow("space in name") << QByteArray("Content Length: 6\r\n");
    QTest::newRow("odd coding") << QByteArray("Transfer-Encoding: xchunked\r\n");
    QTest::newRow("two codings") << QByteArray("Transfer-Encoding: gzip, chunked\r\n");
    QTest::newRow("two coding lines")
        << QByteArray("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n");
    QTest::newRow("length with sign") << QByteArray("Content-Length: +6\r\n");
    QTest::newRow("length no number") << QByteArray("Content-Length: six\r\n");
}

void TestServer::refusesSmuggling()
{
    QFETCH(const QByteArray, head);
    RawConnection connection(port());
    QVERIFY(connection.send("POST / HTTP/1.1\r\nHost: localhost\r\n" + head.toStdString() +
                            "\r\n0\r\n\r\nGET /smuggled "
                            "HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    const RawAnswer answer = connection.answer();
    QVERIFY2(answer.status == 400 || answer.status == 0, qPrintable(QString::number(answer.status)));
    // Whatever follows on that connection is not read as a request.
    QCOMPARE(connection.answer().status, 0);
}

void TestServer::refusesLargeBodies()
{
    QCOMPARE(request(port(), post("/", std::string(100'000, 'x'))).status, 200);
    const RawAnswer answer = request(port(), post("/", std::string(100'001, 'x')));
    QCOMPARE(answer.status, 413);
    QCOMPARE(answer.body, std::string("{\"detail\":\"the body is larger than this collector takes\"}"));
    QVERIFY(answer.headers.count("x-sentry-error"));
    QCOMPARE(request(port(), post("/", std::string(20'001, 'x'), "Content-Encoding: br\r\n")).status, 413);
    QCOMPARE(
        request(port(), "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n")
                .status /
            100,
        4);
}

void TestServer::refusesEndlessChunks()
{
    RawConnection connection(port());
    QVERIFY(connection.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"));
    std::string chunk = "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
    for (int i = 0; i < 30; ++i) // 120 kB
        QVERIFY(connection.send(chunk));
    QVERIFY(connection.send("0\r\n\r\n"));
    QCOMPARE(connection.answer().status, 413);
    // One who goes on and on is cut off in the end.
    RawConnection endless(port());
    QVERIFY(endless.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"));
    bool cut = false;
    for (int i = 0; i < 100'000 && !cut; ++i)
        cut = !endless.send(chunk);
    QVERIFY(cut);
}

void TestServer::spoolsLargeBodies()
{
    QCOMPARE(request(port(), post("/", std::string(10'001, 'x'))).body,
        std::string("POST / 10001 spooled from 127.0.0.1"));
    QCOMPARE(request(port(), post("/", std::string(10'000, 'x'))).body,
        std::string("POST / 10000 from 127.0.0.1"));
}

void TestServer::boundsBodiesInMemory()
{
    // Seven bodies of 9 kB stay in memory, the eighth goes past 64 kB in all.
    std::vector<std::unique_ptr<RawConnection>> open;
    for (int i = 0; i < 7; ++i) {
        open.push_back(std::make_unique<RawConnection>(port()));
        QVERIFY(open.back()->send("POST /held HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9001\r\n\r\n" +
                                  std::string(9'000, 'x')));
    }
    QTRY_COMPARE(m_server->bodies()->used(), std::size_t(63'000));
    const RawAnswer refused = request(port(), post("/", std::string(9'000, 'x')));
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.headers.count("retry-after"));
    for (const auto& connection : open)
        QVERIFY(connection->send("x"));
    m_echo->waitForHeld(7);
    m_echo->answerHeld();
    for (const auto& connection : open)
        QCOMPARE(connection->answer().status, 200);
    QTRY_COMPARE(m_server->bodies()->used(), std::size_t(0));
    QCOMPARE(request(port(), post("/", std::string(9'000, 'x'))).status, 200);
}

void TestServer::closesIdleConnections()
{
    HttpLimits limits = smallLimits();
    limits.idle = std::chrono::seconds(1);
    start(limits);
    RawConnection silent(port());
    RawConnection half(port());
    QVERIFY(half.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhel"));
    QVERIFY(silent.isClosedWithin(10'000));
    QVERIFY(half.isClosedWithin(10'000));
}

void TestServer::carriesAThousandIdleConnections()
{
    std::vector<std::unique_ptr<RawConnection>> idle;
    for (int i = 0; i < 1'000; ++i) {
        idle.push_back(std::make_unique<RawConnection>(port()));
        if (!idle.back()->isOpen())
            QSKIP("this system does not let one process open 1,000 connections");
        if (i % 2 == 0)
            QVERIFY(idle.back()->send("POST / HTTP/1.1\r\nHost: local"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_server->connections() >= 1'000 || m_server->connections() > 700, 10'000);
    QCOMPARE(request(port(), post("/", "still here")).status, 200);
    idle.clear();
    QTRY_VERIFY_WITH_TIMEOUT(m_server->connections() < 10, 10'000);
}

void TestServer::survivesClientsThatLeave()
{
    for (int i = 0; i < 50; ++i) {
        RawConnection leaving(port());
        QVERIFY(leaving.send(post(i % 2 == 0 ? "/held" : "/", "hello")));
    }
    m_echo->waitForHeld(25);
    m_echo->answerHeld();
    QCOMPARE(request(port(), post("/", "after them")).status, 200);
}

void TestServer::answersADroppedRequest()
{
    QCOMPARE(request(port(), post("/dropped", "hello")).status, 500);
}

void TestServer::waitsForAnswersAtTheEnd()
{
    RawConnection connection(port());
    QVERIFY(connection.send(post("/held", "hello")));
    m_echo->waitForHeld(1);
    std::atomic<bool> ended = false;
    std::thread ending([&] {
        m_server.reset();
        ended = true;
    });
    QVERIFY(!ended);
    m_echo->answerHeld();
    ending.join();
    QVERIFY(ended);
}

void TestServer::refusesOtherAddresses()
{
    for (const char* host : {"0.0.0.0", "192.168.1.1", "example.org", "::", ""}) {
        HttpServer::Options options;
        options.host = host;
        const auto server = HttpServer::start(options, *m_echo);
        QVERIFY(!server.has_value());
        QCOMPARE(server.error().kind, core::ErrorKind::Usage);
    }
}

void TestServer::saysThatAPortIsTaken()
{
    HttpServer::Options options;
    options.port = port();
    const auto server = HttpServer::start(options, *m_echo);
    QVERIFY(!server.has_value());
    QCOMPARE(server.error().kind, core::ErrorKind::Busy);
}

void TestServer::listensOnIpv6()
{
    HttpServer::Options options;
    options.host = "[::1]";
    const auto server = HttpServer::start(options, *m_echo);
    if (!server)
        QSKIP("no IPv6 loopback here");
    QCOMPARE((*server)->url(), "http://[::1]:" + std::to_string((*server)->port()));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestServer)
#include "tst_server.moc"
