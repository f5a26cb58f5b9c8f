// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <functional>

#include "models/core/clock.h"
#include "models/domain/series.h"

namespace vedette::tests {

/// A series with the windows in which an alert is right, wrong or does not count.
struct LabelledSeries
{
    struct Window
    {
        core::TimePoint start;
        core::TimePoint end;
        bool isRise = true; ///< false: alerts inside are ignored

        friend bool operator==(const Window&, const Window&) = default;
    };

    QString name;
    domain::Series hours;
    QList<Window> windows;
};

/// Figures of a detector over some series, by the scoring rule of the shared spike set.
struct SpikeScore
{
    int windows = 0;
    int hits = 0;
    int falseAlarms = 0;
    double seriesWeeks = 0;
    QList<double> delaysHours;

    [[nodiscard]] double recall() const { return windows ? double(hits) / windows : 0; }
    [[nodiscard]] double precision() const
    {
        return hits + falseAlarms ? double(hits) / (hits + falseAlarms) : 0;
    }
    [[nodiscard]] double f1() const
    {
        const double sum = recall() + precision();
        return sum > 0 ? 2 * recall() * precision() / sum : 0;
    }
    [[nodiscard]] double falsePerWeek() const { return seriesWeeks > 0 ? falseAlarms / seriesWeeks : 0; }
    [[nodiscard]] double medianDelayHours() const;
};

/// Which hours of a series fire; judged hour by hour from what came before.
using Rule = std::function<QList<bool>(const domain::Series& hours)>;

/// Scores a rule: a week of warm-up, alerts less than six hours apart are one, an alert in a window (one hour
/// of grace) hits it, later ones in it are free, one outside of all is a false alarm.
[[nodiscard]] SpikeScore score(const QList<LabelledSeries>& all, const Rule& rule);

/// The rule of thumb to beat: at least 10, and above the mean plus three standard deviations of a week.
[[nodiscard]] QList<bool> meanPlusThreeDeviations(const domain::Series& hours);

} // namespace vedette::tests
