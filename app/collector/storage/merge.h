// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/storage/incoming.h"
#include "app/collector/storage/leaving.h"
#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Merging issues and taking them apart again. Within Store::write(); throw SQLite::Exception.

struct Merged
{
    std::int64_t parent = 0;
    std::vector<std::int64_t> children;
};

/// Makes one issue of several of one project: the one with the most events takes in the others, of equals the
/// oldest. Events, hashes, counters, history, comments, bookmarks, links move; numbers and short ids of the
/// children lead to it from now on (issue_redirects). What many rows hold follows in steps (leaving.h); with
/// up to `atOnce` events it is there at once. Issues that are being taken apart (unmerging.h) are left out.
/// `user` is who did it.
Merged mergeIssues(SQLite::Database& db, const std::vector<std::int64_t>& issues, std::int64_t user,
    core::TimePoint now, std::int64_t atOnce = movedAtOnce);

/// The merging of one, but for what follows in steps and the history.
void mergeInto(SQLite::Database& db, std::int64_t child, std::int64_t parent);

enum class UnmergeFault
{
    UnknownHashes, ///< none of them is the issue's (any more)
    NothingLeft,   ///< all its events are meant: there is nothing to take them from
    StillMoving    ///< events are still on their way into it or out of it (leaving.h, unmerging.h)
};

struct Unmerged
{
    std::int64_t issue = 0; ///< the new one; 0 where no event is led by those hashes, and nothing changed
    std::optional<UnmergeFault> fault;
};

/// Takes the hashes (16 bytes each) and the events that they lead out of an issue into a new one. The hashes
/// move at once; so do the events of an issue of up to `atOnce`, else they follow in steps (unmerging.h).
Unmerged unmergeIssue(SQLite::Database& db, std::int64_t issue, const std::vector<std::string>& hashes,
    std::int64_t user, core::TimePoint now, const FactsReader& readFacts, std::int64_t atOnce = movedAtOnce);

} // namespace vedette::collector
