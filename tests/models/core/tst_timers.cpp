// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/core/timers.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace std::chrono_literals;

class TestTimers final : public QObject
{
    Q_OBJECT

private slots:
    void ringsOnce();
    void ofTwoStartsTheLastCounts();
    void neverRingsAfterItsEnd();
    void goesForward();
};

void TestTimers::ringsOnce()
{
    core::SystemTimers timers;
    int rings = 0;
    int marker = 0;
    const auto alarm = timers.make([&] { ++rings; });
    const auto later = timers.make([&] { ++marker; });
    QVERIFY(!alarm->isActive());
    QCOMPARE(alarm->remaining(), 0ms);
    alarm->start(-5ms);
    QVERIFY(alarm->isActive());
    QTRY_COMPARE(rings, 1);
    QVERIFY(!alarm->isActive());
    later->start(2ms);
    QTRY_COMPARE(marker, 1);
    QCOMPARE(rings, 1);
}

void TestTimers::ofTwoStartsTheLastCounts()
{
    core::SystemTimers timers;
    int rings = 0;
    const auto alarm = timers.make([&] { ++rings; });
    alarm->start(std::chrono::hours(24 * 365)); // more than a QTimer holds
    QVERIFY(alarm->remaining() > std::chrono::hours(24 * 20));
    alarm->start(1ms);
    QTRY_COMPARE(rings, 1);
    alarm->start(1ms);
    alarm->stop();
    QVERIFY(!alarm->isActive());
}

void TestTimers::neverRingsAfterItsEnd()
{
    core::SystemTimers timers;
    bool hasRung = false;
    int marker = 0;
    auto alarm = timers.make([&] { hasRung = true; });
    const auto later = timers.make([&] { ++marker; });
    alarm->start(0ms);
    alarm.reset();
    later->start(2ms);
    QTRY_COMPARE(marker, 1);
    QVERIFY(!hasRung);
}

void TestTimers::goesForward()
{
    core::SystemTimers timers;
    const auto before = timers.elapsed();
    int rings = 0;
    const auto alarm = timers.make([&] { ++rings; });
    alarm->start(5ms);
    QTRY_COMPARE(rings, 1);
    QVERIFY(timers.elapsed() > before);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestTimers)
#include "tst_timers.moc"
