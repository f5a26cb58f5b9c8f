// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/forwarding.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {

ForwardState readForwardState(SQLite::Database& db, std::int64_t project)
{
    ForwardState out;
    SQLite::Statement find(
        db, "SELECT not_before, attempts, waiting FROM forward_state WHERE project_id = ?");
    find.bind(1, project);
    if (find.executeStep()) {
        out.notBefore = find.getColumn(0).getInt64();
        out.attempts = find.getColumn(1).getInt64();
        out.waiting = find.getColumn(2).getInt64();
    }
    return out;
}

std::vector<QueuedForward> readForwards(
    SQLite::Database& db, std::int64_t project, std::int64_t after, std::size_t most, std::size_t bytes)
{
    std::vector<QueuedForward> out;
    SQLite::Statement find(db,
        "SELECT id, created, door, body, encoding, content_type, user_agent, client, via FROM forward_queue "
        "WHERE project_id = ? AND id > ? ORDER BY id LIMIT ?");
    find.bind(1, project);
    find.bind(2, after);
    find.bind(3, static_cast<std::int64_t>(most));
    std::size_t sum = 0;
    while (find.executeStep()) {
        QueuedForward next;
        next.row = find.getColumn(0).getInt64();
        next.created = find.getColumn(1).getInt64();
        next.item.door = find.getColumn(2).getString();
        next.item.body = find.getColumn(3).getString();
        next.item.encoding = find.getColumn(4).getString();
        next.item.contentType = find.getColumn(5).getString();
        next.item.userAgent = find.getColumn(6).getString();
        next.item.client = find.getColumn(7).getString();
        next.item.via = find.getColumn(8).getString();
        sum += next.item.body.size();
        if (sum > bytes && !out.empty())
            break;
        out.push_back(std::move(next));
    }
    return out;
}

} // namespace vedette::collector
