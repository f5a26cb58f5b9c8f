// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/releaseorder.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/event/releaseversion.h"

namespace vedette::collector {
namespace {

constexpr const char* columns = "SELECT id, version, coalesce(released, created) AS date FROM releases ";

ReleaseInOrder releaseFrom(SQLite::Statement& query)
{
    return {query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getInt64()};
}

} // namespace

int compareReleases(const ReleaseInOrder& a, const ReleaseInOrder& b)
{
    if (a.id == b.id)
        return 0;
    const auto versionA = SemanticVersion::parse(a.version);
    const auto versionB = SemanticVersion::parse(b.version);
    if (versionA && versionB && versionA->package == versionB->package) {
        if (const int order = compareVersions(*versionA, *versionB); order != 0)
            return order;
    }
    if (a.date != b.date)
        return a.date < b.date ? -1 : 1;
    return a.id < b.id ? -1 : 1;
}

std::optional<ReleaseInOrder> releaseInOrder(SQLite::Database& db, std::int64_t id)
{
    SQLite::Statement query(db, std::string(columns) + "WHERE id = ?");
    query.bind(1, id);
    return query.executeStep() ? std::optional(releaseFrom(query)) : std::nullopt;
}

std::optional<ReleaseInOrder> lastRelease(SQLite::Database& db, std::int64_t project)
{
    // A project has some thousand releases at most that matter here; older ones are not the last by any rule.
    SQLite::Statement query(
        db, std::string(columns) + "WHERE project_id = ? ORDER BY date DESC, id DESC LIMIT 5000");
    query.bind(1, project);
    std::optional<ReleaseInOrder> last;
    while (query.executeStep()) {
        ReleaseInOrder release = releaseFrom(query);
        if (!last || compareReleases(release, *last) > 0)
            last = std::move(release);
    }
    return last;
}

std::optional<ReleaseInOrder> newestReleaseByDate(SQLite::Database& db, std::int64_t project)
{
    SQLite::Statement query(
        db, std::string(columns) + "WHERE project_id = ? ORDER BY date DESC, id DESC LIMIT 1");
    query.bind(1, project);
    return query.executeStep() ? std::optional(releaseFrom(query)) : std::nullopt;
}

} // namespace vedette::collector
