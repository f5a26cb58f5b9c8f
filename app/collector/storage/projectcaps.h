// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>

#include "app/collector/storage/drop.h"

namespace vedette::collector {

/// Projects with a cap of their own (projects.max_bytes, of their events' payloads and attachments): the
/// oldest events go first. What a project holds is summed up once, then kept up to date from the events that
/// came. Within the open transaction; throws SQLite::Exception.
class ProjectCaps final
{
public:
    /// Reads which projects have a cap now.
    void begin(SQLite::Database& db);
    /// Goes on; false: all are within their caps. `generation` is Store::generation(): where others may have
    /// deleted events, a sum is made again before anything is deleted for it. `dropped` is raised by the
    /// events that went.
    bool step(
        SQLite::Database& db, std::uint64_t generation, const Deadline& deadline, std::int64_t& dropped);

private:
    struct Sized
    {
        std::int64_t most = 0;
        std::int64_t bytes = 0;
        std::int64_t through = 0;     ///< events up to this one are in `bytes`
        std::uint64_t generation = 0; ///< when it began to be summed up
        bool trimming = false;
    };

    bool sumUp(SQLite::Database& db, std::int64_t project, Sized& size, const Deadline& deadline) const;
    bool trim(SQLite::Database& db, std::int64_t project, Sized& size, const Deadline& deadline,
        std::int64_t& dropped) const;

    std::uint64_t m_generation = 0;
    std::map<std::int64_t, Sized> m_projects;
};

} // namespace vedette::collector
