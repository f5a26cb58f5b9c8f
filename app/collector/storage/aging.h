// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// So long an issue counts as new (contract section 13, rule 15).
inline constexpr std::chrono::hours newFor{7 * 24};
/// So often the forecast of an archived issue is made anew, if it was seen within that time (section 14a).
inline constexpr std::chrono::hours forecastPeriod{7 * 24};

/// All that time does to issues: new ones become ongoing (`auto_set_ongoing`), archivings whose time is over
/// end (`set_unresolved`),
/// forecasts are renewed, issues without events for their project's `resolve_age` resolve themselves
/// (`set_resolved_by_age`). What takes walks over many issues is done now and then only. On the write lane.
class Aging final
{
public:
    /// Adds the issues whose status changed to `changed` and answers when there is something to do next, at
    /// most newFor from now. Throws SQLite::Exception; to be run within a writing transaction.
    core::TimePoint run(SQLite::Database& db, core::TimePoint now, std::vector<std::int64_t>& changed);

    /// Somebody may have set another age.
    void forget() { m_nextAges = {}; }

private:
    core::TimePoint m_nextAges;
    core::TimePoint m_nextForecasts;
};

} // namespace vedette::collector
