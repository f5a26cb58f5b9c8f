// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/slowest.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/collector/storage/durations.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxEndpoints = 50;
constexpr std::int64_t windowHours = 24;

struct Sum
{
    Durations durations;
    std::int64_t firstHour = 0;
};

double msOf(std::chrono::microseconds duration)
{
    return static_cast<double>(duration.count()) / 1'000.0;
}

} // namespace

std::vector<Endpoint> slowestEndpoints(SQLite::Database& db, core::TimePoint now)
{
    const std::int64_t hour = std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count();
    SQLite::Statement query(db,
        "SELECT p.slug, t.name, t.hour, t.sketch FROM projects p JOIN transaction_hours t ON t.project_id "
        "= p.id AND t.hour > ? AND t.hour <= ? ORDER BY t.project_id, t.hour");
    query.bind(1, hour - windowHours);
    query.bind(2, hour);
    std::map<std::pair<std::string, std::string>, Sum> sums;
    while (query.executeStep()) {
        Sum& sum = sums[{query.getColumn(0).getString(), query.getColumn(1).getString()}];
        if (sum.durations.count() == 0)
            sum.firstHour = query.getColumn(2).getInt64();
        const auto blob = query.getColumn(3);
        sum.durations.add(Durations::unpack(
            {static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())}));
    }
    std::vector<Endpoint> out;
    out.reserve(sums.size());
    for (const auto& [key, sum] : sums) {
        Endpoint endpoint;
        endpoint.project = key.first;
        endpoint.name = key.second;
        endpoint.p50 = msOf(sum.durations.quantile(0.5));
        endpoint.p95 = msOf(sum.durations.quantile(0.95));
        endpoint.perHour =
            static_cast<double>(sum.durations.count()) / static_cast<double>(hour - sum.firstHour + 1);
        out.push_back(std::move(endpoint));
    }
    std::stable_sort(
        out.begin(), out.end(), [](const Endpoint& a, const Endpoint& b) { return a.p95 > b.p95; });
    if (out.size() > maxEndpoints)
        out.resize(maxEndpoints);
    return out;
}

void writeEndpoints(json::Writer& out, const std::vector<Endpoint>& endpoints)
{
    out.beginArray();
    for (const Endpoint& endpoint : endpoints) {
        out.beginObject().field("project", endpoint.project).field("name", endpoint.name);
        out.key("p50").number(endpoint.p50).key("p95").number(endpoint.p95);
        out.key("perHour").number(endpoint.perHour).endObject();
    }
    out.endArray();
}

} // namespace vedette::collector::api
