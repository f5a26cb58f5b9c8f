// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchsql.h"

#include <unordered_map>

#include "app/collector/api/fulltext.h"
#include "models/search/values.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

using core::ErrorKind;
using search::Filter;
using search::Operator;

std::string utf8(const QString& text)
{
    return text.toStdString();
}

core::Result<Sql> compileFilter(const Filter& filter, const SearchScope& scope);

/// `column = value`, or LIKE where the value holds a star; text compares without case.
Sql textMatch(const std::string& column, const search::Value& value)
{
    if (search::hasWildcard(value.text))
        return {column + " LIKE ? ESCAPE '\\'", {utf8(search::likePattern(value.text))}};
    return {column + " = ? COLLATE NOCASE", {utf8(search::literalText(value.text))}};
}

/// The same for any of a list.
template<class Match>
Sql anyOf(const QList<search::Value>& values, Match match)
{
    Sql out{"(", {}};
    bool first = true;
    for (const search::Value& value : values) {
        if (!first)
            out += " OR ";
        first = false;
        out += match(value);
    }
    out += ")";
    return out;
}

Sql textColumn(const Filter& filter, const std::string& column)
{
    return anyOf(filter.values, [&column](const search::Value& value) { return textMatch(column, value); });
}

Sql tagMatch(const std::string& key, const QList<search::Value>& values)
{
    return anyOf(values, [&key](const search::Value& value) {
        if (value.text.isEmpty()) {
            return Sql{"i.id NOT IN (SELECT t.issue_id FROM tag_values v JOIN issue_tags t ON t.tag_id = v.id"
                       " WHERE v.key = ? AND v.value <> '')",
                {key}};
        }
        Sql out{"i.id IN (SELECT t.issue_id FROM tag_values v JOIN issue_tags t ON t.tag_id = v.id WHERE "
                "v.key = ? AND ",
            {key}};
        out += textMatch("v.value", value);
        out += ")";
        return out;
    });
}

/// Users of the issue by one of their attributes: `user.id:7` finds the user key `id:7`.
Sql userMatch(const QString& prefix, const QList<search::Value>& values)
{
    return anyOf(values, [&prefix](const search::Value& value) {
        search::Value key = value;
        key.text = prefix + value.text;
        Sql out{"i.id IN (SELECT u.issue_id FROM event_users e JOIN issue_users u ON u.user_id = e.id WHERE ",
            {}};
        out += textMatch("e.key", key);
        out += ")";
        return out;
    });
}

const char* operatorSql(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return " = ";
    case Operator::NotEqual:
        return " <> ";
    case Operator::Less:
        return " < ";
    case Operator::LessOrEqual:
        return " <= ";
    case Operator::Greater:
        return " > ";
    case Operator::GreaterOrEqual:
        return " >= ";
    }
    return " = ";
}

std::int64_t ms(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

core::Result<Sql> dateColumn(const Filter& filter, const std::string& column, const SearchScope& scope)
{
    const QString text = filter.values.first().text;
    const auto date = search::parseDate(text, scope.now);
    if (!date || filter.isList)
        return core::fail(ErrorKind::Usage, search::invalidDateText(filter.key, text));
    if (date->relative) {
        // `-24h` is newer than that moment whichever way it is compared; `+24h` older.
        return Sql{column + (date->newerThan ? " >= ?" : " <= ?"), {ms(date->start)}};
    }
    if (filter.op == Operator::Equal && date->end > date->start)
        return Sql{"(" + column + " >= ? AND " + column + " < ?)", {ms(date->start), ms(date->end)}};
    // "> a day" means after it, "<= a day" up to its end.
    const bool fromEnd = filter.op == Operator::Greater || filter.op == Operator::LessOrEqual;
    const core::TimePoint edge = fromEnd ? date->end : date->start;
    if (fromEnd && date->end > date->start)
        return Sql{column + (filter.op == Operator::Greater ? " >= ?" : " < ?"), {ms(edge)}};
    return Sql{column + operatorSql(filter.op) + "?", {ms(edge)}};
}

core::Result<Sql> numberColumn(const Filter& filter, const std::string& column)
{
    const QString text = filter.values.first().text;
    const auto number = search::parseNumber(text);
    if (!number || filter.isList)
        return core::fail(ErrorKind::Usage, search::invalidNumberText(filter.key, text));
    return Sql{column + operatorSql(filter.op) + "?", {*number}};
}

core::Result<Sql> isFilter(const Filter& filter)
{
    const QString value = filter.values.first().text.toLower();
    static const std::unordered_map<std::string, std::string> meanings = {
        {"unresolved", "i.status = 'unresolved'"},
        {"resolved", "i.status = 'resolved'"},
        {"ignored", "i.status = 'ignored'"},
        {"archived", "i.status = 'ignored'"},
        {"muted", "i.status = 'ignored'"},
        {"assigned", "(i.assignee_user IS NOT NULL OR i.assignee_team IS NOT NULL)"},
        {"unassigned", "(i.assignee_user IS NULL AND i.assignee_team IS NULL)"},
        {"for_review", "(i.status = 'unresolved' AND i.substatus IN ('new', 'regressed', 'escalating'))"},
        {"linked", "0"},
        {"unlinked", "1"},
        {"new", "i.substatus = 'new'"},
        {"ongoing", "i.substatus = 'ongoing'"},
        {"escalating", "i.substatus = 'escalating'"},
        {"regressed", "i.substatus = 'regressed'"},
        {"archived_until_escalating", "i.substatus = 'archived_until_escalating'"},
        {"archived_until_condition_met", "i.substatus = 'archived_until_condition_met'"},
        {"archived_forever", "i.substatus = 'archived_forever'"},
    };
    const auto found = meanings.find(utf8(value));
    if (found == meanings.end()) {
        return core::fail(ErrorKind::Usage,
            u"Invalid value for \"is\" search, valid values are ['archived', 'archived_forever', "
            "'archived_until_condition_met', 'archived_until_escalating', 'assigned', 'escalating', "
            "'for_review', "
            "'ignored', 'linked', 'muted', 'new', 'ongoing', 'regressed', 'resolved', 'unassigned', "
            "'unlinked', "
            "'unresolved']"_s);
    }
    return Sql{found->second, {}};
}

Sql assignedTo(const search::Value& value, const SearchScope& scope)
{
    const QString text = value.text;
    if (text.compare(u"me", Qt::CaseInsensitive) == 0)
        return {"i.assignee_user = ?", {scope.self}};
    if (text.compare(u"none", Qt::CaseInsensitive) == 0)
        return {"(i.assignee_user IS NULL AND i.assignee_team IS NULL)", {}};
    if (text.compare(u"my_teams", Qt::CaseInsensitive) == 0)
        return {"i.assignee_team IN (SELECT team_id FROM team_members WHERE user_id = ?)", {scope.self}};
    if (text.startsWith(u'#'))
        return {"i.assignee_team IN (SELECT id FROM teams WHERE slug = ?)", {utf8(text.mid(1))}};
    const std::string name = utf8(text);
    return {"i.assignee_user IN (SELECT id FROM users WHERE username = ? OR email = ?)", {name, name}};
}

core::Result<Sql> bookmarkedBy(const Filter& filter, const SearchScope& scope)
{
    return anyOf(filter.values, [&scope](const search::Value& value) -> Sql {
        if (value.text.compare(u"me", Qt::CaseInsensitive) == 0)
            return {"i.id IN (SELECT issue_id FROM issue_bookmarks WHERE user_id = ?)", {scope.self}};
        const std::string name = utf8(value.text);
        return {"i.id IN (SELECT b.issue_id FROM issue_bookmarks b JOIN users u ON u.id = b.user_id"
                " WHERE u.username = ? OR u.email = ?)",
            {name, name}};
    });
}

core::Result<Sql> hasFilter(const Filter& filter)
{
    const QString key = filter.values.first().text;
    if (key == u"user" || key.startsWith(u"user."))
        return Sql{"i.user_count > 0", {}};
    return Sql{"i.id IN (SELECT t.issue_id FROM tag_values v JOIN issue_tags t ON t.tag_id = v.id"
               " WHERE v.key = ? AND v.value <> '')",
        {utf8(key)}};
}

core::Result<Sql> booleanColumn(const Filter& filter, const std::string& column, bool wanted)
{
    const QString text = filter.values.first().text.toLower();
    const bool yes = text == u"true" || text == u"1" || text == u"yes";
    if (!yes && text != u"false" && text != u"0" && text != u"no")
        return core::fail(ErrorKind::Usage, u"Invalid boolean: %1"_s.arg(text));
    return Sql{column + (yes == wanted ? " = 1" : " = 0"), {}};
}

core::Result<Sql> releaseFilter(const Filter& filter, const std::string& column, bool asTag)
{
    QList<search::Value> named;
    bool latest = false;
    for (const search::Value& value : filter.values) {
        if (value.text == u"latest")
            latest = true;
        else
            named << value;
    }
    constexpr const char* newest = "(SELECT r.id FROM releases r WHERE r.project_id = i.project_id"
                                   " ORDER BY r.last_seen DESC, r.id DESC LIMIT 1)";
    Sql out{"(", {}};
    if (latest)
        out += std::string(asTag ? "i.last_release = " : column + " = ") + newest;
    if (latest && !named.isEmpty())
        out += " OR ";
    if (!named.isEmpty()) {
        if (asTag) {
            out += tagMatch("release", named);
        } else {
            out += column + " IN (SELECT r.id FROM releases r WHERE ";
            out += anyOf(named, [](const search::Value& value) { return textMatch("r.version", value); });
            out += ")";
        }
    }
    out += ")";
    return out;
}

using Compile = core::Result<Sql> (*)(const Filter&, const SearchScope&);

Compile fieldCompiler(const QString& key)
{
    static const std::unordered_map<std::string, Compile> fields = [] {
        std::unordered_map<std::string, Compile> map;
        const auto add = [&map](std::initializer_list<const char*> names, Compile compile) {
            for (const char* name : names)
                map.emplace(name, compile);
        };
        add({"is"}, [](const Filter& f, const SearchScope&) { return isFilter(f); });
        add({"assigned", "assigned_to", "assigned_or_suggested"},
            [](const Filter& f, const SearchScope& scope) -> core::Result<Sql> {
                return anyOf(f.values, [&scope](const search::Value& v) { return assignedTo(v, scope); });
            });
        add({"bookmarks", "bookmarked_by"}, bookmarkedBy);
        add({"has"}, [](const Filter& f, const SearchScope&) { return hasFilter(f); });
        add({"firstSeen", "first_seen", "age"},
            [](const Filter& f, const SearchScope& s) { return dateColumn(f, "i.first_seen", s); });
        add({"lastSeen", "last_seen", "event.timestamp", "date", "timestamp"},
            [](const Filter& f, const SearchScope& s) { return dateColumn(f, "i.last_seen", s); });
        add({"timesSeen", "times_seen"},
            [](const Filter& f, const SearchScope&) { return numberColumn(f, "i.count"); });
        add({"level"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.level");
        });
        add({"platform.name", "platform"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.platform");
        });
        add({"logger"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.logger");
        });
        add({"title"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.title");
        });
        add({"culprit"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.culprit");
        });
        add({"location"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "json_extract(i.metadata, '$.filename')");
        });
        add({"message"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return anyOf(f.values, [](const search::Value& v) { return issueTextContains(v.text); });
        });
        add({"error.type"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "json_extract(i.metadata, '$.type')");
        });
        add({"error.value"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "json_extract(i.metadata, '$.value')");
        });
        add({"error.handled"},
            [](const Filter& f, const SearchScope&) { return booleanColumn(f, "i.unhandled", false); });
        add({"error.unhandled"},
            [](const Filter& f, const SearchScope&) { return booleanColumn(f, "i.unhandled", true); });
        add({"release"}, [](const Filter& f, const SearchScope&) { return releaseFilter(f, {}, true); });
        add({"firstRelease", "first-release", "first_release"},
            [](const Filter& f, const SearchScope&) { return releaseFilter(f, "i.first_release", false); });
        add({"user.id"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return userMatch(u"id:"_s, f.values);
        });
        add({"user.email"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return userMatch(u"email:"_s, f.values);
        });
        add({"user.username"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return userMatch(u"username:"_s, f.values);
        });
        add({"user.ip"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return userMatch(u"ip:"_s, f.values);
        });
        add({"user"},
            [](const Filter& f, const SearchScope&) -> core::Result<Sql> { return userMatch({}, f.values); });
        add({"issue"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.short_id");
        });
        add({"issue.type"},
            [](const Filter& f, const SearchScope&) -> core::Result<Sql> { return textColumn(f, "i.type"); });
        add({"issue.category"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            // The collector makes error issues only.
            return anyOf(f.values, [](const search::Value& v) {
                return Sql{v.text == u"error" ? "1" : "0", {}};
            });
        });
        add({"issue.priority"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            return textColumn(f, "i.priority");
        });
        add({"project", "project.name"}, [](const Filter& f, const SearchScope&) -> core::Result<Sql> {
            Sql out{"i.project_id IN (SELECT p.id FROM projects p WHERE ", {}};
            out += textColumn(f, "p.slug");
            out += ")";
            return out;
        });
        add({"project.id"},
            [](const Filter& f, const SearchScope&) { return numberColumn(f, "i.project_id"); });
        add({"id", "issue.id"}, [](const Filter& f, const SearchScope&) { return numberColumn(f, "i.id"); });
        return map;
    }();
    const auto found = fields.find(utf8(key));
    return found == fields.end() ? nullptr : found->second;
}

core::Result<Sql> compileFilter(const Filter& filter, const SearchScope& scope)
{
    const Compile field = filter.explicitTag ? nullptr : fieldCompiler(filter.key);
    auto condition =
        field ? field(filter, scope) : core::Result<Sql>(tagMatch(utf8(filter.key), filter.values));
    if (!condition)
        return condition;
    // `key:!=v` on a text is the same as `!key:v`; numbers and dates compare by themselves.
    const bool textual = !field || condition->text.find("<>") == std::string::npos;
    const bool negated = filter.negated != (filter.op == Operator::NotEqual && textual);
    if (negated)
        return Sql{"NOT coalesce((" + condition->text + "), 0)", condition->binds};
    return condition;
}

} // namespace

core::Result<Sql> compileSearch(const search::Query& query, const SearchScope& scope)
{
    Sql out{"1", {}};
    for (const search::Term& term : query.terms) {
        const auto* filter = std::get_if<Filter>(&term);
        if (!filter)
            continue;
        auto condition = compileFilter(*filter, scope);
        if (!condition)
            return condition;
        out += " AND (";
        out += *condition;
        out += ")";
    }
    if (const QString text = query.freeText().trimmed(); !text.isEmpty()) {
        out += " AND ";
        out += issueTextContains(text);
    }
    return out;
}

} // namespace vedette::collector::api
