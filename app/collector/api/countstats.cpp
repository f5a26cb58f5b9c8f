// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

using Points = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// A chart of one number, as old clients ask for it: `stat`, `since`, `until` (epoch seconds), `resolution`.
struct CountRequest
{
    std::string stat;
    std::int64_t step = 3600; ///< seconds: 10, 3600, 86400
    std::int64_t first = 0, count = 0;
    std::optional<std::int64_t> project;

    static std::optional<CountRequest> from(
        const Call& call, std::optional<std::int64_t> project, std::string& fault);
};

std::optional<CountRequest> CountRequest::from(
    const Call& call, std::optional<std::int64_t> project, std::string& fault)
{
    CountRequest out;
    out.project = project;
    out.stat = call.request.queryValue("stat").value_or("received");
    if (out.stat != "received" && out.stat != "rejected" && out.stat != "blacklisted" &&
        out.stat != "generated") {
        fault = "Invalid stat: choose one of received, rejected, blacklisted, generated";
        return {};
    }
    const std::string_view resolution = call.request.queryValue("resolution").value_or("1h");
    if (resolution == "10s") {
        out.step = 10;
    } else if (resolution == "1d") {
        out.step = 86'400;
    } else if (resolution != "1h") {
        fault = "Invalid resolution: choose one of 10s, 1h, 1d";
        return {};
    }
    const std::int64_t now = call.nowMs() / 1000;
    const auto seconds = [&call](const char* name) {
        const auto text = call.request.queryValue(name);
        return text ? decimal(text->substr(0, text->find('.'))) : std::nullopt;
    };
    const std::int64_t until = std::min(seconds("until").value_or(now), now + 3600);
    const std::int64_t since = seconds("since").value_or(until - (out.step == 10 ? 3600 : 86'400));
    out.first = since / out.step * out.step;
    out.count = until / out.step - since / out.step + 1;
    if (since < 0 || until < since || out.count < 1 || out.count > 10'000) {
        fault = "Invalid time range";
        return {};
    }
    return out;
}

void add(Points& points, const CountRequest& request, std::int64_t second, std::int64_t count)
{
    const std::int64_t index = (second - request.first) / request.step;
    if (second >= request.first && index < static_cast<std::int64_t>(points.size()))
        points[static_cast<std::size_t>(index)].second += count;
}

/// Events that are stored, at the time that they happened; by hours where that suffices, since hours stay
/// when events have grown too old.
void addStored(const Call& call, const CountRequest& request, Points& points)
{
    const std::int64_t end = request.first + request.count * request.step;
    Sql sql =
        request.step == 10
            ? Sql{"SELECT e.timestamp / 1000, 1 FROM events e WHERE e.timestamp >= ? AND e.timestamp < ? AND "
                  "e.project_id IN ",
                  {request.first * 1000, end * 1000}}
            : Sql{"SELECT h.hour * 3600, h.count FROM project_hours h WHERE h.hour >= ? AND h.hour < ? AND "
                  "h.project_id IN ",
                  {request.first / 3600, end / 3600}};
    sql += request.project ? Sql{"(?)", {*request.project}} : Sql{"(SELECT id FROM projects)", {}};
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep())
        add(points, request, query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
}

/// Errors that were not stored, at the hour that they came in: nothing finer is kept of them.
void addOutcomes(const Call& call, const CountRequest& request, const char* outcome, Points& points)
{
    Sql sql{"SELECT o.hour * 3600, o.quantity FROM outcomes o WHERE o.hour >= ? AND o.hour < ? AND o.outcome "
            "= ? AND "
            "o.category IN ('error', 'default', 'security')",
        {request.first / 3600, (request.first + request.count * request.step + 3599) / 3600,
            std::string(outcome)}};
    if (request.project)
        sql += Sql{" AND o.project_id = ?", {*request.project}};
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep())
        add(points, request, query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
}

Response answer(const Call& call, std::optional<std::int64_t> project)
{
    std::string fault;
    const auto request = CountRequest::from(call, project, fault);
    if (!request)
        return Response::detail(400, fault);
    Points points;
    for (std::int64_t i = 0; i < request->count; ++i)
        points.emplace_back(request->first + i * request->step, 0);
    if (request->stat == "received" || request->stat == "generated")
        addStored(call, *request, points);
    if (request->stat == "received" || request->stat == "rejected")
        addOutcomes(call, *request, "rate_limited", points);
    if (request->stat == "received" || request->stat == "blacklisted")
        addOutcomes(call, *request, "filtered", points);
    json::Writer out;
    writeStats(out, points);
    return Response::json(200, out.take());
}

} // namespace

Response projectStats(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    return id ? answer(call, id) : notFound();
}

Response organizationStats(const Call& call)
{
    return answer(call, {});
}

} // namespace vedette::collector::api
