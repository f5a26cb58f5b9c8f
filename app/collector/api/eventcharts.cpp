// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/eventseries.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

Response fault(const core::Error& error)
{
    return Response::detail(400, error.detail.toStdString());
}

void writeNumber(json::Writer& out, double value)
{
    if (value == static_cast<double>(static_cast<std::int64_t>(value)))
        out.integer(static_cast<std::int64_t>(value));
    else
        out.number(value);
}

/// `{"data": [[ts, [{"count": n}]]], ...}`
void writeStatsSeries(
    json::Writer& out, const EventScope& scope, const Steps& steps, const EventSeries& series)
{
    out.beginObject().key("data").beginArray();
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        out.beginArray().integer(steps.at(static_cast<std::int64_t>(i)) / 1000).beginArray();
        out.beginObject().key("count");
        writeNumber(out, series.values[i]);
        out.endObject().endArray().endArray();
    }
    out.endArray().field("start", scope.startMs / 1000).field("end", scope.endMs / 1000);
    out.field("isMetricsData", false).field("order", series.order);
    out.key("meta").beginObject().key("fields").beginObject();
    out.field(series.axis.name, series.axis.typeName()).endObject().key("units").beginObject();
    out.nullField(series.axis.name).endObject().field("dataset", "errors").endObject().endObject();
}

std::string groupName(const EventSeries& series)
{
    if (series.isOther)
        return "Other";
    std::string out;
    for (const std::string& value : series.group)
        out += (out.empty() ? "" : ",") + value;
    return out;
}

} // namespace

Response eventsStats(const Call& call)
{
    const auto scope = EventScope::from(call);
    if (!scope)
        return fault(scope.error());
    const auto steps = Steps::from(call, *scope);
    if (!steps)
        return fault(steps.error());
    const auto request = SeriesRequest::from(call, *steps, "field");
    if (!request)
        return fault(request.error());
    const auto all = loadEventSeries(call, *scope, *steps, *request);
    const std::size_t axes = request->axes.size();
    json::Writer out;
    const auto writeAxes = [&](std::size_t first) {
        if (axes == 1) {
            writeStatsSeries(out, *scope, *steps, all[first]);
            return;
        }
        out.beginObject();
        for (std::size_t i = 0; i < axes; ++i) {
            out.key(all[first + i].axis.name);
            writeStatsSeries(out, *scope, *steps, all[first + i]);
        }
        out.endObject();
    };
    if (request->groupBy.empty()) {
        writeAxes(0);
    } else {
        out.beginObject();
        for (std::size_t i = 0; i < all.size(); i += axes) {
            out.key(groupName(all[i]));
            writeAxes(i);
        }
        out.endObject();
    }
    return Response::json(200, out.take());
}

Response eventsTimeseries(const Call& call)
{
    const auto scope = EventScope::from(call);
    if (!scope)
        return fault(scope.error());
    const auto steps = Steps::from(call, *scope);
    if (!steps)
        return fault(steps.error());
    const auto request = SeriesRequest::from(call, *steps, "groupBy");
    if (!request)
        return fault(request.error());
    json::Writer out;
    out.beginObject().key("timeSeries").beginArray();
    for (const EventSeries& series : loadEventSeries(call, *scope, *steps, *request)) {
        out.beginObject().field("yAxis", series.axis.name);
        if (!request->groupBy.empty()) {
            out.key("groupBy");
            if (series.isOther)
                out.null();
            else
                out.beginArray();
            for (std::size_t i = 0; i < series.group.size() && !series.isOther; ++i) {
                out.beginObject()
                    .field("key", request->groupBy[i].name)
                    .field("value", series.group[i])
                    .endObject();
            }
            if (!series.isOther)
                out.endArray();
        }
        out.key("values").beginArray();
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            const std::int64_t from = steps->at(static_cast<std::int64_t>(i));
            out.beginObject().field("timestamp", from).key("value");
            writeNumber(out, series.values[i]);
            out.field("incomplete", from + steps->stepMs > call.nowMs()).endObject();
        }
        out.endArray().key("meta").beginObject();
        out.field("valueType", series.axis.typeName())
            .nullField("valueUnit")
            .field("interval", steps->stepMs);
        if (!request->groupBy.empty())
            out.field("order", series.order).field("isOther", series.isOther);
        out.endObject().endObject();
    }
    out.endArray().key("meta").beginObject().field("dataset", "errors");
    out.field("start", scope->startMs).field("end", scope->endMs).endObject().endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
