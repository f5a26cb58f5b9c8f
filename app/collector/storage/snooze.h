// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What ends the archiving of an issue: a row of issue_snoozes. Any bound that is met does.
struct Snooze
{
    std::optional<std::int64_t> until;       ///< ms
    std::optional<std::int64_t> count;       ///< so many events
    std::optional<std::int64_t> countWindow; ///< within so many minutes; nothing: from now on
    std::optional<std::int64_t> users;       ///< so many users
    std::optional<std::int64_t> userWindow;  ///< minutes
    bool escalating = false;                 ///< the forecast decides (storage/forecast.h)
    std::int64_t baseCount = 0;              ///< the issue's counters when it was archived
    std::int64_t baseUsers = 0;
    std::int64_t user = 0;    ///< who did it
    std::int64_t created = 0; ///< ms

    /// Throws SQLite::Exception, as all below.
    static std::optional<Snooze> of(SQLite::Database& db, std::int64_t issue);
    /// Replaces what the issue had; takes the issue's counters of this moment as the base.
    void start(SQLite::Database& db, std::int64_t issue);
    static void remove(SQLite::Database& db, std::int64_t issue);

    /// Whether its time is over.
    [[nodiscard]] bool isOver(std::int64_t now) const { return until && *until <= now; }
    /// Whether the events or the users have come. A window holds events by their own time, and none from
    /// before the archiving.
    [[nodiscard]] bool isReached(SQLite::Database& db, std::int64_t issue, std::int64_t now) const;

    /// `{"until":…,"count":…,"window":…,"user_count":…,"user_window":…}` of activities and the inbox.
    [[nodiscard]] std::string detailsJson() const;
};

} // namespace vedette::collector
