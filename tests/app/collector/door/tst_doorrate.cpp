// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How many events are let in within a sliding window.

#include <QTest>

#include <thread>

#include "app/collector/door/ratelimit.h"
#include "tests/support/main.h"
#include "tests/support/manualclock.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace std::chrono_literals;

class TestDoorRate final : public QObject
{
    Q_OBJECT

private slots:
    void slides();
    void neverMoreInAnyWindow_data();
    void neverMoreInAnyWindow();
    void aClockThatIsSetBackOpensAndShutsNothing();
    void bothLimitsMustHaveRoom();
    void aChangedLimitBeginsAnew();
    void manyThreads();

private:
    ManualClock m_clock{*core::parseTime("2026-11-20T10:00:00Z")};
};

void TestDoorRate::slides()
{
    RateLimiter limiter(m_clock);
    const RateLimit three{3, 60};
    QVERIFY(!limiter.take(1, three, "", {}));
    m_clock.advance(20s);
    QVERIFY(!limiter.take(1, three, "", {}));
    QVERIFY(!limiter.take(1, three, "", {}));
    auto limited = limiter.take(1, three, "", {});
    QVERIFY(limited);
    QVERIFY(!limited->byKey);
    QCOMPARE(limited->retryAfter, 40s);
    m_clock.advance(39'999ms);
    limited = limiter.take(1, three, "", {});
    QVERIFY(limited);
    QCOMPARE(limited->retryAfter, 1s);
    m_clock.advance(1ms);
    QVERIFY(!limiter.take(1, three, "", {})); // the first has left
    limited = limiter.take(1, three, "", {});
    QVERIFY(limited);
    QCOMPARE(limited->retryAfter, 20s);
    QVERIFY(!limiter.take(2, three, "", {})); // another project
}

void TestDoorRate::neverMoreInAnyWindow_data()
{
    QTest::addColumn<qint64>("count");
    QTest::addColumn<qint64>("window");
    QTest::addColumn<qint64>("least"); // that must be let in, of ten windows' worth
    QTest::newRow("few") << qint64(7) << qint64(10) << qint64(70);
    QTest::newRow("one") << qint64(1) << qint64(3) << qint64(10);
    QTest::newRow("many, in steps") << qint64(20'000) << qint64(60) << qint64(199'000);
}

void TestDoorRate::neverMoreInAnyWindow()
{
    QFETCH(const qint64, count);
    QFETCH(const qint64, window);
    QFETCH(const qint64, least);
    RateWindow rate({count, window});
    // Bursts at uneven times, more than fits.
    std::deque<std::int64_t> in;
    std::int64_t total = 0;
    core::TimePoint now = m_clock.now();
    const core::TimePoint end = now + std::chrono::seconds(10 * window) - 1ms;
    for (int i = 0; now <= end; ++i) {
        for (int burst = 0; burst < 200; ++burst) {
            if (rate.wait(now).count() > 0)
                break;
            rate.add(now);
            ++total;
            in.push_back(now.time_since_epoch().count());
            while (in.front() + window * 1'000 <= in.back())
                in.pop_front();
            QVERIFY(static_cast<qint64>(in.size()) <= count);
        }
        now += std::chrono::milliseconds(1 + i % 13);
    }
    QVERIFY2(total >= least, qPrintable(QString::number(total)));
    // The wait that is told is the wait: one millisecond before there is no room.
    while (rate.wait(now).count() == 0)
        rate.add(now);
    const auto wait = rate.wait(now);
    QVERIFY(wait > 0ms && wait <= std::chrono::seconds(window) + 20ms);
    RateWindow copy = rate;
    QVERIFY(copy.wait(now + wait - 1ms) > 0ms);
    QCOMPARE(rate.wait(now + wait), 0ms);
}

void TestDoorRate::aClockThatIsSetBackOpensAndShutsNothing()
{
    RateWindow rate({2, 60});
    const core::TimePoint now = m_clock.now();
    rate.add(now);
    rate.add(now);
    QCOMPARE(rate.wait(now - 24h), 60s);      // stands still
    QCOMPARE(rate.wait(now - 24h + 59s), 1s); // and goes on from there
    QCOMPARE(rate.wait(now - 24h + 60s), 0ms);
}

void TestDoorRate::bothLimitsMustHaveRoom()
{
    RateLimiter limiter(m_clock);
    const RateLimit project{3, 60};
    const RateLimit key{2, 10};
    QVERIFY(!limiter.take(1, project, "k", key));
    QVERIFY(!limiter.take(1, project, "k", key));
    auto limited = limiter.take(1, project, "k", key);
    QVERIFY(limited);
    QVERIFY(limited->byKey);
    QCOMPARE(limited->retryAfter, 10s);
    // What the key turned away did not count for the project.
    QVERIFY(!limiter.take(1, project, "other", {}));
    limited = limiter.take(1, project, "other", {});
    QVERIFY(limited);
    QVERIFY(!limited->byKey);
    // Whoever waits for the longer one needs to wait no more.
    limited = limiter.take(1, project, "k", key);
    QVERIFY(limited);
    QCOMPARE(limited->retryAfter, 60s);
    m_clock.advance(60s);
    QVERIFY(!limiter.take(1, project, "k", key));
}

void TestDoorRate::aChangedLimitBeginsAnew()
{
    RateLimiter limiter(m_clock);
    QVERIFY(!limiter.take(1, {1, 60}, "", {}));
    QVERIFY(limiter.take(1, {1, 60}, "", {}));
    QVERIFY(!limiter.take(1, {2, 60}, "", {}));
    QVERIFY(!limiter.take(1, {2, 60}, "", {}));
    QVERIFY(limiter.take(1, {2, 60}, "", {}));
    for (int i = 0; i < 100; ++i)
        QVERIFY(!limiter.take(1, {}, "", {}));
    QVERIFY(!limiter.take(1, {2, 60}, "", {}));
}

void TestDoorRate::manyThreads()
{
    RateLimiter limiter(m_clock);
    std::atomic<int> in = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i)
                in += limiter.take(1, {700, 60}, "k", {800, 60}) ? 0 : 1;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(in.load(), 700);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDoorRate)
#include "tst_doorrate.moc"
