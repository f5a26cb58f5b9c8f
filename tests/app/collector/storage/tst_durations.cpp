// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include <cmath>

#include "app/collector/storage/durations.h"
#include "tests/support/main.h"

using namespace vedette::collector;
using namespace std::chrono_literals;

/// How near the quantiles come, and that sketches add up through their stored form.
class TestDurations final : public QObject
{
    Q_OBJECT

private slots:
    void quantilesAreNear();
    void addsUp();
    void holdsExtremes();
    void readsWhatIsDamaged();
};

namespace {

bool isNear(std::chrono::microseconds got, double want)
{
    return std::abs(static_cast<double>(got.count()) - want) <= 0.026 * want;
}

} // namespace

void TestDurations::quantilesAreNear()
{
    Durations all;
    QCOMPARE(all.quantile(0.5).count(), 0);
    for (int i = 1; i <= 10'000; ++i)
        all.add(std::chrono::microseconds(i * 137));
    QCOMPARE(all.count(), 10'000);
    for (const double q : {0.01, 0.25, 0.5, 0.95, 0.99, 1.0})
        QVERIFY2(isNear(all.quantile(q), q * 10'000 * 137), qPrintable(QString::number(q)));
}

void TestDurations::addsUp()
{
    Durations odd;
    Durations even;
    Durations all;
    for (int i = 0; i < 1'000; ++i) {
        const std::chrono::microseconds each(1'000 + i * i);
        (i % 2 == 0 ? even : odd).add(each);
        all.add(each);
    }
    Durations sum = Durations::unpack(odd.pack());
    sum.add(Durations::unpack(even.pack()));
    QCOMPARE(sum.count(), all.count());
    QCOMPARE(sum.pack(), all.pack());
    QCOMPARE(sum.quantile(0.95).count(), all.quantile(0.95).count());
    QVERIFY(all.pack().size() < 700);
}

void TestDurations::holdsExtremes()
{
    Durations all;
    all.add(-5us);
    all.add(0us);
    QCOMPARE(all.quantile(1.0).count(), 1);
    all.add(std::chrono::hours(24 * 365));
    QVERIFY(isNear(all.quantile(1.0), 86'400e6));
    QCOMPARE(Durations::unpack(all.pack()).count(), 3);
}

void TestDurations::readsWhatIsDamaged()
{
    Durations all;
    for (int i = 1; i < 500; ++i)
        all.add(std::chrono::milliseconds(i));
    const std::string bytes = all.pack();
    for (std::size_t size = 0; size <= bytes.size(); ++size)
        QVERIFY(Durations::unpack(bytes.substr(0, size)).count() <= all.count());
    const Durations damaged = Durations::unpack(std::string(64, '\xff'));
    QCOMPARE(damaged.count(), 0);
    QCOMPARE(damaged.quantile(0.5).count(), 0);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestDurations)
#include "tst_durations.moc"
