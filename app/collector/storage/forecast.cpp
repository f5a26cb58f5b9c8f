// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/forecast.h"

#include <algorithm>
#include <cmath>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "models/json/document.h"

namespace vedette::collector {
namespace {

constexpr std::int64_t weekHours = 168;
constexpr std::int64_t weekDays = 7;

std::int64_t hourOf(core::TimePoint time)
{
    return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

std::int64_t dayOf(core::TimePoint time)
{
    return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

std::int64_t dayOfHour(std::int64_t hour)
{
    return std::chrono::floor<std::chrono::days>(std::chrono::hours(hour)).count();
}

} // namespace

std::optional<Forecast> Forecast::compute(
    const std::vector<std::pair<std::int64_t, std::int64_t>>& hours, core::TimePoint now)
{
    if (hours.empty())
        return {};
    Forecast out;
    out.computed = now;
    std::int64_t largest = 0;
    double sum = 0;
    for (const auto& [hour, count] : hours) {
        largest = std::max(largest, count);
        sum += static_cast<double>(count);
    }
    if (hours.size() < weekHours) {
        out.ceilings.fill(10 * largest);
        return out;
    }
    const auto n = static_cast<double>(hours.size());
    const double mean = sum / n;
    double squares = 0;
    for (const auto& [hour, count] : hours)
        squares += (static_cast<double>(count) - mean) * (static_cast<double>(count) - mean);
    const double deviation = std::sqrt(squares / (n - 1));
    const double variation = deviation / mean;
    const double burst = static_cast<double>(largest) * std::clamp(5 * std::exp(-0.65 * variation), 2.0, 5.0);
    const double baseline = mean * std::clamp((mean + 5 * deviation) / mean, 5.0, 8.0);
    for (std::size_t d = 0; d < days; ++d) {
        const std::int64_t weekday = (dayOf(now) + static_cast<std::int64_t>(d)) % weekDays;
        double weighted = 0;
        double weights = 0;
        for (const auto& [hour, count] : hours) {
            const double weight = dayOfHour(hour) % weekDays == weekday ? 2 : 1;
            weighted += weight * static_cast<double>(count);
            weights += weight;
        }
        out.ceilings[d] =
            static_cast<std::int64_t>(std::floor(std::max(burst, weighted / weights + baseline)));
    }
    return out;
}

std::int64_t Forecast::ceilingAt(core::TimePoint now) const
{
    const std::int64_t day = std::clamp<std::int64_t>(dayOf(now) - dayOf(computed), 0, days - 1);
    return ceilings[static_cast<std::size_t>(day)];
}

std::optional<Forecast> Forecast::of(SQLite::Database& db, std::int64_t issue, core::TimePoint now)
{
    SQLite::Statement query(db, "SELECT computed, ceilings FROM issue_forecasts WHERE issue_id = ?");
    query.bind(1, issue);
    if (!query.executeStep())
        return {};
    Forecast out;
    out.computed = core::TimePoint(std::chrono::milliseconds(query.getColumn(0).getInt64()));
    if (now - out.computed > std::chrono::days(days))
        return {};
    const auto document = json::Document::parse(query.getColumn(1).getString());
    if (!document || document->root().size() != days)
        return {};
    std::size_t day = 0;
    for (const json::Value ceiling : document->root().items())
        out.ceilings[day++] = ceiling.integer().value_or(defaultCeiling);
    return out;
}

std::optional<Forecast> Forecast::renew(SQLite::Database& db, std::int64_t issue, core::TimePoint now)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> hours;
    SQLite::Statement query(db,
        "SELECT hour, SUM(count) FROM issue_hours WHERE issue_id = ? AND hour > ? AND "
        "hour <= ? GROUP BY hour");
    query.bind(1, issue);
    query.bind(2, hourOf(now) - weekHours);
    query.bind(3, hourOf(now));
    while (query.executeStep())
        hours.emplace_back(query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
    auto forecast = compute(hours, now);
    if (!forecast) {
        remove(db, issue);
        return {};
    }
    SQLite::Statement insert(
        db, "INSERT OR REPLACE INTO issue_forecasts (issue_id, computed, ceilings) VALUES (?, ?, ?)");
    insert.bind(1, issue);
    insert.bind(2, std::int64_t(now.time_since_epoch().count()));
    insert.bind(3, forecast->ceilingsJson());
    insert.exec();
    return forecast;
}

void Forecast::remove(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement remove(db, "DELETE FROM issue_forecasts WHERE issue_id = ?");
    remove.bind(1, issue);
    remove.exec();
}

std::string Forecast::ceilingsJson() const
{
    std::string out = "[";
    for (const std::int64_t ceiling : ceilings) {
        if (out.size() > 1)
            out += ',';
        out += std::to_string(ceiling);
    }
    return out + ']';
}

std::int64_t eventsThisHour(SQLite::Database& db, std::int64_t issue, core::TimePoint now)
{
    SQLite::Statement query(
        db, "SELECT coalesce(SUM(count), 0) FROM issue_hours WHERE issue_id = ? AND hour = ?");
    query.bind(1, issue);
    query.bind(2, hourOf(now));
    query.executeStep();
    return query.getColumn(0).getInt64();
}

} // namespace vedette::collector
