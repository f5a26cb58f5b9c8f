// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/issuecounters.h"

#include <string>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/runsql.h"
#include "app/collector/storage/storedfacts.h"

namespace vedette::collector {
namespace {

void setNewIssues(SQLite::Database& db, std::int64_t release, int change)
{
    SQLite::Statement update(db, "UPDATE releases SET new_issues = max(0, new_issues + ?) WHERE id = ?");
    update.bind(1, change);
    update.bind(2, release);
    update.exec();
}

/// Moves a piece of issue_users or issue_tags; how many rows, and how many of them `to` had already.
std::pair<int, int> moveSeen(SQLite::Database& db, const std::string& table, const std::string& key,
    std::int64_t from, std::int64_t to)
{
    SQLite::Statement end(db, "SELECT max(k), count(*), count(t.issue_id) FROM (SELECT " + key +
                                  " AS k FROM " + table + " WHERE issue_id = ?1 ORDER BY " + key +
                                  " LIMIT 256) LEFT JOIN " + table + " t ON t.issue_id = ?2 AND t." + key +
                                  " = k");
    end.bind(1, from);
    end.bind(2, to);
    end.executeStep();
    const std::int64_t last = end.getColumn(0).getInt64();
    const std::pair<int, int> out(end.getColumn(1).getInt(), end.getColumn(2).getInt());
    end.reset();
    if (out.first == 0)
        return out;
    SQLite::Statement add(db,
        "INSERT INTO " + table + " (issue_id, " + key + ", count, first_seen, last_seen) SELECT ?2, " + key +
            ", count, first_seen, last_seen FROM " + table + " WHERE issue_id = ?1 AND " + key +
            " <= ?3 ON CONFLICT DO UPDATE SET count = count + excluded.count, first_seen = min(first_seen, "
            "excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)");
    add.bind(1, from);
    add.bind(2, to);
    add.bind(3, last);
    add.exec();
    SQLite::Statement remove(db, "DELETE FROM " + table + " WHERE issue_id = ? AND " + key + " <= ?");
    remove.bind(1, from);
    remove.bind(2, last);
    remove.exec();
    return out;
}

} // namespace

int moveHours(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    // The last row of the piece.
    SQLite::Statement end(db,
        "SELECT hour, environment_id, sum(count) OVER (ORDER BY hour, environment_id) FROM (SELECT * FROM "
        "issue_hours WHERE issue_id = ? ORDER BY hour, environment_id LIMIT 256) ORDER BY hour DESC, "
        "environment_id DESC LIMIT 1");
    end.bind(1, from);
    if (!end.executeStep())
        return 0;
    const std::int64_t hour = end.getColumn(0).getInt64();
    const std::int64_t environment = end.getColumn(1).getInt64();
    const std::int64_t events = end.getColumn(2).getInt64();
    end.reset();
    int moved = 0;
    for (const char* sql :
        {"INSERT INTO issue_hours (issue_id, hour, environment_id, count) SELECT ?2, hour, "
         "environment_id, count FROM issue_hours WHERE issue_id = ?1 AND (hour, "
         "environment_id) <= (?3, ?4) ON CONFLICT DO UPDATE SET count = count + "
         "excluded.count",
            "DELETE FROM issue_hours WHERE issue_id = ?1 AND (hour, environment_id) <= (?3, ?4) AND ?2 > "
            "0"}) {
        SQLite::Statement move(db, sql);
        move.bind(1, from);
        move.bind(2, to);
        move.bind(3, hour);
        move.bind(4, environment);
        moved = move.exec();
    }
    for (const char* sql : {"UPDATE issues SET count = count + ?2 WHERE id = ?1",
             "UPDATE issue_snoozes SET base_count = base_count + ?2 WHERE issue_id = ?1"})
        runSql(db, sql, to, events);
    runSql(db, "UPDATE issues SET count = count - ?2 WHERE id = ?1", from, events);
    return moved;
}

int moveUsers(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    const auto [moved, met] = moveSeen(db, "issue_users", "user_id", from, to);
    if (moved == 0)
        return 0;
    runSql(db, "UPDATE issues SET user_count = user_count - ?2 WHERE id = ?1", from, moved);
    if (moved > met) {
        for (const char* sql : {"UPDATE issues SET user_count = user_count + ?2 WHERE id = ?1",
                 "UPDATE issue_snoozes SET base_users = base_users + ?2 WHERE issue_id = ?1"})
            runSql(db, sql, to, moved - met);
    }
    return moved;
}

int moveTags(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    return moveSeen(db, "issue_tags", "tag_id", from, to).first;
}

void refreshFace(SQLite::Database& db, std::int64_t issue, const FactsReader& readFacts)
{
    SQLite::Statement face(db,
        "UPDATE issues SET last_event = e.id, title = e.title, culprit = e.culprit, level = e.level, "
        "platform = "
        "e.platform, message = e.message, unhandled = e.unhandled, type = e.type FROM (SELECT * FROM events "
        "WHERE issue_id = ?1 ORDER BY timestamp DESC, id DESC LIMIT 1) e WHERE issues.id = ?1 AND "
        "issues.last_event <> e.id RETURNING last_event");
    face.bind(1, issue);
    std::int64_t event = 0;
    while (face.executeStep())
        event = face.getColumn(0).getInt64();
    if (event == 0)
        return;
    const auto facts = storedFacts(db, event, readFacts);
    if (!facts)
        return; // without its payload the rest stays as it was
    SQLite::Statement rest(db, "UPDATE issues SET logger = ?, metadata = ? WHERE id = ?");
    rest.bind(1, facts->logger);
    rest.bind(2, facts->metadataJson);
    rest.bind(3, issue);
    rest.exec();
}

std::int64_t firstReleaseOf(SQLite::Database& db, std::int64_t issue)
{
    return numberBySql(db, "SELECT coalesce(first_release, 0) FROM issues WHERE id = ?1", issue);
}

void noteFirstRelease(SQLite::Database& db, std::int64_t issue, std::int64_t before)
{
    const std::int64_t after = firstReleaseOf(db, issue);
    if (before == after)
        return;
    setNewIssues(db, before, -1);
    setNewIssues(db, after, 1);
}

void refreshLastRelease(SQLite::Database& db, std::int64_t issue)
{
    runSql(db,
        "UPDATE issues SET last_release = coalesce((SELECT release_id FROM (SELECT release_id, timestamp, id "
        "FROM events WHERE issue_id = ?1 ORDER BY timestamp DESC, id DESC LIMIT 10000) WHERE release_id IS "
        "NOT NULL ORDER BY timestamp DESC, id DESC LIMIT 1), last_release) WHERE id = ?1",
        issue);
}

} // namespace vedette::collector
