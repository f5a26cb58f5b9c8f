// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Envelopes that are passed on to an upstream: what goes, how, and in which order.

#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/forward/gzipwriter.h"
#include "app/collector/storage/settings.h"
#include "tests/app/collector/forward/forwardworld.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace std::chrono_literals;

class TestForwarder final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<ForwardWorld>(); }
    void cleanup()
    {
        FaultVfs::disarm();
        m_world.reset();
    }

    void passesBytesOnUnchanged();
    void passesStoreBodiesOn();
    void replacesTheSendersDsn();
    void passesOnWhatIsNotKeptHere();
    void keepsWhatWasTurnedAway();
    void leavesOutACutItem();
    void sendsARepeatOnce();
    void sendsWhatWaitsAfterARestart();
    void sendsAgainWhatNoCommitKnowsOf();
    void aFullQueueIsSaid();
    void projectsDoNotWaitForEachOther();
    void withoutAnUpstreamNothingWaits();
    void doesNotSendToItself();
    void twoThatLeadToEachOtherAreNoCircle();

private:
    RawAnswer sendRaw(const std::string& body, const std::string& headers = {}) const
    {
        return request(m_world->world.port(),
            post("/api/1/envelope/?sentry_key=" + m_world->world.key(), body, headers));
    }
    std::unique_ptr<ForwardWorld> m_world;
};

void TestForwarder::passesBytesOnUnchanged()
{
    const std::string plain = "{ \"event_id\" : \"" + ForwardWorld::id(1) +
                              "\" }\n{\"type\":\"event\"}\n{\"message\":\"\xE2\x82\xAC\"}\n";
    GzipWriter writer;
    writer.add(plain);
    const std::string gzip = writer.take();
    const RawAnswer answer = request(
        m_world->world.port(), post("/api/1/envelope/", gzip,
                                   "Content-Encoding: gzip\r\nContent-Type: text/plain;charset=UTF-8\r\n"
                                   "User-Agent: My Browser/1\r\nX-Sentry-Auth: Sentry sentry_key=" +
                                       m_world->world.key() + ", sentry_client=sentry.test/9.8\r\n"));
    QCOMPARE(answer.status, 200);
    QTRY_COMPARE(m_world->upstream.requestsTo(ForwardWorld::path).size(), 1);
    const FaultServer::Request sent = m_world->upstream.requestsTo(ForwardWorld::path).first();
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.target, QByteArray(ForwardWorld::path));
    QCOMPARE(sent.body, QByteArray::fromStdString(gzip));
    QCOMPARE(sent.header("Content-Encoding"), QByteArray("gzip"));
    QCOMPARE(sent.header("Content-Type"), QByteArray("text/plain;charset=UTF-8"));
    QCOMPARE(sent.header("User-Agent"), QByteArray("My Browser/1"));
    QCOMPARE(sent.header("X-Sentry-Auth"),
        QByteArray("Sentry sentry_version=7, sentry_client=sentry.test/9.8, sentry_key=upkey"));
    QVERIFY(!sent.header("X-Vedette-Forwarded").isEmpty());
    QTRY_COMPARE(m_world->waiting(), 0);
    QCOMPARE(m_world->world.number("SELECT count(*) FROM forward_queue"), 0);
    QCOMPARE(m_world->world.number("SELECT sent FROM forward_state"), 1);
    QCOMPARE(m_world->world.number("SELECT waiting_bytes FROM forward_state"), 0);
}

void TestForwarder::passesStoreBodiesOn()
{
    m_world->upstream.script("/api/7/store/", FaultServer::json("{}"));
    const std::string body = "{\"event_id\":\"" + ForwardWorld::id(1) + "\", \"message\":\"x\"}";
    QCOMPARE(
        request(m_world->world.port(), post("/api/1/store/?sentry_key=" + m_world->world.key(), body)).status,
        200);
    QTRY_COMPARE(m_world->upstream.requestsTo("/api/7/store/").size(), 1);
    QCOMPARE(m_world->upstream.requests().first().body, QByteArray::fromStdString(body));
}

void TestForwarder::replacesTheSendersDsn()
{
    const std::string own = m_world->world->dsn("default");
    const std::string rest = "\n{\"type\":\"event\",\"length\":2}\n{}";
    const RawAnswer answer =
        request(m_world->world.port(), post("/tunnel", "{\"dsn\":\"" + own + "\"}" + rest));
    QCOMPARE(answer.status, 200);
    QTRY_COMPARE(m_world->upstream.requestsTo(ForwardWorld::path).size(), 1);
    QCOMPARE(m_world->upstream.requests().first().body,
        QByteArray::fromStdString("{\"dsn\":\"" + m_world->upstreamDsn() + "\"}" + rest));
}

void TestForwarder::passesOnWhatIsNotKeptHere()
{
    QCOMPARE(sendRaw("{}\n{\"type\":\"session\"}\n{}\n").status, 200);
    QTRY_COMPARE(m_world->upstream.requestsTo(ForwardWorld::path).size(), 1);
    // An envelope without items is nothing to pass on, nor is one that was refused.
    QCOMPARE(sendRaw("{}\n").status, 200);
    QCOMPARE(sendRaw("hello").status, 400);
    m_world->send(ForwardWorld::id(1));
    QTRY_COMPARE(m_world->attempts().size(), 2);
    QCOMPARE(m_world->attempts().last(), QByteArray::fromStdString(ForwardWorld::id(1)));
}

void TestForwarder::keepsWhatWasTurnedAway()
{
    const auto limit = [this](RateLimit rate, FilterSettings filters) {
        QVERIFY(m_world->world->store().write([&](SQLite::Database& db) {
            ProjectSettings settings = readProjectSettings(db, 1).value();
            settings.rate = rate;
            settings.filters = std::move(filters);
            writeProjectSettings(db, 1, settings);
        }));
    };
    const std::string session = "{\"type\":\"session\",\"x\":1}\n{\"sid\":\"7\"}";
    limit({1, 60}, {{}, {"unwanted"}, {}, false, false});
    m_world->send(ForwardWorld::id(1));
    // Over the rate, then filtered: alone, and with another item.
    QCOMPARE(sendRaw(eventEnvelope(ForwardWorld::id(2))).status, 429);
    QCOMPARE(sendRaw(eventEnvelope(ForwardWorld::id(3)) + session + "\n").status, 429);
    QCOMPARE(sendRaw(eventEnvelope(ForwardWorld::id(4), "unwanted")).status, 403);
    const std::string unwanted = "\n{\"type\":\"event\"}\n{\"message\":\"unwanted\"}";
    QCOMPARE(sendRaw("{\"a\":\"b\"}\n" + session + unwanted).status, 403);
    limit({}, {});
    m_world->send(ForwardWorld::id(5));
    QTRY_COMPARE(m_world->waiting(), 0);
    QByteArrayList bodies;
    for (const FaultServer::Request& sent : m_world->upstream.requestsTo(ForwardWorld::path))
        bodies << sent.body;
    QCOMPARE(bodies.size(), 4);
    QVERIFY(bodies[0].contains(QByteArray::fromStdString(ForwardWorld::id(1))));
    QCOMPARE(bodies[1], QByteArray::fromStdString("{\"event_id\":\"" + ForwardWorld::id(3) +
                                                  "\"}\n{\"type\":\"session\",\"x\":1}\n{\"sid\":\"7\"}\n"));
    QCOMPARE(bodies[2], QByteArray("{\"a\":\"b\"}\n{\"type\":\"session\",\"x\":1}\n{\"sid\":\"7\"}\n"));
    QVERIFY(bodies[3].contains(QByteArray::fromStdString(ForwardWorld::id(5))));
}

void TestForwarder::leavesOutACutItem()
{
    const std::string whole = eventEnvelope(ForwardWorld::id(1));
    QCOMPARE(sendRaw(whole + "{\"type\":\"attachment\",\"length\":1000}\nonly this").status, 200);
    QTRY_COMPARE(m_world->upstream.requestsTo(ForwardWorld::path).size(), 1);
    QCOMPARE(m_world->upstream.requests().first().body, QByteArray::fromStdString(whole));
}

void TestForwarder::sendsARepeatOnce()
{
    m_world->send(ForwardWorld::id(1));
    m_world->send(ForwardWorld::id(1));
    m_world->send(ForwardWorld::id(2));
    QTRY_COMPARE(m_world->arrived().size(), 2);
    QCOMPARE(m_world->attempts().size(), 2);
}

void TestForwarder::sendsWhatWaitsAfterARestart()
{
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}", 503));
    for (int i = 1; i <= 40; ++i)
        m_world->send(ForwardWorld::id(i));
    QTRY_VERIFY(!m_world->attempts().isEmpty());
    m_world->world.stop();
    QCOMPARE(m_world->arrived().size(), 1); // in order: nobody overtakes
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}"));
    m_world->world.start();
    m_world->world.clock.advance(1s); // the pace of before holds on
    QTRY_COMPARE(m_world->arrived().size(), 40);
    for (int i = 1; i <= 40; ++i)
        QCOMPARE(m_world->arrived().at(i - 1), QByteArray::fromStdString(ForwardWorld::id(i)));
    QTRY_COMPARE(m_world->waiting(), 0);
    QCOMPARE(m_world->world.number("SELECT sent FROM forward_state"), 40);
}

void TestForwarder::sendsAgainWhatNoCommitKnowsOf()
{
    m_world->world.options.vfs = FaultVfs::name();
    m_world->world.start();
    m_world->upstream.script(
        ForwardWorld::path, {FaultServer::fault(FaultServer::Reply::Fault::Hold), FaultServer::json("{}")});
    m_world->send(ForwardWorld::id(1));
    m_world->send(ForwardWorld::id(2));
    QTRY_COMPARE(m_world->upstream.held(), 1);
    // As if killed between the answers and the commits: upstream has both, the queue still holds them.
    FaultVfs::failWrites(true);
    m_world->upstream.release();
    QTRY_COMPARE(m_world->attempts().size(), 2);
    m_world->world.stop();
    FaultVfs::failWrites(false);
    m_world->world.start();
    QTRY_COMPARE(m_world->waiting(), 0);
    const QByteArrayList sent = m_world->attempts();
    QCOMPARE(sent.size(), 4);
    QCOMPARE(sent.mid(2), sent.first(2));
    QCOMPARE(m_world->arrived().size(), 2);
}

void TestForwarder::aFullQueueIsSaid()
{
    m_world->world.options.forwardLimits = {2, 1'000'000, 5'000};
    m_world->world.start();
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}", 503));
    for (int i = 1; i <= 4; ++i)
        m_world->send(ForwardWorld::id(i));
    QCOMPARE(m_world->world.number("SELECT count(*) FROM events"), 4);
    QCOMPARE(m_world->waiting(), 2);
    QCOMPARE(m_world->world.number("SELECT overflowed FROM forward_state"), 2);
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}"));
    QTRY_COMPARE_WITH_TIMEOUT((m_world->world.clock.advance(100ms), m_world->waiting()), 0, 10'000);
    // There is room again, but not for what is too large.
    QCOMPARE(sendRaw(eventEnvelope(ForwardWorld::id(5), std::string(6'000, 'x'))).status, 200);
    m_world->send(ForwardWorld::id(6));
    QTRY_COMPARE(m_world->arrived().size(), 3);
    QCOMPARE(m_world->arrived().last(), QByteArray::fromStdString(ForwardWorld::id(6)));
    QCOMPARE(m_world->world.number("SELECT overflowed FROM forward_state"), 3);
}

void TestForwarder::projectsDoNotWaitForEachOther()
{
    const auto second = m_world->world->addProject({"", "Second"});
    QVERIFY(second);
    m_world->upstream.script("/api/8/envelope/", FaultServer::json("{}"));
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}", 500));
    std::string dsn = m_world->upstreamDsn();
    dsn.back() = '8';
    m_world->setUpstream(dsn, second->project);
    m_world->send(ForwardWorld::id(1));
    const std::string target =
        "/api/" + std::to_string(second->project) + "/envelope/?sentry_key=" + second->key;
    QCOMPARE(request(m_world->world.port(), post(target, eventEnvelope(ForwardWorld::id(2)))).status, 200);
    QTRY_COMPARE(m_world->upstream.requestsTo("/api/8/envelope/").size(), 1);
    QTRY_VERIFY(!m_world->error().empty()); // the other one was answered first, or not
    QTRY_COMPARE(m_world->waiting(), 1);    // what upstream has is forgotten a commit after its answer
}

void TestForwarder::withoutAnUpstreamNothingWaits()
{
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}", 500));
    m_world->send(ForwardWorld::id(1));
    m_world->setUpstream({});
    QCOMPARE(m_world->world.number("SELECT count(*) FROM forward_queue"), 0);
    m_world->send(ForwardWorld::id(2));
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}"));
    m_world->setUpstream(m_world->upstreamDsn());
    m_world->send(ForwardWorld::id(3));
    QTRY_VERIFY(m_world->arrived().contains(QByteArray::fromStdString(ForwardWorld::id(3))));
    QVERIFY(!m_world->arrived().contains(QByteArray::fromStdString(ForwardWorld::id(2))));
}

void TestForwarder::doesNotSendToItself()
{
    m_world->setUpstream(m_world->world->dsn("default"));
    m_world->send(ForwardWorld::id(1));
    QTRY_COMPARE(m_world->error(), std::string("the upstream is this collector itself"));
    QCOMPARE(m_world->waiting(), 1);
    QCOMPARE(m_world->world.number("SELECT sum(quantity) FROM outcomes"), 1);
    // Set right, it goes on.
    m_world->setUpstream(m_world->upstreamDsn());
    m_world->send(ForwardWorld::id(2));
    QTRY_COMPARE(m_world->arrived().size(), 2);
}

void TestForwarder::twoThatLeadToEachOtherAreNoCircle()
{
    CollectorWorld other;
    m_world->setUpstream(other->dsn("default"));
    const std::string back = m_world->world->dsn("default");
    QVERIFY(other->store().write([&](SQLite::Database& db) {
        ProjectSettings settings;
        settings.upstream = back;
        writeProjectSettings(db, 1, settings);
    }));
    m_world->send(ForwardWorld::id(1));
    QTRY_COMPARE(other.number("SELECT count(*) FROM events"), 1);
    QCOMPARE(other.text("SELECT lower(hex(event_id)) FROM events"), ForwardWorld::id(1));
    // Sessions have no id that would tell a repeat.
    QCOMPARE(sendRaw("{}\n{\"type\":\"session\"}\n{}\n").status, 200);
    QTRY_COMPARE(
        other.number("SELECT coalesce(sum(quantity), 0) FROM outcomes WHERE category = 'session'"), 1);
    QTRY_COMPARE(other.number("SELECT waiting FROM forward_state"), 0);
    QCOMPARE(other.number("SELECT sent FROM forward_state"), 2);
    QCOMPARE(m_world->world.number("SELECT sum(quantity) FROM outcomes WHERE category = 'session'"), 2);
    QTRY_COMPARE(m_world->world.number("SELECT sent FROM forward_state"), 2);
    QCOMPARE(m_world->waiting(), 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestForwarder)
#include "tst_forwarder.moc"
