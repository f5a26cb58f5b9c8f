// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include "models/core/clock.h"
#include "models/domain/series.h"

namespace vedette::alerts {

/// What the detector makes of one hour.
struct HourVerdict
{
    core::TimePoint hour; ///< first moment of it, UTC
    qint64 count = 0;
    double expected = 0; ///< what this hour of the day usually has
    double upper = 0;    ///< the most it usually has; chance alone hardly ever passes it
    bool firing = false;

    friend bool operator==(const HourVerdict&, const HourVerdict&) = default;
};

/// The three conditions that must hold together, each being noisy alone: a floor, a factor and significance.
struct DetectorOptions
{
    qint64 floor = 8;              ///< fewer events in an hour are nobody's emergency
    qint64 shortHistoryFloor = 20; ///< the floor while there is less than a day of history
    double factor = 2.5;           ///< against the expected count
    double tail = 1e-5;            ///< chance of passing the upper bound in an hour like any other
    int historyHours = 28 * 24;    ///< how far back it looks
    int adoptAfterHours = 24;      ///< firing for so long without a pause is the new normal

    /// A longer series is cut to its end: a hostile answer may name two points a century apart.
    int mostHours = 400 * 24;

    friend bool operator==(const DetectorOptions&, const DetectorOptions&) = default;
};

/// Sums a series of steps up to an hour into UTC hours from its first to `now`; hours in between without a
/// point are 0. Empty for an empty series and for one with steps of more than an hour, of which nothing can
/// be said. Points after `now` are left out, and what is older than `mostHours` before the last one.
[[nodiscard]] domain::Series toHours(
    const domain::Series& series, core::TimePoint now, int mostHours = DetectorOptions().mostHours);

/// The spike detector: a pure function of counts. Each hour is judged by the hours before it alone: a mean
/// over the hours of this time of day, drawn towards the mean of the last week where there are few of them,
/// both without former spikes and outages; the upper bound is a quantile of a negative binomial distribution
/// whose overdispersion comes from how well the former expectations held. The last hour may not be over: it
/// fires as soon as it has passed what the whole hour may have. Any thread.
[[nodiscard]] QList<HourVerdict> detect(
    const domain::Series& series, core::TimePoint now, const DetectorOptions& options = {});

} // namespace vedette::alerts
