// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/collector/storage/drop.h"
#include "app/collector/storage/incoming.h"
#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Issues that are taken apart in steps. The hashes are the new issue's at once, and so are the events that
/// come with them from then on. The events of before follow, the latest first, each with what is counted of
/// it: at any time each is counted in one of both. Then the events that stay are walked through, for when
/// their users and tags were seen and for the full text. All that this needs is in the tables (unmerges), so
/// that the next start goes on. Where it turns out that no event follows or none stays, the new issue is
/// merged into the old one again.
///
/// Within the open transaction; throw SQLite::Exception.

/// Begins it: `fresh` is known by these hashes (16 bytes each) already. All events of `source` are counted.
void startUnmerging(
    SQLite::Database& db, std::int64_t source, std::int64_t fresh, const std::vector<std::string>& hashes);

/// Events are on their way out of this issue or into it.
[[nodiscard]] bool isUnmerging(SQLite::Database& db, std::int64_t issue);
[[nodiscard]] bool hasUnmerging(SQLite::Database& db);

/// The next step wants all events counted, and nothing remembered of what was indexed: texts have moved.
[[nodiscard]] bool wantsAllCounted(SQLite::Database& db);

/// Whether the caller has seen to wantsAllCounted(), within this transaction or right before it.
enum class Counted
{
    Perhaps,
    All
};

/// Goes on with that issue until time is up, at least one piece of some milliseconds. False: it is through.
bool moveUnmerging(SQLite::Database& db, std::int64_t fresh, core::TimePoint now,
    const FactsReader& readFacts, Counted counted, const Deadline& deadline);
/// The same with whatever is on its way. False: nothing is left to do.
bool moveUnmergings(SQLite::Database& db, core::TimePoint now, const FactsReader& readFacts, Counted counted,
    const Deadline& deadline);

/// The leading hash of an event that was stored without, from its payload: that by which one of the two
/// issues knows it; empty where that cannot be told.
[[nodiscard]] std::string findHash(SQLite::Database& db, std::int64_t event, std::int64_t issue,
    std::int64_t other, const FactsReader& readFacts);

/// Makes it a new issue where its first event is not a week old, and puts it into the inbox.
void settleSubstatus(SQLite::Database& db, std::int64_t issue, core::TimePoint now);

} // namespace vedette::collector
