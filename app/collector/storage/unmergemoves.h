// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "app/collector/storage/incoming.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// The pieces of work that unmerging (unmerging.h) consists of. Within the open transaction; throw
/// SQLite::Exception.

using EventRows = std::vector<std::int64_t>; ///< events.id

/// Moves these events of `source`, all of them counted, to `fresh`, with what is counted of them.
void moveCounted(SQLite::Database& db, const EventRows& events, std::int64_t source, std::int64_t fresh);
/// Puts their texts into the index of `issue`, where it has not got them.
void indexEvents(SQLite::Database& db, const EventRows& events, std::int64_t issue);
/// Hangs on `issue` what it is searched by beside tags and texts.
void hangShapes(
    SQLite::Database& db, const EventRows& events, std::int64_t issue, const FactsReader& readFacts);
/// Both issues look as their latest events do, and were last seen when those happened.
void refreshFaces(
    SQLite::Database& db, std::int64_t source, std::int64_t fresh, const FactsReader& readFacts);

/// Of unmerge_seen.
struct SeenPlace
{
    std::int64_t kind = 0;
    std::int64_t what = std::numeric_limits<std::int64_t>::min();
};

/// Adds what these events say to unmerge_seen, as far as it belongs behind `after`.
void noteSeen(SQLite::Database& db, const EventRows& events, std::int64_t fresh, SeenPlace after);
/// The next piece behind `after`: users and tags of `source` are told when they were seen, as long as all
/// that is counted of them is there. False: there is none.
bool tellSeen(SQLite::Database& db, std::int64_t source, std::int64_t fresh, SeenPlace& after);

/// When `source` was first seen and its releases, from its events.
void settleSource(SQLite::Database& db, std::int64_t source, std::int64_t fresh);

} // namespace vedette::collector
