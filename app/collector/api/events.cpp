// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <array>

#include "app/collector/api/cursor.h"
#include "app/collector/api/eventlookup.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/renderevent.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/storedevent.h"
#include "app/collector/api/window.h"
#include "app/collector/storage/shortid.h"

namespace vedette::collector::api {
namespace {

std::string neighbour(const Call& call, const StoredEvent& event, const Sql& filter, bool newer)
{
    Sql sql{newer ? "SELECT e.event_id FROM events e WHERE e.issue_id = ? AND (e.timestamp, e.id) > (?, ?)"
                  : "SELECT e.event_id FROM events e WHERE e.issue_id = ? AND (e.timestamp, e.id) < (?, ?)",
        {event.issue, event.timestamp, event.id}};
    sql += filter;
    sql += newer ? " ORDER BY e.timestamp, e.id LIMIT 1" : " ORDER BY e.timestamp DESC, e.id DESC LIMIT 1";
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    if (!query.executeStep())
        return {};
    return hexAt(query, 0);
}

Response fullEvent(const Call& call, const StoredEvent& event, const Sql& filter)
{
    const auto document = payloadOf(call, event);
    if (!document)
        return Response::detail(500, "Internal Error");
    return Response::json(200, renderEvent(call, event, *document, neighbour(call, event, filter, false),
                                   neighbour(call, event, filter, true)));
}

/// The event as it was sent, with what was made of it in the members that the server writes there (contract
/// section 9: snake_case).
Response storedJson(const Call& call, const StoredEvent& event)
{
    const auto document = payloadOf(call, event);
    if (!document)
        return Response::detail(500, "Internal Error");
    constexpr std::array<std::string_view, 12> ours = {"event_id", "project", "type", "level", "platform",
        "title", "culprit", "timestamp", "received", "datetime", "tags", "release"};
    json::Writer out;
    out.beginObject();
    for (const auto& [key, value] : document->root().members()) {
        if (std::find(ours.begin(), ours.end(), key) == ours.end())
            out.field(key, value);
    }
    out.field("event_id", event.eventId).field("project", event.project).field("type", event.type);
    out.field("level", event.level).field("platform", event.platform).field("title", event.title);
    out.field("culprit", event.culprit).fieldOrNull("release", event.release);
    out.key("timestamp").number(static_cast<double>(event.timestamp) / 1000);
    out.key("received").number(static_cast<double>(event.received) / 1000);
    out.field("datetime", dateText(event.timestamp)).key("tags").beginArray();
    for (const auto& [key, value] : event.tags)
        out.beginArray().string(key).string(value).endArray();
    out.endArray().endObject();
    return Response::json(200, out.take());
}

bool isSet(const Call& call, std::string_view name)
{
    const std::string_view value = call.request.queryValue(name).value_or("");
    return value == "1" || value == "true";
}

Response eventList(const Call& call, Sql where)
{
    const auto filter = eventFilter(call);
    if (!filter)
        return Response::detail(400, filter.error().detail.toStdString());
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    where += *filter;
    // Event ids are random: their order is a sample, and the same one on every page.
    where += isSet(call, "sample") ? " ORDER BY e.event_id, e.id" : " ORDER BY e.timestamp DESC, e.id DESC";
    where += Sql{" LIMIT ? OFFSET ?", {page->limit + 1, page->offset}};
    const bool full = isSet(call, "full");
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db, eventColumns + where.text);
    bindAll(query, where.binds);
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit) {
        const StoredEvent event = eventFrom(call.db, query);
        if (!full) {
            writeShortEvent(out, event);
            continue;
        }
        const auto document = payloadOf(call, event);
        if (document)
            out.raw(renderEvent(call, event, *document, {}, {}));
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

} // namespace

Response issueEvents(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    return eventList(call, {"WHERE e.issue_id = ?", {*id}});
}

Response projectEvents(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    return eventList(call, {"WHERE e.project_id = ?", {*id}});
}

Response issueEvent(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    const auto asked = eventFilter(call);
    if (!asked)
        return Response::detail(400, asked.error().detail.toStdString());
    const std::string& which = call.parts.at(1);
    const auto event = namedEvent(call, {"WHERE e.issue_id = ?", {*issue}}, which, *asked);
    return event ? fullEvent(call, *event, *asked) : Response::detail(404, noSuchEvent(which));
}

Response projectEvent(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    const auto hex = eventIdText(call.parts.at(1));
    if (!project || !hex)
        return Response::detail(404, "Event not found");
    const auto filter = eventFilter(call); // of its neighbours
    if (!filter)
        return Response::detail(400, filter.error().detail.toStdString());
    const auto event = oneEvent(
        call, {"WHERE e.project_id = ? AND e.event_id = CAST(? AS BLOB)", {*project, bytesOfHex(*hex)}});
    return event ? fullEvent(call, *event, *filter) : Response::detail(404, "Event not found");
}

Response projectEventJson(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    const auto hex = eventIdText(call.parts.at(1));
    if (!project || !hex)
        return Response::detail(404, "Event not found");
    const auto event = oneEvent(
        call, {"WHERE e.project_id = ? AND e.event_id = CAST(? AS BLOB)", {*project, bytesOfHex(*hex)}});
    return event ? storedJson(call, *event) : Response::detail(404, "Event not found");
}

Response issueEventJson(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    const auto hex = eventIdText(call.parts.at(1));
    if (!issue || !hex)
        return Response::detail(404, "Event not found");
    const auto event =
        oneEvent(call, {"WHERE e.issue_id = ? AND e.event_id = CAST(? AS BLOB)", {*issue, bytesOfHex(*hex)}});
    return event ? storedJson(call, *event) : Response::detail(404, "Event not found");
}

Response eventId(const Call& call)
{
    const auto hex = eventIdText(call.parts.at(0));
    const auto event =
        hex ? oneEvent(call, {"WHERE e.event_id = CAST(? AS BLOB)", {bytesOfHex(*hex)}}) : std::nullopt;
    if (!event)
        return notFound();
    SQLite::Statement slug(call.db, "SELECT slug FROM projects WHERE id = ?");
    slug.bind(1, event->project);
    slug.executeStep();
    Response full = fullEvent(call, *event, {});
    if (full.status != 200)
        return full;
    json::Writer out;
    out.beginObject().field("organizationSlug", call.context.organization);
    out.field("projectSlug", slug.getColumn(0).getString()).field("groupId", std::to_string(event->issue));
    out.field("eventId", event->eventId).key("event").raw(full.body).endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
