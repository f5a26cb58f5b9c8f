// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/discard.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/leaving.h"

namespace vedette::collector {

void deleteIssues(SQLite::Database& db, const std::vector<std::int64_t>& issues, core::TimePoint now)
{
    for (const std::int64_t issue : issues)
        leaveForGood(db, issue);
    leaveAtOnce(db, issues, movedAtOnce, now);
}

void discardIssues(
    SQLite::Database& db, const std::vector<std::int64_t>& issues, std::int64_t user, core::TimePoint now)
{
    for (const std::int64_t issue : issues) {
        SQLite::Statement keep(db,
            "INSERT INTO discarded_issues (id, project_id, title, culprit, level, user_id, "
            "created) SELECT id, project_id, title, culprit, level, ?, ? FROM issues WHERE "
            "id = ?");
        if (user != 0)
            keep.bind(1, user);
        keep.bind(2, std::int64_t(now.time_since_epoch().count()));
        keep.bind(3, issue);
        keep.exec();
        SQLite::Statement hashes(db,
            "INSERT OR REPLACE INTO discarded_hashes (project_id, hash, discarded_id) "
            "SELECT project_id, hash, issue_id FROM issue_hashes WHERE issue_id = ?");
        hashes.bind(1, issue);
        hashes.exec();
    }
    deleteIssues(db, issues, now);
}

} // namespace vedette::collector
