// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/eventseries.h"

#include <algorithm>
#include <map>

#include "app/collector/api/window.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t hourMs = 60 * minuteMs;
constexpr std::int64_t maxSteps = 10'000;
constexpr std::int64_t maxTop = 50;

/// What the server takes where nobody asks.
std::int64_t suitableStep(std::int64_t periodMs)
{
    if (periodMs <= hourMs)
        return minuteMs;
    if (periodMs <= 24 * hourMs)
        return 5 * minuteMs;
    return periodMs <= 30 * 24 * hourMs ? hourMs : 24 * hourMs;
}

/// Counts alone, by hours or more: those are kept, many events in one, and longer than the events.
bool isKept(const EventScope& scope, const Steps& steps, const SeriesRequest& request)
{
    return scope.hours && steps.stepMs % hourMs == 0 && request.groupBy.empty() && request.axes.size() == 1 &&
           request.axes.front().expression.text == "COUNT(*)";
}

Sql keptSql(const EventScope& scope, const Steps& steps)
{
    Sql sql{"SELECT h.hour / ? - ?, SUM(h.count) FROM issue_hours h WHERE ",
        {steps.stepMs / hourMs, steps.firstMs / steps.stepMs}};
    sql += *scope.hours;
    return sql;
}

/// FROM and WHERE, and the bucket as the first column.
Sql bucketSql(const EventScope& scope, const Steps& steps, const std::vector<EventField>& columns)
{
    Sql sql{"SELECT (e.timestamp - ?) / ?", {steps.firstMs, steps.stepMs}};
    for (const EventField& column : columns) {
        sql += ", ";
        sql += column.expression;
    }
    sql += " FROM events e WHERE ";
    sql += scope.where;
    sql += Sql{" AND e.timestamp >= ?", {steps.firstMs}};
    return sql;
}

using Group = std::vector<std::string>;

Group groupOf(SQLite::Statement& query, std::size_t first, std::size_t count)
{
    Group group;
    for (std::size_t i = 0; i < count; ++i)
        group.push_back(query.getColumn(static_cast<int>(first + i)).getString());
    return group;
}

/// The groups with the most of the first axis.
std::map<Group, std::int64_t> topGroups(
    const Call& call, const EventScope& scope, const SeriesRequest& request)
{
    Sql sql{"SELECT ", {}};
    std::string positions;
    for (std::size_t i = 0; i < request.groupBy.size(); ++i) {
        sql += request.groupBy[i].expression;
        sql += ", ";
        positions += (i > 0 ? ", " : "") + std::to_string(i + 1);
    }
    sql += request.axes.front().expression;
    sql += " FROM events e WHERE ";
    sql += scope.where;
    sql += " GROUP BY " + positions + " ORDER BY " + std::to_string(request.groupBy.size() + 1) + " DESC, " +
           positions;
    sql += Sql{" LIMIT ?", {request.top}};
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    std::map<Group, std::int64_t> out;
    while (query.executeStep())
        out.emplace(groupOf(query, 0, request.groupBy.size()), static_cast<std::int64_t>(out.size()));
    return out;
}

std::vector<EventSeries> emptySeries(
    const SeriesRequest& request, const Steps& steps, const Group& group, std::int64_t order, bool isOther)
{
    std::vector<EventSeries> out;
    for (const EventField& axis : request.axes) {
        EventSeries series;
        series.axis = axis;
        series.group = group;
        series.values.assign(static_cast<std::size_t>(steps.count), 0);
        series.order = order;
        series.isOther = isOther;
        out.push_back(std::move(series));
    }
    return out;
}

} // namespace

core::Result<Steps> Steps::from(const Call& call, const EventScope& scope)
{
    Steps steps;
    steps.stepMs = suitableStep(scope.endMs - scope.startMs);
    const std::string_view interval = call.request.queryValue("interval").value_or("");
    if (const auto number = decimal(interval))
        steps.stepMs = *number;
    else if (const auto period = parsePeriod(interval))
        steps.stepMs = period->count();
    else if (!interval.empty())
        return core::fail(core::ErrorKind::Usage, u"Invalid interval"_s);
    if (steps.stepMs < 1'000)
        return core::fail(core::ErrorKind::Usage, u"Interval cannot result in a zero duration."_s);
    steps.firstMs = scope.startMs / steps.stepMs * steps.stepMs;
    steps.count = (scope.endMs - steps.firstMs) / steps.stepMs + 1;
    if (steps.count > maxSteps) {
        return core::fail(core::ErrorKind::Usage, u"Your interval and date range would create too many "
                                                  u"results. Use a larger interval, or a smaller date "
                                                  "range."_s);
    }
    return steps;
}

core::Result<SeriesRequest> SeriesRequest::from(
    const Call& call, const Steps& steps, const char* groupParameter)
{
    SeriesRequest out;
    auto names = call.request.queryValues("yAxis");
    if (names.empty())
        names.emplace_back("count()");
    for (const std::string_view name : names) {
        // eps() and epm() of a step refer to its length.
        auto field =
            eventField(name == "event_count" ? "count()" : name, static_cast<double>(steps.stepMs) / 1000);
        if (!field)
            return core::fail(field.error());
        if (!field->isAggregate || field->type == FieldType::Date) {
            return core::fail(core::ErrorKind::Usage, u"%1 is not a valid yAxis"_s.arg(QString::fromUtf8(
                                                          name.data(), static_cast<qsizetype>(name.size()))));
        }
        field->name = name;
        out.axes.push_back(std::move(*field));
    }
    if (out.axes.size() > 3)
        return core::fail(core::ErrorKind::Usage, u"You can plot a maximum of 3 yAxis"_s);
    const auto top = call.request.queryValue("topEvents");
    if (!top)
        return out;
    const auto number = decimal(*top);
    if (!number || *number < 1 || *number > maxTop)
        return core::fail(core::ErrorKind::Usage, u"topEvents must be an integer between 1 and 50"_s);
    out.top = *number;
    const std::string_view other = call.request.queryValue("excludeOther").value_or("");
    out.withOther = other != "1" && other != "true";
    for (const std::string_view name : call.request.queryValues(groupParameter)) {
        auto field = eventField(name, 1);
        if (!field)
            return core::fail(field.error());
        if (!field->isAggregate && out.groupBy.size() < 10)
            out.groupBy.push_back(std::move(*field));
    }
    if (out.groupBy.empty())
        return core::fail(
            core::ErrorKind::Usage, u"topEvents needs a %1"_s.arg(QLatin1StringView(groupParameter)));
    return out;
}

std::vector<EventSeries> loadEventSeries(
    const Call& call, const EventScope& scope, const Steps& steps, const SeriesRequest& request)
{
    const std::size_t axes = request.axes.size();
    const std::size_t grouped = request.groupBy.size();
    std::vector<EventSeries> out;
    std::map<Group, std::int64_t> top;
    const auto add = [&](const Group& group, std::int64_t order, bool isOther) {
        auto more = emptySeries(request, steps, group, order, isOther);
        std::move(more.begin(), more.end(), std::back_inserter(out));
    };
    if (grouped == 0) {
        add({}, 0, false);
    } else {
        top = topGroups(call, scope, request);
        std::vector<const Group*> inOrder(top.size());
        for (const auto& [group, order] : top)
            inOrder[static_cast<std::size_t>(order)] = &group;
        for (std::size_t i = 0; i < inOrder.size(); ++i)
            add(*inOrder[i], static_cast<std::int64_t>(i), false);
        add({}, static_cast<std::int64_t>(top.size()),
            true); // of counts alone the sum of all others means anything
    }
    std::vector<EventField> columns = request.groupBy;
    columns.insert(columns.end(), request.axes.begin(), request.axes.end());
    Sql sql = isKept(scope, steps, request) ? keptSql(scope, steps) : bucketSql(scope, steps, columns);
    sql += " GROUP BY 1";
    for (std::size_t i = 0; i < grouped; ++i)
        sql += ", " + std::to_string(i + 2);
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    bool hasOther = false;
    while (query.executeStep()) {
        const std::int64_t step = query.getColumn(0).getInt64();
        if (step < 0 || step >= steps.count)
            continue;
        std::int64_t line = 0;
        if (grouped > 0) {
            const auto found = top.find(groupOf(query, 1, grouped));
            line = found != top.end() ? found->second : static_cast<std::int64_t>(top.size());
            hasOther = hasOther || found == top.end();
        }
        for (std::size_t axis = 0; axis < axes; ++axis) {
            const std::size_t index = static_cast<std::size_t>(line) * axes + axis;
            out[index].values[static_cast<std::size_t>(step)] +=
                query.getColumn(static_cast<int>(1 + grouped + axis)).getDouble();
        }
    }
    if (grouped > 0 && (!hasOther || !request.withOther))
        out.resize(out.size() - axes);
    return out;
}

} // namespace vedette::collector::api
