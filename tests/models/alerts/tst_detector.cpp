// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <functional>
#include <random>

#include "models/alerts/detector.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace std::chrono_literals;
using alerts::detect;
using alerts::HourVerdict;

namespace {

const core::TimePoint monday = *core::parseTime("2026-03-02T00:00:00Z");

domain::Series hourly(const QList<qint64>& counts)
{
    domain::Series out{1h, {}};
    core::TimePoint hour = monday;
    for (const qint64 count : counts) {
        out.points.append({hour, count});
        hour += 1h;
    }
    return out;
}

/// So many hours of Poisson counts, the mean given by the hour of the day; always the same ones.
QList<qint64> noise(int hours, const std::function<double(int)>& meanAtHour)
{
    std::mt19937 random(7);
    QList<qint64> out;
    for (int i = 0; i < hours; ++i)
        out.append(std::poisson_distribution<qint64>(meanAtHour(i % 24))(random));
    return out;
}

QList<HourVerdict> judge(const QList<qint64>& counts)
{
    const domain::Series series = hourly(counts);
    return detect(series, series.points.last().start + 59min);
}

int firingHours(const QList<HourVerdict>& verdicts, qsizetype from)
{
    int out = 0;
    for (qsizetype i = from; i < verdicts.size(); ++i)
        out += verdicts.at(i).firing ? 1 : 0;
    return out;
}

} // namespace

class TestDetector final : public QObject
{
    Q_OBJECT

private slots:
    void sumsFinerStepsAndFillsGaps();
    void saysNothingOfDays();
    void cutsAbsurdSpans();
    void steadySeriesAreQuiet_data();
    void steadySeriesAreQuiet();
    void spikesFire_data();
    void spikesFire();
    void laterHoursChangeNothing();
    void partialHourFiresEarlyButNeverForLess();
    void nightlyJobBecomesUsual();
    void levelShiftIsAdopted();
    void outageIsNotTheNewNormal();
    void silentSeriesFiresOnABurst();
    void shortHistoryNeedsMore();
    void verdictsAreExplained();
};

void TestDetector::sumsFinerStepsAndFillsGaps()
{
    const domain::Series fine{
        20min, {{monday, 1}, {monday + 20min, 2}, {monday + 40min, 3}, {monday + 3h, 4}, {monday + 5h, 9}}};
    const domain::Series hours = alerts::toHours(fine, monday + 4h);
    QCOMPARE(hours.step, std::chrono::seconds(1h));
    QCOMPARE(hours.points.size(), 4);
    QCOMPARE(hours.points.at(0).count, 6);
    QCOMPARE(hours.points.at(1).count, 0);
    QCOMPARE(hours.points.at(3).start, monday + 3h);
    QCOMPARE(hours.points.at(3).count, 4);
}

void TestDetector::saysNothingOfDays()
{
    const domain::Series days{24h, {{monday, 10}, {monday + 24h, 5000}}};
    QVERIFY(detect(days, monday + 48h).isEmpty());
    QVERIFY(detect({}, monday).isEmpty());
}

void TestDetector::cutsAbsurdSpans()
{
    const domain::Series series{1h, {{core::TimePoint(), 1}, {monday, 2}}};
    const auto hours = alerts::toHours(series, monday);
    QVERIFY(hours.points.size() < 10'000);
    QCOMPARE(hours.points.last().count, 2);
}

void TestDetector::steadySeriesAreQuiet_data()
{
    QTest::addColumn<QList<qint64>>("counts");
    QTest::newRow("silence") << QList<qint64>(1000, 0);
    QTest::newRow("always the same") << QList<qint64>(1000, 45);
    QTest::newRow("rare") << noise(1000, [](int) { return 0.2; });
    QTest::newRow("few") << noise(1000, [](int) { return 3.0; });
    QTest::newRow("many") << noise(1000, [](int) { return 900.0; });
    QTest::newRow("by day") << noise(1000, [](int hour) { return hour > 8 && hour < 18 ? 60.0 : 4.0; });
}

void TestDetector::steadySeriesAreQuiet()
{
    QFETCH(const QList<qint64>, counts);
    QCOMPARE(firingHours(judge(counts), 168), 0);
}

void TestDetector::spikesFire_data()
{
    QTest::addColumn<double>("mean");
    QTest::addColumn<qint64>("spike");
    QTest::addColumn<bool>("fires");
    QTest::newRow("rare, a dozen") << 0.3 << qint64(12) << true;
    QTest::newRow("few, ten times") << 4.0 << qint64(40) << true;
    QTest::newRow("few, twice") << 4.0 << qint64(8) << false;
    QTest::newRow("many, four times") << 60.0 << qint64(240) << true;
    QTest::newRow("many, half as much again: below the factor") << 900.0 << qint64(1350) << false;
    QTest::newRow("below the floor") << 0.05 << qint64(5) << false;
}

void TestDetector::spikesFire()
{
    QFETCH(const double, mean);
    QFETCH(const qint64, spike);
    QFETCH(const bool, fires);
    QList<qint64> counts = noise(500, [mean](int) { return mean; });
    counts.append(spike);
    QCOMPARE(judge(counts).last().firing, fires);
}

void TestDetector::laterHoursChangeNothing()
{
    QList<qint64> counts = noise(400, [](int hour) { return hour > 8 ? 12.0 : 2.0; });
    counts[250] = 90;
    const QList<HourVerdict> whole = judge(counts);
    for (const qsizetype length : {100, 251, 252, 399})
        QCOMPARE(judge(counts.first(length)), whole.first(length));
}

void TestDetector::partialHourFiresEarlyButNeverForLess()
{
    QList<qint64> counts = noise(400, [](int) { return 20.0; });
    counts.append(3);
    const domain::Series low = hourly(counts);
    QVERIFY(!detect(low, low.points.last().start + 2min).last().firing);
    counts.last() = 200;
    const domain::Series high = hourly(counts);
    const HourVerdict early = detect(high, high.points.last().start + 2min).last();
    QVERIFY(early.firing);
    QVERIFY2(early.expected > 15 && early.expected < 25, "the expectation is that of the whole hour");
}

void TestDetector::nightlyJobBecomesUsual()
{
    const QList<qint64> counts = noise(600, [](int hour) { return hour == 3 ? 180.0 : 15.0; });
    const auto verdicts = judge(counts);
    QVERIFY(firingHours(verdicts, 0) >= 1);
    QCOMPARE(firingHours(verdicts, 168), 0);
    QVERIFY(verdicts.at(24 * 24 + 3).expected > 100);
}

void TestDetector::levelShiftIsAdopted()
{
    QList<qint64> counts = noise(300, [](int) { return 10.0; });
    counts += noise(300, [](int) { return 60.0; });
    const auto verdicts = judge(counts);
    QVERIFY(verdicts.at(300).firing);
    QCOMPARE(firingHours(verdicts, 300 + 48), 0);
}

void TestDetector::outageIsNotTheNewNormal()
{
    QList<qint64> counts = noise(300, [](int) { return 10.0; });
    counts += QList<qint64>(30, 0);
    counts += noise(100, [](int) { return 10.0; });
    QCOMPARE(firingHours(judge(counts), 168), 0);
}

void TestDetector::silentSeriesFiresOnABurst()
{
    QList<qint64> counts(300, 0);
    counts.append(16);
    const auto verdict = judge(counts).last();
    QVERIFY(verdict.firing);
    QVERIFY(verdict.expected < 1);
}

void TestDetector::shortHistoryNeedsMore()
{
    QVERIFY(!judge({12}).last().firing);
    QVERIFY(!judge({0, 0, 12}).last().firing);
    QVERIFY(judge({0, 0, 60}).last().firing);
    QVERIFY(!judge({50, 60, 55, 58, 61, 70}).last().firing);
}

void TestDetector::verdictsAreExplained()
{
    QList<qint64> counts = noise(500, [](int) { return 30.0; });
    counts.append(412);
    const auto verdict = judge(counts).last();
    QCOMPARE(verdict.count, 412);
    QVERIFY(verdict.firing);
    QVERIFY(verdict.expected > 25 && verdict.expected < 35);
    QVERIFY(verdict.upper > verdict.expected && verdict.upper < 100);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDetector)
#include "tst_detector.moc"
