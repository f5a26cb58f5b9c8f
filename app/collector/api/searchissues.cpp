// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchissues.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "app/collector/api/searchvalues.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

using core::ErrorKind;

bool is(const search::Value& value, QStringView word)
{
    return QStringView(value.text).compare(word, Qt::CaseInsensitive) == 0;
}

Sql assignedTo(const search::Value& value, const SearchScope& scope)
{
    if (is(value, u"me"))
        return {"i.assignee_user = ?", {scope.self}};
    if (is(value, u"none"))
        return {"(i.assignee_user IS NULL AND i.assignee_team IS NULL)", {}};
    if (is(value, u"my_teams"))
        return {"i.assignee_team IN (SELECT team_id FROM team_members WHERE user_id = ?)", {scope.self}};
    if (value.text.startsWith(u'#'))
        return {"i.assignee_team IN (SELECT id FROM teams WHERE slug = ?)", {utf8(value.text.mid(1))}};
    const std::string name = utf8(value.text);
    return {"i.assignee_user IN (SELECT id FROM users WHERE username = ? OR email = ?)", {name, name}};
}

/// Issues that one of those people holds in `rows`, a select of issue_id from a table `b` with user_id.
Sql heldBy(const search::Filter& filter, const SearchScope& scope, const std::string& rows)
{
    return anyOf(filter.values, [&](const search::Value& value) -> Sql {
        if (is(value, u"me"))
            return {"i.id IN (" + rows + " AND b.user_id = ?)", {scope.self}};
        const std::string name = utf8(value.text);
        return {
            "i.id IN (" + rows + " AND b.user_id IN (SELECT id FROM users WHERE username = ? OR email = ?))",
            {name, name}};
    });
}

template<class Words>
bool isOneOf(const Words& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

core::Error invalidValue(const char* what, const search::Value& value)
{
    return {ErrorKind::Usage, 0, u"Invalid %1 value of '%2'"_s.arg(QLatin1StringView(what), value.text), {}};
}

} // namespace

core::Result<Sql> stateCondition(const search::Filter& filter)
{
    static const std::unordered_map<std::string, std::string> meanings = {
        {"unresolved", "i.status = 'unresolved'"},
        {"resolved", "i.status = 'resolved'"},
        {"ignored", "i.status = 'ignored'"},
        {"archived", "i.status = 'ignored'"},
        {"muted", "i.status = 'ignored'"},
        {"assigned", "(i.assignee_user IS NOT NULL OR i.assignee_team IS NOT NULL)"},
        {"unassigned", "(i.assignee_user IS NULL AND i.assignee_team IS NULL)"},
        {"for_review", "(i.status = 'unresolved' AND i.inbox_reason IS NOT NULL)"},
        {"linked", "i.id IN (SELECT issue_id FROM external_links)"},
        {"unlinked", "i.id NOT IN (SELECT issue_id FROM external_links)"},
        {"new", "i.substatus = 'new'"},
        {"ongoing", "i.substatus = 'ongoing'"},
        {"escalating", "i.substatus = 'escalating'"},
        {"regressed", "i.substatus = 'regressed'"},
        {"archived_until_escalating", "i.substatus = 'archived_until_escalating'"},
        {"archived_until_condition_met", "i.substatus = 'archived_until_condition_met'"},
        {"archived_forever", "i.substatus = 'archived_forever'"},
    };
    const auto found = meanings.find(utf8(filter.values.first().text.toLower()));
    if (found == meanings.end()) {
        return core::fail(ErrorKind::Usage,
            u"Invalid value for \"is\" search, valid values are ['archived', 'archived_forever', "
            "'archived_until_condition_met', 'archived_until_escalating', 'assigned', 'escalating', "
            "'for_review', 'ignored', 'linked', 'muted', 'new', 'ongoing', 'regressed', 'resolved', "
            "'unassigned', 'unlinked', 'unresolved']"_s);
    }
    return Sql{found->second, {}};
}

Sql assigneeCondition(const search::Filter& filter, const SearchScope& scope)
{
    return anyOf(filter.values, [&scope](const search::Value& value) { return assignedTo(value, scope); });
}

Sql bookmarkCondition(const search::Filter& filter, const SearchScope& scope)
{
    return heldBy(filter, scope, "SELECT b.issue_id FROM issue_bookmarks b WHERE 1");
}

Sql subscriptionCondition(const search::Filter& filter, const SearchScope& scope)
{
    return heldBy(filter, scope, "SELECT b.issue_id FROM issue_subscriptions b WHERE b.active = 1");
}

core::Result<Sql> countCondition(const search::Filter& filter, const SearchScope& scope)
{
    auto whole = numberColumn(filter, "i.count");
    if (!whole || scope.window.isWhole())
        return whole;
    Sql count{"coalesce((SELECT SUM(h.count) FROM issue_hours h WHERE h.issue_id = i.id AND ", {}};
    count += scope.window.hoursCondition("h");
    count += "), 0)";
    auto compared = numberColumn(filter, count.text);
    if (!compared)
        return compared;
    count.binds.insert(count.binds.end(), compared->binds.begin(), compared->binds.end());
    Sql out{compared->text, count.binds};
    if (filter.op == search::Operator::Greater || filter.op == search::Operator::GreaterOrEqual) {
        // A window never holds more than there is: most issues need no counting.
        out.text = "(" + whole->text + " AND " + out.text + ")";
        out.binds.insert(out.binds.begin(), whole->binds.begin(), whole->binds.end());
    }
    return out;
}

core::Result<Sql> categoryCondition(const search::Filter& filter)
{
    // Those of the server; this one makes errors and feedback alone.
    static constexpr std::array<std::string_view, 18> known = {"error", "performance", "profile", "cron",
        "replay", "feedback", "uptime", "metric_alert", "test_notification", "outage", "metric", "db_query",
        "http_client", "frontend", "mobile", "ai_detected", "instrumentation", "configuration"};
    for (const search::Value& value : filter.values) {
        if (!isOneOf(known, utf8(value.text.toLower())))
            return tl::unexpected(invalidValue("category", value));
    }
    return anyOf(filter.values, [](const search::Value& value) -> Sql {
        if (is(value, u"error"))
            return {"i.type <> 'feedback'", {}};
        return {is(value, u"feedback") ? "i.type = 'feedback'" : "0", {}};
    });
}

core::Result<Sql> typeCondition(const search::Filter& filter)
{
    static constexpr std::array<std::string_view, 6> prefixes = {
        "performance_", "profile_", "replay_", "uptime_", "monitor_", "metric_"};
    for (const search::Value& value : filter.values) {
        const std::string word = utf8(value.text.toLower());
        const bool fromElsewhere =
            std::any_of(prefixes.begin(), prefixes.end(), [&word](std::string_view prefix) {
                return word.starts_with(prefix) && word.size() > prefix.size();
            });
        if (word != "error" && word != "feedback" && !fromElsewhere)
            return tl::unexpected(invalidValue("type", value));
    }
    return anyOf(filter.values, [](const search::Value& value) -> Sql {
        if (is(value, u"error"))
            return {"i.type <> 'feedback'", {}};
        return {is(value, u"feedback") ? "i.type = 'feedback'" : "0", {}};
    });
}

core::Result<Sql> priorityCondition(const search::Filter& filter)
{
    for (const search::Value& value : filter.values) {
        if (!is(value, u"high") && !is(value, u"medium") && !is(value, u"low"))
            return tl::unexpected(invalidValue("priority", value));
    }
    return textColumn(filter, "i.priority");
}

Sql projectCondition(const search::Filter& filter)
{
    Sql out{"i.project_id IN (SELECT p.id FROM projects p WHERE ", {}};
    out += textColumn(filter, "p.slug");
    out += ")";
    return out;
}

} // namespace vedette::collector::api
