// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <cmath>

#include "app/collector/storage/forecast.h"
#include "app/collector/storage/velocity.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace std::chrono_literals;

/// The mathematics of contract section 14, by numbers that were worked out by hand.
class TestForecast final : public QObject
{
    Q_OBJECT

private slots:
    void nothingFromNothing();
    void gapsMakeTenTimesTheLargest();
    void steadyHours();
    void burstyHours();
    void weekdaysWeighTwice();
    void ceilingOfTheDay();
    void percentile();
    void speed_data();
    void speed();

private:
    using Hours = std::vector<std::pair<std::int64_t, std::int64_t>>;
    const core::TimePoint m_now = *core::parseTime("2026-11-20T10:30:00Z");

    /// The last `count` clock hours, the newest first, each with what `events` says.
    template<class Events>
    [[nodiscard]] Hours hours(int count, Events events) const
    {
        Hours out;
        const std::int64_t last = std::chrono::floor<std::chrono::hours>(m_now).time_since_epoch().count();
        for (int i = 0; i < count; ++i)
            out.emplace_back(last - i, events(i));
        return out;
    }
};

void TestForecast::nothingFromNothing()
{
    QVERIFY(!Forecast::compute({}, m_now));
}

void TestForecast::gapsMakeTenTimesTheLargest()
{
    const auto forecast = Forecast::compute(hours(167, [](int i) { return i == 40 ? 7 : 1; }), m_now);
    QVERIFY(forecast);
    for (const std::int64_t ceiling : forecast->ceilings)
        QCOMPARE(ceiling, 70);
    QCOMPARE(Forecast::compute({{1, 3}}, m_now)->ceilings.front(), 30);
}

void TestForecast::steadyHours()
{
    // m = M = 10, s = 0: burst 50, baseline 50, weighted mean 10 -> 60.
    const auto forecast = Forecast::compute(hours(168, [](int) { return 10; }), m_now);
    QVERIFY(forecast);
    for (const std::int64_t ceiling : forecast->ceilings)
        QCOMPARE(ceiling, 60);
}

void TestForecast::burstyHours()
{
    // One hour of 1,000 among 167 of 1: m = 1167/168, s = 999/sqrt(168), so cv > 11 and the burst factor is
    // 2: 2,000; the baseline is 8 m = 55.6, the weighted mean below 13.
    const auto forecast = Forecast::compute(hours(168, [](int i) { return i == 3 ? 1000 : 1; }), m_now);
    QVERIFY(forecast);
    for (const std::int64_t ceiling : forecast->ceilings)
        QCOMPARE(ceiling, 2000);
    // In between: half of the hours 10, half 30. m = 20, s^2 = 168/167 * 100, cv = 0.50149,
    // burst = 30 * 5 * e^(-0.65 cv) = 108.27, baseline = 20 * 5 = 100 (1 + 5 cv = 3.5 is below 5),
    // weighted mean 20 (each day has as many of either) -> 120.
    const auto even = Forecast::compute(hours(168, [](int i) { return i % 2 == 0 ? 10 : 30; }), m_now);
    QCOMPARE(even->ceilings.front(), 120);
}

void TestForecast::weekdaysWeighTwice()
{
    // The 24 hours of Mondays (2026-11-16) have 40 events, the others 10: m = 100/7, M = 40.
    const std::int64_t monday =
        std::chrono::floor<std::chrono::days>(*core::parseTime("2026-11-16T00:00:00Z"))
            .time_since_epoch()
            .count();
    const std::int64_t last = std::chrono::floor<std::chrono::hours>(m_now).time_since_epoch().count();
    const auto isMonday = [&](int i) { return (last - i) / 24 == monday; };
    const auto sent = hours(168, [&](int i) { return isMonday(i) ? 40 : 10; });
    const auto forecast = Forecast::compute(sent, m_now);
    QVERIFY(forecast);
    const double m = 100.0 / 7;
    const double s = std::sqrt((24 * (40 - m) * (40 - m) + 144 * (10 - m) * (10 - m)) / 167);
    const double burst = 40 * std::clamp(5 * std::exp(-0.65 * s / m), 2.0, 5.0);
    const double baseline = m * std::clamp((m + 5 * s) / m, 5.0, 8.0);
    const double onMondays = (24 * 40 * 2 + 144 * 10) / (24.0 * 2 + 144);
    const double onOthers = (24 * 40 + 24 * 10 * 2 + 120 * 10) / (24.0 + 24 * 2 + 120);
    for (std::size_t day = 0; day < Forecast::days; ++day) {
        const bool mondays = (4 + day) % 7 == 0; // today is a Friday
        QCOMPARE(forecast->ceilings[day],
            std::int64_t(std::floor(std::max(burst, (mondays ? onMondays : onOthers) + baseline))));
    }
    QVERIFY(forecast->ceilings[3] > forecast->ceilings[0] || burst > onMondays + baseline);
}

void TestForecast::ceilingOfTheDay()
{
    Forecast forecast;
    forecast.computed = *core::parseTime("2026-11-20T23:59:00Z");
    for (std::size_t day = 0; day < Forecast::days; ++day)
        forecast.ceilings[day] = 100 + std::int64_t(day);
    QCOMPARE(forecast.ceilingAt(forecast.computed), 100);
    QCOMPARE(forecast.ceilingAt(*core::parseTime("2026-11-21T00:00:00Z")), 101);
    QCOMPARE(forecast.ceilingAt(*core::parseTime("2026-12-03T12:00:00Z")), 113);
    QCOMPARE(forecast.ceilingAt(*core::parseTime("2026-12-24T12:00:00Z")), 113); // the last one holds
    QCOMPARE(forecast.ceilingAt(*core::parseTime("2026-11-01T12:00:00Z")), 100); // a clock that was set back
}

void TestForecast::percentile()
{
    QCOMPARE(percentile95({}), 0.0);
    QCOMPARE(percentile95({4}), 4.0);
    QCOMPARE(percentile95({1, 2}), 1.95);
    std::vector<double> hundred;
    for (int i = 101; i >= 1; --i)
        hundred.push_back(i);
    QCOMPARE(percentile95(hundred), 96.0);
}

void TestForecast::speed_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<int>("minutes"); // since the first
    QTest::addColumn<double>("threshold");
    QTest::addColumn<bool>("tooFast");
    QTest::newRow("too few") << 9 << 5 << 1.0 << false;
    QTest::newRow("enough") << 10 << 5 << 9.0 << true;
    QTest::newRow("exactly the threshold") << 10 << 5 << 10.0 << false;
    QTest::newRow("an hour counts in full at least") << 15 << 1 << 16.0 << false;
    QTest::newRow("over two hours") << 30 << 120 << 14.0 << true;
    QTest::newRow("over two hours, slow") << 30 << 120 << 15.0 << false;
    QTest::newRow("almost a day") << 1000 << 24 * 60 - 1 << 1.0 << true;
    QTest::newRow("a day old") << 1000 << 24 * 60 << 1.0 << false;
    QTest::newRow("no threshold") << 1000 << 5 << 0.0 << false;
}

void TestForecast::speed()
{
    QFETCH(int, events);
    QFETCH(int, minutes);
    QFETCH(double, threshold);
    QFETCH(bool, tooFast);
    QCOMPARE(Velocity::exceeds(events, m_now - std::chrono::minutes(minutes), m_now, threshold), tooFast);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestForecast)
#include "tst_forecast.moc"
