// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/settings.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

constexpr const char* spotlightKey = "spotlight";
constexpr const char* retentionDaysKey = "retention_days";
constexpr const char* retentionBytesKey = "retention_bytes";

void readFilters(SQLite::Database& db, std::int64_t project, FilterSettings& out)
{
    SQLite::Statement find(
        db, "SELECT kind, pattern FROM project_filters WHERE project_id = ? ORDER BY kind, pattern");
    find.bind(1, project);
    while (find.executeStep()) {
        const std::string kind = find.getColumn(0).getString();
        const std::string pattern = find.getColumn(1).getString();
        if (kind == "error_type")
            out.errorTypes.push_back(pattern);
        else if (kind == "message")
            out.messages.push_back(pattern);
        else if (kind == "release")
            out.releases.push_back(pattern);
        else if (kind == "browser_extensions")
            out.browserExtensions = true;
        else if (kind == "localhost")
            out.localhost = true;
    }
}

void writeFilters(SQLite::Database& db, std::int64_t project, const FilterSettings& filters)
{
    SQLite::Statement clear(db, "DELETE FROM project_filters WHERE project_id = ?");
    clear.bind(1, project);
    clear.exec();
    SQLite::Statement insert(
        db, "INSERT OR IGNORE INTO project_filters (project_id, kind, pattern) VALUES (?, ?, ?)");
    const auto add = [&](const char* kind, const std::string& pattern) {
        insert.bind(1, project);
        insert.bind(2, kind);
        insert.bind(3, pattern);
        insert.exec();
        insert.reset();
    };
    for (const std::string& pattern : filters.errorTypes)
        add("error_type", pattern);
    for (const std::string& pattern : filters.messages)
        add("message", pattern);
    for (const std::string& pattern : filters.releases)
        add("release", pattern);
    if (filters.browserExtensions)
        add("browser_extensions", {});
    if (filters.localhost)
        add("localhost", {});
}

void forgetQueue(SQLite::Database& db, std::int64_t project)
{
    SQLite::Statement queue(db, "DELETE FROM forward_queue WHERE project_id = ?");
    queue.bind(1, project);
    queue.exec();
    SQLite::Statement state(db, "DELETE FROM forward_state WHERE project_id = ?");
    state.bind(1, project);
    state.exec();
}

std::int64_t metaNumber(SQLite::Database& db, const char* key, std::int64_t otherwise)
{
    SQLite::Statement find(db, "SELECT value FROM meta WHERE key = ?");
    find.bind(1, key);
    return find.executeStep() ? find.getColumn(0).getInt64() : otherwise;
}

void setMetaNumber(SQLite::Database& db, const char* key, std::int64_t value)
{
    SQLite::Statement set(
        db, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
    set.bind(1, key);
    set.bind(2, value);
    set.exec();
}

} // namespace

std::optional<ProjectSettings> readProjectSettings(SQLite::Database& db, std::int64_t project)
{
    SQLite::Statement find(
        db, "SELECT active, rate_count, rate_window, max_bytes, upstream FROM projects WHERE id = ?");
    find.bind(1, project);
    if (!find.executeStep())
        return std::nullopt;
    ProjectSettings out;
    out.active = find.getColumn(0).getInt() != 0;
    out.rate = {find.getColumn(1).getInt64(), find.getColumn(2).getInt64()};
    out.maxBytes = find.getColumn(3).getInt64();
    out.upstream = find.getColumn(4).getString();
    readFilters(db, project, out.filters);
    return out;
}

void writeProjectSettings(SQLite::Database& db, std::int64_t project, const ProjectSettings& settings)
{
    SQLite::Statement find(db, "SELECT upstream FROM projects WHERE id = ?");
    find.bind(1, project);
    const std::string before = find.executeStep() ? find.getColumn(0).getString() : std::string();
    find.reset();
    SQLite::Statement update(db, "UPDATE projects SET active = ?, rate_count = ?, rate_window = ?, "
                                 "max_bytes = ?, upstream = ? WHERE id = ?");
    update.bind(1, settings.active ? 1 : 0);
    update.bind(2, settings.rate.count);
    update.bind(3, settings.rate.window);
    update.bind(4, settings.maxBytes);
    update.bind(5, settings.upstream);
    update.bind(6, project);
    update.exec();
    writeFilters(db, project, settings.filters);
    if (settings.upstream.empty()) {
        forgetQueue(db, project);
    } else if (settings.upstream != before) { // another one has not asked us to wait
        SQLite::Statement state(
            db, "UPDATE forward_state SET not_before = 0, attempts = 0, error = '' WHERE project_id = ?");
        state.bind(1, project);
        state.exec();
    }
}

CollectorSettings readCollectorSettings(SQLite::Database& db)
{
    CollectorSettings out;
    out.spotlight = metaNumber(db, spotlightKey, out.spotlight ? 1 : 0) != 0;
    out.retentionDays = metaNumber(db, retentionDaysKey, out.retentionDays);
    out.retentionBytes = metaNumber(db, retentionBytesKey, out.retentionBytes);
    return out;
}

void writeCollectorSettings(SQLite::Database& db, const CollectorSettings& settings)
{
    setMetaNumber(db, spotlightKey, settings.spotlight ? 1 : 0);
    setMetaNumber(db, retentionDaysKey, settings.retentionDays);
    setMetaNumber(db, retentionBytesKey, settings.retentionBytes);
}

} // namespace vedette::collector
