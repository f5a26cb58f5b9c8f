// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/projectremoval.h"

#include <array>
#include <optional>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

/// In this order: what hangs on a row goes with it, and no piece may be large. Each deletes one piece of
/// project ?1.
constexpr std::array pieces = {
    "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE project_id = ?1 LIMIT 200)",
    "DELETE FROM user_reports WHERE id IN (SELECT id FROM user_reports WHERE project_id = ?1 LIMIT 200)",
    "DELETE FROM attachments WHERE id IN (SELECT id FROM attachments WHERE project_id = ?1 LIMIT 20)",
    "DELETE FROM issues WHERE id IN (SELECT id FROM issues WHERE project_id = ?1 LIMIT 50)",
};

std::optional<std::int64_t> firstRemoved(SQLite::Database& db)
{
    SQLite::Statement query(db, "SELECT id FROM projects WHERE kind = 'removed' LIMIT 1");
    if (!query.executeStep())
        return {};
    return query.getColumn(0).getInt64();
}

/// True: something of it was deleted, and there may be more.
bool deletePiece(SQLite::Database& db, const char* sql, std::int64_t project)
{
    SQLite::Statement remove(db, sql);
    remove.bind(1, project);
    return remove.exec() > 0;
}

/// What other projects have of a release's deploys stays: a deploy hangs on one project's row of a release.
void handDeploysOn(SQLite::Database& db, std::int64_t project)
{
    SQLite::Statement update(db,
        "UPDATE deploys SET release_id = (SELECT o.id FROM releases r JOIN releases o ON o.version = "
        "r.version "
        "AND o.project_id <> r.project_id WHERE r.id = deploys.release_id ORDER BY o.id LIMIT 1) "
        "WHERE release_id IN (SELECT r.id FROM releases r JOIN releases o ON o.version = r.version "
        "AND o.project_id <> r.project_id WHERE r.project_id = ?)");
    update.bind(1, project);
    update.exec();
}

/// The rest in one go. Events point to releases without an index that leads back, so that each release that
/// goes would walk over all events of other projects: one index for all of them is quicker, and is gone at
/// the end.
void deleteRest(SQLite::Database& db, std::int64_t project)
{
    SQLite::Statement count(db, "SELECT COUNT(*) FROM releases WHERE project_id = ?");
    count.bind(1, project);
    count.executeStep();
    const bool withIndex = count.getColumn(0).getInt64() > 3;
    count.reset();
    if (withIndex)
        db.exec("CREATE INDEX events_by_release_for_removal ON events (release_id)");
    for (const char* sql :
        {"DELETE FROM releases WHERE project_id = ?1", "DELETE FROM projects WHERE id = ?1"}) {
        SQLite::Statement remove(db, sql);
        remove.bind(1, project);
        remove.exec();
    }
    if (withIndex)
        db.exec("DROP INDEX events_by_release_for_removal");
}

} // namespace

void removeProject(SQLite::Database& db, std::int64_t project)
{
    handDeploysOn(db, project);
    for (const char* sql :
        {"UPDATE projects SET kind = 'removed', active = 0, slug = 'removed-' || id || '-' || "
         "lower(hex(randomblob(4))) WHERE id = ?",
            "DELETE FROM project_keys WHERE project_id = ?", "DELETE FROM team_projects WHERE project_id = ?",
            "DELETE FROM forward_queue WHERE project_id = ?"}) {
        SQLite::Statement change(db, sql);
        change.bind(1, project);
        change.exec();
    }
}

bool hasRemovedProjects(SQLite::Database& db)
{
    return firstRemoved(db).has_value();
}

bool purgeRemovedProjects(SQLite::Database& db, const std::function<bool()>& isOver)
{
    while (const auto project = firstRemoved(db)) {
        for (const char* piece : pieces) {
            while (deletePiece(db, piece, *project)) {
                if (isOver())
                    return true;
            }
        }
        deleteRest(db, *project);
    }
    return false;
}

} // namespace vedette::collector
