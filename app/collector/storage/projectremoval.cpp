// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/projectremoval.h"

#include <array>
#include <optional>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/releaseremoval.h"

namespace vedette::collector {
namespace {

/// In this order: what hangs on a row goes with it, and no piece may be large. Each deletes one piece of
/// project ?1.
constexpr std::array pieces = {
    "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE project_id = ?1 LIMIT 200)",
    "DELETE FROM user_reports WHERE id IN (SELECT id FROM user_reports WHERE project_id = ?1 LIMIT 200)",
    // As many as four megabytes, and at least one.
    "DELETE FROM forward_queue WHERE id IN (SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY id ROWS "
    "BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM (SELECT id, length(body) AS size FROM "
    "forward_queue WHERE project_id = ?1 ORDER BY id LIMIT 64)) WHERE coalesce(before, 0) < 4194304)",
    // What issues hold beside their events may be much, too.
    "DELETE FROM issue_hours WHERE (issue_id, hour, environment_id) IN (SELECT h.issue_id, h.hour, "
    "h.environment_id FROM issues i CROSS JOIN issue_hours h ON h.issue_id = i.id WHERE i.project_id = ?1 "
    "LIMIT 500)",
    "DELETE FROM issue_users WHERE (issue_id, user_id) IN (SELECT u.issue_id, u.user_id FROM issues i CROSS "
    "JOIN issue_users u ON u.issue_id = i.id WHERE i.project_id = ?1 LIMIT 500)",
    "DELETE FROM issue_tags WHERE (issue_id, tag_id) IN (SELECT t.issue_id, t.tag_id FROM issues i CROSS "
    "JOIN issue_tags t ON t.issue_id = i.id WHERE i.project_id = ?1 LIMIT 500)",
    "DELETE FROM texts WHERE id IN (SELECT t.id FROM issues i CROSS JOIN texts t ON t.issue_id = i.id WHERE "
    "i.project_id = ?1 LIMIT 50)",
    "DELETE FROM issues WHERE id IN (SELECT id FROM issues WHERE project_id = ?1 LIMIT 50)",
    "DELETE FROM transaction_hours WHERE (project_id, hour, name) IN (SELECT project_id, hour, name FROM "
    "transaction_hours WHERE project_id = ?1 LIMIT 200)",
    "DELETE FROM project_hours WHERE (project_id, hour) IN (SELECT project_id, hour FROM project_hours WHERE "
    "project_id = ?1 LIMIT 500)",
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

/// Part by part: one may have a hundred megabytes. Before the events, which would take them along at once.
/// True: time is up.
bool deleteAttachments(SQLite::Database& db, std::int64_t project, const std::function<bool()>& isOver)
{
    constexpr const char* parts =
        "DELETE FROM attachment_parts WHERE (attachment_id, part) IN (SELECT p.attachment_id, p.part FROM "
        "(SELECT id FROM attachments WHERE project_id = ?1 ORDER BY id LIMIT 16) a CROSS JOIN "
        "attachment_parts p ON p.attachment_id = a.id LIMIT 4)";
    constexpr const char* rows = "DELETE FROM attachments WHERE id IN (SELECT id FROM attachments WHERE "
                                 "project_id = ?1 ORDER BY id LIMIT 16)";
    do {
        while (deletePiece(db, parts, project)) {
            if (isOver())
                return true;
        }
        if (!deletePiece(db, rows, project))
            return false;
    } while (!isOver());
    return true;
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

} // namespace

void removeProject(SQLite::Database& db, std::int64_t project)
{
    handDeploysOn(db, project);
    for (const char* sql :
        {"UPDATE projects SET kind = 'removed', active = 0, upstream = '', slug = 'removed-' || id || '-' || "
         "lower(hex(randomblob(4))) WHERE id = ?",
            "DELETE FROM project_keys WHERE project_id = ?", "DELETE FROM team_projects WHERE project_id = ?",
            "DELETE FROM forward_state WHERE project_id = ?"}) {
        SQLite::Statement change(db, sql);
        change.bind(1, project);
        change.exec();
    }
}

bool hasRemovedProjects(SQLite::Database& db)
{
    return firstRemoved(db).has_value();
}

bool wantsNoForeignKeys(SQLite::Database& db)
{
    const auto project = firstRemoved(db);
    if (!project || !hasReleases(db, *project))
        return false;
    // What hangs on those goes with them because references are checked.
    SQLite::Statement query(db,
        "SELECT NOT EXISTS (SELECT 1 FROM events WHERE project_id = ?1) AND NOT EXISTS "
        "(SELECT 1 FROM issues WHERE project_id = ?1)");
    query.bind(1, *project);
    query.executeStep();
    return query.getColumn(0).getInt() != 0;
}

bool purgeRemovedProjects(SQLite::Database& db, const std::function<bool()>& isOver)
{
    while (const auto project = firstRemoved(db)) {
        if (deleteAttachments(db, *project, isOver))
            return true;
        bool any = false;
        for (const char* piece : pieces) {
            while (deletePiece(db, piece, *project)) {
                any = true;
                if (isOver())
                    return true;
            }
        }
        // Those want other references checked (wantsNoForeignKeys()): in the next step.
        if (hasReleases(db, *project)) {
            if (!any)
                (void)deleteReleases(db, *project, isOver);
            return true;
        }
        (void)deletePiece(db, "DELETE FROM projects WHERE id = ?1", *project); // and the little that is left
    }
    return false;
}

} // namespace vedette::collector
