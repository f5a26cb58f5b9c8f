// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Counts over time in all their shapes (contract section 10).

#include <QMap>

#include <limits>

#include "models/api/decode/decode.h"
#include "models/api/decode/read.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api::decode {
namespace {

// 90 days of 15 minutes; a chart has no use for more.
constexpr qsizetype mostPoints = 10'000;
constexpr double millisecondsFrom = 1e11; // as seconds this is the year 5138

using Buckets = QMap<core::TimePoint, qint64>;

/// A moment in seconds, in milliseconds (events-timeseries), or as text (stats_v2).
std::optional<core::TimePoint> moment(const json::Value& value)
{
    const auto number = value.number();
    if (number && *number >= millisecondsFrom && *number < millisecondsFrom * 1000)
        return core::TimePoint(std::chrono::milliseconds(static_cast<qint64>(*number)));
    return time(value);
}

/// `n`, `[{count: n}, ...]`, `{count: n}`.
qint64 amount(const json::Value& value)
{
    if (value.isObject())
        return count(value["count"]);
    qint64 sum = 0;
    for (const json::Value part : value.items())
        sum += std::min(amount(part), std::numeric_limits<qint64>::max() - sum);
    return value.isArray() ? sum : count(value);
}

void add(Buckets& buckets, std::optional<core::TimePoint> start, qint64 n)
{
    if (!start || (buckets.size() >= mostPoints && !buckets.contains(*start)))
        return;
    qint64& sum = buckets[*start];
    sum += std::min(n, std::numeric_limits<qint64>::max() - sum);
}

void addPairs(const json::Value& rows, Buckets& buckets)
{
    for (const json::Value row : rows.items()) {
        if (row.isArray() && row.size() >= 2) {
            auto it = row.items().begin();
            const json::Value start = *it;
            ++it;
            add(buckets, moment(start), amount(*it));
        } else if (row.isObject() && !flag(row["incomplete"])) {
            const json::Value start = row["timestamp"].exists() ? row["timestamp"] : row["ts"];
            add(buckets, moment(start), count(row["value"].exists() ? row["value"] : row["count"]));
        }
    }
}

void addStatsV2(const json::Value& body, Buckets& buckets)
{
    QList<std::optional<core::TimePoint>> starts;
    for (const json::Value interval : body["intervals"].items())
        starts << moment(interval);
    // Every bucket is there, also where no group has a number for it.
    for (const auto& start : starts)
        add(buckets, start, 0);
    for (const json::Value group : body["groups"].items()) {
        // Without a wish for an outcome the server sends all of them: only what was accepted counts.
        const auto outcome = group["by"]["outcome"].string();
        if (outcome && *outcome != "accepted")
            continue;
        for (const auto& [field, numbers] : group["series"].members()) {
            qsizetype index = 0;
            for (const json::Value number : numbers.items()) {
                if (index < starts.size())
                    add(buckets, starts[index], count(number));
                ++index;
            }
            break; // one field is asked for
        }
    }
}

} // namespace

domain::Series series(const json::Value& value)
{
    Buckets buckets;
    if (value.isArray()) {
        addPairs(value, buckets);
    } else if (value["intervals"].isArray()) {
        addStatsV2(value, buckets);
    } else if (value["timeSeries"].isArray()) {
        for (const json::Value one : value["timeSeries"].items())
            addPairs(one["values"], buckets);
    } else if (value["data"].isArray()) {
        addPairs(value["data"], buckets);
    }
    domain::Series out;
    out.points.reserve(buckets.size());
    for (auto it = buckets.constBegin(); it != buckets.constEnd(); ++it) {
        if (!out.points.isEmpty()) {
            const auto gap =
                std::chrono::duration_cast<std::chrono::seconds>(it.key() - out.points.last().start);
            if (gap.count() > 0 && (out.step.count() == 0 || gap < out.step))
                out.step = gap;
        }
        out.points.append({it.key(), it.value()});
    }
    return out;
}

core::Result<domain::Series> seriesAnswer(const json::Value& body)
{
    if (!body.isArray() && !body.isObject())
        return core::fail(core::ErrorKind::Malformed, u"a series was expected"_s);
    return series(body);
}

} // namespace vedette::api::decode
