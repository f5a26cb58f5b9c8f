// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/doorwriter.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

} // namespace

DoorWriter::DoorWriter(SQLite::Database& db, ForwardLimits limits)
    : m_db(db)
    , m_limits(limits)
    , m_lastRow(db.execAndGet("SELECT coalesce(max(id), 0) FROM forward_queue").getInt64())
{}

void DoorWriter::queue(std::int64_t project, const ForwardItem& item, core::TimePoint now)
{
    SQLite::Statement state(m_db, "INSERT OR IGNORE INTO forward_state (project_id) VALUES (?)");
    state.bind(1, project);
    state.exec();
    const auto size = static_cast<std::int64_t>(item.body.size());
    SQLite::Statement room(m_db, "UPDATE forward_state SET waiting = waiting + 1, waiting_bytes = "
                                 "waiting_bytes + ?2 WHERE project_id = ?1 AND waiting < ?3 AND "
                                 "waiting_bytes + ?2 <= ?4");
    room.bind(1, project);
    room.bind(2, size);
    room.bind(3, m_limits.envelopes);
    room.bind(4, m_limits.bytes);
    if (item.noRoom || item.body.size() > m_limits.bodyBytes || room.exec() == 0) {
        SQLite::Statement full(
            m_db, "UPDATE forward_state SET overflowed = overflowed + 1 WHERE project_id = ?");
        full.bind(1, project);
        full.exec();
        return;
    }
    SQLite::Statement insert(m_db,
        "INSERT INTO forward_queue (id, project_id, body, encoding, created, door, content_type, user_agent, "
        "client, via) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, ++m_lastRow);
    insert.bind(2, project);
    insert.bindNoCopy(3, item.body.data(), static_cast<int>(item.body.size()));
    insert.bindNoCopy(4, item.encoding);
    insert.bind(5, std::int64_t(msOf(now)));
    insert.bindNoCopy(6, item.door);
    insert.bindNoCopy(7, item.contentType);
    insert.bindNoCopy(8, item.userAgent);
    insert.bindNoCopy(9, item.client);
    insert.bindNoCopy(10, item.via);
    insert.exec();
}

void DoorWriter::settle(const ForwardResult& result, core::TimePoint now)
{
    using Fate = ForwardResult::Fate;
    std::int64_t gone = 0;
    std::int64_t goneBytes = 0;
    if (result.fate != Fate::Waits) {
        // Without an upstream meanwhile, the queue is gone already.
        SQLite::Statement remove(m_db, "DELETE FROM forward_queue WHERE id = ? RETURNING length(body)");
        remove.bind(1, result.row);
        while (remove.executeStep()) {
            gone = 1;
            goneBytes = remove.getColumn(0).getInt64();
        }
    }
    SQLite::Statement update(m_db,
        "UPDATE forward_state SET waiting = max(0, waiting - ?2), waiting_bytes = max(0, waiting_bytes - "
        "?3), "
        "sent = sent + ?4, refused = refused + ?5, not_before = ?6, attempts = ?7, error = ?8, "
        "refusal = iif(?5, ?9, refusal), last_sent = iif(?4, ?10, last_sent) WHERE project_id = ?1");
    update.bind(1, result.project);
    update.bind(2, gone);
    update.bind(3, goneBytes);
    update.bind(4, result.fate == Fate::Sent ? 1 : 0);
    update.bind(5, result.fate == Fate::Refused ? 1 : 0);
    update.bind(6, result.notBefore);
    update.bind(7, result.attempts);
    update.bind(8, result.fate == Fate::Waits ? result.text : std::string());
    update.bind(9, result.fate == Fate::Refused ? result.text : std::string());
    update.bind(10, std::int64_t(msOf(now)));
    update.exec();
}

void DoorWriter::countOrigin(std::int64_t project, const std::string& origin, core::TimePoint now)
{
    SQLite::Statement count(m_db,
        "INSERT INTO project_origins (project_id, origin, first_seen, last_seen, count) VALUES (?1, ?2, ?3, "
        "?3, 1) ON CONFLICT DO UPDATE SET last_seen = max(last_seen, excluded.last_seen), count = count + 1 "
        "RETURNING count");
    count.bind(1, project);
    count.bind(2, origin);
    count.bind(3, std::int64_t(msOf(now)));
    bool fresh = false;
    while (count.executeStep())
        fresh = count.getColumn(0).getInt64() == 1;
    if (!fresh)
        return;
    SQLite::Statement trim(m_db,
        "DELETE FROM project_origins WHERE project_id = ?1 AND origin NOT IN (SELECT origin FROM "
        "project_origins WHERE project_id = ?1 ORDER BY last_seen DESC, first_seen DESC, origin LIMIT ?2)");
    trim.bind(1, project);
    trim.bind(2, maxOrigins);
    trim.exec();
}

} // namespace vedette::collector
