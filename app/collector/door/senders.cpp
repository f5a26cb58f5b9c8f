// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/door/senders.h"

#include <algorithm>
#include <optional>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {
namespace {

std::optional<std::int64_t> findSender(SQLite::Database& db, const std::string& sender)
{
    SQLite::Statement find(db, "SELECT id FROM projects WHERE sender = ?");
    find.bind(1, sender);
    if (!find.executeStep())
        return std::nullopt;
    return find.getColumn(0).getInt64();
}

} // namespace

std::string senderOfRelease(std::string_view release)
{
    const std::size_t at = release.find('@', 1); // a leading one is a scope of npm
    if (at == std::string_view::npos)
        return commonSender;
    const std::string_view name = release.substr(0, at);
    const bool names = std::any_of(name.begin(), name.end(),
        [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
    return names ? slugOf(name) : commonSender;
}

std::int64_t senderProject(SQLite::Database& db, const std::string& sender, core::TimePoint now)
{
    if (const auto known = findSender(db, sender))
        return *known;
    const std::int64_t made = db.execAndGet("SELECT count(*) FROM projects WHERE sender <> ''").getInt64();
    if (made >= maxSenderProjects && sender != commonSender)
        return senderProject(db, commonSender, now);
    const ProjectKey project = addProject(db, {.slug = sender, .name = sender}, now);
    SQLite::Statement bind(db, "UPDATE projects SET kind = 'spotlight', sender = ?, rate_count = ?, "
                               "rate_window = ?, max_bytes = ? WHERE id = ?");
    bind.bind(1, sender);
    bind.bind(2, senderRateCount);
    bind.bind(3, senderRateWindow);
    bind.bind(4, senderMaxBytes);
    bind.bind(5, project.project);
    bind.exec();
    return project.project;
}

} // namespace vedette::collector
