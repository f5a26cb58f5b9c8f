// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/velocity.h"

#include <algorithm>
#include <cmath>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "models/core/logging.h"

namespace vedette::collector {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours week{168};
constexpr std::chrono::hours lookBack{90 * 24};
constexpr std::int64_t maxIssues = 10'000;
constexpr std::chrono::hours keptFor{24};
constexpr std::chrono::minutes keptAfterFailure{10};

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

double hoursBetween(core::TimePoint from, core::TimePoint to)
{
    return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

} // namespace

double percentile95(std::vector<double> rates)
{
    if (rates.empty())
        return 0;
    std::sort(rates.begin(), rates.end());
    const double rank = 0.95 * static_cast<double>(rates.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, rates.size() - 1);
    return rates[below] + (rates[above] - rates[below]) * (rank - static_cast<double>(below));
}

std::vector<double> issueRates(SQLite::Database& db, std::int64_t project, core::TimePoint now)
{
    std::vector<double> rates;
    SQLite::Statement issues(db, "SELECT id, first_seen, count FROM issues WHERE project_id = ? AND "
                                 "last_seen >= ? AND first_seen >= ? "
                                 "AND first_seen <= ? ORDER BY last_seen DESC LIMIT ?");
    issues.bind(1, project);
    issues.bind(2, msOf(now - week));
    issues.bind(3, msOf(now - lookBack));
    issues.bind(4, msOf(now - 1h));
    issues.bind(5, maxIssues);
    SQLite::Statement lastWeek(
        db, "SELECT coalesce(SUM(count), 0) FROM issue_hours WHERE issue_id = ? AND hour > ?");
    const std::int64_t weekAgo =
        std::chrono::floor<std::chrono::hours>(now - week).time_since_epoch().count();
    while (issues.executeStep()) {
        const core::TimePoint first{std::chrono::milliseconds(issues.getColumn(1).getInt64())};
        std::int64_t events = issues.getColumn(2).getInt64();
        const bool isOld = now - first > week;
        if (isOld) { // else all its events are of this week
            lastWeek.bind(1, issues.getColumn(0).getInt64());
            lastWeek.bind(2, weekAgo);
            lastWeek.executeStep();
            events = lastWeek.getColumn(0).getInt64();
            lastWeek.reset();
        }
        if (events <= 1)
            continue;
        const double hours = isOld ? static_cast<double>(week.count()) : std::floor(hoursBetween(first, now));
        rates.push_back(static_cast<double>(events) / std::max(1.0, hours));
    }
    return rates;
}

double Velocity::threshold(SQLite::Database& db, std::int64_t project, core::TimePoint now)
{
    const auto known = m_known.find(project);
    if (known != m_known.end() && now < known->second.until)
        return known->second.threshold;
    Known fresh;
    try {
        fresh.threshold = percentile95(issueRates(db, project, now));
        if (std::isnan(fresh.threshold))
            fresh.threshold = 0;
        fresh.until = now + keptFor;
    } catch (const std::exception& fault) {
        qCWarning(
            core::lcCore, "no velocity of project %lld: %s", static_cast<long long>(project), fault.what());
        // An old value is kept for two days in all.
        const bool isUsable = known != m_known.end() && now - known->second.until < keptFor;
        fresh.threshold = isUsable ? known->second.threshold : 0;
        fresh.until = now + keptAfterFailure;
    }
    m_known[project] = fresh;
    return fresh.threshold;
}

bool Velocity::isStill(std::int64_t project, core::TimePoint now) const
{
    const auto known = m_known.find(project);
    return known != m_known.end() && now < known->second.until && known->second.threshold <= 0;
}

bool Velocity::exceeds(std::int64_t events, core::TimePoint firstSeen, core::TimePoint now, double threshold)
{
    if (threshold <= 0 || events < leastEvents || now - firstSeen >= young)
        return false;
    return static_cast<double>(events) / std::max(1.0, hoursBetween(firstSeen, now)) > threshold;
}

} // namespace vedette::collector
