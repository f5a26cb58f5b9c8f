// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/leaving.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/forecast.h"
#include "app/collector/storage/issuecounters.h"
#include "app/collector/storage/runsql.h"
#include "app/collector/storage/unmerging.h"

namespace vedette::collector {
namespace {

struct Leaving
{
    std::int64_t issue = 0;
    std::int64_t parent = 0; ///< 0: it is deleted; -1: where it led to was lost with a damaged page
    std::int64_t count = 0;  ///< events that it counts, which all its rows come from
};

/// Rows that go at once; each takes some microseconds, an event some tens.
constexpr std::array pieces = {
    "DELETE FROM issue_hours WHERE issue_id = ?1 AND (hour, environment_id) IN (SELECT hour, environment_id "
    "FROM issue_hours WHERE issue_id = ?1 LIMIT 500)",
    "DELETE FROM issue_users WHERE issue_id = ?1 AND user_id IN (SELECT user_id FROM issue_users WHERE "
    "issue_id = ?1 LIMIT 500)",
    "DELETE FROM issue_tags WHERE issue_id = ?1 AND tag_id IN (SELECT tag_id FROM issue_tags WHERE issue_id "
    "= ?1 LIMIT 500)",
    "DELETE FROM texts WHERE id IN (SELECT id FROM texts WHERE issue_id = ?1 LIMIT 50)",
    "DELETE FROM activity WHERE id IN (SELECT id FROM activity WHERE issue_id = ?1 LIMIT 500)",
};

constexpr const char* columns =
    "SELECT i.id, iif(i.status = 'pending_merge', coalesce((SELECT r.issue_id FROM issue_redirects r WHERE "
    "r.old_id = i.id), -1), 0), i.count FROM issues i WHERE i.status IN ('pending_merge', "
    "'pending_deletion')";

std::optional<Leaving> found(SQLite::Statement& query)
{
    if (!query.executeStep())
        return {};
    return Leaving{
        query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64()};
}

std::optional<Leaving> firstLeaving(SQLite::Database& db)
{
    SQLite::Statement query(db, std::string(columns) + " LIMIT 1"); // an index on the status leads to it
    return found(query);
}

std::optional<Leaving> leaving(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement query(db, std::string(columns) + " AND i.id = ?");
    query.bind(1, issue);
    return found(query);
}

/// True: events may be left. Those with attachments go one by one: one may have a hundred megabytes.
bool dropEvents(SQLite::Database& db, std::int64_t issue, const Deadline& deadline)
{
    constexpr const char* plain =
        "DELETE FROM events WHERE id IN (SELECT e.id FROM (SELECT id, event_id, project_id FROM events WHERE "
        "issue_id = ?1 ORDER BY timestamp LIMIT 64) e WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE "
        "a.event_id = e.event_id AND a.project_id = e.project_id))";
    while (runSql(db, plain, issue) > 0) {
        if (deadline.isOver())
            return true;
    }
    SQLite::Statement query(db, "SELECT id, project_id, event_id, timestamp FROM events WHERE issue_id = ? "
                                "ORDER BY timestamp LIMIT 64");
    for (;;) {
        query.bind(1, issue);
        const std::vector<StoredRow> rows = storedRows(query);
        if (rows.empty())
            return false;
        for (const StoredRow& row : rows) {
            if (!dropEvent(db, row, deadline) || deadline.isOver())
                return true;
        }
    }
}

/// True: something may be left.
bool dropMore(SQLite::Database& db, std::int64_t issue, const Deadline& deadline)
{
    if (dropEvents(db, issue, deadline))
        return true;
    for (const char* piece : pieces) {
        while (runSql(db, piece, issue) > 0) {
            if (deadline.isOver())
                return true;
        }
    }
    runSql(db, "DELETE FROM issues WHERE id = ?1", issue); // and with it the little that refers to it
    return false;
}

int moveEvents(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    return runSql(db,
        "UPDATE events SET issue_id = ?2 WHERE id IN (SELECT id FROM events WHERE issue_id = ?1 ORDER BY "
        "timestamp LIMIT 64)",
        from, to);
}

int moveTexts(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    return runSql(db,
        "UPDATE texts SET issue_id = ?2 WHERE id IN (SELECT id FROM texts WHERE issue_id = ?1 LIMIT 256)",
        from, to);
}

/// An issue has some hundred of these at most (shapes.h).
int moveShapes(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    runSql(db,
        "INSERT OR IGNORE INTO issue_frames (issue_id, frame_id) SELECT ?2, frame_id FROM issue_frames "
        "WHERE issue_id = ?1",
        from, to);
    runSql(db,
        "INSERT OR IGNORE INTO issue_aspects (issue_id, aspect_id) SELECT ?2, aspect_id FROM issue_aspects "
        "WHERE issue_id = ?1",
        from, to);
    return runSql(db, "DELETE FROM issue_frames WHERE issue_id = ?1", from) +
           runSql(db, "DELETE FROM issue_aspects WHERE issue_id = ?1", from);
}

void finishMerge(SQLite::Database& db, const Leaving& one, core::TimePoint now)
{
    refreshLastRelease(db, one.parent);
    SQLite::Statement forecast(db, "SELECT 1 FROM issue_forecasts WHERE issue_id = ?");
    forecast.bind(1, one.parent);
    if (forecast.executeStep())
        (void)Forecast::renew(db, one.parent, now);
    runSql(db, "DELETE FROM issues WHERE id = ?1", one.issue);
}

/// True: something may be left. Counters first: with them, the parent looks whole at once.
bool moveMore(SQLite::Database& db, const Leaving& one, core::TimePoint now, const Deadline& deadline)
{
    for (const auto piece : {moveHours, moveUsers, moveTags, moveShapes, moveTexts, moveEvents}) {
        while (piece(db, one.issue, one.parent) > 0) {
            if (deadline.isOver())
                return true;
        }
    }
    finishMerge(db, one, now);
    return false;
}

/// True: something may be left.
bool goOn(SQLite::Database& db, const Leaving& one, core::TimePoint now, const Deadline& deadline)
{
    if (one.parent > 0)
        return moveMore(db, one, now, deadline);
    if (one.parent == 0)
        return dropMore(db, one.issue, deadline);
    runSql(db, "UPDATE issues SET status = 'unresolved', substatus = 'ongoing' WHERE id = ?1", one.issue);
    return false;
}

} // namespace

void leaveInto(SQLite::Database& db, std::int64_t issue, std::int64_t parent)
{
    runSql(db, "UPDATE issue_hashes SET issue_id = ?2 WHERE issue_id = ?1", issue, parent);
    runSql(db, "UPDATE issue_redirects SET issue_id = ?2 WHERE issue_id = ?1", issue, parent);
    runSql(db,
        "INSERT INTO issue_redirects (old_id, short_id, issue_id) SELECT id, short_id, ?2 FROM issues WHERE "
        "id = ?1",
        issue, parent);
    runSql(db,
        "UPDATE issues SET status = 'pending_merge', substatus = NULL, inbox_reason = NULL, inbox_added = "
        "NULL, share_id = NULL, assignee_user = NULL, assignee_team = NULL, first_release = NULL, "
        "last_release = NULL WHERE id = ?1",
        issue);
    for (const char* sql :
        {"DELETE FROM issue_snoozes WHERE issue_id = ?1", "DELETE FROM issue_forecasts WHERE issue_id = ?1",
            "DELETE FROM issue_resolutions WHERE issue_id = ?1"})
        runSql(db, sql, issue);
}

void leaveForGood(SQLite::Database& db, std::int64_t issue)
{
    runSql(db, "DELETE FROM issue_hashes WHERE issue_id = ?1", issue);
    runSql(db,
        "UPDATE issues SET status = 'pending_deletion', substatus = NULL, inbox_reason = NULL, inbox_added = "
        "NULL, share_id = NULL, assignee_user = NULL, assignee_team = NULL WHERE id = ?1 OR (status = "
        "'pending_merge' AND id IN (SELECT old_id FROM issue_redirects WHERE issue_id = ?1))",
        issue);
    runSql(db, "DELETE FROM issue_redirects WHERE issue_id = ?1", issue);
    for (const char* sql :
        {"DELETE FROM issue_snoozes WHERE issue_id = ?1", "DELETE FROM issue_forecasts WHERE issue_id = ?1",
            "DELETE FROM issue_resolutions WHERE issue_id = ?1",
            "DELETE FROM issue_bookmarks WHERE issue_id = ?1"})
        runSql(db, sql, issue);
}

void leaveAtOnce(
    SQLite::Database& db, const std::vector<std::int64_t>& issues, std::int64_t most, core::TimePoint now)
{
    for (const std::int64_t issue : issues) {
        const auto one = leaving(db, issue);
        if (!one || isUnmerging(db, issue))
            continue;
        most -= one->count;
        if (most >= 0)
            (void)goOn(db, *one, now, Deadline());
    }
}

bool isAwaitingEvents(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement query(db,
        "SELECT 1 FROM issues WHERE status = 'pending_merge' AND id IN (SELECT old_id "
        "FROM issue_redirects WHERE issue_id = ?) LIMIT 1");
    query.bind(1, issue);
    return query.executeStep();
}

bool hasLeaving(SQLite::Database& db)
{
    return hasUnmerging(db) || db.execAndGet("SELECT EXISTS (SELECT 1 FROM issues WHERE status IN "
                                             "('pending_merge', 'pending_deletion'))")
                                       .getInt() != 0;
}

bool moveLeaving(SQLite::Database& db, core::TimePoint now, const FactsReader& readFacts, Counted counted,
    const Deadline& deadline)
{
    // First, so that an issue that leaves takes all with it that is its own.
    if (hasUnmerging(db)) {
        if (moveUnmergings(db, now, readFacts, counted, deadline))
            return true;
        if (deadline.isOver())
            return hasLeaving(db);
    }
    while (const auto one = firstLeaving(db)) {
        if (goOn(db, *one, now, deadline))
            return true;
        if (deadline.isOver())
            return hasLeaving(db);
    }
    return false;
}

} // namespace vedette::collector
