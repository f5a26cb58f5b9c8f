// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

#include "app/collector/storage/drop.h"
#include "app/collector/storage/unmerging.h"
#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Issues on their way out. One of a hundred thousand events is not merged or deleted within one transaction,
/// for which everybody would wait: at once it gets a status of its own (`pending_merge`, `pending_deletion`;
/// contract section 6), by which no list and no address finds it any more, and no new event joins it. What it
/// holds follows in steps. All that these need is in the tables, so that the next start goes on. A merged one
/// is found in issue_redirects, which lead to its parent.
///
/// Within the open transaction, all events of that issue counted (Store::write()); throw SQLite::Exception.

/// True of issues that lists and addresses show; an SQL condition on a table or alias.
#define VEDETTE_IS_SHOWN(issues) issues ".status NOT IN ('pending_merge', 'pending_deletion')"

/// Takes an issue out of sight; its hashes, triage and redirects must have been taken care of.
void leaveInto(SQLite::Database& db, std::int64_t issue, std::int64_t parent);
/// Takes an issue out of sight for good, with those that are on their way into it. Its hashes are free.
void leaveForGood(SQLite::Database& db, std::int64_t issue);

/// So many events may be moved or deleted within the caller's transaction.
inline constexpr std::int64_t movedAtOnce = 500;
/// Does at once what these that leave hold, as long as they have counted no more than `most` events together.
void leaveAtOnce(
    SQLite::Database& db, const std::vector<std::int64_t>& issues, std::int64_t most, core::TimePoint now);

/// Issues are on their way into this one.
[[nodiscard]] bool isAwaitingEvents(SQLite::Database& db, std::int64_t issue);
/// Issues leave, or are taken apart (unmerging.h).
[[nodiscard]] bool hasLeaving(SQLite::Database& db);

/// Goes on with what is taken apart, then with what leaves, until time is up; at least one piece of some
/// milliseconds. False: nothing is left to do. A parent's counters, users, tags and events grow together with
/// what came over: each row is counted in one of both, and never twice.
bool moveLeaving(SQLite::Database& db, core::TimePoint now, const FactsReader& readFacts, Counted counted,
    const Deadline& deadline);

} // namespace vedette::collector
