// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// When a poller rings, on timers that the test moves: hours pass in no time.

#include <QTest>

#include "models/sync/pace.h"
#include "models/sync/session.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"
#include "tests/support/manualtimers.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

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
    m_timers.advance(59s);
    QCOMPARE(m_rings, 1);
    m_timers.advance(7s); // with its jitter
    QCOMPARE(m_rings, 2);
}

void TestPace::aHiddenWindowIsFollowedBySeldomRounds()
{
    m_timer->setActive(true);
    m_timer->wind();
    m_pace->setVisible(false);
    m_timers.advance(299s);
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
    m_session->note(core::Error{core::ErrorKind::RateLimited, 429, {}, 600s});
    m_timer->setActive(true);
    m_timers.advance(599s);
    QCOMPARE(m_rings, 0);
    m_clock.advance(1h);
    m_timers.advance(1h);
    QCOMPARE(m_rings, 1);
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

VEDETTE_TEST_MAIN(QCoreApplication, TestPace)
#include "tst_pace.moc"
