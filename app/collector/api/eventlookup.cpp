// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/eventlookup.h"

#include <utility>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/window.h"
#include "app/collector/event/helpfulness.h"
#include "app/collector/storage/shortid.h"

namespace vedette::collector::api {
namespace {

std::optional<StoredEvent> mostHelpfulEvent(const Call& call, const Sql& where)
{
    constexpr std::int64_t looksAt = 20;
    SQLite::Statement query(call.db, eventColumns + where.text + " LIMIT " + std::to_string(looksAt));
    bindAll(query, where.binds);
    std::optional<StoredEvent> best;
    int bestSays = -1;
    while (bestSays < mostHelpful && query.executeStep()) {
        StoredEvent event = eventFrom(call.db, query);
        const auto payload = payloadOf(call, event);
        const int says = payload ? helpfulness(payload->root(), arrivalOf(event)) : 0;
        if (says > bestSays) {
            best = std::move(event);
            bestSays = says;
        }
    }
    return best;
}

} // namespace

core::Result<Sql> eventFilter(const Call& call)
{
    const auto asked = Window::from(call.request, call.now());
    if (!asked)
        return core::fail(asked.error());
    const Window& window = *asked;
    Sql out{"", {}};
    if (const auto text = call.request.queryValue("query"); text && !text->empty()) {
        const auto condition = eventSearch(call, *text);
        if (!condition)
            return core::fail(condition.error());
        out += " AND (";
        out += *condition;
        out += ")";
    }
    if (!window.environments.empty()) {
        Sql names{" AND e.environment_id IN (SELECT id FROM environments WHERE name IN (" +
                      placeholders(window.environments.size()) + "))",
            {}};
        for (const std::string& name : window.environments)
            names.binds.emplace_back(name);
        out += names;
    }
    if (window.startMs)
        out += Sql{" AND e.timestamp >= ?", {*window.startMs}};
    if (window.endMs)
        out += Sql{" AND e.timestamp <= ?", {*window.endMs}};
    return out;
}

std::optional<StoredEvent> oneEvent(const Call& call, const Sql& where)
{
    SQLite::Statement query(call.db, eventColumns + where.text + " LIMIT 1");
    bindAll(query, where.binds);
    if (!query.executeStep())
        return {};
    return eventFrom(call.db, query);
}

std::optional<StoredEvent> namedEvent(
    const Call& call, const Sql& scope, const std::string& which, const Sql& filter)
{
    Sql where = scope;
    if (which == "latest" || which == "recommended" || which == "oldest") {
        where += filter;
        where += which == "oldest" ? " ORDER BY e.timestamp, e.id" : " ORDER BY e.timestamp DESC, e.id DESC";
        return which == "recommended" ? mostHelpfulEvent(call, where) : oneEvent(call, where);
    }
    const auto hex = eventIdText(which);
    if (!hex)
        return {};
    where += Sql{" AND e.event_id = CAST(? AS BLOB)", {bytesOfHex(*hex)}};
    return oneEvent(call, where);
}

std::string noSuchEvent(const std::string& which)
{
    if (which == "latest" || which == "recommended" || which == "oldest")
        return "No matching event found, try changing the environments, date range, or query.";
    return "Event not found";
}

core::Result<json::Document> payloadOf(const Call& call, const StoredEvent& event)
{
    const auto payload = loadPayload(call.db, event.id);
    if (!payload)
        return core::fail(payload.error());
    return json::Document::parse(*payload, payload->size());
}

ReceiveContext arrivalOf(const StoredEvent& event)
{
    const auto time = [](std::int64_t ms) { return core::TimePoint(std::chrono::milliseconds(ms)); };
    ReceiveContext out;
    out.received = time(event.received);
    if (event.sent)
        out.sentAt = time(*event.sent);
    out.userAgent = event.userAgent;
    out.remoteAddress = event.remote;
    out.envelopeEventId = event.eventId;
    return out;
}

} // namespace vedette::collector::api
