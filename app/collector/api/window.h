// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/api/sql.h"
#include "app/collector/http/message.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector::api {

/// The hours and environments that a list counts over. Counts are kept by whole hours, so a window begins
/// with the hour that its start falls in.
struct Window
{
    std::optional<std::int64_t> startMs; ///< nothing: since ever
    std::optional<std::int64_t> endMs;
    std::vector<std::string> environments; ///< empty: all

    [[nodiscard]] bool isWhole() const { return !startMs && !endMs && environments.empty(); }

    /// Condition on a table with hour and environment_id (issue_hours).
    [[nodiscard]] Sql hoursCondition(const std::string& alias) const;
    /// Condition on a table of event users with last_seen (issue_users): who was seen since the start.
    [[nodiscard]] Sql usersCondition(const std::string& alias) const;
    /// Condition on events: the same hours and environments, so that events add up to what the hours count.
    [[nodiscard]] Sql eventsCondition(const std::string& alias) const;
    /// The first moment of the hour that the window begins with.
    [[nodiscard]] std::optional<std::int64_t> fromMs() const;

    /// How to count the users within the window: an expression, the tables and conditions to count in, and
    /// the column of the issue. By sums where they are kept, by events where only those know (environments,
    /// an end).
    struct UserCount
    {
        std::string expression;
        Sql from;
        std::string issue;
    };
    [[nodiscard]] UserCount userCount() const;

    /// Reads `statsPeriod`, else `start` and `end`, and `environment`. Errors: Usage with the text of the
    /// 400.
    static core::Result<Window> from(const Request& request, core::TimePoint now);
};

/// Which series a row carries, and its buckets: `24h` hourly, `14d` daily, `auto` about 30 over the window.
struct SeriesPlan
{
    std::string name;           ///< the member of `stats`; empty: none
    std::int64_t firstHour = 0; ///< hours since 1970
    std::int64_t hoursPerStep = 1;
    std::int64_t steps = 0;

    /// Reads `groupStatsPeriod`. Errors: Usage.
    static core::Result<SeriesPlan> from(const Request& request, const Window& window, core::TimePoint now);
    /// So many whole buckets of that width, the last one holding now; aligned to UTC.
    static SeriesPlan until(
        core::TimePoint now, std::string name, std::int64_t hoursPerStep, std::int64_t steps);

    [[nodiscard]] std::int64_t endHour() const { return firstHour + hoursPerStep * steps; }
};

/// Reads `24h`, `14d`, `90d`, `30m`, `45s`, `2w`. Nothing for anything else.
[[nodiscard]] std::optional<std::chrono::milliseconds> parsePeriod(std::string_view text);

} // namespace vedette::collector::api
