// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/core/clock.h"

#include <array>
#include <charconv>
#include <cstdio>

#include <time.h>

namespace vedette::core {
namespace {

/// Reads exactly `width` digits from the front of `text` and takes them off it.
std::optional<int> digits(std::string_view& text, std::size_t width)
{
    int value = 0;
    if (text.size() < width)
        return {};
    const auto [end, error] = std::from_chars(text.data(), text.data() + width, value);
    if (error != std::errc() || end != text.data() + width || value < 0)
        return {};
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

/// The fraction after the dot, in milliseconds rounded to nearest; takes all its digits.
std::optional<int> fractionMs(std::string_view& text)
{
    int micros = 0;
    int seen = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (seen < 6)
            micros = micros * 10 + (text.front() - '0');
        ++seen;
        text.remove_prefix(1);
    }
    if (seen == 0)
        return {};
    for (int i = seen; i < 6; ++i)
        micros *= 10;
    return (micros + 500) / 1000;
}

/// `Z`, `+02:00`, `-0330` or nothing, as minutes to subtract.
std::optional<std::chrono::minutes> zone(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z")
        return std::chrono::minutes(0);
    const char sign = text.front();
    if (sign != '+' && sign != '-')
        return {};
    text.remove_prefix(1);
    const auto hours = digits(text, 2);
    take(text, ':');
    const auto minutes = text.empty() ? std::optional(0) : digits(text, 2);
    if (!hours || !minutes || !text.empty() || *hours > 23 || *minutes > 59)
        return {};
    const std::chrono::minutes offset(*hours * 60 + *minutes);
    return sign == '-' ? -offset : offset;
}

} // namespace

TimePoint SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::running() const
{
#ifdef CLOCK_BOOTTIME
    // Linux's monotonic clock, and so std::chrono's steady one, stands still while the machine sleeps.
    timespec passed{};
    if (::clock_gettime(CLOCK_BOOTTIME, &passed) == 0) {
        return std::chrono::seconds(passed.tv_sec) +
               std::chrono::floor<std::chrono::milliseconds>(std::chrono::nanoseconds(passed.tv_nsec));
    }
#endif
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

QDateTime toDateTime(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
}

TimePoint fromDateTime(const QDateTime& time)
{
    return TimePoint(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

std::optional<TimePoint> parseTime(std::string_view text)
{
    using namespace std::chrono;
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    const auto y = digits(text, 4);
    if (!y || !take(text, '-'))
        return {};
    const auto m = digits(text, 2);
    if (!m || !take(text, '-'))
        return {};
    const auto d = digits(text, 2);
    if (!d)
        return {};
    const year_month_day date(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
    if (!date.ok())
        return {};
    const TimePoint midnight = time_point_cast<milliseconds>(sys_days(date));
    if (text.empty())
        return midnight;
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' '))
        return {};
    const auto hour = digits(text, 2);
    if (!hour || !take(text, ':'))
        return {};
    const auto minute = digits(text, 2);
    if (!minute)
        return {};
    int second = 0;
    int ms = 0;
    if (take(text, ':')) {
        const auto s = digits(text, 2);
        if (!s)
            return {};
        second = *s;
        if (take(text, '.') || take(text, ',')) {
            const auto fraction = fractionMs(text);
            if (!fraction)
                return {};
            ms = *fraction;
        }
    }
    const auto offset = zone(text);
    // 60 is a leap second (RFC 3339 section 5.7); it becomes the next second.
    if (!offset || *hour > 23 || *minute > 59 || second > 60)
        return {};
    return midnight + hours(*hour) + minutes(*minute) + seconds(second) + milliseconds(ms) - *offset;
}

std::string formatTime(TimePoint time)
{
    using namespace std::chrono;
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date(days);
    const hh_mm_ss clock(time - days);
    std::array<char, 40> out{};
    const int n = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {out.data(), static_cast<std::size_t>(n)};
}

} // namespace vedette::core
