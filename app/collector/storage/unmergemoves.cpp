// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/unmergemoves.h"

#include <algorithm>
#include <initializer_list>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/eventtags.h"
#include "app/collector/storage/issuecounters.h"
#include "app/collector/storage/shapes.h"
#include "app/collector/storage/storedfacts.h"
#include "app/collector/storage/textindex.h"

namespace vedette::collector {
namespace {

/// Rows of unmerge_seen that are told at once.
constexpr int toldAtOnce = 256;

/// The events whose numbers are in ?1.
#define VEDETTE_CHOSEN "json_each(?1) m CROSS JOIN events e ON e.id = m.value"
#define VEDETTE_HOUR "((e.timestamp - ((e.timestamp % 3600000) + 3600000) % 3600000) / 3600000)"

/// Runs statements on chosen events, the source ?2 and the new issue ?3.
class Chosen final
{
public:
    Chosen(SQLite::Database& db, const EventRows& events, std::int64_t source, std::int64_t fresh)
        : m_db(db)
        , m_events(tagList(events)) // a JSON list as well
        , m_source(source)
        , m_fresh(fresh)
    {}

    /// Rows that were changed.
    int run(const char* sql, std::initializer_list<std::int64_t> further = {})
    {
        SQLite::Statement statement(m_db, sql);
        bind(statement, further);
        return statement.exec();
    }
    std::int64_t number(const char* sql)
    {
        SQLite::Statement query(m_db, sql);
        bind(query, {});
        return query.executeStep() ? query.getColumn(0).getInt64() : 0;
    }

private:
    void bind(SQLite::Statement& statement, std::initializer_list<std::int64_t> further)
    {
        const int wanted = statement.getBindParameterCount();
        if (wanted >= 1)
            statement.bind(1, m_events);
        if (wanted >= 2)
            statement.bind(2, m_source);
        if (wanted >= 3)
            statement.bind(3, m_fresh);
        int at = 4;
        for (const std::int64_t value : further)
            statement.bind(at++, value);
    }

    SQLite::Database& m_db;
    const std::string m_events;
    const std::int64_t m_source;
    const std::int64_t m_fresh;
};

void moveHoursOf(Chosen& chosen)
{
    chosen.run("INSERT INTO issue_hours (issue_id, hour, environment_id, count) SELECT ?3, " VEDETTE_HOUR
               ", e.environment_id, count(*) FROM " VEDETTE_CHOSEN " GROUP BY 2, 3 ON CONFLICT DO UPDATE SET "
               "count = count + excluded.count");
    chosen.run("WITH p AS MATERIALIZED (SELECT " VEDETTE_HOUR " AS h, e.environment_id AS v, count(*) AS n "
               "FROM " VEDETTE_CHOSEN " GROUP BY 1, 2) UPDATE issue_hours SET count = issue_hours.count - "
               "p.n FROM p WHERE issue_id = ?2 AND hour = p.h AND environment_id = p.v");
    chosen.run("DELETE FROM issue_hours WHERE issue_id = ?2 AND count <= 0 AND (hour, environment_id) IN "
               "(SELECT " VEDETTE_HOUR ", e.environment_id FROM " VEDETTE_CHOSEN ")");
}

void moveUsersOf(Chosen& chosen)
{
    const std::int64_t added =
        chosen.number("SELECT count(DISTINCT e.user_id) FROM " VEDETTE_CHOSEN " WHERE NOT EXISTS (SELECT 1 "
                      "FROM issue_users u WHERE u.issue_id = ?3 AND u.user_id = e.user_id)");
    chosen.run("INSERT INTO issue_users (issue_id, user_id, count, first_seen, last_seen) SELECT ?3, "
               "e.user_id, count(*), min(e.timestamp), max(e.timestamp) FROM " VEDETTE_CHOSEN " WHERE "
               "e.user_id IS NOT NULL GROUP BY e.user_id ON CONFLICT DO UPDATE SET count = count + "
               "excluded.count, first_seen = min(first_seen, excluded.first_seen), last_seen = "
               "max(last_seen, excluded.last_seen)");
    chosen.run(
        "WITH p AS MATERIALIZED (SELECT e.user_id AS u, count(*) AS n FROM " VEDETTE_CHOSEN " WHERE "
        "e.user_id IS NOT NULL GROUP BY 1) UPDATE issue_users SET count = issue_users.count - p.n FROM "
        "p WHERE issue_id = ?2 AND user_id = p.u");
    const int gone =
        chosen.run("DELETE FROM issue_users WHERE issue_id = ?2 AND count <= 0 AND user_id IN (SELECT "
                   "e.user_id FROM " VEDETTE_CHOSEN ")");
    chosen.run("UPDATE issues SET user_count = user_count + ?4 WHERE id = ?3", {added});
    chosen.run("UPDATE issues SET user_count = max(0, user_count - ?4) WHERE id = ?2", {gone});
    chosen.run("UPDATE issue_snoozes SET base_users = max(0, base_users - ?4) WHERE issue_id = ?2", {gone});
}

void moveTagsOf(Chosen& chosen)
{
    chosen.run("INSERT INTO issue_tags (issue_id, tag_id, count, first_seen, last_seen) SELECT ?3, j.value, "
               "count(*), min(e.timestamp), max(e.timestamp) FROM " VEDETTE_CHOSEN
               " CROSS JOIN json_each(e.tags) j GROUP BY j.value ON CONFLICT DO UPDATE SET count = count + "
               "excluded.count, first_seen = min(first_seen, excluded.first_seen), last_seen = "
               "max(last_seen, excluded.last_seen)");
    chosen.run("WITH p AS MATERIALIZED (SELECT j.value AS t, count(*) AS n FROM " VEDETTE_CHOSEN
               " CROSS JOIN json_each(e.tags) j GROUP BY 1) UPDATE issue_tags SET count = issue_tags.count - "
               "p.n FROM p WHERE issue_id = ?2 AND tag_id = p.t");
    chosen.run("DELETE FROM issue_tags WHERE issue_id = ?2 AND count <= 0 AND tag_id IN (SELECT j.value "
               "FROM " VEDETTE_CHOSEN " CROSS JOIN json_each(e.tags) j)");
}

/// The numbers of the issues themselves. What was taken away did not come since the source was archived,
/// unless it did.
void moveNumbers(SQLite::Database& db, Chosen& chosen, std::int64_t fresh)
{
    const std::int64_t release = firstReleaseOf(db, fresh);
    // The walk is towards the past: what it meets is the first, unless something older came meanwhile.
    chosen.run("UPDATE issues SET first_release = (SELECT e.release_id FROM " VEDETTE_CHOSEN
               " ORDER BY e.timestamp, e.id LIMIT 1) WHERE id = ?3 AND first_seen >= (SELECT "
               "min(e.timestamp) FROM " VEDETTE_CHOSEN ")");
    noteFirstRelease(db, fresh, release);
    chosen.run("UPDATE issues SET count = count + p.n, first_seen = min(first_seen, p.first), last_release = "
               "coalesce(last_release, (SELECT e.release_id FROM " VEDETTE_CHOSEN
               " WHERE e.release_id IS NOT NULL ORDER BY e.timestamp DESC, e.id DESC LIMIT 1)) FROM (SELECT "
               "count(*) AS n, min(e.timestamp) AS first FROM " VEDETTE_CHOSEN ") p WHERE issues.id = ?3");
    chosen.run(
        "UPDATE issues SET count = max(0, count - (SELECT count(*) FROM " VEDETTE_CHOSEN ")) WHERE id = ?2");
    chosen.run(
        "UPDATE issue_snoozes SET base_count = max(0, base_count - (SELECT count(*) FROM " VEDETTE_CHOSEN
        " WHERE e.received <= created)) WHERE issue_id = ?2");
}

} // namespace

void moveCounted(SQLite::Database& db, const EventRows& events, std::int64_t source, std::int64_t fresh)
{
    Chosen chosen(db, events, source, fresh);
    chosen.run("UPDATE events SET issue_id = ?3 WHERE issue_id = ?2 AND id IN (SELECT value FROM "
               "json_each(?1))");
    moveHoursOf(chosen);
    moveUsersOf(chosen);
    moveTagsOf(chosen);
    moveNumbers(db, chosen, fresh);
}

void indexEvents(SQLite::Database& db, const EventRows& events, std::int64_t issue)
{
    TextIndexer indexer(db);
    KnownTexts known;
    SQLite::Statement query(db, "SELECT title, culprit, message FROM events WHERE id = ?");
    for (const std::int64_t event : events) {
        query.bind(1, event);
        if (query.executeStep()) {
            indexer.write(known.look(event, issue,
                searchTextOf(query.getColumn(0).getString(), query.getColumn(1).getString(),
                    query.getColumn(2).getString())));
        }
        query.reset();
    }
}

void hangShapes(
    SQLite::Database& db, const EventRows& events, std::int64_t issue, const FactsReader& readFacts)
{
    ShapeMemory memory;
    ShapeWriter writer(db);
    for (const std::int64_t event : events) {
        if (const auto facts = storedFacts(db, event, readFacts))
            writer.write(memory.note(issue, *facts));
    }
}

void refreshFaces(SQLite::Database& db, std::int64_t source, std::int64_t fresh, const FactsReader& readFacts)
{
    for (const std::int64_t issue : {source, fresh}) {
        refreshFace(db, issue, readFacts);
        SQLite::Statement seen(db,
            "UPDATE issues SET last_seen = e.last FROM (SELECT max(timestamp) AS last FROM events WHERE "
            "issue_id = ?1) e WHERE issues.id = ?1 AND last_seen <> e.last");
        seen.bind(1, issue);
        seen.exec();
    }
}

void noteSeen(SQLite::Database& db, const EventRows& events, std::int64_t fresh, SeenPlace after)
{
    if (events.empty())
        return;
    Chosen chosen(db, events, 0, fresh);
#define VEDETTE_ADD_SEEN                                                                                     \
    " ON CONFLICT DO UPDATE SET count = count + excluded.count, first_seen = min(first_seen, "               \
    "excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"
    const auto place = {after.kind, after.what};
    chosen.run("INSERT INTO unmerge_seen SELECT ?3, 1, e.user_id, count(*), min(e.timestamp), "
               "max(e.timestamp) FROM " VEDETTE_CHOSEN " WHERE e.user_id IS NOT NULL AND (1, "
               "e.user_id) > (?4, ?5) GROUP BY e.user_id" VEDETTE_ADD_SEEN,
        place);
    chosen.run("INSERT INTO unmerge_seen SELECT ?3, 2, j.value, count(*), min(e.timestamp), max(e.timestamp) "
               "FROM " VEDETTE_CHOSEN " CROSS JOIN json_each(e.tags) j WHERE (2, j.value) > (?4, "
               "?5) GROUP BY j.value" VEDETTE_ADD_SEEN,
        place);
    chosen.run("INSERT INTO unmerge_seen SELECT ?3, 3, 0, count(*), min(e.timestamp), max(e.timestamp) "
               "FROM " VEDETTE_CHOSEN " GROUP BY ?3" VEDETTE_ADD_SEEN);
#undef VEDETTE_ADD_SEEN
}

bool tellSeen(SQLite::Database& db, std::int64_t source, std::int64_t fresh, SeenPlace& after)
{
    SeenPlace end = after;
    int found = 0;
    SQLite::Statement piece(db, "SELECT kind, what FROM unmerge_seen WHERE issue_id = ? AND (kind, what) > "
                                "(?, ?) AND kind < 3 ORDER BY kind, what LIMIT ?");
    piece.bind(1, fresh);
    piece.bind(2, after.kind);
    piece.bind(3, after.what);
    piece.bind(4, toldAtOnce);
    while (piece.executeStep()) {
        end = {piece.getColumn(0).getInt64(), piece.getColumn(1).getInt64()};
        ++found;
    }
    if (found == 0)
        return false;
    const auto tell = [&](const std::string& table, const std::string& column, const char* kind) {
        const std::string seen =
            "FROM unmerge_seen s WHERE s.issue_id = ?1 AND s.kind = " + std::string(kind) +
            " AND s.what = " + table + '.' + column;
        SQLite::Statement update(
            db, "UPDATE " + table + " SET (first_seen, last_seen) = (SELECT s.first_seen, s.last_seen " +
                    seen + ") WHERE issue_id = ?2 AND " + column +
                    " IN (SELECT what FROM unmerge_seen WHERE issue_id = ?1 AND kind = " + kind +
                    " AND (kind, what) > (?3, ?4) AND (kind, what) <= (?5, ?6)) AND EXISTS (SELECT 1 " +
                    seen + " AND s.count = " + table + ".count AND (s.first_seen, s.last_seen) <> (" + table +
                    ".first_seen, " + table + ".last_seen))");
        update.bind(1, fresh);
        update.bind(2, source);
        update.bind(3, after.kind);
        update.bind(4, after.what);
        update.bind(5, end.kind);
        update.bind(6, end.what);
        update.exec();
    };
    tell("issue_users", "user_id", "1");
    tell("issue_tags", "tag_id", "2");
    after = end;
    return true;
}

void settleSource(SQLite::Database& db, std::int64_t source, std::int64_t fresh)
{
    Chosen ids(db, {}, source, fresh);
    const std::int64_t release = firstReleaseOf(db, source);
    // Where all that it counts was there. Of what retention takes meanwhile, the time stays.
    ids.run(
        "UPDATE issues SET first_seen = s.first_seen, first_release = iif(s.first_seen = (SELECT "
        "min(timestamp) FROM events WHERE issue_id = ?2), (SELECT release_id FROM events WHERE issue_id = "
        "?2 ORDER BY timestamp, id LIMIT 1), first_release) FROM unmerge_seen s WHERE "
        "issues.id = ?2 AND s.issue_id = ?3 AND s.kind = 3 AND s.what = 0 AND s.count = issues.count");
    noteFirstRelease(db, source, release);
    // That of an event that left. Of a large issue not all events are looked through for another.
    ids.run("UPDATE issues SET last_release = NULL WHERE id = ?2 AND count <= 10000 AND count = (SELECT "
            "s.count FROM unmerge_seen s WHERE s.issue_id = ?3 AND s.kind = 3 AND s.what = 0)");
    refreshLastRelease(db, source);
}

#undef VEDETTE_CHOSEN
#undef VEDETTE_HOUR

} // namespace vedette::collector
