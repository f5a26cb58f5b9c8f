// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/core/clock.h"
#include "tests/support/main.h"

using namespace vedette::core;

class TestClock final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void writesWhatItReads();
    void timeOnlyGoesOn();
};

void TestClock::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    const qint64 base = 1735689600000; // 2025-01-01T00:00:00Z
    QTest::newRow("no fraction") << QByteArray("2025-01-01T00:00:00Z") << base;
    QTest::newRow("three digits") << QByteArray("2025-01-01T00:00:00.120Z") << base + 120;
    QTest::newRow("six digits") << QByteArray("2025-01-01T00:00:00.120499Z") << base + 120;
    QTest::newRow("rounds up") << QByteArray("2025-01-01T00:00:00.120500Z") << base + 121;
    QTest::newRow("nine digits") << QByteArray("2025-01-01T00:00:00.120000001Z") << base + 120;
    QTest::newRow("offset") << QByteArray("2025-01-01T02:00:00+02:00") << base;
    QTest::newRow("offset without colon") << QByteArray("2024-12-31T20:30:00-0330") << base;
    QTest::newRow("utc as offset") << QByteArray("2025-01-01T00:00:00+00:00") << base;
    QTest::newRow("no zone") << QByteArray("2025-01-01T00:00:00") << base;
    QTest::newRow("space") << QByteArray("2025-01-01 00:00:00") << base;
    QTest::newRow("date only") << QByteArray("2025-01-01") << base;
    QTest::newRow("no seconds") << QByteArray("2025-01-01T00:01Z") << base + 60000;
    QTest::newRow("leap second") << QByteArray("2024-12-31T23:59:60Z") << base;
}

void TestClock::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const auto time = parseTime(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    QVERIFY(time.has_value());
    QCOMPARE(qint64(time->time_since_epoch().count()), ms);
}

void TestClock::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "yesterday", "2025-13-01T00:00:00Z", "2025-02-30", "2025-01-01T24:00:00Z",
             "2025-01-01T00:00:00.Z", "2025-01-01T00:00:00Zx", "2025-01-01T00:00:00+99:00", "-025-01-01",
             "20250101"})
        QTest::newRow(text) << QByteArray(text);
}

void TestClock::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseTime(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))));
}

void TestClock::writesWhatItReads()
{
    const std::string text = "2026-11-20T10:41:52.120Z";
    const auto time = parseTime(text);
    QVERIFY(time.has_value());
    QCOMPARE(formatTime(*time), text);
    QCOMPARE(fromDateTime(toDateTime(*time)).time_since_epoch().count(), time->time_since_epoch().count());
}

void TestClock::timeOnlyGoesOn()
{
    const SystemClock clock;
    std::chrono::milliseconds before = clock.running();
    QVERIFY(before.count() > 0);
    for (int i = 0; i < 1'000; ++i) {
        const std::chrono::milliseconds after = clock.running();
        QVERIFY(after >= before);
        before = after;
    }
    const auto start = before;
    QTRY_VERIFY(clock.running() > start);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClock)
#include "tst_clock.moc"
