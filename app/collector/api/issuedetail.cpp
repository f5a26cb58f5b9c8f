// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/issuerow.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/tagdistribution.h"
#include "app/collector/api/userreports.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::int64_t maxActivities = 100;

void writeActivities(json::Writer& out, const Call& call, std::int64_t issue)
{
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT a.id, a.type, a.data, a.created, a.user_id, u.username, u.name, u.email FROM activity a"
        " LEFT JOIN users u ON u.id = a.user_id WHERE a.issue_id = ? ORDER BY a.created DESC, a.id DESC "
        "LIMIT ?");
    query.bind(1, issue);
    query.bind(2, maxActivities);
    bool firstSeenListed = false;
    while (query.executeStep()) {
        const std::string type = query.getColumn(1).getString();
        firstSeenListed = firstSeenListed || type == "first_seen";
        out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64())).field("type", type);
        out.key("user");
        if (query.getColumn(4).isNull()) {
            out.null();
        } else {
            writeUser(out, {query.getColumn(4).getInt64(), query.getColumn(5).getString(),
                               query.getColumn(6).getString(), query.getColumn(7).getString()});
        }
        out.key("data").raw(query.getColumn(2).getString());
        out.field("dateCreated", dateText(query.getColumn(3).getInt64())).endObject();
    }
    if (!firstSeenListed) {
        // The list ends with the beginning, which is no row of its own (contract section 7: id "0").
        SQLite::Statement first(call.db, "SELECT first_seen FROM issues WHERE id = ?");
        first.bind(1, issue);
        if (first.executeStep()) {
            out.beginObject().field("id", "0").field("type", "first_seen").nullField("user");
            out.key("data").beginObject().endObject();
            out.field("dateCreated", dateText(first.getColumn(0).getInt64())).endObject();
        }
    }
    out.endArray();
}

void writeIssueRelease(json::Writer& out, const Call& call, std::int64_t issue, const char* column)
{
    SQLite::Statement query(
        call.db, std::string("SELECT r.version FROM issues i JOIN releases r ON r.id = i.") + column +
                     " WHERE i.id = ?");
    query.bind(1, issue);
    if (query.executeStep())
        writeReleaseOrNull(out, call, query.getColumn(0).getString());
    else
        out.null();
}

bool collapsed(const Call& call, std::string_view what)
{
    const auto values = call.request.queryValues("collapse");
    return std::find(values.begin(), values.end(), what) != values.end();
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
    writeIssueMembers(out, call, rows.front(), SeriesPlan{});
    out.key("stats").beginObject().key("24h");
    writeStats(out, loadSeries(call.db, {*id}, window, hourly)[*id]);
    out.key("30d");
    writeStats(out, loadSeries(call.db, {*id}, window, daily)[*id]);
    out.endObject().key("activity");
    writeActivities(out, call, *id);
    out.key("seenBy").beginArray();
    SQLite::Statement seen(call.db,
        "SELECT u.id, u.username, u.name, u.email FROM issue_seen s JOIN users u ON u.id = s.user_id"
        " WHERE s.issue_id = ? ORDER BY s.seen DESC");
    seen.bind(1, *id);
    while (seen.executeStep()) {
        writeUser(out, {seen.getColumn(0).getInt64(), seen.getColumn(1).getString(),
                           seen.getColumn(2).getString(), seen.getColumn(3).getString()});
    }
    out.endArray()
        .key("participants")
        .beginArray()
        .endArray()
        .field("userReportCount", userReportCount(call.db, *id));
    if (!collapsed(call, "release")) {
        out.key("firstRelease");
        writeIssueRelease(out, call, *id, "first_release");
        out.key("lastRelease");
        writeIssueRelease(out, call, *id, "last_release");
    }
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

Response activities(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    json::Writer out;
    out.beginObject().key("activity");
    writeActivities(out, call, *id);
    out.endObject();
    return Response::json(200, out.take());
}

Response hashes(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db, "SELECT hash FROM issue_hashes WHERE issue_id = ?");
    query.bind(1, *id);
    while (query.executeStep()) {
        const auto blob = query.getColumn(0);
        out.beginObject();
        out.field("id",
            hexOfBlob({static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())}));
        out.nullField("latestEvent").endObject();
    }
    out.endArray();
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
