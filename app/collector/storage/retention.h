// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "app/collector/storage/drop.h"
#include "app/collector/storage/projectcaps.h"
#include "app/collector/storage/sweep.h"
#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What the collector keeps at most. Rows of the table `meta`; where one is missing, these defaults.
struct RetentionLimits
{
    std::int64_t days = 90; ///< `retention_days`: since an event arrived; 0: for ever
    std::int64_t bytes =
        2'147'483'648LL; ///< `retention_bytes`: of the database without free pages; 0: no cap
};

/// Throws SQLite::Exception.
[[nodiscard]] RetentionLimits retentionLimits(SQLite::Database& db);

/// Forgets what is too old or too much: events in the order of their arrival with payload, attachments and
/// reports; then what only such events needed. What is counted of issues stays: their counters and series,
/// their short ids, and the issues themselves. Tags and users of an issue are dropped when they have not been
/// seen for twice as long as events reach back, so that they stay in proportion to the events; old outcomes
/// are added up in the hour 0.
///
/// Everything goes in steps of some 10 ms and one transaction each, so that events are stored in between. On
/// the write lane.
class Retention final
{
public:
    Retention(SQLite::Database& db, core::TimePoint now);

    struct Step
    {
        bool isMore = false;      ///< there is more to do at once
        bool isPressing = false;  ///< the cap is passed by far: more of the time is wanted
        bool lookupsGone = false; ///< tag values or users were deleted: who remembers their ids must forget
    };

    /// One step in a transaction of its own. Begins a new round after the last one has ended. Throws
    /// SQLite::Exception; the next step goes on where this one failed. `generation` is Store::generation():
    /// others may have deleted events since it changed.
    Step step(core::TimePoint now, std::uint64_t generation);

    /// The next step wants the counters up to date (Tally), else it does nothing.
    [[nodiscard]] bool wantsAllCounted() const { return m_sweep && m_sweep->wantsAllCounted(); }

private:
    enum class Phase
    {
        Events,
        Projects,
        Leftovers,
        Sweep,
        Space
    };

    void begin();
    bool runPhase(Step& out); ///< false: the phase has ended
    bool trimEvents(Step& out);
    /// The oldest attachment, where it is older than `event` (ms): it may wait for an event that never comes.
    [[nodiscard]] std::optional<std::int64_t> attachmentBefore(std::int64_t event);
    bool dropLeftovers();
    bool sweep(Step& out);
    bool giveSpaceBack();

    SQLite::Database& m_db;
    Phase m_phase = Phase::Events;
    bool m_isRound = false;
    Deadline m_deadline;
    core::TimePoint m_now;
    std::uint64_t m_generation = 0;

    RetentionLimits m_limits;
    std::int64_t m_oldest = 0;  ///< ms; what arrived before goes
    std::int64_t m_target = -1; ///< bytes to come down to; -1: the cap is kept
    ProjectCaps m_projects;
    std::optional<Sweep> m_sweep;
    std::int64_t m_dropped = 0;  ///< events since the last sweep
    core::TimePoint m_lastSweep; ///< or the start
    bool m_hasSwept = false;
};

} // namespace vedette::collector
