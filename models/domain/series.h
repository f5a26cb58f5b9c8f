// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>

#include <chrono>
#include <numeric>

#include "models/core/clock.h"

namespace vedette::domain {

/// Counts in equal steps of time, oldest first; the last bucket is usually not over yet.
struct Series
{
    struct Point
    {
        core::TimePoint start; ///< first moment of the bucket, UTC
        qint64 count = 0;

        friend bool operator==(const Point&, const Point&) = default;
    };

    std::chrono::seconds step{0}; ///< width of a bucket; 0 in an empty series
    QList<Point> points;

    [[nodiscard]] bool isEmpty() const { return points.isEmpty(); }
    [[nodiscard]] qint64 total() const
    {
        return std::accumulate(points.begin(), points.end(), qint64(0),
            [](qint64 sum, const Point& point) { return sum + point.count; });
    }

    friend bool operator==(const Series&, const Series&) = default;
};

} // namespace vedette::domain

Q_DECLARE_METATYPE(vedette::domain::Series)
