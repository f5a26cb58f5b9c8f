// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <array>
#include <map>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/window.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

constexpr std::int64_t hourMs = 3'600'000;
constexpr std::int64_t maxIntervals = 10'000;

/// The outcome as the API names it: what was refused was invalid, a repeat too; what was taken and not kept
/// was filtered.
constexpr const char* outcomeSql =
    "CASE o.outcome WHEN 'refused' THEN 'invalid' WHEN 'duplicate' THEN 'invalid'"
    " WHEN 'dropped' THEN 'filtered' ELSE o.outcome END";
/// Reasons that the API does not tell by the outcome any more.
constexpr const char* reasonSql =
    "CASE WHEN o.reason = '' AND o.outcome IN ('duplicate', 'dropped') THEN o.outcome"
    " ELSE o.reason END";
/// What the server counts as errors: also messages and security reports.
constexpr const char* categorySql = "CASE WHEN o.category IN ('error', 'default', 'security') THEN 'error'"
                                    " ELSE o.category END";

core::Error usage(const QString& text)
{
    return {core::ErrorKind::Usage, 0, text, {}};
}

QString quoted(std::string_view text)
{
    return u'"' + QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())) + u'"';
}

struct OutcomeRequest
{
    std::vector<std::string> fields;                    ///< sum(quantity), sum(times_seen)
    std::vector<std::string> groupBy;                   ///< outcome category reason project
    std::int64_t firstHour = 0, lastHour = 0, step = 1; ///< hours; both ends are in
    Sql where;

    [[nodiscard]] bool isByProject() const
    {
        return std::find(groupBy.begin(), groupBy.end(), "project") != groupBy.end();
    }
    [[nodiscard]] std::int64_t intervals() const { return (lastHour - firstHour) / step + 1; }

    static core::Result<OutcomeRequest> from(const Call& call);
};

/// AND expression IN the values of a parameter, where it is there.
void restrict(Sql& where, const Call& call, const char* parameter, const char* expression)
{
    const auto values = call.request.queryValues(parameter);
    if (values.empty())
        return;
    where += std::string(" AND ") + expression + " IN (" + placeholders(values.size()) + ")";
    for (const std::string_view value : values)
        where.binds.emplace_back(std::string(value));
}

core::Result<void> readInterval(const Call& call, OutcomeRequest& out)
{
    auto window = Window::from(call.request, call.now());
    if (!window)
        return core::fail(window.error());
    if (!window->startMs)
        window->startMs = call.nowMs() - 24 * hourMs;
    const auto interval = parsePeriod(call.request.queryValue("interval").value_or("1h"));
    const std::int64_t hours = interval ? interval->count() / hourMs : 0;
    if (hours < 1 || hours > 24 || 24 % hours != 0 || interval->count() % hourMs != 0)
        return tl::unexpected(usage(u"The interval should divide a day and be between 1h and 1d."_s));
    out.step = hours;
    out.firstHour = *window->fromMs() / hourMs / hours * hours;
    out.lastHour = window->endMs.value_or(call.nowMs()) / hourMs / hours * hours;
    if (out.intervals() > maxIntervals)
        return tl::unexpected(usage(u"Your interval and date range would create too many results. Use a "
                                    u"larger interval, or a smaller date "
                                    "range."_s));
    return {};
}

core::Result<OutcomeRequest> OutcomeRequest::from(const Call& call)
{
    OutcomeRequest out;
    for (const std::string_view field : call.request.queryValues("field")) {
        if (field != "sum(quantity)" && field != "sum(times_seen)")
            return tl::unexpected(usage(u"Invalid field: "_s + quoted(field)));
        out.fields.emplace_back(field);
    }
    if (out.fields.empty())
        return tl::unexpected(usage(u"At least one \"field\" is required."_s));
    for (const std::string_view group : call.request.queryValues("groupBy")) {
        if (group != "outcome" && group != "category" && group != "reason" && group != "project")
            return tl::unexpected(usage(u"Invalid groupBy: "_s + quoted(group)));
        out.groupBy.emplace_back(group);
    }
    if (out.groupBy.empty())
        return tl::unexpected(usage(u"At least one \"groupBy\" is required."_s));
    for (const std::string_view outcome : call.request.queryValues("outcome")) {
        constexpr std::array<std::string_view, 7> known = {"accepted", "filtered", "rate_limited", "invalid",
            "abuse", "client_discard", "cardinality_limited"};
        if (std::find(known.begin(), known.end(), outcome) == known.end())
            return tl::unexpected(usage(u"Invalid outcome: "_s + quoted(outcome)));
    }
    if (const auto done = readInterval(call, out); !done)
        return core::fail(done.error());
    const auto projects = requestedProjects(call);
    if (!projects)
        return core::fail(projects.error());
    out.where = {"o.hour >= ? AND o.hour < ?", {out.firstHour, out.lastHour + out.step}};
    restrict(out.where, call, "category", categorySql);
    restrict(out.where, call, "outcome", outcomeSql);
    restrict(out.where, call, "reason", reasonSql);
    if (!projects->empty()) {
        out.where += " AND o.project_id IN (" + placeholders(projects->size()) + ")";
        for (const std::int64_t id : *projects)
            out.where.binds.emplace_back(id);
    }
    return out;
}

std::string intervalText(std::int64_t hour)
{
    std::string text = dateText(hour * hourMs);
    return text.substr(0, text.find('.')) + "Z";
}

struct Group
{
    std::int64_t total = 0;
    std::vector<std::int64_t> series;
};

std::map<std::vector<std::string>, Group> loadGroups(const Call& call, const OutcomeRequest& request)
{
    Sql sql{"SELECT o.hour, SUM(o.quantity)", {}};
    for (const std::string& group : request.groupBy) {
        sql += group == "outcome"    ? std::string(", ") + outcomeSql
               : group == "category" ? std::string(", ") + categorySql
               : group == "reason"   ? std::string(", ") + reasonSql
                                     : std::string(", o.project_id");
    }
    sql += " FROM outcomes o WHERE ";
    sql += request.where;
    sql += " GROUP BY 1";
    for (std::size_t i = 0; i < request.groupBy.size(); ++i)
        sql += ", " + std::to_string(i + 3);
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    std::map<std::vector<std::string>, Group> out;
    while (query.executeStep()) {
        std::vector<std::string> key;
        for (std::size_t i = 0; i < request.groupBy.size(); ++i)
            key.push_back(query.getColumn(static_cast<int>(i + 2)).getString());
        Group& group = out[key];
        group.series.resize(static_cast<std::size_t>(request.intervals()));
        const std::int64_t quantity = query.getColumn(1).getInt64();
        group.total += quantity;
        group.series.at(static_cast<std::size_t>(
            (query.getColumn(0).getInt64() - request.firstHour) / request.step)) += quantity;
    }
    return out;
}

void writeGroup(
    json::Writer& out, const OutcomeRequest& request, const std::vector<std::string>& key, const Group& group)
{
    out.beginObject().key("by").beginObject();
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (request.groupBy[i] == "project")
            out.field("project", decimal(key[i]).value_or(0));
        else
            out.field(request.groupBy[i], key[i]);
    }
    // Rows of outcomes are sums already: how often is how many.
    out.endObject().key("totals").beginObject();
    for (const std::string& field : request.fields)
        out.field(field, group.total);
    out.endObject();
    if (!request.isByProject()) {
        out.key("series").beginObject();
        for (const std::string& field : request.fields) {
            out.key(field).beginArray();
            for (const std::int64_t value : group.series)
                out.integer(value);
            out.endArray();
        }
        out.endObject();
    }
    out.endObject();
}

} // namespace

Response outcomeStats(const Call& call)
{
    const auto request = OutcomeRequest::from(call);
    if (!request)
        return Response::detail(400, request.error().detail.toStdString());
    json::Writer out;
    out.beginObject().field("start", intervalText(request->firstHour));
    out.field("end", intervalText(request->lastHour + request->step)).key("intervals").beginArray();
    for (std::int64_t i = 0; i < request->intervals(); ++i)
        out.string(intervalText(request->firstHour + i * request->step));
    out.endArray().key("groups").beginArray();
    for (const auto& [key, group] : loadGroups(call, *request))
        writeGroup(out, *request, key, group);
    out.endArray().endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
