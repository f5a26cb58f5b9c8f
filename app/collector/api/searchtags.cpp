// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchvalues.h"
#include "models/search/values.h"

namespace vedette::collector::api {
namespace {

/// Where the values of a tag and their counts are. People are the values of `user` (EventFacts::tags).
struct TagTables
{
    const char* values; ///< with id, key and value
    const char* counts; ///< of issues
    const char* id;     ///< of the value, there
};

constexpr TagTables sentTags{"tag_values", "issue_tags", "tag_id"};
constexpr TagTables people{
    "(SELECT id, 'user' AS key, key AS value FROM event_users)", "issue_users", "user_id"};

/// A condition on values `v` as the ids that fulfil it.
Sql tagIds(const TagTables& tables, const Sql& match)
{
    Sql out{std::string("(SELECT v.id FROM ") + tables.values + " v WHERE ", {}};
    out += match;
    out += ")";
    return out;
}

/// Whether an event has one of those tags; the one place that knows how events hold theirs.
Sql eventHasTag(const std::string& key, const Sql& match)
{
    Sql out{"EXISTS (SELECT 1 FROM json_each(e.tags) j WHERE j.value IN ", {}};
    out += tagIds(sentTags, match);
    out += ")";
    if (key != "user")
        return out;
    Sql either{std::string("(coalesce(e.user_id, 0) IN "), {}};
    either += tagIds(people, match);
    either += " OR ";
    either += eventHasTag("", match);
    either += ")";
    return either;
}

/// The counts of matching tags of issues: issue_id, count, last_seen.
Sql countsOf(const std::string& key, const Sql& match)
{
    const auto from = [&match](const TagTables& tables) {
        Sql out{
            std::string("SELECT t.issue_id AS issue_id, t.count AS count, t.last_seen AS last_seen FROM ") +
                tables.values + " v JOIN " + tables.counts + " t ON t." + tables.id + " = v.id WHERE ",
            {}};
        out += match;
        return out;
    };
    Sql out = from(sentTags);
    if (key == "user") {
        out += " UNION ALL ";
        out += from(people);
    }
    return out;
}

/// Events with a tag that fulfils `match`, a condition on values `v` that fixes the key: an event has each
/// key once at most, which is what counting relies on.
SearchTerm matchingTag(const std::string& key, const Sql& match, const SearchScope& scope)
{
    SearchTerm term;
    term.event = eventHasTag(key, match);
    Sql ids{"SELECT issue_id FROM (", {}};
    ids += countsOf(key, match);
    ids += ")";
    if (const auto from = scope.window.fromMs()) {
        ids += Sql{" WHERE last_seen >= ?", {*from}};
        term.isWindowed = true;
    }
    term.setIds(std::move(ids));
    Sql every{"i.id IN (SELECT t.issue_id FROM (", {}};
    every += countsOf(key, match);
    every +=
        ") t JOIN issues x ON x.id = t.issue_id GROUP BY t.issue_id HAVING SUM(t.count) >= max(x.count))";
    term.every = std::move(every);
    return term;
}

Sql keyIs(const std::string& key)
{
    return {"v.key = ?", {key}};
}

/// Values that are numbers are compared as such; others never fit.
std::optional<Sql> numericMatch(const search::Filter& filter)
{
    const bool ordered = filter.op != search::Operator::Equal && filter.op != search::Operator::NotEqual;
    if (!ordered || filter.isList)
        return {};
    const QString& text = filter.values.first().text;
    std::optional<double> number = search::parseNumber(text);
    if (!number) {
        if (const auto duration = search::parseDuration(text))
            number = duration->count();
        else
            number = search::parseSize(text);
    }
    if (!number)
        return {};
    return Sql{std::string("v.value GLOB '[-0-9]*' AND CAST(v.value AS REAL)") + operatorSql(filter.op) + "?",
        {*number}};
}

} // namespace

SearchTerm hasTagTerm(const std::string& key, const SearchScope& scope)
{
    Sql match = keyIs(key);
    match += " AND v.value <> ''";
    return matchingTag(key, match, scope);
}

SearchTerm tagTerm(const std::string& key, const search::Filter& filter, const SearchScope& scope)
{
    Sql match = keyIs(key);
    match += " AND ";
    if (const auto numeric = numericMatch(filter)) {
        match += *numeric;
        return matchingTag(key, match, scope);
    }
    bool absent = false; // an empty value: events without the tag
    QList<search::Value> named;
    for (const search::Value& value : filter.values) {
        absent = absent || value.text.isEmpty();
        if (!value.text.isEmpty())
            named << value;
    }
    if (named.isEmpty())
        return hasTagTerm(key, scope).negated();
    match += anyOf(named, [](const search::Value& value) { return textMatch("v.value", value); });
    SearchTerm term = matchingTag(key, match, scope);
    if (!absent)
        return term;
    Sql either = *hasTagTerm(key, scope).negated().event;
    either += " OR ";
    either += *term.event;
    return SearchTerm::ofEvent({"(" + either.text + ")", either.binds});
}

SearchTerm environmentTerm(const search::Filter& filter, const SearchScope& scope)
{
    SearchTerm term = tagTerm("environment", filter, scope);
    Sql event{"e.environment_id IN (SELECT n.id FROM environments n WHERE ", {}};
    event += textColumn(filter, "n.name");
    event += ")";
    term.event = std::move(event);
    return term;
}

} // namespace vedette::collector::api
