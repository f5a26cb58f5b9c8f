// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Bodies that are made while they are sent: in chunks, of a known size, cut short, and at the server's end.

#include <QTest>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/collector/http/server.h"
#include "tests/support/main.h"
#include "tests/support/rawhttp.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;

namespace {

/// What a test and the stream that the server holds share.
struct Source
{
    std::mutex mutex;
    std::string waiting;
    std::function<void()> wake;
    BodyStream::State rest = BodyStream::State::Later; ///< what comes when nothing waits
    std::optional<std::uint64_t> size;
    std::atomic<int> reads = 0;
    std::atomic<bool> gone = false;

    void say(std::string_view text)
    {
        std::function<void()> call;
        {
            const std::lock_guard lock(mutex);
            waiting += text;
            call = wake;
        }
        if (call)
            call();
    }

    void end(BodyStream::State state)
    {
        {
            const std::lock_guard lock(mutex);
            rest = state;
        }
        say({});
    }
};

class SourceStream final : public BodyStream
{
public:
    explicit SourceStream(std::shared_ptr<Source> source)
        : m_source(std::move(source))
    {}
    ~SourceStream() override { m_source->gone = true; }

    std::optional<std::uint64_t> size() const override { return m_source->size; }
    void start(std::function<void()> wake) override
    {
        const std::lock_guard lock(m_source->mutex);
        m_source->wake = std::move(wake);
    }
    Piece read(char* to, std::size_t room) override
    {
        const std::lock_guard lock(m_source->mutex);
        ++m_source->reads;
        if (m_source->waiting.empty())
            return {m_source->rest, 0};
        const std::size_t count = std::min(room, m_source->waiting.size());
        std::memcpy(to, m_source->waiting.data(), count);
        m_source->waiting.erase(0, count);
        return {State::Data, count};
    }

private:
    std::shared_ptr<Source> m_source;
};

class Streams final : public RequestHandler
{
public:
    std::optional<Response> refuse(const Request&) override { return std::nullopt; }
    void handle(Request, Completion done) override
    {
        Response response;
        response.header("Content-Type", "text/event-stream");
        response.stream = std::make_shared<SourceStream>(source);
        done(std::move(response));
    }

    std::shared_ptr<Source> source = std::make_shared<Source>();
};

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

} // namespace

class TestStream final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void tellsWhatComesWhileItListens();
    void restsBetween();
    void sendsAKnownSize();
    void cutsWhatBreaks();
    void forgetsClientsThatLeave();
    void endsWithTheServer();
    void survivesWakesOfEveryTiming();

private:
    std::unique_ptr<Streams> m_streams;
    std::unique_ptr<HttpServer> m_server;
};

void TestStream::init()
{
    m_streams = std::make_unique<Streams>();
    auto server = HttpServer::start({}, *m_streams);
    QVERIFY(server.has_value());
    m_server = std::move(*server);
}

void TestStream::cleanup()
{
    m_server.reset();
    m_streams.reset();
}

void TestStream::tellsWhatComesWhileItListens()
{
    const std::shared_ptr<Source> kept = m_streams->source;
    Source& source = *kept;
    RawConnection listener(m_server->port());
    QVERIFY(listener.send(get));
    source.say("one");
    QCOMPARE(listener.until("one"), true);
    source.say("two");
    QCOMPARE(listener.until("two"), true);
    // A second client is served meanwhile by the same thread.
    m_streams->source = std::make_shared<Source>();
    m_streams->source->end(BodyStream::State::End);
    QCOMPARE(request(m_server->port(), get).status, 200);
    source.end(BodyStream::State::End);
    QCOMPARE(listener.until("\r\n0\r\n\r\n"), true);
    QTRY_VERIFY(source.gone.load());
}

void TestStream::restsBetween()
{
    Source& source = *m_streams->source;
    RawConnection listener(m_server->port());
    QVERIFY(listener.send(get));
    source.say("first");
    QVERIFY(listener.until("first"));
    const int before = source.reads;
    // Others keep the server's thread turning: who waits must not be asked each time.
    const auto kept = std::exchange(m_streams->source, std::make_shared<Source>());
    m_streams->source->end(BodyStream::State::End);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(request(m_server->port(), get).status, 200);
    QVERIFY2(kept->reads - before <= 2, qPrintable(QString::number(kept->reads - before)));
    kept->say("last");
    QVERIFY(listener.until("last"));
}

void TestStream::sendsAKnownSize()
{
    const std::string whole(300'000, 'v');
    m_streams->source->size = whole.size();
    m_streams->source->rest = BodyStream::State::End;
    m_streams->source->say(whole);
    const RawAnswer answer = request(m_server->port(), get);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.at("content-length"), std::to_string(whole.size()));
    QVERIFY(answer.body == whole);
}

void TestStream::cutsWhatBreaks()
{
    m_streams->source->size = 100;
    m_streams->source->rest = BodyStream::State::Broken;
    m_streams->source->say("half");
    RawConnection listener(m_server->port());
    QVERIFY(listener.send(get));
    QVERIFY(listener.until("half"));
    QVERIFY(listener.isClosedWithin(10'000));
}

void TestStream::forgetsClientsThatLeave()
{
    {
        RawConnection listener(m_server->port());
        QVERIFY(listener.send(get));
        m_streams->source->say("hello");
        QVERIFY(listener.until("hello"));
    }
    // Nobody notices before something is to be sent.
    QTRY_VERIFY_WITH_TIMEOUT((m_streams->source->say("?"), m_streams->source->gone.load()), 10'000);
    m_streams->source->say("nobody listens");
}

void TestStream::endsWithTheServer()
{
    RawConnection listener(m_server->port());
    QVERIFY(listener.send(get));
    m_streams->source->say("hello");
    QVERIFY(listener.until("hello\r\n"));
    m_server.reset();
    QVERIFY(m_streams->source->gone.load());
    QVERIFY(listener.isClosedWithin(10'000));
    m_streams->source->say("after the end");
}

void TestStream::survivesWakesOfEveryTiming()
{
    const auto source = m_streams->source;
    RawConnection listener(m_server->port());
    QVERIFY(listener.send(get));
    constexpr int words = 2'000;
    std::thread speaker([&source] {
        for (int i = 0; i < words; ++i)
            source->say("w" + std::to_string(i) + ";");
        source->say("fin");
    });
    const bool all = listener.until("fin");
    speaker.join();
    QVERIFY(all);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestStream)
#include "tst_stream.moc"
