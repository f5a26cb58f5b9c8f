// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Deletes issues with all that they hold: out of sight at once, in steps where it is much (leaving.h).
/// Within Store::write(); throws SQLite::Exception.
void deleteIssues(SQLite::Database& db, const std::vector<std::int64_t>& issues, core::TimePoint now);

/// Throws issues away with all that is yet to come of them: they and their events are deleted, and events
/// that would have joined them are dropped at ingest from now on, where they are counted as filtered
/// (`discarded-hash`). What was discarded stays listed (discarded_issues), so that it can be taken back.
/// Within Store::write(); throws SQLite::Exception.
void discardIssues(
    SQLite::Database& db, const std::vector<std::int64_t>& issues, std::int64_t user, core::TimePoint now);

} // namespace vedette::collector
