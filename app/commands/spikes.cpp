// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/spikes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <map>

#include "models/alerts/detector.h"
#include "models/core/clock.h"

namespace vedette::app {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Fifty years of hours: whoever wants more has mistyped a year.
constexpr int mostHours = 50 * 366 * 24;

std::string_view cell(const QByteArray& text)
{
    QByteArrayView view = QByteArrayView(text).trimmed();
    if (view.size() >= 2 && view.startsWith('"') && view.endsWith('"'))
        view = view.sliced(1, view.size() - 2);
    return {view.data(), std::size_t(view.size())};
}

core::Result<double> readCount(std::string_view text)
{
    bool isNumber = false;
    const double value = QByteArray(text.data(), qsizetype(text.size())).toDouble(&isNumber);
    if (!isNumber || !std::isfinite(value) || value < 0 || value > 1e15)
        return core::fail(core::ErrorKind::Malformed);
    return value;
}

} // namespace

core::Result<QByteArray> spikesOf(const QByteArray& csv)
{
    // Values may have fractions (rates, scaled counts): they are summed before they are rounded.
    std::map<core::TimePoint, double> sums;
    QByteArray text = csv;
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty())
            continue;
        const QList<QByteArray> cells = lines.at(i).split(',');
        const auto time = core::parseTime(cell(cells.at(0)));
        const auto count = readCount(cells.size() > 1 ? cell(cells.at(1)) : std::string_view());
        if (i == 0 && !time && !count)
            continue; // the header
        if (!time || !count || cells.size() != 2)
            return core::fail(core::ErrorKind::Malformed, u"line %1 is not \"timestamp,value\""_s.arg(i + 1));
        sums[std::chrono::time_point_cast<std::chrono::milliseconds>(
            std::chrono::floor<std::chrono::hours>(*time))] += *count;
    }
    if (!sums.empty() && sums.rbegin()->first - sums.begin()->first > std::chrono::hours(mostHours))
        return core::fail(core::ErrorKind::Malformed, u"the rows span more than fifty years"_s);
    domain::Series series{std::chrono::hours(1), {}};
    for (const auto& [hour, sum] : sums)
        series.points.append({hour, qint64(std::llround(sum))});
    alerts::DetectorOptions options;
    options.mostHours = mostHours;
    const auto verdicts = alerts::detect(
        series, series.points.isEmpty() ? core::TimePoint() : series.points.last().start, options);
    QByteArray out = "timestamp,count,expected,upper,firing\n";
    for (const alerts::HourVerdict& verdict : verdicts) {
        out += core::toDateTime(verdict.hour).toString(Qt::ISODate).toUtf8() + ',' +
               QByteArray::number(verdict.count) + ',' + QByteArray::number(verdict.expected, 'f', 2) + ',' +
               QByteArray::number(verdict.upper, 'f', 2) + ',' + (verdict.firing ? '1' : '0') + '\n';
    }
    return out;
}

QByteArray spikesAsJson(const QByteArray& csv)
{
    QJsonArray rows;
    const QList<QByteArray> lines = csv.split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) { // the first is the header
        const QList<QByteArray> cells = lines.at(i).split(',');
        if (cells.size() != 5)
            continue;
        rows.append(QJsonObject{{u"timestamp"_s, QString::fromLatin1(cells.at(0))},
            {u"count"_s, cells.at(1).toLongLong()}, {u"expected"_s, cells.at(2).toDouble()},
            {u"upper"_s, cells.at(3).toDouble()}, {u"firing"_s, cells.at(4) == "1"}});
    }
    return QJsonDocument(rows).toJson(QJsonDocument::Indented);
}

core::Result<QByteArray> spikesOfFile(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return core::fail(core::ErrorKind::NotFound, u"there is no file %1"_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return core::fail(core::ErrorKind::Storage, u"%1: %2"_s.arg(path, file.errorString()));
    return spikesOf(file.readAll()).map_error([&path](core::Error error) {
        error.detail = path + u": "_s + error.detail;
        return error;
    });
}

} // namespace vedette::app
