// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "models/api/ratelimit.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

// 1994-11-06 08:49:37 UTC, the moment of RFC 9110's examples.
const core::TimePoint then{seconds(784'111'777)};

std::optional<seconds> wait(const QList<api::Headers::Pair>& headers)
{
    return api::readRateLimit(api::Headers(headers), then).wait;
}

} // namespace

class TestRateLimit final : public QObject
{
    Q_OBJECT

private slots:
    void readsDates();
    void refusesOtherDates();
    void waits();
    void countsWhatIsLeft();
};

void TestRateLimit::readsDates()
{
    for (const char* text :
        {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        QCOMPARE(api::parseHttpDate(text), std::optional(then));
}

void TestRateLimit::refusesOtherDates()
{
    for (const char* text : {"", "12", "tomorrow", "Sun, 06 Nov 1994", "Sun, 31 Feb 1994 08:49:37 GMT",
             "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
             "Sun, 06 Nov 1994 99:49:37 GMT"})
        QVERIFY2(!api::parseHttpDate(text), text);
}

void TestRateLimit::waits()
{
    QCOMPARE(wait({}), std::nullopt);
    QCOMPARE(wait({{"Retry-After", "30"}}), std::optional(seconds(30)));
    QCOMPARE(wait({{"retry-after", " 1.2 "}}), std::optional(seconds(2)));
    QCOMPARE(wait({{"Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT"}}), std::optional(seconds(60)));
    // The server's clock is an hour ahead; its own Date says so, and one minute stays one minute.
    QCOMPARE(
        wait({{"Date", "Sun, 06 Nov 1994 09:49:37 GMT"}, {"Retry-After", "Sun, 06 Nov 1994 09:50:37 GMT"}}),
        std::optional(seconds(60)));
    // Reset goes before Retry-After.
    QCOMPARE(
        wait({{"Retry-After", "30"}, {"X-Sentry-Rate-Limit-Reset", "784111780"}}), std::optional(seconds(3)));
    QCOMPARE(wait({{"X-Sentry-Rate-Limits", "60:error;default:organization:quota, 2700::key"}}),
        std::optional(seconds(2700)));
    // Past, negative, absurd, not a number.
    QCOMPARE(wait({{"X-Sentry-Rate-Limit-Reset", "1"}}), std::optional(seconds(1)));
    QCOMPARE(wait({{"Retry-After", "-5"}}), std::optional(seconds(1)));
    QCOMPARE(wait({{"Retry-After", "1e300"}}), std::optional(seconds(24 * 3600)));
    QCOMPARE(wait({{"Retry-After", "nan"}}), std::nullopt);
    QCOMPARE(wait({{"Retry-After", "soon"}, {"X-Sentry-Rate-Limits", "x:y,,"}}), std::nullopt);
}

void TestRateLimit::countsWhatIsLeft()
{
    const api::RateLimit limit = api::readRateLimit(
        api::Headers({{"X-Sentry-Rate-Limit-Limit", "40"}, {"x-sentry-rate-limit-remaining", "39"}}), then);
    QCOMPARE(limit.limit, std::optional<qint64>(40));
    QCOMPARE(limit.remaining, std::optional<qint64>(39));
    QVERIFY(!limit.wait);
    QVERIFY(!api::readRateLimit(
        api::Headers(QList<api::Headers::Pair>{{"X-Sentry-Rate-Limit-Limit", "many"}}), then)
                 .limit);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRateLimit)
#include "tst_ratelimit.moc"
