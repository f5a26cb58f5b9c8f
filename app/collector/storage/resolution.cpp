// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/resolution.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/releaseorder.h"

namespace vedette::collector {
namespace {

const char* nameOf(Resolution::Kind kind)
{
    switch (kind) {
    case Resolution::Kind::InNextRelease:
        return "in_next_release";
    case Resolution::Kind::InRelease:
        return "in_release";
    case Resolution::Kind::InCommit:
        return "in_commit";
    }
    return "in_release";
}

Resolution::Kind kindOf(const std::string& name)
{
    if (name == "in_next_release")
        return Resolution::Kind::InNextRelease;
    return name == "in_commit" ? Resolution::Kind::InCommit : Resolution::Kind::InRelease;
}

void bindId(SQLite::Statement& statement, int index, std::int64_t id)
{
    if (id != 0)
        statement.bind(index, id);
    else
        statement.bind(index);
}

bool commitIsIn(SQLite::Database& db, std::int64_t commit, const ReleaseInOrder& event)
{
    SQLite::Statement holders(db, "SELECT c.release_id FROM release_commits c JOIN releases r ON r.id = "
                                  "c.release_id WHERE c.commit_id = ? AND r.project_id = (SELECT project_id "
                                  "FROM releases WHERE id = ?)");
    holders.bind(1, commit);
    holders.bind(2, event.id);
    while (holders.executeStep()) {
        const auto holder = releaseInOrder(db, holders.getColumn(0).getInt64());
        if (holder && compareReleases(event, *holder) >= 0)
            return true;
    }
    return false;
}

} // namespace

std::optional<Resolution> Resolution::of(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement query(
        db, "SELECT kind, release_id, commit_id, user_id, created FROM issue_resolutions WHERE issue_id = ?");
    query.bind(1, issue);
    if (!query.executeStep())
        return {};
    Resolution out;
    out.kind = kindOf(query.getColumn(0).getString());
    out.release = query.getColumn(1).getInt64(); // null is 0
    out.commit = query.getColumn(2).getInt64();
    out.user = query.getColumn(3).getInt64();
    out.created = query.getColumn(4).getInt64();
    return out;
}

void Resolution::save(SQLite::Database& db, std::int64_t issue) const
{
    SQLite::Statement insert(db, "INSERT OR REPLACE INTO issue_resolutions (issue_id, kind, release_id, "
                                 "commit_id, user_id, created) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, issue);
    insert.bind(2, std::string(nameOf(kind)));
    bindId(insert, 3, release);
    bindId(insert, 4, commit);
    bindId(insert, 5, user);
    insert.bind(6, created);
    insert.exec();
}

void Resolution::remove(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement remove(db, "DELETE FROM issue_resolutions WHERE issue_id = ?");
    remove.bind(1, issue);
    remove.exec();
}

bool reopens(SQLite::Database& db, std::int64_t issue, std::int64_t release)
{
    const auto resolution = Resolution::of(db, issue);
    if (!resolution)
        return true;
    if (resolution->kind == Resolution::Kind::InCommit) {
        if (resolution->commit == 0)
            return true; // deleted with its repository: nothing binds it any more
        const auto event = release != 0 ? releaseInOrder(db, release) : std::nullopt;
        return event && commitIsIn(db, resolution->commit, *event);
    }
    const auto bound = resolution->release != 0 ? releaseInOrder(db, resolution->release) : std::nullopt;
    if (!bound)
        return true;
    const auto event = release != 0 ? releaseInOrder(db, release) : std::nullopt;
    if (!event)
        return false;
    const int order = compareReleases(*event, *bound);
    return resolution->kind == Resolution::Kind::InNextRelease ? order > 0 : order >= 0;
}

} // namespace vedette::collector
