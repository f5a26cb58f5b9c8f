// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "app/collector/storage/incoming.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What is counted per issue beside its row: hours, users, tags. They may say more than the events that are
/// still there, since retention deletes events and keeps counters; so they are moved, not counted anew.
/// Within a writing transaction that has all events counted (Store::write()); throw SQLite::Exception.

/// Each moves one piece of what `from` counts to `to`, rows and numbers of the issue alike, and answers how
/// many rows it were; 0: nothing is left. Merged events are no new ones: what keeps `to` archived grows with
/// its numbers.
int moveHours(SQLite::Database& db, std::int64_t from, std::int64_t to);
int moveUsers(SQLite::Database& db, std::int64_t from, std::int64_t to);
int moveTags(SQLite::Database& db, std::int64_t from, std::int64_t to);

/// Gives the issue the face of its latest event, as long as it has one: title, level, culprit and so on.
void refreshFace(SQLite::Database& db, std::int64_t issue, const FactsReader& readFacts);

/// The release that the issue was first seen in; 0 where there is none.
[[nodiscard]] std::int64_t firstReleaseOf(SQLite::Database& db, std::int64_t issue);
/// Keeps releases.new_issues in step after an issue's first release was changed; it was `before`.
void noteFirstRelease(SQLite::Database& db, std::int64_t issue, std::int64_t before);
/// The release of its latest event that names one. Of events without a release no more than ten thousand are
/// looked through: then it stays as it is.
void refreshLastRelease(SQLite::Database& db, std::int64_t issue);

} // namespace vedette::collector
