// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Takes a project out of sight at once: its keys are gone, its slug is free, no list shows it (kind
/// `removed`). What it holds goes with purgeRemovedProjects(). Within the open transaction; throws
/// SQLite::Exception.
void removeProject(SQLite::Database& db, std::int64_t project);

[[nodiscard]] bool hasRemovedProjects(SQLite::Database& db);

/// The next step of purgeRemovedProjects() deletes releases alone: with foreign keys switched off it takes
/// pieces of some milliseconds; otherwise SQLite looks through all events for each of them.
[[nodiscard]] bool wantsNoForeignKeys(SQLite::Database& db);

/// Deletes what removed projects hold, piece by piece, until `isOver` says so (asked after each piece of some
/// milliseconds). False: nothing is left to do. Within the open transaction; throws SQLite::Exception.
bool purgeRemovedProjects(SQLite::Database& db, const std::function<bool()>& isOver);

} // namespace vedette::collector
