// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Rate limits at the gate, against a real socket: what answers say of them is obeyed by every call, whoever
// makes it, and a person's calls go before those in the background.

#include <QTest>

#include "tests/models/api/clientbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using core::ErrorCause;
using core::ErrorKind;
using tests::ClientBench;
using tests::FaultServer;
using tests::outcome;
using Fault = FaultServer::Reply::Fault;

namespace {

const domain::OrganizationId org{u"acme"_s};
constexpr const char* projectsPath = "/api/0/organizations/acme/projects/";
constexpr const char* environmentsPath = "/api/0/organizations/acme/environments/";
constexpr const char* oneProject = R"([{"id":"7","slug":"web","name":"Web"}])";
constexpr qint64 now = 1'760'000'000; // ClientBench's clock

/// A Date header so many seconds after the client's.
QByteArray date(qint64 after)
{
    return QLocale::c()
        .toString(QDateTime::fromSecsSinceEpoch(now + after, Qt::UTC), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
        .toLatin1();
}

} // namespace

class TestClientBudget final : public QObject
{
    Q_OBJECT

private slots:
    void refusals_data();
    void refusals();
    void whatIsLeftIsObeyed_data();
    void whatIsLeftIsObeyed();
    void shortWaitsAreWaitedOut();
    void theWholeQueueIsTurnedAway();
    void aPersonGoesFirst();
    void theBackgroundLeavesAPlaceFree();
    void clientsOfAnAccountShareTheGate();
    void cancelledWaitersSendNothing();
};

void TestClientBudget::refusals_data()
{
    QTest::addColumn<QList<FaultServer::Header>>("headers");
    QTest::addColumn<int>("wait");       // told to the caller, -1: nothing
    QTest::addColumn<bool>("isOfRoute"); // others may go on
    const auto row = [](const char* name, const QList<FaultServer::Header>& headers, int wait,
                         bool isOfRoute) { QTest::newRow(name) << headers << wait << isOfRoute; };
    const QByteArray reset = QByteArray::number(now + 60);
    row("nothing", {}, -1, false);
    row("Limit", {{"X-Sentry-Rate-Limit-Limit", "40"}}, -1, true);
    row("Remaining", {{"X-Sentry-Rate-Limit-Remaining", "0"}}, -1, true);
    row("ConcurrentRemaining", {{"X-Sentry-Rate-Limit-ConcurrentRemaining", "0"}}, -1, true);
    row("ConcurrentLimit", {{"X-Sentry-Rate-Limit-ConcurrentLimit", "5"}}, -1, false);
    row("Reset", {{"X-Sentry-Rate-Limit-Reset", reset}}, 60, true);
    row("Retry-After", {{"Retry-After", "60"}}, 60, false);
    row("Retry-After, a date", {{"Retry-After", date(60)}}, 60, false);
    row("all of the hosted service",
        {{"X-Sentry-Rate-Limit-Limit", "40"}, {"X-Sentry-Rate-Limit-Remaining", "0"},
            {"X-Sentry-Rate-Limit-Reset", reset}, {"X-Sentry-Rate-Limit-ConcurrentLimit", "25"},
            {"X-Sentry-Rate-Limit-ConcurrentRemaining", "24"}},
        60, true);
    // The server's clock differs from ours; its own Date says by how much.
    row("clock ahead", {{"Date", date(3600)}, {"X-Sentry-Rate-Limit-Reset", QByteArray::number(now + 3660)}},
        60, true);
    row("clock behind", {{"Date", date(-86'400)}, {"Retry-After", date(-86'340)}}, 60, false);
    row("Reset in the past", {{"Date", date(0)}, {"X-Sentry-Rate-Limit-Reset", QByteArray::number(now - 9)}},
        1, true);
    row("nonsense", {{"X-Sentry-Rate-Limit-Reset", "soon"}, {"Retry-After", "-1e99"}, {"Date", "today"}}, 1,
        false);
}

void TestClientBudget::refusals()
{
    QFETCH(QList<FaultServer::Header>, headers);
    QFETCH(int, wait);
    QFETCH(bool, isOfRoute);
    ClientBench bench;
    FaultServer::Reply reply = FaultServer::json(R"({"detail":"You are too fast"})", 429);
    reply.contentType = "text/html";
    for (const auto& [name, value] : headers)
        reply.with(name, value);
    bench.server.script(projectsPath, reply);
    bench.server.script(environmentsPath, FaultServer::json("[]"));
    bench.open(domain::ServerKind::Sentry);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::RateLimited);
    QCOMPARE(result.error().cause, ErrorCause::None);
    QCOMPARE(int(result.error().retryAfter.value_or(-1s).count()), wait);
    // Of all silence a second is made; jitter adds up to a quarter.
    const auto least = std::chrono::seconds(std::max(1, wait));
    QVERIFY(bench.client->quietFor() >= least);
    QVERIFY(bench.client->quietFor() <= least + least / 4 + 250ms);
    if (wait < 60)
        return;
    // The same again, soon: nothing is sent.
    const auto again = outcome(bench.client->projects(org));
    QCOMPARE(again.error().kind, ErrorKind::RateLimited);
    QCOMPARE(again.error().cause, ErrorCause::HeldBack);
    QVERIFY(again.error().retryAfter.value_or(0s) >= 60s);
    QCOMPARE(bench.server.requestsTo(projectsPath).size(), 1);
    const auto other = outcome(bench.client->environments(org));
    QCOMPARE(other.has_value(), isOfRoute);
    QCOMPARE(bench.server.requestsTo(environmentsPath).size(), isOfRoute ? 1 : 0);
    // Time does it, the date does not.
    bench.clock.set(bench.clock.now() + 1h);
    QCOMPARE(outcome(bench.client->projects(org)).error().cause, ErrorCause::HeldBack);
    bench.clock.advance(80s);
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requestsTo(projectsPath).size(), 2);
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClientBudget::whatIsLeftIsObeyed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("Remaining") << QByteArray("X-Sentry-Rate-Limit-Remaining");
    QTest::newRow("ConcurrentRemaining") << QByteArray("X-Sentry-Rate-Limit-ConcurrentRemaining");
}

void TestClientBudget::whatIsLeftIsObeyed()
{
    QFETCH(QByteArray, name);
    ClientBench bench;
    FaultServer::Reply last = FaultServer::json(oneProject);
    last.with(name, "0").with("X-Sentry-Rate-Limit-Reset", QByteArray::number(now + 30));
    bench.server.script(projectsPath, {last, FaultServer::json(oneProject)});
    bench.server.script(environmentsPath, FaultServer::json("[]"));
    bench.open(domain::ServerKind::Sentry);
    QVERIFY(outcome(bench.client->projects(org)));
    const auto held = outcome(bench.client->projects(org));
    QCOMPARE(held.error().cause, ErrorCause::HeldBack);
    QCOMPARE(held.error().retryAfter, std::optional(30s));
    QVERIFY(outcome(bench.client->environments(org)));
    QCOMPARE(bench.server.requestsTo(projectsPath).size(), 1);
    bench.clock.advance(30s);
    QVERIFY(outcome(bench.client->projects(org)));
}

void TestClientBudget::shortWaitsAreWaitedOut()
{
    ClientBench bench;
    FaultServer::Reply last = FaultServer::json(oneProject);
    last.with("X-Sentry-Rate-Limit-Remaining", "0")
        .with("X-Sentry-Rate-Limit-Reset", QByteArray::number(now + 3));
    bench.server.script(projectsPath, {last, FaultServer::json(oneProject)});
    bench.server.script(environmentsPath, FaultServer::json("[]"));
    bench.open(domain::ServerKind::Sentry);
    QVERIFY(outcome(bench.client->projects(org)));
    const auto waiting = bench.client->projects(org);
    // It holds nobody else up.
    QVERIFY(outcome(bench.client->environments(org)));
    QVERIFY(!waiting.isFinished());
    QCOMPARE(bench.client->openRequests(), 1);
    QCOMPARE(bench.server.requestsTo(projectsPath).size(), 1);
    bench.clock.advance(3s);
    QVERIFY(outcome(waiting));
    QCOMPARE(bench.server.requestsTo(projectsPath).size(), 2);
}

void TestClientBudget::theWholeQueueIsTurnedAway()
{
    ClientBench bench;
    FaultServer::Reply held = FaultServer::json(R"({"message":"slow"})", 429);
    held.with("Retry-After", "60");
    held.fault = Fault::Hold;
    bench.server.script(projectsPath, held);
    bench.open(domain::ServerKind::GlitchTip);
    QList<QFuture<core::Result<QList<domain::Project>>>> calls;
    for (int i = 0; i < 10; ++i)
        calls << bench.client->projects(org);
    QTRY_COMPARE(bench.server.held(), 4);
    bench.server.release();
    int heldBack = 0;
    for (const auto& call : calls) {
        const auto result = outcome(call);
        QCOMPARE(result.error().kind, ErrorKind::RateLimited);
        heldBack += result.error().cause == ErrorCause::HeldBack ? 1 : 0;
    }
    QCOMPARE(heldBack, 6);
    QCOMPARE(bench.server.requests().size(), 4);
    QCOMPARE(bench.client->openRequests(), 0);
}

void TestClientBudget::aPersonGoesFirst()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hold, oneProject));
    bench.server.script(environmentsPath, FaultServer::fault(Fault::Hold, "[]"));
    auto options = bench.options();
    options.timeout = options.deadline = 1h;
    bench.open(options);
    QList<QFuture<core::Result<QList<domain::Project>>>> polls;
    for (int i = 0; i < 4; ++i)
        polls << bench.client->projects(org);
    {
        const api::Client::Background background(*bench.client);
        for (int i = 0; i < 4; ++i)
            polls << bench.client->projects(org);
    }
    const auto person = bench.client->environments(org);
    QTRY_COMPARE(bench.server.held(), 4);
    bench.server.release();
    QTRY_COMPARE(bench.server.requests().size(), 8);
    QTRY_COMPARE(bench.server.held(), 4); // the person's and three of the background's
    QCOMPARE(bench.server.requestsTo(environmentsPath).size(), 1);
    bench.server.release();
    QVERIFY(outcome(person));
    QTRY_COMPARE(bench.server.held(), 1);
    bench.server.release();
    for (const auto& poll : polls)
        QVERIFY(outcome(poll));
}

void TestClientBudget::theBackgroundLeavesAPlaceFree()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hold, oneProject));
    bench.server.script(environmentsPath, FaultServer::json("[]"));
    auto options = bench.options();
    options.timeout = options.deadline = 1h;
    bench.open(options);
    QList<QFuture<core::Result<QList<domain::Project>>>> polls;
    {
        const api::Client::Background background(*bench.client);
        for (int i = 0; i < 6; ++i)
            polls << bench.client->projects(org);
    }
    QTRY_COMPARE(bench.server.held(), 3);
    QVERIFY(outcome(bench.client->environments(org))); // does not wait for any of them
    QCOMPARE(bench.server.held(), 3);
    bench.server.release();
    QTRY_COMPARE(bench.server.held(), 3);
    bench.server.release();
    for (const auto& poll : polls)
        QVERIFY(outcome(poll));
    QCOMPARE(bench.server.mostHeld(), 3);
}

void TestClientBudget::clientsOfAnAccountShareTheGate()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hold, oneProject));
    auto options = bench.options();
    options.timeout = options.deadline = 1h;
    bench.open(options);
    auto second = std::make_unique<api::Client>(options, bench.network, bench.lane, bench.home, bench.clock);
    QList<QFuture<core::Result<QList<domain::Project>>>> calls;
    for (int i = 0; i < 3; ++i)
        calls << bench.client->projects(org) << second->projects(org);
    QCOMPARE(bench.client->openRequests(), 3);
    QCOMPARE(second->openRequests(), 3);
    QTRY_COMPARE(bench.server.held(), 4);
    // One that goes makes place for the other, and sends nothing more itself.
    second.reset();
    QTRY_COMPARE(bench.server.requests().size(), 5);
    QCOMPARE(bench.client->openRequests(), 3);
    bench.server.release();
    for (qsizetype i = 0; i < calls.size(); i += 2)
        QVERIFY(outcome(calls.at(i)));
    QCOMPARE(bench.server.requests().size(), 5);
}

void TestClientBudget::cancelledWaitersSendNothing()
{
    ClientBench bench;
    FaultServer::Reply last = FaultServer::json(oneProject);
    last.with("X-Sentry-Rate-Limit-Remaining", "0")
        .with("X-Sentry-Rate-Limit-Reset", QByteArray::number(now + 3));
    bench.server.script(projectsPath, {last, FaultServer::json(oneProject)});
    bench.open(domain::ServerKind::Sentry);
    QVERIFY(outcome(bench.client->projects(org)));
    auto cancelled = bench.client->projects(org);
    const auto stays = bench.client->projects(org);
    cancelled.cancel();
    QTRY_VERIFY(cancelled.isFinished());
    bench.clock.advance(3s);
    QVERIFY(outcome(stays)); // the marker: it was behind the cancelled one
    QCOMPARE(bench.server.requestsTo(projectsPath).size(), 2);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientBudget)
#include "tst_clientbudget.moc"
