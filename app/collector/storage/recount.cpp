// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <optional>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/event/facts.h"
#include "app/collector/storage/payload.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/statementuse.h"
#include "app/collector/storage/tallywriter.h"
#include "models/json/document.h"

namespace vedette::collector {
namespace {

/// What the payload says, where it can be read.
std::optional<EventFacts> factsOf(SQLite::Statement& events, const FactsReader& readFacts)
{
    const auto payload = unpackPayload(events.getColumn(19).getString());
    const auto document = payload ? json::Document::parse(*payload) : core::fail(payload.error());
    if (!readFacts || !document)
        return std::nullopt;
    ReceiveContext context;
    context.received = core::TimePoint(std::chrono::milliseconds(events.getColumn(8).getInt64()));
    if (!events.getColumn(15).isNull())
        context.sentAt = core::TimePoint(std::chrono::milliseconds(events.getColumn(15).getInt64()));
    context.userAgent = events.getColumn(16).getString();
    context.remoteAddress = events.getColumn(17).getString();
    context.envelopeEventId = hexOfBytes(events.getColumn(18).getString());
    if (auto facts = readFacts(document->root(), context))
        return std::move(*facts);
    return std::nullopt;
}

/// Events may name tags and users whose rows were still to be written (EventTags). Those rows are made from
/// the payload, with whatever numbers come, and the events name these. Where it cannot be read, what has no
/// row is dropped.
class NamesMender final
{
public:
    explicit NamesMender(SQLite::Database& db)
        : m_tags(db)
        , m_users(db)
        , m_hasTag(db, "SELECT 1 FROM tag_values WHERE id = ?")
        , m_hasUser(db, "SELECT 1 FROM event_users WHERE id = ?")
        , m_update(db, "UPDATE events SET tags = ?2, user_id = ?3 WHERE id = ?1")
        , m_lastTag(db.execAndGet("SELECT coalesce(max(id), 0) FROM tag_values").getInt64())
        , m_lastUser(db.execAndGet("SELECT coalesce(max(id), 0) FROM event_users").getInt64())
    {}

    void mend(CountedEvent& event, const EventFacts* facts)
    {
        std::vector<std::int64_t> tags;
        std::int64_t user = 0;
        if (facts) {
            for (const auto& [key, value] : facts->tags)
                tags.push_back(m_tags.idOf(key, value));
            user = m_users.idOf(*facts);
        } else {
            for (const std::int64_t tag : event.tags) {
                if (tag <= m_lastTag && isThere(m_hasTag, tag))
                    tags.push_back(tag);
            }
            user = event.user <= m_lastUser && isThere(m_hasUser, event.user) ? event.user : 0;
        }
        if (tags == event.tags && user == event.user)
            return;
        event.tags = std::move(tags);
        event.user = user;
        m_mended.push_back(event);
    }

    /// Before the tally is written, and no statement walks over the events.
    void write(Tally& tally)
    {
        for (const CountedEvent& event : m_mended) {
            Use update(m_update);
            update->bind(1, event.row);
            update->bind(2, tagList(event.tags));
            bindOrNull(*update, 3, event.user);
            update->exec();
        }
        m_mended.clear();
        tally.addRows(m_tags.take(), m_users.take());
    }

private:
    static bool isThere(SQLite::Statement& query, std::int64_t id)
    {
        Use find(query);
        find->bind(1, id);
        return find->executeStep();
    }

    EventTags m_tags;
    EventUsers m_users;
    SQLite::Statement m_hasTag;
    SQLite::Statement m_hasUser;
    SQLite::Statement m_update;
    /// Numbers above are given here, and may stand for another tag or user than the event's.
    const std::int64_t m_lastTag;
    const std::int64_t m_lastUser;
    std::vector<CountedEvent> m_mended;
};

CountedEvent countedEvent(SQLite::Statement& events)
{
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
    return event;
}

/// Walks over the events behind the mark in portions.
constexpr int atOnce = 5'000;

} // namespace

void countAgain(SQLite::Database& db, const FactsReader& readFacts)
{
    // Events are given their tags' and users' new numbers before those have rows.
    db.exec("PRAGMA defer_foreign_keys = ON");
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
    NamesMender names(db);
    SQLite::Statement events(db,
        "SELECT e.id, e.project_id, e.issue_id, e.environment_id, e.release_id, e.user_id, e.tags, "
        "e.timestamp, "
        "e.received, e.title, e.culprit, e.level, e.platform, e.message, e.unhandled, e.sent, e.user_agent, "
        "e.remote, e.event_id, p.data FROM events e LEFT JOIN payloads p ON p.id = e.id "
        "WHERE e.id > (SELECT value FROM meta WHERE key = 'counted_through') ORDER BY e.id LIMIT ?");
    for (int found = atOnce; found == atOnce;) { // a second's events at most, unless flushing failed for long
        found = 0;
        Use portion(events);
        portion->bind(1, atOnce);
        while (portion->executeStep()) {
            ++found;
            CountedEvent event = countedEvent(*portion);
            const std::optional<EventFacts> facts = factsOf(*portion, readFacts);
            names.mend(event, facts ? &*facts : nullptr);
            if (facts) {
                // The rest of the face has no column in events: it is in the payload, as it was the first
                // time.
                event.shape = shapes.note(event.issue, *facts);
                event.face.logger = facts->logger;
                event.face.metadata = facts->metadataJson;
            }
            if (event.row <= halfWritten && event.issue <= lastWritten)
                tally.addBeside(event, known);
            else
                tally.add(std::move(event), known);
        }
        portion->reset();
        if (tally.events() == 0)
            break;
        names.write(tally);
        writer.begin(std::exchange(tally, Tally()));
        writer.write();
        writer.confirm();
    }
    db.exec("UPDATE meta SET value = 0 WHERE key IN ('counting_through', 'counting_issue')");
}

} // namespace vedette::collector
