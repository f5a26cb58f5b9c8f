// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/event/facts.h"
#include "app/collector/storage/payload.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/tallywriter.h"
#include "models/json/document.h"

namespace vedette::collector {
namespace {

/// The rest of the face has no column in events: it is in the payload, as it was the first time.
void readFace(
    SQLite::Statement& events, const FactsReader& readFacts, ShapeMemory& shapes, CountedEvent& event)
{
    const auto payload = unpackPayload(events.getColumn(19).getString());
    const auto document = payload ? json::Document::parse(*payload) : core::fail(payload.error());
    if (!readFacts || !document)
        return;
    ReceiveContext context;
    context.received = core::TimePoint(std::chrono::milliseconds(events.getColumn(8).getInt64()));
    if (!events.getColumn(15).isNull())
        context.sentAt = core::TimePoint(std::chrono::milliseconds(events.getColumn(15).getInt64()));
    context.userAgent = events.getColumn(16).getString();
    context.remoteAddress = events.getColumn(17).getString();
    context.envelopeEventId = hexOfBytes(events.getColumn(18).getString());
    if (auto facts = readFacts(document->root(), context)) {
        event.shape = shapes.note(event.issue, *facts);
        event.face.logger = std::move(facts->logger);
        event.face.metadata = std::move(facts->metadataJson);
    }
}

} // namespace

void countAgain(SQLite::Database& db, const FactsReader& readFacts)
{
    const auto markOf = [&db](const char* key) {
        SQLite::Statement query(db, "SELECT value FROM meta WHERE key = ?");
        query.bind(1, key);
        return query.executeStep() ? query.getColumn(0).getInt64() : std::int64_t(0);
    };
    const std::int64_t halfWritten = markOf("counting_through");
    const std::int64_t lastWritten = markOf("counting_issue");
    Tally tally;
    KnownTexts known;
    ShapeMemory shapes;
    TallyWriter writer(db);
    const auto write = [&tally, &writer] {
        writer.begin(std::exchange(tally, Tally()));
        writer.write();
        writer.confirm();
    };
    SQLite::Statement events(db,
        "SELECT e.id, e.project_id, e.issue_id, e.environment_id, e.release_id, e.user_id, e.tags, "
        "e.timestamp, "
        "e.received, e.title, e.culprit, e.level, e.platform, e.message, e.unhandled, e.sent, e.user_agent, "
        "e.remote, e.event_id, p.data FROM events e LEFT JOIN payloads p ON p.id = e.id "
        "WHERE e.id > (SELECT value FROM meta WHERE key = 'counted_through') ORDER BY e.id");
    while (events.executeStep()) {
        CountedEvent event;
        event.row = events.getColumn(0).getInt64();
        event.project = events.getColumn(1).getInt64();
        event.issue = events.getColumn(2).getInt64();
        event.environment = events.getColumn(3).getInt64();
        event.release = events.getColumn(4).getInt64();
        event.user = events.getColumn(5).getInt64();
        if (const auto tags = json::Document::parse(events.getColumn(6).getString())) {
            for (const json::Value tag : tags->root().items())
                event.tags.push_back(tag.integer().value_or(0));
        }
        event.timestamp = events.getColumn(7).getInt64();
        event.received = events.getColumn(8).getInt64();
        event.face.title = events.getColumn(9).getString();
        event.face.culprit = events.getColumn(10).getString();
        event.face.level = events.getColumn(11).getString();
        event.face.platform = events.getColumn(12).getString();
        event.face.message = events.getColumn(13).getString();
        event.face.unhandled = events.getColumn(14).getInt() != 0;
        readFace(events, readFacts, shapes, event);
        if (event.row <= halfWritten && event.issue <= lastWritten)
            tally.addBeside(event, known);
        else
            tally.add(std::move(event), known);
        // Behind the mark there are a second's events at most, unless flushing failed for long.
        if (tally.events() >= 5'000)
            write();
    }
    if (tally.events() > 0)
        write();
    db.exec("UPDATE meta SET value = 0 WHERE key IN ('counting_through', 'counting_issue')");
}

} // namespace vedette::collector
