// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// When a poller rings, on timers that the test moves: hours pass in no time.

#include <QTest>

#include <algorithm>
#include <set>
#include <vector>

#include "models/sync/pace.h"
#include "models/sync/session.h"
#include "tests/models/api/clientbench.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/manualenvironment.h"
#include "tests/support/manualtimers.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(vedette::ports::EnvironmentState)

class TestPace final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void ringsOnceAndWaitsToBeWound();
    void aHiddenWindowIsFollowedBySeldomRounds();
    void isSilentWhileNobodyLooks();
    void keepsQuietWhenAskedTo();
    void alarmsRingInTheirOrder();
    void asksLessOftenWhereItCosts_data();
    void asksLessOftenWhereItCosts();
    void sleepsAndCatchesUpOnce();
    void aNetworkThatComesBackIsNotStormed();
    void whatIsHereNeedsNoNetwork();

private:
    static domain::Account account();

    tests::ManualTimers m_timers;
    tests::ManualClock m_clock{core::TimePoint(1'763'600'400'000ms)};
    std::unique_ptr<sync::Pace> m_pace;
    std::unique_ptr<sync::Session> m_session;
    std::unique_ptr<sync::PollTimer> m_timer;
    int m_rings = 0;
};

domain::Account TestPace::account()
{
    domain::Account account;
    account.id = domain::AccountId(u"a"_s);
    account.kind = domain::ServerKind::Sentry;
    return account;
}

void TestPace::init()
{
    m_timer.reset();
    m_pace = std::make_unique<sync::Pace>(m_timers, 60s, 300s, 2s);
    m_session = std::make_unique<sync::Session>(account(), m_clock);
    m_timer = std::make_unique<sync::PollTimer>(*m_pace);
    m_rings = 0;
    connect(m_timer.get(), &sync::PollTimer::due, this, [this] { ++m_rings; });
    m_timer->setSession(m_session.get());
}

void TestPace::ringsOnceAndWaitsToBeWound()
{
    m_timer->setActive(true);
    m_timers.advance(0ms);
    QCOMPARE(m_rings, 1); // never wound: at once
    m_timers.advance(24h);
    QCOMPARE(m_rings, 1); // the answer is still to come
    m_timer->wind();
    m_timers.advance(53s);
    QCOMPARE(m_rings, 1);
    m_timers.advance(7s); // sooner by chance, never later
    QCOMPARE(m_rings, 2);
}

void TestPace::aHiddenWindowIsFollowedBySeldomRounds()
{
    m_timer->setActive(true);
    m_timer->wind();
    m_pace->setVisible(false);
    m_timers.advance(269s);
    QCOMPARE(m_rings, 0);
    m_timers.advance(31s);
    QCOMPARE(m_rings, 1);
    m_timer->wind();
    m_timers.advance(100s);
    m_pace->setVisible(true); // overdue by the shorter interval
    m_timers.advance(0ms);
    QCOMPARE(m_rings, 2);
}

void TestPace::isSilentWhileNobodyLooks()
{
    m_timer->wind();
    m_timers.advance(2h);
    QCOMPARE(m_rings, 0);
    m_timer->setActive(true);
    m_timers.advance(0ms);
    QCOMPARE(m_rings, 1);
    m_timer->wind();
    m_timer->setActive(false);
    m_timers.advance(2h);
    QCOMPARE(m_rings, 1);
    QCOMPARE(m_timers.active(), 0);
    m_timer->setActive(true);
    m_timer->setSession(nullptr);
    m_timers.advance(2h);
    QCOMPARE(m_rings, 1);
}

void TestPace::keepsQuietWhenAskedTo()
{
    tests::ClientBench bench;
    tests::FaultServer::Reply reply;
    reply.status = 429;
    reply.with("Retry-After", "600");
    bench.server.script("/api/0/organizations/", reply);
    m_session->setClient(
        std::make_unique<api::Client>(bench.options(), bench.network, bench.lane, bench.home, bench.clock));
    QCOMPARE(tests::outcome(m_session->client()->organizations()).error().kind, core::ErrorKind::RateLimited);
    m_timer->setActive(true);
    m_timers.advance(599s);
    QCOMPARE(m_rings, 0);
    bench.clock.advance(1h);
    m_timers.advance(1h);
    QCOMPARE(m_rings, 1);
    m_timer.reset();
    m_session.reset(); // before the network that its client works with
}

void TestPace::alarmsRingInTheirOrder()
{
    QStringList rung;
    std::unique_ptr<core::Alarm> third;
    const auto second = m_timers.make([&] {
        rung << u"second"_s;
        third->start(1s);
    });
    auto first = m_timers.make([&] { rung << u"first"_s; });
    third = m_timers.make([&] {
        rung << u"third"_s;
        first.reset();
    });
    second->start(10s);
    first->start(5s);
    QCOMPARE(second->remaining(), 10s);
    const auto before = m_timers.elapsed();
    m_timers.advance(30s);
    QCOMPARE(rung, (QStringList{u"first"_s, u"second"_s, u"third"_s}));
    QCOMPARE(m_timers.elapsed() - before, 30s);
    QVERIFY(!first && !second->isActive());
}

void TestPace::asksLessOftenWhereItCosts_data()
{
    QTest::addColumn<ports::EnvironmentState>("state");
    QTest::addColumn<bool>("visible");
    QTest::addColumn<int>("seconds");
    QTest::newRow("as usual") << ports::EnvironmentState{} << true << 60;
    QTest::newRow("on battery") << ports::EnvironmentState{.isOnBattery = true} << true << 120;
    QTest::newRow("metered") << ports::EnvironmentState{.isMetered = true} << true << 180;
    QTest::newRow("both") << ports::EnvironmentState{.isMetered = true, .isOnBattery = true} << true << 180;
    QTest::newRow("locked") << ports::EnvironmentState{.isLocked = true} << true << 300;
    QTest::newRow("hidden") << ports::EnvironmentState{} << false << 300;
    QTest::newRow("hidden on battery") << ports::EnvironmentState{.isOnBattery = true} << false << 600;
}

void TestPace::asksLessOftenWhereItCosts()
{
    QFETCH(const ports::EnvironmentState, state);
    QFETCH(const bool, visible);
    QFETCH(const int, seconds);
    tests::ManualEnvironment environment;
    m_pace->setEnvironment(environment);
    m_pace->setVisible(visible);
    environment.set(state);
    connect(m_timer.get(), &sync::PollTimer::due, m_timer.get(), &sync::PollTimer::wind);
    m_timer->setActive(true);
    m_timers.advance(0ms);
    m_rings = 0;
    m_timers.advance(10h);
    const double usual = 36'000.0 / seconds;
    QVERIFY2(m_rings >= usual && m_rings <= usual / 0.9 + 1, qPrintable(QString::number(m_rings)));
    m_timer.reset();
}

void TestPace::sleepsAndCatchesUpOnce()
{
    tests::ManualEnvironment environment;
    m_pace->setEnvironment(environment);
    connect(m_timer.get(), &sync::PollTimer::due, m_timer.get(), &sync::PollTimer::wind);
    m_timer->setActive(true);
    m_timers.advance(0ms);
    QCOMPARE(m_rings, 1);
    environment.set({.isSuspended = true});
    m_timers.advance(8h); // where the machine's clock went on
    QCOMPARE(m_rings, 1);
    environment.set({});
    m_timers.advance(1'999ms);
    QCOMPARE(m_rings, 1); // the network comes up first
    m_timers.advance(5s);
    QCOMPARE(m_rings, 2);
    m_timers.advance(46s);
    QCOMPARE(m_rings, 2); // eight hours are one round
    m_timer.reset();
}

void TestPace::aNetworkThatComesBackIsNotStormed()
{
    tests::ManualEnvironment environment;
    m_pace->setEnvironment(environment);
    std::vector<std::unique_ptr<sync::PollTimer>> pollers;
    std::vector<std::chrono::milliseconds> moments;
    for (int i = 0; i < 20; ++i) {
        sync::PollTimer* poller = pollers.emplace_back(std::make_unique<sync::PollTimer>(*m_pace)).get();
        connect(poller, &sync::PollTimer::due, this, [this, poller, &moments] {
            moments.push_back(m_timers.elapsed());
            poller->wind();
        });
        poller->setSession(m_session.get());
        poller->wind();
        poller->setActive(true);
    }
    environment.set({.isOnline = false});
    m_timers.advance(1h);
    QCOMPARE(moments.size(), 0U);
    const auto back = m_timers.elapsed();
    environment.set({});
    environment.changeNetwork();
    environment.changeNetwork(); // as they come when a cable is plugged in
    m_timers.advance(10s);
    QCOMPARE(moments.size(), 20U); // each once
    QVERIFY(*std::min_element(moments.begin(), moments.end()) >= back + 2s);
    const std::set<std::chrono::milliseconds> different(moments.begin(), moments.end());
    QVERIFY2(different.size() > 10, "they all asked at one time");
}

void TestPace::whatIsHereNeedsNoNetwork()
{
    tests::ManualEnvironment environment;
    m_pace->setEnvironment(environment);
    environment.set({.isOnline = false});
    domain::Account ours = account();
    ours.kind = domain::ServerKind::Collector;
    domain::Account beside = account();
    beside.baseUrl = QUrl(u"http://127.0.0.1:9000"_s);
    domain::Account far = account();
    far.baseUrl = QUrl(u"https://127.example.org"_s);
    QVERIFY(m_pace->canAsk(ours));
    QVERIFY(m_pace->canAsk(beside));
    QVERIFY(!m_pace->canAsk(far));
    environment.set({.isSuspended = true});
    QVERIFY(!m_pace->canAsk(ours));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestPace)
#include "tst_pace.moc"
