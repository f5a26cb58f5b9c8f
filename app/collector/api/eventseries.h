// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/collector/api/eventfields.h"

namespace vedette::collector::api {

/// Equal steps of time over a period. The first one holds its start, aligned to UTC.
struct Steps
{
    std::int64_t firstMs = 0, stepMs = 0, count = 0;

    [[nodiscard]] std::int64_t at(std::int64_t index) const { return firstMs + index * stepMs; }

    /// Reads `interval` (`1h`, `5m`, or milliseconds); one that suits the period where there is none. Errors:
    /// Usage, also for more than 10,000 steps.
    static core::Result<Steps> from(const Call& call, const EventScope& scope);
};

/// One line of a chart.
struct EventSeries
{
    EventField axis;
    std::vector<std::string> group; ///< values of the fields that it is grouped by
    std::vector<double> values;     ///< one a step
    bool isOther = false;           ///< all groups that are not among the top ones
    std::int64_t order = 0;         ///< of its group, 0 is the largest
};

/// What a chart shows.
struct SeriesRequest
{
    std::vector<EventField> axes;    ///< count() and the like
    std::vector<EventField> groupBy; ///< empty: one line an axis
    std::int64_t top = 0;            ///< so many groups
    bool withOther = true;

    /// Reads `yAxis`, `groupBy` (or `field`), `topEvents`, `excludeOther`. Errors: Usage.
    static core::Result<SeriesRequest> from(const Call& call, const Steps& steps, const char* groupParameter);
};

/// Counts the events of the scope by steps, and by groups where there are some.
[[nodiscard]] std::vector<EventSeries> loadEventSeries(
    const Call& call, const EventScope& scope, const Steps& steps, const SeriesRequest& request);

} // namespace vedette::collector::api
