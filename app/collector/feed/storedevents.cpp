// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/feed/storedevents.h"

#include <algorithm>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/payload.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/store.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

std::string envelopeOf(std::int64_t row, const std::string& eventId, std::string payload)
{
    // A line of an event stream ends at a line break. JSON has none within its texts, and elsewhere they are
    // space.
    std::replace_if(
        payload.begin(), payload.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    json::Writer out;
    out.beginArray()
        .beginObject()
        .field("event_id", eventId)
        .field("__spotlight_envelope_id", row)
        .endObject();
    out.beginArray().beginArray().beginObject().field("type", "event").endObject().raw(payload);
    out.endArray().endArray().endArray();
    return out.take();
}

} // namespace

std::vector<ChangeFeed::ReadEvent> storedEvents(Store& store, std::int64_t row, std::size_t most)
{
    auto events = store.read([&](SQLite::Database& db) {
        std::vector<ChangeFeed::ReadEvent> out;
        SQLite::Statement query(db,
            "SELECT e.id, e.event_id, p.data FROM events e JOIN payloads p ON p.id = e.id "
            "WHERE e.id > ? ORDER BY e.id LIMIT ?");
        query.bind(1, row);
        query.bind(2, static_cast<std::int64_t>(most));
        while (query.executeStep()) {
            const std::int64_t id = query.getColumn(0).getInt64();
            ChangeFeed::ReadEvent event{id, {}};
            if (auto payload = unpackPayload(query.getColumn(2).getString()))
                event.envelope =
                    envelopeOf(id, hexOfBytes(query.getColumn(1).getString()), std::move(*payload));
            out.push_back(std::move(event));
        }
        return out;
    });
    return events ? std::move(*events) : std::vector<ChangeFeed::ReadEvent>();
}

std::int64_t newestEvent(Store& store)
{
    const auto row = store.read([](SQLite::Database& db) {
        return db.execAndGet("SELECT coalesce(max(id), 0) FROM events").getInt64();
    });
    return row.value_or(0);
}

} // namespace vedette::collector
