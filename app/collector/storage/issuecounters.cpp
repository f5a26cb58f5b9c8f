// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/issuecounters.h"

#include <string>

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

} // namespace

void addCounters(SQLite::Database& db, std::int64_t from, std::int64_t to)
{
    const std::int64_t both = number(db,
        "SELECT count(*) FROM issue_users f JOIN issue_users t ON t.issue_id = ?2 AND t.user_id = f.user_id "
        "WHERE f.issue_id = ?1",
        from, to);
    run(db,
        "INSERT INTO issue_hours (issue_id, hour, environment_id, count) "
        "SELECT ?2, hour, environment_id, count FROM issue_hours WHERE issue_id = ?1 "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count",
        from, to);
    for (const char* sql :
        {"INSERT INTO issue_users (issue_id, user_id, count, first_seen, last_seen) "
         "SELECT ?2, user_id, count, first_seen, last_seen FROM issue_users WHERE issue_id = ?1 "
         "ON CONFLICT DO UPDATE SET count = count + excluded.count, first_seen = min(first_seen, "
         "excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)",
            "INSERT INTO issue_tags (issue_id, tag_id, count, first_seen, last_seen) "
            "SELECT ?2, tag_id, count, first_seen, last_seen FROM issue_tags WHERE issue_id = ?1 "
            "ON CONFLICT DO UPDATE SET count = count + excluded.count, first_seen = min(first_seen, "
            "excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"})
        run(db, sql, from, to);
    SQLite::Statement row(db,
        "UPDATE issues SET count = issues.count + f.count, user_count = issues.user_count + f.user_count - "
        "?3, "
        "first_seen = min(issues.first_seen, f.first_seen), last_seen = max(issues.last_seen, f.last_seen) "
        "FROM issues f WHERE issues.id = ?2 AND f.id = ?1");
    row.bind(1, from);
    row.bind(2, to);
    row.bind(3, both);
    row.exec();
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
