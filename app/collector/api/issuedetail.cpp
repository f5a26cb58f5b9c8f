// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/activities.h"
#include "app/collector/api/issuereleases.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/rowextras.h"
#include "app/collector/api/subscriptions.h"
#include "app/collector/api/tagdistribution.h"
#include "app/collector/api/userreports.h"
#include "app/collector/storage/forecast.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

bool names(const Call& call, const char* parameter, std::string_view what)
{
    const auto values = call.request.queryValues(parameter);
    return std::find(values.begin(), values.end(), what) != values.end();
}

bool collapsed(const Call& call, std::string_view what)
{
    return names(call, "collapse", what);
}

/// Of an issue that is archived until it escalates; null for others.
void writeForecast(json::Writer& out, const Call& call, std::int64_t issue)
{
    const auto forecast = Forecast::of(call.db, issue, call.now());
    if (!forecast) {
        out.null();
        return;
    }
    out.beginObject().key("data").raw(forecast->ceilingsJson());
    out.key("date_added").number(static_cast<double>(forecast->computed.time_since_epoch().count()) / 1000);
    out.endObject();
}

} // namespace

Response issue(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    Window window;
    for (const std::string_view name : call.request.queryValues("environment"))
        window.environments.emplace_back(name);
    const SeriesPlan hourly = SeriesPlan::until(call.now(), "24h", 1, 24);
    const SeriesPlan daily = SeriesPlan::until(call.now(), "30d", 24, 30);
    // `count` here is the all-time total (contract section 7); only the environments bind it.
    auto rows = loadIssues(call, {*id}, window, SeriesPlan{});
    if (rows.empty())
        return notFound();
    json::Writer out;
    out.beginObject();
    RowParts parts;
    parts.attachments = names(call, "expand", "latestEventHasAttachments");
    parts.inbox = names(call, "expand", "inbox");
    parts.owners = names(call, "expand", "owners");
    if (parts.attachments)
        loadAttachments(call, rows);
    writeIssueMembers(out, call, rows.front(), SeriesPlan{}, parts);
    out.key("stats").beginObject().key("24h");
    writeStats(out, loadSeries(call.db, {*id}, window, hourly)[*id]);
    out.key("30d");
    writeStats(out, loadSeries(call.db, {*id}, window, daily)[*id]);
    out.endObject().key("activity");
    writeActivities(out, call, *id);
    out.key("seenBy");
    writeSeenBy(out, call, *id);
    out.key("participants");
    writeParticipants(out, call, *id);
    out.field("userReportCount", userReportCount(call.db, *id));
    if (names(call, "expand", "forecast")) {
        out.key("forecast");
        writeForecast(out, call, *id);
    }
    if (!collapsed(call, "release"))
        writeFirstLastRelease(out, call, *id);
    if (!collapsed(call, "tags")) {
        out.key("tags");
        writeTagKeys(out, call, TagSource::ofIssue(*id, window));
    }
    out.endObject();
    return Response::json(200, out.take());
}

Response shortId(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id || decimal(call.parts.at(0)))
        return notFound();
    const SeriesPlan plan = SeriesPlan::until(call.now(), "24h", 1, 24);
    const auto rows = loadIssues(call, {*id}, {}, plan);
    if (rows.empty())
        return notFound();
    const IssueRow& row = rows.front();
    json::Writer out;
    out.beginObject()
        .field("organizationSlug", call.context.organization)
        .field("projectSlug", row.projectSlug);
    out.field("groupId", std::to_string(row.id)).field("shortId", row.shortId).key("group");
    writeIssue(out, call, row, plan);
    out.endObject();
    return Response::json(200, out.take());
}

Response issueStats(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const bool daily = call.request.queryValue("resolution").value_or("1h") == "1d";
    const SeriesPlan plan =
        daily ? SeriesPlan::until(call.now(), "1d", 24, 30) : SeriesPlan::until(call.now(), "1h", 1, 24);
    json::Writer out;
    writeStats(out, loadSeries(call.db, {*id}, {}, plan)[*id]);
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
