// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/models/alerts/spikescore.h"

#include <algorithm>
#include <cmath>

namespace vedette::tests {

using Hours = std::chrono::hours;

namespace {
constexpr qsizetype warmUp = 168;
constexpr Hours episodeGap(6);
constexpr Hours grace(1);
} // namespace

double SpikeScore::medianDelayHours() const
{
    QList<double> sorted = delaysHours;
    std::sort(sorted.begin(), sorted.end());
    return sorted.isEmpty() ? 0 : sorted.at(sorted.size() / 2);
}

SpikeScore score(const QList<LabelledSeries>& all, const Rule& rule)
{
    SpikeScore out;
    for (const LabelledSeries& series : all) {
        const auto& points = series.hours.points;
        if (points.size() <= warmUp)
            continue;
        const core::TimePoint scoredFrom = points.at(warmUp).start;
        out.seriesWeeks += double(points.size() - warmUp) / warmUp;
        const QList<bool> firing = rule(series.hours);
        QList<core::TimePoint> alerts;
        std::optional<core::TimePoint> last;
        for (qsizetype i = warmUp; i < points.size(); ++i) {
            if (!firing.at(i))
                continue;
            if (!last || points.at(i).start - *last >= episodeGap)
                alerts.append(points.at(i).start);
            last = points.at(i).start;
        }
        QList<bool> hit(series.windows.size(), false);
        for (const core::TimePoint alert : std::as_const(alerts)) {
            bool inside = false;
            for (qsizetype w = 0; w < series.windows.size(); ++w) {
                const auto& window = series.windows.at(w);
                // A window may begin within the hour that the alert's bucket stands for.
                if (alert + Hours(1) <= window.start || alert > window.end + grace)
                    continue;
                inside = true;
                if (window.isRise && window.start >= scoredFrom && !hit.at(w)) {
                    hit[w] = true;
                    ++out.hits;
                    out.delaysHours.append(
                        std::chrono::duration<double, std::ratio<3600>>(alert - window.start).count());
                }
            }
            if (!inside)
                ++out.falseAlarms;
        }
        for (const auto& window : series.windows)
            out.windows += window.isRise && window.start >= scoredFrom ? 1 : 0;
    }
    return out;
}

QList<bool> meanPlusThreeDeviations(const domain::Series& hours)
{
    QList<bool> out;
    for (qsizetype t = 0; t < hours.points.size(); ++t) {
        double sum = 0;
        double squares = 0;
        const qsizetype from = std::max(qsizetype(0), t - warmUp);
        for (qsizetype i = from; i < t; ++i) {
            const auto count = double(hours.points.at(i).count);
            sum += count;
            squares += count * count;
        }
        const auto n = double(t - from);
        if (n < 2) {
            out.append(false);
            continue;
        }
        const double mean = sum / n;
        const double deviation = std::sqrt(std::max(0.0, squares / n - mean * mean));
        const auto count = double(hours.points.at(t).count);
        out.append(count >= 10 && count > mean + 3 * deviation);
    }
    return out;
}

} // namespace vedette::tests
