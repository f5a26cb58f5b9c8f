// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/door/rules.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/directory.h"
#include "models/core/logging.h"

namespace vedette::collector {

const ProjectRules* DoorRules::project(std::int64_t id) const
{
    const auto found = projects.find(id);
    return found == projects.end() ? nullptr : &found->second;
}

DoorRules readDoorRules(SQLite::Database& db)
{
    DoorRules out;
    out.spotlight = readCollectorSettings(db).spotlight;
    SQLite::Statement projects(db, "SELECT id, sender FROM projects");
    while (projects.executeStep()) {
        const std::int64_t id = projects.getColumn(0).getInt64();
        const auto settings = readProjectSettings(db, id);
        if (!settings)
            continue;
        out.projects.emplace(id,
            ProjectRules{settings->active, settings->rate, Filters(settings->filters), settings->upstream});
        out.forwards = out.forwards || !settings->upstream.empty();
        if (const std::string sender = projects.getColumn(1).getString(); !sender.empty())
            out.senders.emplace(sender, id);
    }
    SQLite::Statement keys(
        db, "SELECT public, project_id, rate_count, rate_window FROM project_keys WHERE active");
    while (keys.executeStep()) {
        out.keys.emplace(
            keys.getColumn(0).getString(), KeyRules{keys.getColumn(1).getInt64(),
                                               {keys.getColumn(2).getInt64(), keys.getColumn(3).getInt64()}});
    }
    SQLite::Statement instance(db, "SELECT value FROM meta WHERE key = 'instance'");
    if (instance.executeStep())
        out.instance = instance.getColumn(0).getString();
    return out;
}

void nameInstance(SQLite::Database& db)
{
    constexpr std::size_t nameBytes = 8;
    SQLite::Statement insert(db, "INSERT OR IGNORE INTO meta (key, value) VALUES ('instance', ?)");
    insert.bind(1, randomHex(nameBytes));
    insert.exec();
}

std::shared_ptr<const DoorRules> Rulebook::rules()
{
    const std::lock_guard lock(m_mutex);
    // Read before the rules: a change in between makes us read once more, never once too few.
    const std::uint64_t generation = m_store.generation();
    if (m_generation == generation)
        return m_rules;
    auto read = m_store.readCommitted([](SQLite::Database& db) { return readDoorRules(db); });
    if (read) {
        m_rules = std::make_shared<const DoorRules>(std::move(*read));
        m_generation = generation;
    } else {
        qCWarning(
            core::lcCore, "the collector could not read its rules: %s", qPrintable(read.error().detail));
    }
    return m_rules;
}

std::shared_ptr<const DoorRules> Rulebook::rulesAtHand()
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    return lock && m_generation == m_store.generation() ? m_rules : nullptr;
}

} // namespace vedette::collector
