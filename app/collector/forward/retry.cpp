// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/forward/retry.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <QLocale>
#include <QString>
#include <QTimeZone>

#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longestBidden{86'400};
constexpr std::size_t maxText = 300;

seconds bounded(double given)
{
    // Also for NaN, which is no reason to hurry.
    if (!(given < static_cast<double>(longestBidden.count())))
        return longestBidden;
    return seconds(static_cast<std::int64_t>(std::ceil(std::max(0.0, given))));
}

std::optional<double> numberOf(std::string_view text)
{
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The part before `mark`; `rest` moves behind it.
std::string_view take(std::string_view& rest, char mark)
{
    const std::size_t end = rest.find(mark);
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return trimmed(part);
}

bool concernsErrors(std::string_view categories)
{
    if (categories.empty())
        return true;
    while (!categories.empty()) {
        const std::string_view category = take(categories, ';');
        if (category == "error" || category == "default" || category == "security")
            return true;
    }
    return false;
}

/// What the answer says in words, in one line.
std::string wordsOf(const UpstreamAnswer& answer)
{
    std::string words = answer.sentryError;
    if (words.empty()) {
        const auto document = json::Document::parse(answer.text);
        words = document ? std::string(document->root()["detail"].string().value_or("")) : std::string();
    }
    QString line = QString::fromUtf8(words.data(), static_cast<qsizetype>(std::min(words.size(), maxText)));
    return line.simplified().toStdString();
}

std::string sentence(const UpstreamAnswer& answer)
{
    if (answer.status == 0)
        return "no answer: " + answer.text.substr(0, maxText);
    const std::string words = wordsOf(answer);
    return "HTTP " + std::to_string(answer.status) + (words.empty() ? std::string() : ": " + words);
}

} // namespace

milliseconds backOff(const RetryPace& pace, std::int64_t attempts, double chance)
{
    constexpr std::int64_t enough = 30; // doublings after which any pace has reached its longest
    const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, enough);
    const double wanted =
        static_cast<double>(pace.first.count()) * std::pow(2.0, static_cast<double>(doublings));
    const double capped = std::min(wanted, static_cast<double>(pace.longest.count()));
    return milliseconds(std::llround(capped * (0.75 + 0.5 * chance)));
}

std::optional<seconds> retryAfter(std::string_view value, core::TimePoint now)
{
    value = trimmed(value);
    if (value.empty())
        return std::nullopt;
    if (const auto number = numberOf(value))
        return bounded(*number);
    QString text = QString::fromLatin1(value.data(), static_cast<qsizetype>(value.size()));
    text.remove(0, text.indexOf(u',') + 1); // the day of the week says nothing new
    QDateTime date = QLocale::c().toDateTime(text.trimmed(), u"dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return bounded(std::chrono::duration<double>(core::fromDateTime(date) - now).count());
}

std::optional<seconds> rateLimitOf(std::string_view value, bool errorsOnly)
{
    std::optional<seconds> out;
    while (!value.empty()) {
        std::string_view limit = take(value, ',');
        const auto number = numberOf(take(limit, ':'));
        if (!number || (errorsOnly && !concernsErrors(take(limit, ':'))))
            continue;
        out = std::max(out.value_or(seconds(0)), bounded(*number));
    }
    return out;
}

ForwardResult judge(const UpstreamAnswer& answer, const RetryPace& pace, std::int64_t attempts, double chance,
    core::TimePoint now)
{
    ForwardResult out;
    const int status = answer.status;
    const std::int64_t nowMs = now.time_since_epoch().count();
    if (status >= 200 && status < 300) {
        out.fate = ForwardResult::Fate::Sent;
        if (const auto limit = rateLimitOf(answer.rateLimits, true))
            out.notBefore = nowMs + milliseconds(*limit).count();
        return out;
    }
    out.text = sentence(answer);
    if (status >= 400 && status < 500 && status != 429 && status != 408) {
        out.fate = ForwardResult::Fate::Refused;
        return out;
    }
    out.fate = ForwardResult::Fate::Waits;
    out.attempts = attempts + 1;
    std::optional<seconds> bidden = retryAfter(answer.retryAfter, now);
    if (status == 429) {
        const auto limit = rateLimitOf(answer.rateLimits, false);
        if (limit && (!bidden || *limit > *bidden))
            bidden = limit;
    }
    const milliseconds own = backOff(pace, out.attempts, chance);
    out.notBefore =
        nowMs + (bidden ? std::max(milliseconds(*bidden), std::min(own, pace.first)) : own).count();
    return out;
}

} // namespace vedette::collector
