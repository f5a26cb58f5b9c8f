// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/eventfields.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/window.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

struct Known
{
    const char* sql;
    FieldType type;
};

/// Sub-selects in place of joins: what is not asked for costs nothing.
const std::unordered_map<std::string, Known>& knownFields()
{
    constexpr const char* project = "(SELECT p.slug FROM projects p WHERE p.id = e.project_id)";
    static const std::unordered_map<std::string, Known> fields = {
        {"id", {"lower(hex(e.event_id))", FieldType::Text}},
        {"title", {"e.title", FieldType::Text}},
        {"message", {"e.message", FieldType::Text}},
        {"culprit", {"e.culprit", FieldType::Text}},
        {"level", {"e.level", FieldType::Text}},
        {"platform", {"e.platform", FieldType::Text}},
        {"platform.name", {"e.platform", FieldType::Text}},
        {"event.type", {"e.type", FieldType::Text}},
        {"type", {"e.type", FieldType::Text}},
        {"timestamp", {"e.timestamp", FieldType::Date}},
        {"time", {"e.timestamp / 3600000 * 3600000", FieldType::Date}},
        {"timestamp.to_hour", {"e.timestamp / 3600000 * 3600000", FieldType::Date}},
        {"timestamp.to_day", {"e.timestamp / 86400000 * 86400000", FieldType::Date}},
        {"received", {"e.received", FieldType::Date}},
        {"project", {project, FieldType::Text}},
        {"project.name", {project, FieldType::Text}},
        {"project.id", {"e.project_id", FieldType::Integer}},
        {"project_id", {"e.project_id", FieldType::Integer}},
        {"issue", {"(SELECT i.short_id FROM issues i WHERE i.id = e.issue_id)", FieldType::Text}},
        {"issue.id", {"e.issue_id", FieldType::Integer}},
        {"location", {"(SELECT json_extract(i.metadata, '$.filename') FROM issues i WHERE i.id = e.issue_id)",
                         FieldType::Text}},
        {"error.type", {"(SELECT json_extract(i.metadata, '$.type') FROM issues i WHERE i.id = e.issue_id)",
                           FieldType::Text}},
        {"error.value", {"(SELECT json_extract(i.metadata, '$.value') FROM issues i WHERE i.id = e.issue_id)",
                            FieldType::Text}},
        {"error.handled", {"e.unhandled = 0", FieldType::Boolean}},
        {"error.unhandled", {"e.unhandled", FieldType::Boolean}},
        {"release",
            {"(SELECT r.version FROM releases r WHERE r.id = e.release_id AND r.project_id = e.project_id)",
                FieldType::Text}},
        {"environment",
            {"(SELECT n.name FROM environments n WHERE n.id = e.environment_id)", FieldType::Text}},
        {"user", {"(SELECT u.key FROM event_users u WHERE u.id = e.user_id)", FieldType::Text}},
        {"user.display", {"(SELECT coalesce(nullif(u.email, ''), nullif(u.username, ''), substr(u.key, "
                          "instr(u.key, ':') + 1)) FROM event_users u WHERE u.id = e.user_id)",
                             FieldType::Text}},
        {"user.id", {"(SELECT iif(u.key LIKE 'id:%', substr(u.key, 4), NULL) FROM event_users u WHERE u.id = "
                     "e.user_id)",
                        FieldType::Text}},
        {"user.email",
            {"(SELECT nullif(u.email, '') FROM event_users u WHERE u.id = e.user_id)", FieldType::Text}},
        {"user.username",
            {"(SELECT nullif(u.username, '') FROM event_users u WHERE u.id = e.user_id)", FieldType::Text}},
        {"user.ip", {"(SELECT nullif(u.ip, '') FROM event_users u WHERE u.id = e.user_id)", FieldType::Text}},
        {"trace", {"(SELECT lower(hex(c.trace)) FROM event_traces c WHERE c.id = e.id)", FieldType::Text}},
    };
    return fields;
}

EventField tagField(std::string_view name, std::string key)
{
    std::string text =
        "(SELECT v.value FROM json_each(e.tags) j JOIN tag_values v ON v.id = j.value WHERE v.key = ?)";
    if (key == "user")
        text = "coalesce((SELECT u.key FROM event_users u WHERE u.id = e.user_id), " + text + ")";
    return {std::string(name), {std::move(text), {std::move(key)}}, FieldType::Text, false};
}

/// The name before a parenthesis and what stands between it and the one at the end.
std::optional<std::pair<std::string_view, std::string_view>> asFunction(std::string_view name)
{
    const std::size_t open = name.find('(');
    if (open == std::string_view::npos || !name.ends_with(')'))
        return {};
    return std::pair(name.substr(0, open), name.substr(open + 1, name.size() - open - 2));
}

core::Result<EventField> functionField(
    std::string_view name, std::string_view function, std::string_view argument, double seconds)
{
    EventField out;
    out.name = name;
    out.isAggregate = true;
    const bool onTime = argument == "timestamp";
    if (function == "count" && argument.empty()) {
        out.expression.text = "COUNT(*)";
        out.type = FieldType::Integer;
    } else if ((function == "last_seen" && argument.empty()) || (function == "max" && onTime)) {
        out.expression.text = "MAX(e.timestamp)";
        out.type = FieldType::Date;
    } else if ((function == "first_seen" && argument.empty()) || (function == "min" && onTime)) {
        out.expression.text = "MIN(e.timestamp)";
        out.type = FieldType::Date;
    } else if ((function == "eps" || function == "epm") && argument.empty()) {
        out.expression = {"COUNT(*) * ?", {(function == "eps" ? 1.0 : 60.0) / std::max(1.0, seconds)}};
        out.type = FieldType::Number;
    } else if (function == "count_unique" && !argument.empty() && !asFunction(argument)) {
        // Rows of what is counted tell it apart as well as their texts do.
        const bool user = argument == "user";
        const bool issue = argument == "issue";
        const auto field = eventField(argument, seconds);
        out.expression.text = "COUNT(DISTINCT ";
        out.expression += user ? Sql{"e.user_id", {}} : issue ? Sql{"e.issue_id", {}} : field->expression;
        out.expression += ")";
        out.type = FieldType::Integer;
    } else {
        return core::fail(core::ErrorKind::Usage, u"%1 is not a valid function"_s.arg(QString::fromUtf8(
                                                      name.data(), static_cast<qsizetype>(name.size()))));
    }
    return out;
}

} // namespace

void EventField::write(json::Writer& out, const SQLite::Column& value) const
{
    if (value.isNull()) {
        out.null();
        return;
    }
    switch (type) {
    case FieldType::Text:
        out.string(value.getString());
        return;
    case FieldType::Integer:
        out.integer(value.getInt64());
        return;
    case FieldType::Number:
        out.number(value.getDouble());
        return;
    case FieldType::Date:
        out.string(dateText(value.getInt64()));
        return;
    case FieldType::Boolean:
        out.boolean(value.getInt64() != 0);
        return;
    }
}

std::string_view EventField::typeName() const
{
    switch (type) {
    case FieldType::Text:
        return "string";
    case FieldType::Integer:
        return "integer";
    case FieldType::Number:
        return "number";
    case FieldType::Date:
        return "date";
    case FieldType::Boolean:
        return "boolean";
    }
    return "string";
}

core::Result<EventField> eventField(std::string_view name, double seconds)
{
    if (const auto function = asFunction(name))
        return functionField(name, function->first, function->second, seconds);
    if (const auto found = knownFields().find(std::string(name)); found != knownFields().end())
        return EventField{std::string(name), {found->second.sql, {}}, found->second.type, false};
    if (name.starts_with("tags[") && name.ends_with(']'))
        return tagField(name, std::string(name.substr(5, name.size() - 6)));
    return tagField(name, std::string(name));
}

core::Result<EventScope> EventScope::from(const Call& call)
{
    const std::string_view dataset = call.request.queryValue("dataset").value_or("errors");
    if (dataset != "errors" && dataset != "discover")
        return core::fail(core::ErrorKind::Usage, u"dataset must be one of: errors, discover"_s);
    auto window = Window::from(call.request, call.now());
    if (!window)
        return core::fail(window.error());
    constexpr std::int64_t keptMs = std::int64_t(90) * 86'400'000;
    if (!window->startMs)
        window->startMs = call.nowMs() - keptMs;
    auto condition = eventSearch(call, call.request.queryValue("query").value_or(""));
    if (!condition)
        return core::fail(condition.error());
    EventScope scope;
    scope.startMs = *window->fromMs();
    scope.endMs = window->endMs.value_or(call.nowMs());
    scope.where = std::move(*condition);
    scope.where += " AND ";
    scope.where += window->eventsCondition("e");
    const auto issues = issueSearch(call, call.request.queryValue("query").value_or(""), {});
    if (issues && !issues->events) {
        scope.hours = window->hoursCondition("h");
        *scope.hours += " AND +h.issue_id IN (SELECT i.id FROM issues i WHERE ";
        *scope.hours += issues->condition;
        *scope.hours += ")";
    }
    // Lets the index on project and time serve where no project is named.
    scope.where += " AND e.project_id IN (SELECT id FROM projects)";
    return scope;
}

} // namespace vedette::collector::api
