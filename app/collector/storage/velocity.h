// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// The 95th percentile, between ranks linearly; 0 of nothing. Pure.
[[nodiscard]] double percentile95(std::vector<double> rates);

/// How fast issues of a project usually come, against which new ones are held: contract section 14b. Keeps a
/// threshold per project for a day. On the write lane.
class Velocity final
{
public:
    /// The number of events that a new issue needs at least.
    static constexpr std::int64_t leastEvents = 10;
    /// So young it must be.
    static constexpr std::chrono::hours young{24};

    /// Events per hour above which a new issue escalates; 0: none does. Computed where there is none of
    /// today. Where that fails, the old one holds for 10 minutes, else 0.
    double threshold(SQLite::Database& db, std::int64_t project, core::TimePoint now);

    /// Whether it is known that no issue of the project can escalate now: then nothing need be watched.
    [[nodiscard]] bool isStill(std::int64_t project, core::TimePoint now) const;

    /// Whether a new issue with that many events is too fast.
    [[nodiscard]] static bool exceeds(
        std::int64_t events, core::TimePoint firstSeen, core::TimePoint now, double threshold);

private:
    struct Known
    {
        double threshold = 0;
        core::TimePoint until;
    };

    std::unordered_map<std::int64_t, Known> m_known;
};

/// The rates of the project's issues that count for the threshold (events per hour).
[[nodiscard]] std::vector<double> issueRates(SQLite::Database& db, std::int64_t project, core::TimePoint now);

} // namespace vedette::collector
