// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Releases that go. Events and issues name theirs, and no index leads back: it would cost each event a page
/// in a random place. So a release is taken out of sight at once, and who names it is looked for in steps, by
/// purgeRemovedProjects(). Within the open transaction; throw SQLite::Exception.

/// No list shows it any more, and events of that version make a new one: it is moved into a removed project
/// of its own.
void removeRelease(SQLite::Database& db, std::int64_t release, core::TimePoint now);

[[nodiscard]] bool hasReleases(SQLite::Database& db, std::int64_t project);
/// Deletes the releases of a removed project whose own events are gone, piece by piece, until `isOver` says
/// so (asked after each piece). False: nothing is left to do.
bool deleteReleases(SQLite::Database& db, std::int64_t project, const std::function<bool()>& isOver);

} // namespace vedette::collector
