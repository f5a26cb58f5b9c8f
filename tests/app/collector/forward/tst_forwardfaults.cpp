// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An upstream that breaks in every way that servers and networks break, and what is sent again.

#include <QTest>

#include "tests/app/collector/forward/forwardworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::tests;
using namespace std::chrono_literals;

using Reply = FaultServer::Reply;

class TestForwardFaults final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<ForwardWorld>(); }
    void cleanup() { m_world.reset(); }

    void getsThrough_data();
    void getsThrough();
    void waitsAsLongAsItIsTold();
    void waitsThroughARestart();
    void waitsWhenToldWithA200();
    void dropsWhatIsRefusedForGood();
    void findsNobodyThere();
    void endsWhileSomethingHangs();

private:
    std::unique_ptr<ForwardWorld> m_world;
};

void TestForwardFaults::getsThrough_data()
{
    QTest::addColumn<Reply>("reply");
    QTest::addColumn<int>("least"); // so often it is sent: again where nobody said that it was taken
    QTest::addColumn<int>("most");
    const auto fault = [](Reply::Fault kind, qint64 bytes = 0) {
        return FaultServer::fault(kind, R"({"id":"0123456789"})", bytes);
    };
    QTest::newRow("500") << FaultServer::json("{}", 500) << 2 << 9;
    QTest::newRow("502 of a proxy") << FaultServer::html(502) << 2 << 9;
    QTest::newRow("408") << FaultServer::json("{}", 408) << 2 << 9;
    QTest::newRow("hangs") << fault(Reply::Fault::Hang) << 2 << 9;
    QTest::newRow("resets") << fault(Reply::Fault::Reset, -1) << 2 << 9;
    QTest::newRow("no HTTP") << FaultServer::fault(Reply::Fault::Raw, "hello\r\n\r\n") << 2 << 9;
    QTest::newRow("redirects") << FaultServer::redirect(QUrl(QStringLiteral("/elsewhere/"))) << 2 << 9;
    // Here the head said so.
    QTest::newRow("hangs after the head") << fault(Reply::Fault::HeadOnly) << 1 << 1;
    // The connection ends with the answer: where Qt's network notices that first, it repeats the request of
    // itself.
    QTest::newRow("cut short") << fault(Reply::Fault::Truncate, 5) << 1 << 4;
    QTest::newRow("announces too much") << fault(Reply::Fault::LieLong, 9) << 1 << 4;
    QTest::newRow("does not end") << fault(Reply::Fault::Endless) << 1 << 1;
    QTest::newRow("204") << FaultServer::json({}, 204) << 1 << 1;
}

void TestForwardFaults::getsThrough()
{
    QFETCH(const Reply, reply);
    QFETCH(const int, least);
    QFETCH(const int, most);
    m_world->upstream.script(ForwardWorld::path, {reply, FaultServer::json("{}")});
    m_world->upstream.script("/elsewhere/", FaultServer::json("{}"));
    for (int i = 1; i <= 3; ++i)
        m_world->send(ForwardWorld::id(i));
    QTRY_COMPARE_WITH_TIMEOUT((m_world->world.clock.advance(50ms), m_world->waiting()), 0, 20'000);
    const QByteArrayList expected = {QByteArray::fromStdString(ForwardWorld::id(1)),
        QByteArray::fromStdString(ForwardWorld::id(2)), QByteArray::fromStdString(ForwardWorld::id(3))};
    QCOMPARE(m_world->arrived(), expected);
    const qsizetype first = m_world->attempts().count(expected.first());
    QVERIFY2(first >= least && first <= most, qPrintable(QString::number(first)));
    QCOMPARE(m_world->attempts().size(), first + 2); // and the others once, behind it
    QCOMPARE(m_world->attempts().first(first).count(expected.first()), first);
    QCOMPARE(m_world->upstream.requestsTo("/elsewhere/").size(), 0);
    QCOMPARE(m_world->world.number("SELECT sent FROM forward_state"), 3);
    QCOMPARE(m_world->error(), std::string());
}

void TestForwardFaults::waitsAsLongAsItIsTold()
{
    m_world->upstream.script(ForwardWorld::path,
        {FaultServer::json("{}", 429)
                .with("Retry-After", "10")
                .with("X-Sentry-Rate-Limits", "60:default;error:organization:quota, 5:transaction:key:x"),
            FaultServer::json("{}")});
    m_world->send(ForwardWorld::id(1));
    QTRY_COMPARE(m_world->attempts().size(), 1);
    QTRY_COMPARE(m_world->error(), std::string("HTTP 429"));
    m_world->world.clock.advance(59s);
    m_world->send(ForwardWorld::id(2)); // wakes it: it looks and goes on waiting
    // What another project sends meanwhile tells that there was time enough.
    const auto second = m_world->world->addProject({"", "Second"});
    QVERIFY(second);
    std::string dsn = m_world->upstreamDsn();
    dsn.back() = '8';
    m_world->upstream.script("/api/8/envelope/", FaultServer::json("{}"));
    m_world->setUpstream(dsn, second->project);
    const std::string target =
        "/api/" + std::to_string(second->project) + "/envelope/?sentry_key=" + second->key;
    QCOMPARE(request(m_world->world.port(), post(target, eventEnvelope(ForwardWorld::id(3)))).status, 200);
    QTRY_COMPARE(m_world->upstream.requestsTo("/api/8/envelope/").size(), 1);
    QCOMPARE(m_world->attempts().size(), 1);
    m_world->world.clock.advance(1s);
    QTRY_COMPARE(m_world->arrived().size(), 2);
    QTRY_COMPARE(m_world->error(), std::string());
}

void TestForwardFaults::waitsThroughARestart()
{
    m_world->upstream.script(ForwardWorld::path,
        {FaultServer::json("{}", 429).with("Retry-After", "60"), FaultServer::json("{}")});
    m_world->send(ForwardWorld::id(1));
    QTRY_COMPARE(m_world->error(), std::string("HTTP 429"));
    m_world->world.start();
    m_world->world.clock.advance(59s);
    m_world->send(ForwardWorld::id(2));
    // It has looked by the time that an attempt for a broken upstream of another project was noted.
    const auto second = m_world->world->addProject({"", "Second"});
    QVERIFY(second);
    m_world->setUpstream(m_world->world->dsn("second"), second->project);
    const std::string target =
        "/api/" + std::to_string(second->project) + "/envelope/?sentry_key=" + second->key;
    QCOMPARE(request(m_world->world.port(), post(target, eventEnvelope(ForwardWorld::id(3)))).status, 200);
    const std::string loops = "SELECT count(*) FROM forward_state WHERE error LIKE '%itself%'";
    QTRY_COMPARE(m_world->world.number(loops), 1);
    QCOMPARE(m_world->attempts().size(), 1);
    m_world->world.clock.advance(1s);
    QTRY_COMPARE(m_world->arrived().size(), 2);
}

void TestForwardFaults::waitsWhenToldWithA200()
{
    m_world->upstream.script(
        ForwardWorld::path, {FaultServer::json("{}").with("X-Sentry-Rate-Limits", "30:error:project:x"),
                                FaultServer::json("{}")});
    m_world->send(ForwardWorld::id(1));
    m_world->send(ForwardWorld::id(2));
    QTRY_COMPARE(m_world->world.number("SELECT sent FROM forward_state"), 1);
    QCOMPARE(m_world->waiting(), 1);
    m_world->world.clock.advance(30s);
    QTRY_COMPARE(m_world->arrived().size(), 2);
}

void TestForwardFaults::dropsWhatIsRefusedForGood()
{
    m_world->upstream.script(ForwardWorld::path,
        {FaultServer::json(R"({"detail":"bad <b>envelope</b>"})", 400),
            FaultServer::json("{}", 413).with("X-Sentry-Error", "too large"), FaultServer::json("{}")});
    for (int i = 1; i <= 3; ++i)
        m_world->send(ForwardWorld::id(i));
    QTRY_COMPARE(m_world->arrived().size(), 3);
    QTRY_COMPARE(m_world->waiting(), 0);
    QCOMPARE(m_world->attempts().size(), 3);
    QCOMPARE(m_world->world.number("SELECT refused * 10 + sent FROM forward_state"), 21);
    QCOMPARE(m_world->world.text("SELECT refusal FROM forward_state"), std::string("HTTP 413: too large"));
    QCOMPARE(m_world->world.number("SELECT count(*) FROM events"), 3);
}

void TestForwardFaults::findsNobodyThere()
{
    // A port that was free a moment ago.
    std::string dsn;
    {
        FaultServer gone;
        dsn = "http://k@127.0.0.1:" + std::to_string(gone.url().port()) + "/7";
    }
    m_world->setUpstream(dsn);
    m_world->send(ForwardWorld::id(1));
    QTRY_VERIFY(m_world->error().starts_with("no answer: "));
    QCOMPARE(m_world->waiting(), 1);
    // The address is set right: what waited for the other goes there, at once.
    m_world->setUpstream(m_world->upstreamDsn());
    m_world->send(ForwardWorld::id(2));
    QTRY_COMPARE(m_world->arrived().size(), 2);
}

void TestForwardFaults::endsWhileSomethingHangs()
{
    m_world->world.options.forward.timeout = 60s;
    m_world->world.start();
    m_world->upstream.script(ForwardWorld::path, FaultServer::fault(Reply::Fault::Hold));
    m_world->send(ForwardWorld::id(1));
    QTRY_COMPARE(m_world->upstream.held(), 1);
    m_world->world.stop();
    QTRY_COMPARE(m_world->upstream.openConnections(), 0);
    m_world->upstream.script(ForwardWorld::path, FaultServer::json("{}"));
    m_world->world.start();
    QTRY_COMPARE(m_world->waiting(), 0);
    QCOMPARE(m_world->arrived().size(), 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestForwardFaults)
#include "tst_forwardfaults.moc"
