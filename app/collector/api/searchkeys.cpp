// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchkeys.h"

#include <array>
#include <unordered_map>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchissues.h"
#include "app/collector/api/searchreleases.h"
#include "app/collector/api/searchvalues.h"
#include "app/collector/storage/shortid.h"
#include "models/search/values.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

using search::Filter;
using Answer = core::Result<SearchTerm>;
using Compile = Answer (*)(const Filter&, const SearchScope&);

Answer ofIssue(core::Result<Sql> condition)
{
    if (!condition)
        return core::fail(condition.error());
    return SearchTerm::ofIssue(std::move(*condition));
}

Answer issueDate(const Filter& filter, const SearchScope& scope, const char* column)
{
    const auto range = dateRange(filter, scope.now);
    if (!range)
        return core::fail(range.error());
    return SearchTerm::ofIssue(dateColumn(*range, column));
}

/// An event's id, or an issue's number.
Answer anyId(const Filter& filter, const SearchScope& /*scope*/)
{
    if (filter.values.size() == 1) {
        if (const auto hex = eventIdText(utf8(filter.values.first().text)))
            return eventIdTerm(bytesOfHex(*hex));
    }
    return ofIssue(numberColumn(filter, "i.id"));
}

bool isOrdered(search::Operator op)
{
    return op != search::Operator::Equal && op != search::Operator::NotEqual;
}

/// Where order means nothing, `key:>x` asks for the text `>x`.
Filter withoutOrder(const Filter& filter)
{
    Filter out = filter;
    if (!isOrdered(filter.op) || filter.values.isEmpty())
        return out;
    const QString sign = QString::fromLatin1(operatorSql(filter.op)).trimmed();
    out.values.first().text.prepend(sign);
    out.op = search::Operator::Equal;
    return out;
}

/// Keys whose values have an order, or are compared by themselves.
const std::unordered_map<std::string, Compile>& orderedKeys()
{
    static const std::unordered_map<std::string, Compile> keys = [] {
        std::unordered_map<std::string, Compile> map;
        const auto add = [&map](std::initializer_list<const char*> names, Compile compile) {
            for (const char* name : names)
                map.emplace(name, compile);
        };
        add({"firstSeen", "first_seen", "age"},
            [](const Filter& f, const SearchScope& s) { return issueDate(f, s, "i.first_seen"); });
        add({"lastSeen", "last_seen"},
            [](const Filter& f, const SearchScope& s) { return issueDate(f, s, "i.last_seen"); });
        add({"event.timestamp", "date", "timestamp"}, eventTimeTerm);
        add({"timesSeen", "times_seen"},
            [](const Filter& f, const SearchScope& s) { return ofIssue(countCondition(f, s)); });
        add({"release.version"},
            [](const Filter& f, const SearchScope& s) { return releasePartTerm(f, s, "version"); });
        add({"id"}, anyId);
        add({"issue.id"},
            [](const Filter& f, const SearchScope&) { return ofIssue(numberColumn(f, "i.id")); });
        add({"project.id"},
            [](const Filter& f, const SearchScope&) { return ofIssue(numberColumn(f, "i.project_id")); });
        return map;
    }();
    return keys;
}

const std::unordered_map<std::string, Compile>& issueKeys()
{
    static const std::unordered_map<std::string, Compile> keys = [] {
        std::unordered_map<std::string, Compile> map;
        const auto add = [&map](std::initializer_list<const char*> names, Compile compile) {
            for (const char* name : names)
                map.emplace(name, compile);
        };
        add({"is"}, [](const Filter& f, const SearchScope&) { return ofIssue(stateCondition(f)); });
        add({"assigned", "assigned_to", "assigned_or_suggested"},
            [](const Filter& f, const SearchScope& s) { return ofIssue(assigneeCondition(f, s)); });
        add({"bookmarks", "bookmarked_by"},
            [](const Filter& f, const SearchScope& s) { return ofIssue(bookmarkCondition(f, s)); });
        add({"subscribed", "subscribed_by"},
            [](const Filter& f, const SearchScope& s) { return ofIssue(subscriptionCondition(f, s)); });
        add({"firstRelease", "first-release", "first_release"},
            [](const Filter& f, const SearchScope&) { return ofIssue(firstReleaseCondition(f)); });
        add({"regressed_in_release"},
            [](const Filter& f, const SearchScope&) { return ofIssue(regressedCondition(f)); });
        add({"issue"},
            [](const Filter& f, const SearchScope&) { return ofIssue(textColumn(f, "i.short_id")); });
        add({"issue.category"},
            [](const Filter& f, const SearchScope&) { return ofIssue(categoryCondition(f)); });
        add({"issue.type"}, [](const Filter& f, const SearchScope&) { return ofIssue(typeCondition(f)); });
        add({"issue.priority"},
            [](const Filter& f, const SearchScope&) { return ofIssue(priorityCondition(f)); });
        add({"project", "project.name"},
            [](const Filter& f, const SearchScope&) { return ofIssue(projectCondition(f)); });
        return map;
    }();
    return keys;
}

const std::unordered_map<std::string, Compile>& eventKeys()
{
    static const std::unordered_map<std::string, Compile> keys = [] {
        std::unordered_map<std::string, Compile> map;
        const auto add = [&map](std::initializer_list<const char*> names, Compile compile) {
            for (const char* name : names)
                map.emplace(name, compile);
        };
        add({"environment"},
            [](const Filter& f, const SearchScope& s) -> Answer { return environmentTerm(f, s); });
        add({"release"}, [](const Filter& f, const SearchScope& s) -> Answer { return releaseTerm(f, s); });
        add({"release.build"},
            [](const Filter& f, const SearchScope& s) { return releasePartTerm(f, s, "build"); });
        add({"release.package"},
            [](const Filter& f, const SearchScope& s) { return releasePartTerm(f, s, "package"); });
        add({"release.stage"},
            [](const Filter& f, const SearchScope& s) { return releasePartTerm(f, s, "stage"); });
        add({"title"}, [](const Filter& f, const SearchScope&) -> Answer { return textTerm("title", f); });
        add({"culprit"},
            [](const Filter& f, const SearchScope&) -> Answer { return textTerm("culprit", f); });
        add({"event.type"}, [](const Filter& f, const SearchScope&) -> Answer {
            SearchTerm term = SearchTerm::ofEvent(textColumn(f, "e.type"));
            term.issue = textColumn(f, "i.type"); // an issue's events are of one type
            term.every = term.issue;
            term.isExact = term.isWindowed = true;
            return term;
        });
        add({"message"}, [](const Filter& f, const SearchScope&) -> Answer { return messageTerm(f); });
        add({"location"},
            [](const Filter& f, const SearchScope&) -> Answer { return aspectTerm("location", f); });
        add({"platform.name", "platform"},
            [](const Filter& f, const SearchScope&) -> Answer { return aspectTerm("platform.name", f); });
        add({"error.type"},
            [](const Filter& f, const SearchScope&) -> Answer { return aspectTerm("error.type", f); });
        add({"error.mechanism"},
            [](const Filter& f, const SearchScope&) -> Answer { return aspectTerm("error.mechanism", f); });
        add({"error.value"}, [](const Filter& f, const SearchScope&) -> Answer { return errorValueTerm(f); });
        add({"error.handled"}, [](const Filter& f, const SearchScope&) { return handledTerm(f, true); });
        add({"error.unhandled"}, [](const Filter& f, const SearchScope&) { return handledTerm(f, false); });
        add({"error.main_thread"},
            [](const Filter& f, const SearchScope&) { return aspectFlagTerm("error.main_thread", f); });
        add({"stack.filename"},
            [](const Filter& f, const SearchScope&) -> Answer { return frameTerm("filename", f); });
        add({"stack.abs_path"},
            [](const Filter& f, const SearchScope&) -> Answer { return frameTerm("abs_path", f); });
        add({"stack.function"},
            [](const Filter& f, const SearchScope&) -> Answer { return frameTerm("function", f); });
        add({"stack.module"},
            [](const Filter& f, const SearchScope&) -> Answer { return frameTerm("module", f); });
        add({"stack.package"},
            [](const Filter& f, const SearchScope&) -> Answer { return frameTerm("package", f); });
        add({"user"},
            [](const Filter& f, const SearchScope& s) -> Answer { return userTerm("key", {}, f, s); });
        add({"user.id"},
            [](const Filter& f, const SearchScope& s) -> Answer { return userTerm("key", u"id:"_s, f, s); });
        add({"user.email"},
            [](const Filter& f, const SearchScope& s) -> Answer { return userTerm("email", {}, f, s); });
        add({"user.username"},
            [](const Filter& f, const SearchScope& s) -> Answer { return userTerm("username", {}, f, s); });
        add({"user.ip"},
            [](const Filter& f, const SearchScope& s) -> Answer { return userTerm("ip", {}, f, s); });
        add({"http.url"},
            [](const Filter& f, const SearchScope& s) -> Answer { return tagTerm("url", f, s); });
        add({"trace", "trace.id"},
            [](const Filter& f, const SearchScope&) -> Answer { return traceTerm(f); });
        return map;
    }();
    return keys;
}

/// What is kept as an aspect where the SDK tells it in a context, and may be a tag as well.
bool isAspectKey(QStringView key)
{
    constexpr std::array<QStringView, 7> keys = {
        u"http.method", u"http.status_code", u"geo.", u"device.", u"os.", u"sdk.", u"flags."};
    for (const QStringView each : keys) {
        if (each.endsWith(u'.') ? key.startsWith(each) : key == each)
            return true;
    }
    return false;
}

Answer ofEvents(const Filter& filter, const SearchScope& scope)
{
    const std::string key = utf8(filter.key);
    const Filter plain = withoutOrder(filter);
    if (!filter.explicitTag) {
        if (const auto found = eventKeys().find(key); found != eventKeys().end())
            return found->second(plain, scope);
    }
    // The parser writes flags["x"] as the tag flags.x.
    const bool aspect = isAspectKey(filter.key) && (!filter.explicitTag || filter.key.startsWith(u"flags."));
    const QString& value = filter.values.first().text;
    const bool number =
        search::parseNumber(value) || search::parseDuration(value) || search::parseSize(value);
    const Filter& asked = number ? filter : plain;
    return aspect ? aspectOrTagTerm(key, asked, scope) : tagTerm(key, asked, scope);
}

Answer positive(const Filter& filter, const SearchScope& scope);

/// `has:key` is `!key:""`.
Answer has(const Filter& filter, const SearchScope& scope)
{
    Filter empty;
    empty.key = filter.values.first().text;
    empty.values = {search::Value{{}, true}};
    const bool isField = eventKeys().contains(utf8(empty.key)) || isAspectKey(empty.key);
    if (!isField || empty.key == u"environment" || empty.key == u"release")
        return hasTagTerm(utf8(empty.key), scope);
    if (empty.key.startsWith(u"release.") || empty.key.startsWith(u"error.handled") ||
        empty.key.startsWith(u"error.unhandled")) {
        return hasTagTerm(empty.key.startsWith(u"release.") ? "release" : "handled", scope);
    }
    if (empty.key == u"error.main_thread")
        return hasAspectTerm("error.main_thread");
    if (empty.key.startsWith(u"user"))
        return empty.key == u"user" ? hasUserTerm(scope) : [&] {
            Filter any = empty;
            any.values = {search::Value{u"*"_s, false}};
            return *positive(any, scope);
        }();
    auto term = positive(empty, scope);
    if (!term)
        return term;
    return term->negated();
}

Answer positive(const Filter& filter, const SearchScope& scope)
{
    if (!filter.explicitTag) {
        const std::string key = utf8(filter.key);
        if (key == "has")
            return has(filter, scope);
        if (const auto found = orderedKeys().find(key); found != orderedKeys().end())
            return found->second(filter, scope);
        if (const auto found = issueKeys().find(key); found != issueKeys().end())
            return found->second(withoutOrder(filter), scope);
    }
    return ofEvents(filter, scope);
}

} // namespace

core::Result<SearchTerm> compileFilter(const Filter& filter, const SearchScope& scope)
{
    Filter asked = filter;
    // `key:!=v` is `!key:v`.
    const bool negated = filter.negated != (filter.op == search::Operator::NotEqual);
    if (filter.op == search::Operator::NotEqual)
        asked.op = search::Operator::Equal;
    auto term = positive(asked, scope);
    if (!term || !negated)
        return term;
    return term->negated();
}

} // namespace vedette::collector::api
