// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/drop.h"

#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/runsql.h"
#include "app/collector/storage/statementuse.h"

namespace vedette::collector {

std::vector<StoredRow> storedRows(SQLite::Statement& query)
{
    const Use use(query);
    std::vector<StoredRow> rows;
    while (query.executeStep()) {
        rows.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
            query.getColumn(2).getString(), query.getColumn(3).getInt64()});
    }
    return rows;
}

bool dropEvent(SQLite::Database& db, const StoredRow& row, const Deadline& deadline)
{
    const auto bindEvent = [&row](SQLite::Statement& statement) {
        statement.bind(1, row.eventId.data(), static_cast<int>(row.eventId.size()));
        statement.bind(2, row.project);
    };
    SQLite::Statement attached(db, "SELECT id FROM attachments WHERE event_id = ? AND project_id = ?");
    bindEvent(attached);
    std::vector<std::int64_t> attachments;
    while (attached.executeStep())
        attachments.push_back(attached.getColumn(0).getInt64());
    attached.reset();
    for (const std::int64_t id : attachments) {
        if (!dropAttachment(db, id, deadline))
            return false;
    }
    SQLite::Statement reports(db, "DELETE FROM user_reports WHERE event_id = ? AND project_id = ?");
    bindEvent(reports);
    reports.exec();
    runSql(db, "DELETE FROM events WHERE id = ?", row.id); // and with it what refers to it
    return true;
}

bool dropAttachment(SQLite::Database& db, std::int64_t id, const Deadline& deadline)
{
    // Piece by piece: one may have a hundred megabytes.
    while (runSql(db,
               "DELETE FROM attachment_parts WHERE attachment_id = ?1 AND part IN (SELECT part FROM "
               "attachment_parts WHERE attachment_id = ?1 ORDER BY part DESC LIMIT 4)",
               id) > 0) {
        if (deadline.isOver())
            return false;
    }
    runSql(db, "DELETE FROM attachments WHERE id = ?", id);
    return true;
}

std::int64_t storedBytes(SQLite::Database& db, const StoredRow& row)
{
    SQLite::Statement query(db,
        "SELECT coalesce((SELECT length(data) FROM payloads WHERE id = ?1), 0) + coalesce((SELECT sum(size) "
        "FROM attachments WHERE event_id = ?2 AND project_id = ?3), 0)");
    query.bind(1, row.id);
    query.bind(2, row.eventId.data(), static_cast<int>(row.eventId.size()));
    query.bind(3, row.project);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

} // namespace vedette::collector
