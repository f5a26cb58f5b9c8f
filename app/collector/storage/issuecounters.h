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

/// Counts the events of `issue`, which had none counted.
void countEvents(SQLite::Database& db, std::int64_t issue);

/// Takes off `from` what `part` counts, after the events of `part` were its own. Whatever `from` still counts
/// is told anew from its events where they are all there.
void subtractCounters(SQLite::Database& db, std::int64_t part, std::int64_t from);

/// Gives the issue the face of its latest event, as long as it has one: title, level, culprit and so on.
void refreshFace(SQLite::Database& db, std::int64_t issue, const FactsReader& readFacts);

/// The release of its earliest and of its latest event that names one; keeps releases.new_issues in step.
void refreshReleases(SQLite::Database& db, std::int64_t issue);

} // namespace vedette::collector
