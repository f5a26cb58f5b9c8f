// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What people decide about the collector and its projects. Functions on a connection, to be run within
/// Store::read() and Store::write(); they throw SQLite::Exception.

struct RateLimit
{
    std::int64_t count = 0;  ///< events that are let in within `window`; 0: no limit
    std::int64_t window = 0; ///< seconds

    [[nodiscard]] bool isOn() const { return count > 0 && window > 0; }
    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// Which events are turned away at the door; glob.h tells what a pattern means.
struct FilterSettings
{
    std::vector<std::string> errorTypes, messages, releases; ///< patterns
    bool browserExtensions = false;
    bool localhost = false;
};

struct ProjectSettings
{
    bool active = true; ///< false: everything sent is refused
    RateLimit rate;
    std::int64_t maxBytes = 0; ///< of its events on disk; 0: no cap of its own
    std::string upstream;      ///< DSN that envelopes are passed on to; empty: none
    FilterSettings filters;
};

/// Nothing where there is no such project.
[[nodiscard]] std::optional<ProjectSettings> readProjectSettings(SQLite::Database& db, std::int64_t project);
/// Without an upstream, what still waits for one is forgotten.
void writeProjectSettings(SQLite::Database& db, std::int64_t project, const ProjectSettings& settings);

struct CollectorSettings
{
    bool spotlight = true;                       ///< senders without a key are taken (POST /stream)
    std::int64_t retentionDays = 90;             ///< events older than that go
    std::int64_t retentionBytes = 2'147'483'648; ///< the oldest events go when all files together pass it
};

[[nodiscard]] CollectorSettings readCollectorSettings(SQLite::Database& db);
void writeCollectorSettings(SQLite::Database& db, const CollectorSettings& settings);

} // namespace vedette::collector
