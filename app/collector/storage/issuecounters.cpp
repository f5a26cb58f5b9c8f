// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/issuecounters.h"

#include <string>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/storedfacts.h"

namespace vedette::collector {
namespace {

/// Runs `sql` with ?1 and ?2 and answers how many rows it changed.
int run(SQLite::Database& db, const char* sql, std::int64_t first, std::int64_t second = 0)
{
    SQLite::Statement statement(db, sql);
    statement.bind(1, first);
    if (second != 0)
        statement.bind(2, second);
    return statement.exec();
}

std::int64_t number(SQLite::Database& db, const char* sql, std::int64_t first, std::int64_t second = 0)
{
    SQLite::Statement query(db, sql);
    query.bind(1, first);
    if (second != 0)
        query.bind(2, second);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

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
        run(db, sql, to, events);
    run(db, "UPDATE issues SET count = count - ?2 WHERE id = ?1", from, events);
    return moved;
}

int moveUsers(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    const auto [moved, met] = moveSeen(db, "issue_users", "user_id", from, to);
    if (moved == 0)
        return 0;
    run(db, "UPDATE issues SET user_count = user_count - ?2 WHERE id = ?1", from, moved);
    if (moved > met) {
        for (const char* sql : {"UPDATE issues SET user_count = user_count + ?2 WHERE id = ?1",
                 "UPDATE issue_snoozes SET base_users = base_users + ?2 WHERE issue_id = ?1"})
            run(db, sql, to, moved - met);
    }
    return moved;
}

int moveTags(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    return moveSeen(db, "issue_tags", "tag_id", from, to).first;
}

void countEvents(SQLite::Database& db, std::int64_t issue)
{
    run(db,
        "INSERT INTO issue_hours (issue_id, hour, environment_id, count) SELECT ?1, (timestamp - ((timestamp "
        "% "
        "3600000) + 3600000) % 3600000) / 3600000, environment_id, count(*) FROM events WHERE issue_id = ?1 "
        "GROUP BY 2, 3",
        issue);
    run(db,
        "INSERT INTO issue_users (issue_id, user_id, count, first_seen, last_seen) SELECT ?1, user_id, "
        "count(*), min(timestamp), max(timestamp) FROM events WHERE issue_id = ?1 AND user_id IS NOT NULL "
        "GROUP BY user_id",
        issue);
    run(db,
        "INSERT INTO issue_tags (issue_id, tag_id, count, first_seen, last_seen) SELECT ?1, j.value, "
        "count(*), "
        "min(e.timestamp), max(e.timestamp) FROM events e, json_each(e.tags) j WHERE e.issue_id = ?1 "
        "GROUP BY j.value",
        issue);
    run(db,
        "UPDATE issues SET (count, first_seen, last_seen) = (SELECT count(*), min(timestamp), max(timestamp) "
        "FROM events WHERE issue_id = ?1), user_count = (SELECT count(*) FROM issue_users WHERE issue_id = "
        "?1) "
        "WHERE id = ?1",
        issue);
}

void subtractCounters(SQLite::Database& db, std::int64_t part, std::int64_t from)
{
    run(db,
        "UPDATE issue_hours SET count = issue_hours.count - p.count FROM issue_hours p WHERE p.issue_id = ?1 "
        "AND issue_hours.issue_id = ?2 AND p.hour = issue_hours.hour AND p.environment_id = "
        "issue_hours.environment_id",
        part, from);
    run(db,
        "UPDATE issue_users SET count = issue_users.count - p.count FROM issue_users p WHERE p.issue_id = ?1 "
        "AND issue_users.issue_id = ?2 AND p.user_id = issue_users.user_id",
        part, from);
    run(db,
        "UPDATE issue_tags SET count = issue_tags.count - p.count FROM issue_tags p WHERE p.issue_id = ?1 "
        "AND "
        "issue_tags.issue_id = ?2 AND p.tag_id = issue_tags.tag_id",
        part, from);
    run(db, "DELETE FROM issue_hours WHERE issue_id = ?1 AND count <= 0", from);
    run(db, "DELETE FROM issue_tags WHERE issue_id = ?1 AND count <= 0", from);
    const int gone = run(db, "DELETE FROM issue_users WHERE issue_id = ?1 AND count <= 0", from);
    // When they were seen: known again where every counted event is still there.
    run(db,
        "UPDATE issue_users SET first_seen = s.first, last_seen = s.last FROM (SELECT user_id, count(*) AS "
        "n, "
        "min(timestamp) AS first, max(timestamp) AS last FROM events WHERE issue_id = ?1 AND user_id IS NOT "
        "NULL GROUP BY user_id) s WHERE issue_users.issue_id = ?1 AND issue_users.user_id = s.user_id AND "
        "issue_users.count = s.n",
        from);
    run(db,
        "UPDATE issue_tags SET first_seen = s.first, last_seen = s.last FROM (SELECT j.value AS tag_id, "
        "count(*) AS n, min(e.timestamp) AS first, max(e.timestamp) AS last FROM events e, json_each(e.tags) "
        "j "
        "WHERE e.issue_id = ?1 GROUP BY j.value) s WHERE issue_tags.issue_id = ?1 AND issue_tags.tag_id = "
        "s.tag_id AND issue_tags.count = s.n",
        from);
    SQLite::Statement row(db, "UPDATE issues SET count = max(0, issues.count - p.count), user_count = max(0, "
                              "issues.user_count - ?3) "
                              "FROM issues p WHERE p.id = ?1 AND issues.id = ?2");
    row.bind(1, part);
    row.bind(2, from);
    row.bind(3, gone);
    row.exec();
    run(db,
        "UPDATE issues SET first_seen = iif(issues.count = s.n, s.first, issues.first_seen), last_seen = "
        "s.last "
        "FROM (SELECT count(*) AS n, min(timestamp) AS first, max(timestamp) AS last FROM events WHERE "
        "issue_id = ?1) s WHERE issues.id = ?1 AND s.n > 0",
        from);
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

void refreshReleases(SQLite::Database& db, std::int64_t issue)
{
    const std::int64_t before =
        number(db, "SELECT coalesce(first_release, 0) FROM issues WHERE id = ?1", issue);
    run(db,
        "UPDATE issues SET last_release = (SELECT release_id FROM events WHERE issue_id = ?1 AND release_id "
        "IS "
        "NOT NULL ORDER BY timestamp DESC, id DESC LIMIT 1) WHERE id = ?1",
        issue);
    run(db,
        "UPDATE issues SET first_release = (SELECT release_id FROM events WHERE issue_id = ?1 ORDER BY "
        "timestamp, id LIMIT 1) WHERE id = ?1 AND count = (SELECT count(*) FROM events WHERE issue_id = ?1)",
        issue);
    const std::int64_t after =
        number(db, "SELECT coalesce(first_release, 0) FROM issues WHERE id = ?1", issue);
    if (before == after)
        return;
    setNewIssues(db, before, -1);
    setNewIssues(db, after, 1);
}

} // namespace vedette::collector
