// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/changewatch.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace vedette::collector {
namespace {

/// Tables whose rows stand for what lists and details of issues show.
bool isOfIssues(std::string_view table)
{
    constexpr std::array<std::string_view, 5> names = {
        "activity", "attachments", "external_links", "user_reports", "events"};
    return table.starts_with("issue") || std::find(names.begin(), names.end(), table) != names.end();
}

} // namespace

ChangeWatch::ChangeWatch(SQLite::Database& db)
    : m_db(db)
    , m_before(sqlite3_total_changes(db.getHandle()))
{
    sqlite3_update_hook(m_db.getHandle(), &ChangeWatch::updated, this);
}

ChangeWatch::~ChangeWatch()
{
    sqlite3_update_hook(m_db.getHandle(), nullptr, nullptr);
}

void ChangeWatch::updated(void* self, int, const char*, const char* table, long long row)
{
    Changes& seen = static_cast<ChangeWatch*>(self)->m_seen;
    const std::string_view name(table);
    if (name == "issues")
        seen.addIssue(row);
    else if (isOfIssues(name))
        seen.manyIssues = true;
    else if (!name.starts_with("text")) // the search index follows its events
        seen.projects = true;
}

Changes ChangeWatch::changes() const
{
    Changes out = m_seen;
    if (sqlite3_total_changes(m_db.getHandle()) == m_before)
        return out;
    if (out.isEmpty()) {
        out.manyIssues = true;
        out.projects = true;
    }
    out.collector = true; // settings are in a table without row ids
    return out;
}

} // namespace vedette::collector
