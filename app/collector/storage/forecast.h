// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// How many events an hour are expected of an issue that is archived until it escalates: 14 daily ceilings.
/// Contract section 14a.
struct Forecast
{
    static constexpr std::size_t days = 14;
    /// The ceiling where there is none.
    static constexpr std::int64_t defaultCeiling = 10;

    core::TimePoint computed;
    std::array<std::int64_t, days> ceilings{};

    /// The reference formula. `hours`: (hours since 1970, events) of the last 168 hours, only those with
    /// events, in any order. Nothing without data. Pure.
    static std::optional<Forecast> compute(
        const std::vector<std::pair<std::int64_t, std::int64_t>>& hours, core::TimePoint now);

    /// The ceiling of the day (UTC) that `now` falls on; past the last day the last one.
    [[nodiscard]] std::int64_t ceilingAt(core::TimePoint now) const;

    /// The stored one, kept for 14 days. Throws SQLite::Exception, as all below.
    static std::optional<Forecast> of(SQLite::Database& db, std::int64_t issue, core::TimePoint now);
    /// Computes it from the issue's hours and stores it, or removes it where there are no data.
    static std::optional<Forecast> renew(SQLite::Database& db, std::int64_t issue, core::TimePoint now);
    static void remove(SQLite::Database& db, std::int64_t issue);

    /// `[10,10,...]`
    [[nodiscard]] std::string ceilingsJson() const;
};

/// The issue's events in the clock hour that `now` falls in.
[[nodiscard]] std::int64_t eventsThisHour(SQLite::Database& db, std::int64_t issue, core::TimePoint now);

} // namespace vedette::collector
