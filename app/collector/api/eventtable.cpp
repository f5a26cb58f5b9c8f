// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <vector>

#include "app/collector/api/cursor.h"
#include "app/collector/api/eventfields.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxFields = 20;

Response fault(const core::Error& error)
{
    return Response::detail(400, error.detail.toStdString());
}

core::Result<std::vector<EventField>> askedFields(const Call& call, const EventScope& scope)
{
    const auto names = call.request.queryValues("field");
    std::vector<EventField> fields;
    for (const std::string_view name : names) {
        const bool isDoubled = std::any_of(
            fields.begin(), fields.end(), [&name](const EventField& field) { return field.name == name; });
        if (name.empty() || isDoubled)
            continue;
        auto field = eventField(name, scope.seconds());
        if (!field)
            return core::fail(field.error());
        fields.push_back(std::move(*field));
    }
    if (fields.empty())
        return core::fail(core::ErrorKind::Usage, u"No columns selected"_s);
    if (fields.size() > maxFields) {
        return core::fail(core::ErrorKind::Usage,
            u"You can view up to 20 fields at a time. Please delete some and try again."_s);
    }
    return fields;
}

bool hasAggregate(const std::vector<EventField>& fields)
{
    return std::any_of(
        fields.begin(), fields.end(), [](const EventField& field) { return field.isAggregate; });
}

/// `count()` as `count`, `count_unique(user)` as `count_unique_user`: the older way to name columns.
std::string alias(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c == '(' || c == '.' || c == ',')
            out += '_';
        else if (c != ')' && c != ' ')
            out += c;
    }
    while (out.ends_with('_'))
        out.pop_back();
    return out;
}

/// ORDER BY terms by the position of their columns. Errors: Usage.
core::Result<std::string> orderOf(const Call& call, const std::vector<EventField>& fields)
{
    std::string out;
    for (const char* parameter : {"sort", "orderby"}) {
        for (std::string_view name : call.request.queryValues(parameter)) {
            const bool descending = name.starts_with('-');
            if (descending)
                name.remove_prefix(1);
            if (name.empty())
                continue;
            std::size_t position = 0;
            for (std::size_t i = 0; i < fields.size() && position == 0; ++i) {
                if (fields[i].name == name || alias(fields[i].name) == name)
                    position = i + 1;
            }
            if (position == 0 && name == "timestamp" && !hasAggregate(fields)) {
                out += std::string(out.empty() ? "" : ", ") + "e.timestamp" + (descending ? " DESC" : "");
                continue;
            }
            if (position == 0)
                return core::fail(core::ErrorKind::Usage, u"Cannot sort by a field that is not selected."_s);
            out += (out.empty() ? "" : ", ") + std::to_string(position) + (descending ? " DESC" : "");
        }
    }
    if (!hasAggregate(fields))
        return out + (out.empty() ? "e.timestamp DESC, e.id DESC" : ", e.id DESC");
    for (std::size_t i = 0; i < fields.size() && out.empty(); ++i) {
        if (fields[i].isAggregate)
            out = std::to_string(i + 1) + " DESC";
    }
    for (std::size_t i = 0; i < fields.size(); ++i) // a total order, so that pages do not overlap
        out += ", " + std::to_string(i + 1);
    return out;
}

Sql tableSql(const EventScope& scope, const std::vector<EventField>& fields, const std::string& order,
    const PageRequest& page)
{
    Sql sql{"SELECT ", {}};
    std::string groups;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            sql += ", ";
        sql += fields[i].expression;
        if (!fields[i].isAggregate)
            groups += (groups.empty() ? "" : ", ") + std::to_string(i + 1);
    }
    sql += " FROM events e WHERE ";
    sql += scope.where;
    if (hasAggregate(fields) && !groups.empty())
        sql += " GROUP BY " + groups;
    sql += " ORDER BY " + order;
    sql += Sql{" LIMIT ? OFFSET ?", {page.limit + 1, page.offset}};
    return sql;
}

void writeMeta(json::Writer& out, const std::vector<EventField>& fields)
{
    out.key("meta").beginObject().key("fields").beginObject();
    for (const EventField& field : fields)
        out.field(field.name, field.typeName());
    out.endObject().key("units").beginObject();
    for (const EventField& field : fields)
        out.nullField(field.name);
    out.endObject().field("isMetricsData", false).field("isMetricsExtractedData", false);
    out.key("tips").beginObject().endObject().field("datasetReason", "unchanged").field("dataset", "errors");
    out.endObject();
}

/// Adds a column that rows of single events always carry.
void include(std::vector<EventField>& fields, const char* name)
{
    for (const EventField& field : fields) {
        if (field.name == name)
            return;
    }
    if (auto field = eventField(name, 1))
        fields.push_back(std::move(*field));
}

void writeVerdict(json::Writer& out, const std::optional<core::Error>& error)
{
    out.field("valid", !error);
    if (error)
        out.field("error", error->detail);
    else
        out.nullField("error");
}

} // namespace

Response events(const Call& call)
{
    const auto scope = EventScope::from(call);
    if (!scope)
        return fault(scope.error());
    auto fields = askedFields(call, *scope);
    if (!fields)
        return fault(fields.error());
    if (const auto asked = call.request.queryValue("per_page")) {
        const auto number = decimal(*asked);
        if (!number || *number < 1 || *number > 100)
            return Response::detail(400, "Invalid per_page value. Must be between 1 and 100.");
    }
    const auto page = PageRequest::from(call.request, 50);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    if (!hasAggregate(*fields)) {
        include(*fields, "id");
        include(*fields, "project.name");
    }
    const auto order = orderOf(call, *fields);
    if (!order)
        return fault(order.error());
    const Sql sql = tableSql(*scope, *fields, *order, *page);
    json::Writer out;
    out.beginObject().key("data").beginArray();
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit) {
        out.beginObject();
        for (std::size_t i = 0; i < fields->size(); ++i) {
            out.key((*fields)[i].name);
            (*fields)[i].write(out, query.getColumn(static_cast<int>(i)));
        }
        out.endObject();
    }
    out.endArray();
    writeMeta(out, *fields);
    out.endObject();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response validateEvents(const Call& call)
{
    json::Writer out;
    bool valid = true;
    out.beginObject().key("fields").beginArray();
    for (const std::string_view name : call.request.queryValues("field")) {
        const auto field = eventField(name, 1);
        valid = valid && field;
        out.beginObject().field("name", name);
        writeVerdict(out, field ? std::nullopt : std::optional(field.error()));
        out.endObject();
    }
    out.endArray().key("query").beginObject();
    const auto condition = eventSearch(call, call.request.queryValue("query").value_or(""));
    writeVerdict(out, condition ? std::nullopt : std::optional(condition.error()));
    out.endObject();
    const std::string_view dataset = call.request.queryValue("dataset").value_or("errors");
    const bool known = dataset == "errors" || dataset == "discover";
    out.key("dataset").beginObject().field("value", dataset);
    writeVerdict(out, known ? std::nullopt
                            : std::optional(core::Error{core::ErrorKind::Usage, 0,
                                  u"dataset must be one of: errors, discover"_s, {}}));
    out.endObject().field("valid", valid && condition && known).endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
