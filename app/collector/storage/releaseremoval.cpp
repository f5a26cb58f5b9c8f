// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/releaseremoval.h"

#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/runsql.h"

namespace vedette::collector {
namespace {

/// Numbers of rows that are looked through at once.
constexpr std::int64_t walkedAtOnce = 1'000;

/// How far a walk came: kept in the table, so that it goes on after a restart.
class Place final
{
public:
    Place(SQLite::Database& db, const char* walk, std::int64_t project)
        : m_db(db)
        , m_key(walk + std::to_string(project))
    {}
    [[nodiscard]] std::int64_t get() const
    {
        SQLite::Statement query(m_db, "SELECT value FROM meta WHERE key = ?");
        query.bind(1, m_key);
        return query.executeStep() ? query.getColumn(0).getInt64() : 0;
    }
    void set(std::int64_t id)
    {
        SQLite::Statement keep(m_db, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
        keep.bind(1, m_key);
        keep.bind(2, id);
        keep.exec();
    }
    void forget()
    {
        SQLite::Statement remove(m_db, "DELETE FROM meta WHERE key = ?");
        remove.bind(1, m_key);
        remove.exec();
    }

private:
    SQLite::Database& m_db;
    std::string m_key;
};

struct Walk
{
    const char* key;
    const char* next;   ///< the first row behind ?1
    const char* change; ///< rows from ?1 to ?2 that name releases of project ?3
};

constexpr Walk walks[] = {
    {"release_events:", "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT 1",
        "UPDATE events SET release_id = NULL WHERE id BETWEEN ?1 AND ?2 AND release_id IN (SELECT id FROM "
        "releases WHERE project_id = ?3)"},
    {"release_issues:", "SELECT id FROM issues WHERE id > ? ORDER BY id LIMIT 1",
        "UPDATE issues SET first_release = nullif(first_release, (SELECT id FROM releases WHERE id = "
        "first_release AND project_id = ?3)), last_release = nullif(last_release, (SELECT id FROM releases "
        "WHERE id = last_release AND project_id = ?3)) WHERE id BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM "
        "releases WHERE id IN (first_release, last_release) AND project_id = ?3)"},
};

/// True: there may be more.
bool walkOn(SQLite::Database& db, const Walk& walk, std::int64_t project, const std::function<bool()>& isOver)
{
    Place place(db, walk.key, project);
    std::int64_t at = place.get();
    for (;;) {
        const std::int64_t first = numberBySql(db, walk.next, at);
        if (first == 0)
            return false;
        at = first + walkedAtOnce - 1;
        SQLite::Statement change(db, walk.change);
        change.bind(1, first);
        change.bind(2, at);
        change.bind(3, project);
        change.exec();
        place.set(at);
        if (isOver())
            return true;
    }
}

} // namespace

void removeRelease(SQLite::Database& db, std::int64_t release, core::TimePoint now)
{
    SQLite::Statement make(db,
        "INSERT INTO projects (slug, name, kind, active, created) VALUES ('removed-' || "
        "lower(hex(randomblob(8))), '', 'removed', 0, ?) RETURNING id");
    make.bind(1, std::int64_t(now.time_since_epoch().count()));
    std::int64_t project = 0;
    while (make.executeStep())
        project = make.getColumn(0).getInt64();
    // By that version nobody finds it, and no other takes anything over from it.
    SQLite::Statement move(
        db, "UPDATE releases SET project_id = ?, version = 'removed-' || id || '-' || version WHERE id = ?");
    move.bind(1, project);
    move.bind(2, release);
    move.exec();
}

bool hasReleases(SQLite::Database& db, std::int64_t project)
{
    return numberBySql(db, "SELECT EXISTS (SELECT 1 FROM releases WHERE project_id = ?)", project) != 0;
}

bool deleteReleases(SQLite::Database& db, std::int64_t project, const std::function<bool()>& isOver)
{
    for (const Walk& walk : walks) {
        if (walkOn(db, walk, project, isOver))
            return true;
    }
    while (const std::int64_t release =
               numberBySql(db, "SELECT id FROM releases WHERE project_id = ? LIMIT 1", project)) {
        // As their references say: those may not be checked now.
        for (const char* sql : {"DELETE FROM release_environments WHERE release_id = ?",
                 "DELETE FROM release_commits WHERE release_id = ?",
                 "DELETE FROM deploys WHERE release_id = ?",
                 "UPDATE issue_resolutions SET release_id = NULL WHERE release_id = ?",
                 "DELETE FROM releases WHERE id = ?"})
            runSql(db, sql, release);
        if (isOver())
            return true;
    }
    for (const Walk& walk : walks)
        Place(db, walk.key, project).forget();
    return false;
}

} // namespace vedette::collector
