// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/releases.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

/// Where commits that name no repository go; Sentry makes one by such a name, too.
constexpr std::string_view unnamedRepository = "organization-1";

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

/// What is told now wins over what is known; what is not told (empty) does not.
std::int64_t addCommit(SQLite::Database& db, std::int64_t repository, const Commit& commit)
{
    SQLite::Statement insert(db,
        "INSERT INTO commits (repository_id, sha, message, author_name, author_email, created) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (repository_id, sha) DO UPDATE SET "
        "message = iif(excluded.message = '', message, excluded.message), "
        "author_name = iif(excluded.author_name = '', author_name, excluded.author_name), "
        "author_email = iif(excluded.author_email = '', author_email, excluded.author_email), "
        "created = iif(excluded.message = '', created, excluded.created) RETURNING id");
    insert.bind(1, repository);
    insert.bind(2, commit.sha);
    insert.bind(3, commit.message);
    insert.bind(4, commit.authorName);
    insert.bind(5, commit.authorEmail);
    insert.bind(6, commit.created);
    insert.executeStep();
    const std::int64_t id = insert.getColumn(0).getInt64();
    // Step to the end, else the insert is not finished.
    while (insert.executeStep()) {
    }
    SQLite::Statement file(
        db, "INSERT OR REPLACE INTO commit_files (commit_id, path, type) VALUES (?, ?, ?)");
    for (const CommitFile& changed : commit.files) {
        file.bind(1, id);
        file.bind(2, changed.path);
        file.bind(3, changed.type);
        file.exec();
        file.reset();
    }
    return id;
}

std::vector<std::int64_t> addCommits(
    SQLite::Database& db, const std::vector<Commit>& commits, core::TimePoint now)
{
    std::vector<std::int64_t> ids;
    ids.reserve(commits.size());
    for (const Commit& commit : commits)
        ids.push_back(addCommit(db, addRepository(db, commit.repository, now), commit));
    return ids;
}

} // namespace

ReleaseId addRelease(
    SQLite::Database& db, std::int64_t project, std::string_view version, core::TimePoint now)
{
    SQLite::Statement insert(
        db, "INSERT OR IGNORE INTO releases (project_id, version, created) VALUES (?, ?, ?)");
    insert.bind(1, project);
    insert.bind(2, std::string(version));
    insert.bind(3, msOf(now));
    ReleaseId out;
    out.created = insert.exec() > 0;
    SQLite::Statement find(db, "SELECT id FROM releases WHERE project_id = ? AND version = ?");
    find.bind(1, project);
    find.bind(2, std::string(version));
    find.executeStep();
    out.id = find.getColumn(0).getInt64();
    if (out.created)
        inheritRelease(db, out.id);
    return out;
}

void inheritRelease(SQLite::Database& db, std::int64_t release)
{
    SQLite::Statement find(db, "SELECT o.id FROM releases r JOIN releases o ON o.version = r.version AND "
                               "o.id <> r.id WHERE r.id = ? ORDER BY o.id LIMIT 1");
    find.bind(1, release);
    if (!find.executeStep())
        return;
    const std::int64_t other = find.getColumn(0).getInt64();
    SQLite::Statement copy(db,
        "UPDATE releases SET (released, ref, url, status) = (SELECT released, ref, url, status FROM releases "
        "WHERE id = ?1) WHERE id = ?2");
    copy.bind(1, other);
    copy.bind(2, release);
    copy.exec();
    SQLite::Statement commits(db,
        "INSERT OR IGNORE INTO release_commits (release_id, commit_id, position) "
        "SELECT ?2, commit_id, position FROM release_commits WHERE release_id = ?1");
    commits.bind(1, other);
    commits.bind(2, release);
    commits.exec();
}

std::int64_t addRepository(SQLite::Database& db, std::string_view name, core::TimePoint now)
{
    const std::string known(name.empty() ? unnamedRepository : name);
    SQLite::Statement insert(db, "INSERT OR IGNORE INTO repositories (name, created) VALUES (?, ?)");
    insert.bind(1, known);
    insert.bind(2, msOf(now));
    insert.exec();
    SQLite::Statement find(db, "SELECT id FROM repositories WHERE name = ?");
    find.bind(1, known);
    find.executeStep();
    return find.getColumn(0).getInt64();
}

void replaceCommits(SQLite::Database& db, const std::vector<std::int64_t>& releases,
    const std::vector<Commit>& commits, core::TimePoint now)
{
    const std::vector<std::int64_t> ids = addCommits(db, commits, now);
    SQLite::Statement clear(db, "DELETE FROM release_commits WHERE release_id = ?");
    SQLite::Statement insert(
        db, "INSERT OR IGNORE INTO release_commits (release_id, commit_id, position) VALUES (?, ?, ?)");
    for (const std::int64_t release : releases) {
        clear.bind(1, release);
        clear.exec();
        clear.reset();
        std::int64_t position = 0;
        for (const std::int64_t commit : ids) {
            insert.bind(1, release);
            insert.bind(2, commit);
            insert.bind(3, position++);
            insert.exec();
            insert.reset();
        }
    }
}

void addHeads(SQLite::Database& db, const std::vector<std::int64_t>& releases,
    const std::vector<Commit>& heads, core::TimePoint now)
{
    const std::vector<std::int64_t> ids = addCommits(db, heads, now);
    SQLite::Statement known(db, "SELECT 1 FROM release_commits WHERE release_id = ? AND commit_id = ?");
    SQLite::Statement shift(db, "UPDATE release_commits SET position = position + 1 WHERE release_id = ?");
    SQLite::Statement insert(
        db, "INSERT INTO release_commits (release_id, commit_id, position) VALUES (?, ?, 0)");
    for (const std::int64_t release : releases) {
        for (auto commit = ids.rbegin(); commit != ids.rend(); ++commit) {
            known.bind(1, release);
            known.bind(2, *commit);
            const bool isKnown = known.executeStep();
            known.reset();
            if (isKnown)
                continue;
            shift.bind(1, release);
            shift.exec();
            shift.reset();
            insert.bind(1, release);
            insert.bind(2, *commit);
            insert.exec();
            insert.reset();
        }
    }
}

} // namespace vedette::collector
