// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/storedfacts.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/payload.h"
#include "app/collector/storage/shortid.h"
#include "models/json/document.h"

namespace vedette::collector {

std::optional<EventFacts> storedFacts(
    SQLite::Database& db, std::int64_t eventRow, const FactsReader& readFacts)
{
    SQLite::Statement query(db, "SELECT p.data, e.received, e.sent, e.user_agent, e.remote, e.event_id "
                                "FROM events e JOIN payloads p ON p.id = e.id WHERE e.id = ?");
    query.bind(1, eventRow);
    if (!readFacts || !query.executeStep())
        return {};
    const auto payload = unpackPayload(query.getColumn(0).getString());
    if (!payload)
        return {};
    const auto document = json::Document::parse(*payload);
    if (!document)
        return {};
    const auto time = [](std::int64_t ms) { return core::TimePoint(std::chrono::milliseconds(ms)); };
    ReceiveContext context;
    context.received = time(query.getColumn(1).getInt64());
    if (!query.getColumn(2).isNull())
        context.sentAt = time(query.getColumn(2).getInt64());
    context.userAgent = query.getColumn(3).getString();
    context.remoteAddress = query.getColumn(4).getString();
    context.envelopeEventId = hexOfBytes(query.getColumn(5).getString());
    auto facts = readFacts(document->root(), context);
    return facts ? std::optional(std::move(*facts)) : std::nullopt;
}

} // namespace vedette::collector
