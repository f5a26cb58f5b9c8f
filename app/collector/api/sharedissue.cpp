// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An issue that was made public, for whoever has the link: no token is asked for, so only what broke is told,
// and nothing of whom it happened to.

#include <array>

#include "app/collector/api/issuerow.h"
#include "app/collector/api/renderevent.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/storedevent.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

/// A copy without the values of variables.
void copy(json::Writer& out, json::Value value)
{
    if (value.isObject()) {
        out.beginObject();
        for (const auto& [key, member] : value.members()) {
            if (key == "vars")
                continue;
            out.key(key);
            copy(out, member);
        }
        out.endObject();
    } else if (value.isArray()) {
        out.beginArray();
        for (const json::Value item : value.items())
            copy(out, item);
        out.endArray();
    } else {
        out.value(value);
    }
}

/// Of the latest event: the error itself. Requests, breadcrumbs, users, tags, contexts and variables hold
/// what people did.
void writeEvent(json::Writer& out, const Call& call, std::int64_t issue)
{
    SQLite::Statement query(call.db,
        std::string(eventColumns) + "WHERE e.issue_id = ? ORDER BY e.timestamp DESC, e.id DESC LIMIT 1");
    query.bind(1, issue);
    if (!query.executeStep()) {
        out.null();
        return;
    }
    const StoredEvent event = eventFrom(call.db, query);
    const auto payload = loadPayload(call.db, event.id);
    const auto document =
        payload ? json::Document::parse(*payload, payload->size()) : core::fail(payload.error());
    if (!document) {
        out.null();
        return;
    }
    const std::string whole = renderEvent(call, event, *document, {}, {});
    const auto rendered = json::Document::parse(whole, whole.size());
    if (!rendered) {
        out.null();
        return;
    }
    const json::Value root = rendered->root();
    out.beginObject();
    for (const char* name : {"id", "eventID", "groupID", "type", "title", "message", "culprit", "location",
             "platform", "dateCreated", "dateReceived", "metadata"})
        out.field(name, root[name]);
    out.key("entries").beginArray();
    constexpr std::array<std::string_view, 4> shown = {"exception", "stacktrace", "message", "threads"};
    for (const json::Value entry : root["entries"].items()) {
        const std::string_view type = entry["type"].string().value_or("");
        for (const std::string_view each : shown) {
            if (type == each)
                copy(out, entry);
        }
    }
    out.endArray().endObject();
}

} // namespace

Response sharedIssue(const Call& call)
{
    SQLite::Statement query(call.db, "SELECT id FROM issues WHERE share_id = ?");
    query.bind(1, call.parts.at(0));
    if (call.parts.at(0).empty() || !query.executeStep())
        return notFound();
    const std::int64_t id = query.getColumn(0).getInt64();
    query.reset();
    const auto rows = loadIssues(call, {id}, {}, SeriesPlan{});
    if (rows.empty())
        return notFound();
    const IssueRow& row = rows.front();
    json::Writer out;
    out.beginObject().field("id", std::to_string(id)).field("groupID", std::to_string(id));
    out.field("shortId", row.shortId).field("title", row.title).fieldOrNull("culprit", row.culprit);
    out.field("level", row.level).field("type", row.type).field("status", row.status);
    out.field("isPublic", true).field("shareId", row.shareId).fieldOrNull("platform", row.platform);
    out.key("metadata").raw(row.metadata.empty() ? "{}" : row.metadata);
    out.field("count", std::to_string(row.lifetimeCount)).field("userCount", row.lifetimeUsers);
    out.field("firstSeen", dateText(row.firstSeen)).field("lastSeen", dateText(row.lastSeen));
    out.key("project").beginObject().field("slug", row.projectSlug).field("name", row.projectName);
    out.key("organization").beginObject().field("slug", call.context.organization).endObject().endObject();
    out.key("latestEvent");
    writeEvent(out, call, id);
    out.endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
