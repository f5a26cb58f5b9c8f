// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/activity.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {

std::int64_t addActivity(SQLite::Database& db, std::int64_t issue, std::string_view type, std::int64_t user,
    const std::string& data, std::int64_t created)
{
    SQLite::Statement insert(
        db, "INSERT INTO activity (issue_id, type, user_id, data, created) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, issue);
    insert.bind(2, std::string(type));
    if (user != 0)
        insert.bind(3, user);
    insert.bind(4, data);
    insert.bind(5, created);
    insert.exec();
    return db.getLastInsertRowid();
}

void putIntoInbox(SQLite::Database& db, std::int64_t issue, InboxReason reason, std::int64_t now,
    const std::string& details)
{
    SQLite::Statement update(
        db, "UPDATE issues SET inbox_reason = ?, inbox_added = ?, inbox_details = ? WHERE id = ?");
    update.bind(1, static_cast<int>(reason));
    update.bind(2, now);
    if (!details.empty())
        update.bind(3, details);
    update.bind(4, issue);
    update.exec();
}

void takeFromInbox(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement update(db,
        "UPDATE issues SET inbox_reason = NULL, inbox_added = NULL, inbox_details = NULL "
        "WHERE id = ? AND inbox_reason IS NOT NULL");
    update.bind(1, issue);
    update.exec();
}

} // namespace vedette::collector
