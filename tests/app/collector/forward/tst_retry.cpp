// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// When an envelope that was not taken is sent again.

#include <QTest>

#include "app/collector/forward/retry.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace std::chrono_literals;

using Fate = ForwardResult::Fate;

class TestRetry final : public QObject
{
    Q_OBJECT

private slots:
    void backsOff();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void readsRateLimits_data();
    void readsRateLimits();
    void judges_data();
    void judges();

private:
    const core::TimePoint m_now = *core::parseTime("2026-11-20T10:00:00Z");
};

void TestRetry::backsOff()
{
    const RetryPace pace{1s, 300s};
    QCOMPARE(backOff(pace, 1, 0.5), 1'000ms);
    QCOMPARE(backOff(pace, 2, 0.5), 2'000ms);
    QCOMPARE(backOff(pace, 6, 0.5), 32'000ms);
    QCOMPARE(backOff(pace, 10, 0.5), 300'000ms);
    QCOMPARE(backOff(pace, 1'000'000, 0.5), 300'000ms);
    QCOMPARE(backOff(pace, 0, 0.5), 1'000ms);
    QCOMPARE(backOff(pace, 1, 0.0), 750ms);
    QCOMPARE(backOff(pace, 1, 1.0), 1'250ms);
}

void TestRetry::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds"); // -1: none
    QTest::newRow("seconds") << QByteArray("60") << qint64(60);
    QTest::newRow("spaces") << QByteArray(" 60 ") << qint64(60);
    QTest::newRow("fraction") << QByteArray("0.4") << qint64(1);
    QTest::newRow("date") << QByteArray("Fri, 20 Nov 2026 10:02:00 GMT") << qint64(120);
    QTest::newRow("date gone by") << QByteArray("Fri, 20 Nov 2026 09:00:00 GMT") << qint64(0);
    QTest::newRow("date far off") << QByteArray("Fri, 20 Nov 2030 10:00:00 GMT") << qint64(86'400);
    QTest::newRow("huge") << QByteArray("1e300") << qint64(86'400);
    QTest::newRow("not a number") << QByteArray("nan") << qint64(86'400);
    QTest::newRow("negative") << QByteArray("-5") << qint64(0);
    QTest::newRow("none") << QByteArray() << qint64(-1);
    QTest::newRow("words") << QByteArray("soon") << qint64(-1);
}

void TestRetry::readsRetryAfter()
{
    QFETCH(const QByteArray, value);
    QFETCH(const qint64, seconds);
    const auto read = retryAfter(value.toStdString(), m_now);
    QCOMPARE(read ? qint64(read->count()) : qint64(-1), seconds);
}

void TestRetry::readsRateLimits_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("errors");
    QTest::addColumn<qint64>("any");
    QTest::newRow("all") << QByteArray("60::organization:quota") << qint64(60) << qint64(60);
    QTest::newRow("errors") << QByteArray("30:default;error;security:key:x") << qint64(30) << qint64(30);
    QTest::newRow("transactions") << QByteArray("30:transaction:key:x") << qint64(-1) << qint64(30);
    QTest::newRow("several") << QByteArray("30:transaction:key, 2700:default;error:org") << qint64(2700)
                             << qint64(2700);
    QTest::newRow("longest") << QByteArray("5:error:key, 9:transaction:key") << qint64(5) << qint64(9);
    QTest::newRow("number alone") << QByteArray("7") << qint64(7) << qint64(7);
    QTest::newRow("broken") << QByteArray(":,x:error:key,,;") << qint64(-1) << qint64(-1);
    QTest::newRow("none") << QByteArray() << qint64(-1) << qint64(-1);
}

void TestRetry::readsRateLimits()
{
    QFETCH(const QByteArray, value);
    QFETCH(const qint64, errors);
    QFETCH(const qint64, any);
    const auto number = [](const std::optional<std::chrono::seconds>& read) {
        return read ? qint64(read->count()) : qint64(-1);
    };
    QCOMPARE(number(rateLimitOf(value.toStdString(), true)), errors);
    QCOMPARE(number(rateLimitOf(value.toStdString(), false)), any);
}

void TestRetry::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<QByteArray>("rateLimits");
    QTest::addColumn<int>("fate");
    QTest::addColumn<qint64>("waitMs");
    const auto row = [](const char* name, int status, const char* after, const char* limits, Fate fate,
                         qint64 waitMs) {
        QTest::newRow(name) << status << QByteArray(after) << QByteArray(limits) << static_cast<int>(fate)
                            << waitMs;
    };
    row("200", 200, "", "", Fate::Sent, 0);
    row("202", 202, "", "", Fate::Sent, 0);
    row("200 with a limit", 200, "", "60:error:key:x", Fate::Sent, 60'000);
    row("200 with another limit", 200, "", "60:transaction:key:x", Fate::Sent, 0);
    row("400", 400, "60", "", Fate::Refused, 0);
    row("401", 401, "", "", Fate::Refused, 0);
    row("403", 403, "", "", Fate::Refused, 0);
    row("413", 413, "", "", Fate::Refused, 0);
    row("408", 408, "", "", Fate::Waits, 4'000);
    row("429", 429, "60", "", Fate::Waits, 60'000);
    row("429, limits", 429, "10", "60:transaction:key:x", Fate::Waits, 60'000);
    row("429, shorter limits", 429, "90", "60:error:key:x", Fate::Waits, 90'000);
    row("429, nothing told", 429, "", "", Fate::Waits, 4'000);
    row("429, at once", 429, "0", "", Fate::Waits, 1'000);
    row("500", 500, "", "", Fate::Waits, 4'000);
    row("503, told", 503, "20", "", Fate::Waits, 20'000);
    row("301", 301, "", "", Fate::Waits, 4'000);
    row("no answer", 0, "", "", Fate::Waits, 4'000);
}

void TestRetry::judges()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const QByteArray, rateLimits);
    QFETCH(const int, fate);
    QFETCH(const qint64, waitMs);
    UpstreamAnswer answer;
    answer.status = status;
    answer.retryAfter = retryAfter.toStdString();
    answer.rateLimits = rateLimits.toStdString();
    answer.text = R"({"detail":"because\r\n of this"})";
    const ForwardResult result = judge(answer, {1s, 300s}, 2, 0.5, m_now);
    QCOMPARE(static_cast<int>(result.fate), fate);
    const qint64 now = m_now.time_since_epoch().count();
    QCOMPARE(result.notBefore == 0 ? 0 : result.notBefore - now, waitMs);
    QCOMPARE(result.attempts, result.fate == Fate::Waits ? 3 : 0);
    if (result.fate == Fate::Refused)
        QCOMPARE(result.text, "HTTP " + std::to_string(status) + ": because of this");
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRetry)
#include "tst_retry.moc"
