// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/projectcaps.h"

#include <algorithm>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

constexpr int rowsAtOnce = 64;

/// A little below a cap, so that not each event that comes makes one go.
std::int64_t below(std::int64_t cap)
{
    return cap - cap / 64;
}

} // namespace

void ProjectCaps::begin(SQLite::Database& db)
{
    std::map<std::int64_t, Sized> projects;
    SQLite::Statement capped(db, "SELECT id, max_bytes FROM projects WHERE max_bytes > 0");
    while (capped.executeStep()) {
        const std::int64_t id = capped.getColumn(0).getInt64();
        const auto known = m_projects.find(id);
        Sized& size = projects[id] = known == m_projects.end() ? Sized() : known->second;
        size.most = capped.getColumn(1).getInt64();
    }
    m_projects = std::move(projects);
}

bool ProjectCaps::step(
    SQLite::Database& db, std::uint64_t generation, const Deadline& deadline, std::int64_t& dropped)
{
    m_generation = generation;
    for (auto& [project, size] : m_projects) {
        if (sumUp(db, project, size, deadline))
            return true;
        if (size.bytes > size.most && size.generation != m_generation && !size.trimming) {
            size = Sized{.most = size.most}; // somebody may have deleted issues meanwhile: it may be less
            if (sumUp(db, project, size, deadline))
                return true;
        }
        size.trimming = size.trimming || size.bytes > size.most;
        if (size.trimming && trim(db, project, size, deadline, dropped))
            return true;
        size.trimming = false;
    }
    return false;
}

bool ProjectCaps::sumUp(
    SQLite::Database& db, std::int64_t project, Sized& size, const Deadline& deadline) const
{
    constexpr std::int64_t window = 1'000; // ids, whosever they are: the step is bounded
    if (size.through == 0)
        size.generation = m_generation;
    const std::int64_t last = db.execAndGet("SELECT coalesce(max(id), 0) FROM events").getInt64();
    if (size.through == 0)
        size.through = db.execAndGet("SELECT coalesce(min(id), 1) FROM events").getInt64() - 1;
    SQLite::Statement query(db,
        "SELECT coalesce(sum(length(p.data)), 0) + coalesce(sum((SELECT sum(a.size) FROM attachments a "
        "WHERE a.event_id = e.event_id AND a.project_id = e.project_id)), 0) "
        "FROM events e JOIN payloads p ON p.id = e.id WHERE e.id > ? AND e.id <= ? AND e.project_id = ?");
    while (size.through < last) {
        const std::int64_t to = std::min(size.through + window, last);
        query.bind(1, size.through);
        query.bind(2, to);
        query.bind(3, project);
        query.executeStep();
        size.bytes += query.getColumn(0).getInt64();
        query.reset();
        size.through = to;
        if (deadline.isOver())
            return true;
    }
    return false;
}

bool ProjectCaps::trim(SQLite::Database& db, std::int64_t project, Sized& size, const Deadline& deadline,
    std::int64_t& dropped) const
{
    while (size.bytes > below(size.most)) {
        SQLite::Statement query(db,
            "SELECT id, project_id, event_id, timestamp FROM events WHERE project_id = ? "
            "ORDER BY timestamp LIMIT ?");
        query.bind(1, project);
        query.bind(2, rowsAtOnce);
        const std::vector<StoredRow> rows = storedRows(query);
        if (rows.empty())
            return false;
        for (const StoredRow& row : rows) {
            const std::int64_t bytes = storedBytes(db, row);
            if (!dropEvent(db, row, deadline))
                return true;
            size.bytes -= bytes;
            ++dropped;
            if (size.bytes <= below(size.most))
                return false;
            if (deadline.isOver())
                return true;
        }
    }
    return false;
}

} // namespace vedette::collector
