// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuescores.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vedette::collector::api {
namespace {

constexpr double hourMs = 3'600'000;

double severity(std::string_view level)
{
    if (level == "fatal")
        return 1;
    if (level == "error")
        return 0.75;
    if (level == "warning")
        return 0.5;
    return level == "info" ? 0.25 : 0;
}

double halved(double hours, double halfLife)
{
    return std::exp2(-std::max(0.0, hours) / halfLife);
}

double volume(double events)
{
    return std::min(1.0, std::log(events + 1) / std::log(10001.0));
}

struct Recent
{
    double sixHours = 0, threeDays = 0, decayed = 0;
};

/// Of all issues at once: one walk over the hours of three days.
std::unordered_map<std::int64_t, Recent> recentEvents(const Call& call)
{
    const std::int64_t now = call.nowMs() / 3'600'000;
    std::unordered_map<std::int64_t, Recent> out;
    SQLite::Statement query(call.db, "SELECT issue_id, hour, count FROM issue_hours WHERE hour > ?");
    query.bind(1, now - 72);
    while (query.executeStep()) {
        Recent& recent = out[query.getColumn(0).getInt64()];
        const auto age = static_cast<double>(now - query.getColumn(1).getInt64());
        const double count = query.getColumn(2).getDouble();
        recent.threeDays += count;
        recent.sixHours += age < 6 ? count : 0;
        recent.decayed += count * halved(age, 4);
    }
    return out;
}

} // namespace

double recommendedScore(const IssueFigures& figures)
{
    const double recency = halved(figures.sinceLast, 24);
    const double spike = std::min(1.0, figures.sixHours / (figures.threeDays + 1));
    const double users = std::min(1.0, std::log(figures.users + 1) / std::log(1001.0));
    return recency + spike + severity(figures.level) + users + volume(figures.events);
}

double trendsScore(const IssueFigures& figures)
{
    const double freshness = halved(figures.age, 12) + figures.decayed / (figures.threeDays + 1);
    return 0.9 * freshness + 0.1 * volume(figures.threeDays);
}

std::vector<IssuePlace> loadByScore(
    const Call& call, const Sql& condition, IssueSort sort, const IssuePageRequest& request)
{
    const auto recent = recentEvents(call);
    Sql sql{
        "SELECT i.id, i.last_seen, i.first_seen, i.count, i.user_count, i.level FROM issues i WHERE ", {}};
    sql += condition;
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    std::vector<std::pair<double, std::int64_t>> scores;
    while (query.executeStep()) {
        const std::int64_t id = query.getColumn(0).getInt64();
        IssueFigures figures;
        figures.sinceLast = static_cast<double>(call.nowMs() - query.getColumn(1).getInt64()) / hourMs;
        figures.age = static_cast<double>(call.nowMs() - query.getColumn(2).getInt64()) / hourMs;
        figures.events = query.getColumn(3).getDouble();
        figures.users = query.getColumn(4).getDouble();
        const std::string level = query.getColumn(5).getString();
        figures.level = level;
        if (const auto found = recent.find(id); found != recent.end()) {
            figures.sixHours = found->second.sixHours;
            figures.threeDays = found->second.threeDays;
            figures.decayed = found->second.decayed;
        }
        scores.emplace_back(sort == IssueSort::Trends ? trendsScore(figures) : recommendedScore(figures), id);
    }
    const auto from = std::min<std::size_t>(static_cast<std::size_t>(request.offset), scores.size());
    const auto to = std::min(from + static_cast<std::size_t>(request.limit) + 1, scores.size());
    std::partial_sort(
        scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(to), scores.end(), std::greater<>());
    std::vector<IssuePlace> rows;
    for (std::size_t i = from; i < to; ++i)
        rows.push_back({static_cast<std::int64_t>(scores[i].first * 1e6), scores[i].second});
    return rows;
}

} // namespace vedette::collector::api
