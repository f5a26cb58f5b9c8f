// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/ratelimit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace vedette::api {
namespace {

using std::chrono::seconds;

constexpr seconds shortestWait{1};
constexpr seconds longestWait{24 * 3600};

seconds bounded(double wait)
{
    const double most = static_cast<double>(longestWait.count());
    return std::clamp(
        seconds(static_cast<qint64>(std::ceil(std::clamp(wait, 0.0, most)))), shortestWait, longestWait);
}

std::optional<double> number(const QByteArray& text)
{
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (!ok || !std::isfinite(value))
        return {};
    return value;
}

double secondsOf(core::TimePoint time)
{
    return static_cast<double>(time.time_since_epoch().count()) / 1000.0;
}

std::optional<int> monthOf(const QByteArray& name)
{
    constexpr std::array<const char*, 12> names = {
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    const auto it = std::find(names.begin(), names.end(), name.toLower().toStdString());
    if (it == names.end())
        return {};
    return static_cast<int>(it - names.begin()) + 1;
}

std::optional<core::TimePoint> assemble(
    const QByteArray& day, const QByteArray& month, const QByteArray& year, const QByteArray& time)
{
    bool dayOk = false;
    bool yearOk = false;
    const int d = day.toInt(&dayOk);
    int y = year.toInt(&yearOk);
    const auto m = monthOf(month);
    if (!dayOk || !yearOk || !m || d < 1 || d > 31 || y < 0 || y > 9999)
        return {};
    if (year.size() == 2) // RFC 850's two digits
        y += y < 70 ? 2000 : 1900;
    const QByteArray iso = QByteArray::number(y).rightJustified(4, '0') + '-' +
                           QByteArray::number(*m).rightJustified(2, '0') + '-' +
                           QByteArray::number(d).rightJustified(2, '0') + 'T' + time + 'Z';
    return core::parseTime({iso.constData(), static_cast<std::size_t>(iso.size())});
}

/// The longest wait in `60:error;default:organization:quota, 120:...` (contract section 12).
std::optional<double> longestQuota(const QByteArray& header)
{
    std::optional<double> longest;
    const QList<QByteArray> entries = header.split(',');
    for (const QByteArray& entry : entries) {
        if (const auto wait = number(entry.trimmed().split(':').first()))
            longest = std::max(longest.value_or(0), *wait);
    }
    return longest;
}

} // namespace

std::optional<core::TimePoint> parseHttpDate(QByteArrayView text)
{
    QByteArray flat = text.toByteArray().simplified();
    if (flat.size() > 64)
        return {};
    flat.replace("-", " "); // RFC 850 writes 06-Nov-94
    const QList<QByteArray> words = flat.split(' ');
    // Sun, 06 Nov 1994 08:49:37 GMT | Sunday, 06 Nov 94 08:49:37 GMT
    if (words.size() == 6 && words[0].endsWith(','))
        return assemble(words[1], words[2], words[3], words[4]);
    // Sun Nov 6 08:49:37 1994
    if (words.size() == 5)
        return assemble(words[2], words[1], words[4], words[3]);
    return {};
}

RateLimit readRateLimit(const Headers& headers, core::TimePoint now)
{
    RateLimit out;
    const auto whole = [&headers](const char* name) -> std::optional<qint64> {
        const auto value = number(headers.value(name));
        if (!value || std::abs(*value) > 1e15)
            return {};
        return static_cast<qint64>(*value);
    };
    out.limit = whole("X-Sentry-Rate-Limit-Limit");
    out.remaining = whole("X-Sentry-Rate-Limit-Remaining");
    out.concurrentRemaining = whole("X-Sentry-Rate-Limit-ConcurrentRemaining");
    out.reset = whole("X-Sentry-Rate-Limit-Reset");

    const double reference = secondsOf(parseHttpDate(headers.value("Date")).value_or(now));
    const QByteArray retryAfter = headers.value("Retry-After");
    if (const auto reset = number(headers.value("X-Sentry-Rate-Limit-Reset")))
        out.wait = bounded(*reset - reference);
    else if (const auto delay = number(retryAfter))
        out.wait = bounded(*delay);
    else if (const auto date = parseHttpDate(retryAfter))
        out.wait = bounded(secondsOf(*date) - reference);
    else if (const auto quota = longestQuota(headers.value("X-Sentry-Rate-Limits")))
        out.wait = bounded(*quota);
    return out;
}

} // namespace vedette::api
