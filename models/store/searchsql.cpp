// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/searchsql.h"

#include <array>
#include <unordered_map>

#include "models/store/searchfields.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

using core::ErrorKind;
using search::Filter;
using Answer = core::Result<MaybeTerm>;
using Compile = Answer (*)(const Filter&, const SearchContext&);
using Keys = std::unordered_map<std::string, Compile>;

/// SQLite refuses expressions that are nested deeper than 1,000.
constexpr int mostFilters = 100;
constexpr qsizetype mostValues = 100;

Answer ofIssue(core::Result<Sql> condition)
{
    if (!condition)
        return core::fail(condition.error());
    return MaybeTerm(SearchTerm::ofIssue(*std::move(condition)));
}

Answer unknownHere(const Filter&, const SearchContext&)
{
    return MaybeTerm();
}

Answer issueDate(const Filter& filter, core::TimePoint now, const char* column)
{
    const auto range = dateRange(filter, now);
    if (!range)
        return core::fail(range.error());
    return ofIssue(dateColumn(*range, column));
}

bool asksForLatest(const Filter& filter)
{
    for (const search::Value& value : filter.values) {
        if (value.text.compare(u"latest", Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

Answer firstRelease(const Filter& filter, const SearchContext&)
{
    if (asksForLatest(filter))
        return MaybeTerm(); // the order of releases is the server's
    SearchTerm term = SearchTerm::ofIssue(textColumn(filter, "f.first_release"));
    term.isKnownInPart = true; // lists do not tell
    return MaybeTerm(std::move(term));
}

void add(Keys& keys, std::initializer_list<const char*> names, Compile compile)
{
    for (const char* name : names)
        keys.emplace(name, compile);
}

/// Keys whose values have an order, or are compared by themselves.
Keys orderedKeys()
{
    Keys keys;
    add(keys, {"firstSeen", "first_seen", "age"},
        [](const Filter& f, const SearchContext& c) { return issueDate(f, c.now, "f.first_seen"); });
    add(keys, {"lastSeen", "last_seen"},
        [](const Filter& f, const SearchContext& c) { return issueDate(f, c.now, "f.last_seen"); });
    add(keys, {"event.timestamp", "date", "timestamp"},
        [](const Filter& f, const SearchContext& c) { return eventTimeTerm(f, c.now); });
    add(keys, {"timesSeen", "times_seen"},
        [](const Filter& f, const SearchContext&) { return ofIssue(numberColumn(f, "f.count")); });
    add(keys, {"id"}, [](const Filter& f, const SearchContext&) { return idTerm(f); });
    add(keys, {"issue.id"}, [](const Filter& f, const SearchContext&) {
        return ofIssue(numberColumn(f, "CAST(i.id AS INTEGER)"));
    });
    add(keys, {"project.id"}, [](const Filter& f, const SearchContext&) {
        return ofIssue(numberColumn(f, "CAST(i.project_id AS INTEGER)"));
    });
    add(keys, {"release.version"}, unknownHere);
    return keys;
}

Keys issueKeys()
{
    Keys keys;
    add(keys, {"is"}, [](const Filter& f, const SearchContext&) { return stateTerm(f); });
    add(keys, {"assigned", "assigned_to"},
        [](const Filter& f, const SearchContext& c) { return Answer(assigneeTerm(f, c)); });
    add(keys, {"bookmarks", "bookmarked_by"},
        [](const Filter& f, const SearchContext&) { return Answer(bookmarkTerm(f)); });
    add(keys, {"firstRelease", "first-release", "first_release"}, firstRelease);
    add(keys, {"issue"},
        [](const Filter& f, const SearchContext&) { return ofIssue(textColumn(f, "i.short_id")); });
    add(keys, {"issue.category", "issue.type"},
        [](const Filter& f, const SearchContext&) { return categoryTerm(f); });
    add(keys, {"issue.priority"}, [](const Filter& f, const SearchContext&) { return priorityTerm(f); });
    add(keys, {"project", "project.name"},
        [](const Filter& f, const SearchContext&) { return ofIssue(textColumn(f, "i.project_slug")); });
    add(keys, {"assigned_or_suggested", "subscribed", "subscribed_by", "regressed_in_release"}, unknownHere);
    return keys;
}

Keys eventKeys()
{
    Keys keys;
    add(keys, {"release"}, [](const Filter& f, const SearchContext&) -> Answer {
        return asksForLatest(f) ? MaybeTerm() : MaybeTerm(tagTerm(f.key, f));
    });
    add(keys, {"release.build", "release.package", "release.stage"}, unknownHere);
    add(keys, {"level"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownTagTerm(f.key, "i.level", f));
    });
    add(keys, {"logger"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownTagTerm(f.key, "i.logger", f));
    });
    add(keys, {"title"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownAspectTerm(u"title"_s, "i.title", f));
    });
    add(keys, {"culprit"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownAspectTerm(u"culprit"_s, "i.culprit", f));
    });
    add(keys, {"event.type"},
        [](const Filter& f, const SearchContext&) { return ofIssue(textColumn(f, "i.type")); });
    add(keys, {"message"},
        [](const Filter& f, const SearchContext&) -> Answer { return MaybeTerm(messageTerm(f)); });
    add(keys, {"platform.name", "platform"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownAspectTerm(u"platform.name"_s, "i.platform", f));
    });
    add(keys, {"error.type"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownAspectTerm(u"error.type"_s, "i.error_type", f));
    });
    add(keys, {"error.value"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(ownAspectTerm(u"error.value"_s, "i.error_value", f));
    });
    add(keys, {"error.handled"}, [](const Filter& f, const SearchContext&) { return handledTerm(f, true); });
    add(keys, {"error.unhandled"},
        [](const Filter& f, const SearchContext&) { return handledTerm(f, false); });
    add(keys, {"error.main_thread"}, [](const Filter& f, const SearchContext&) -> Answer {
        const auto wanted = booleanOf(f);
        if (!wanted)
            return core::fail(wanted.error());
        Filter asked = f;
        asked.values = {search::Value{*wanted ? u"true"_s : u"false"_s, false}};
        return MaybeTerm(aspectTerm(f.key, asked));
    });
    add(keys,
        {"location", "error.mechanism", "stack.filename", "stack.abs_path", "stack.function", "stack.module",
            "stack.package"},
        [](const Filter& f, const SearchContext&) -> Answer { return MaybeTerm(aspectTerm(f.key, f)); });
    add(keys, {"user.id"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(userTerm("id", u"id:"_s, f));
    });
    add(keys, {"user.email"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(userTerm("email", u"email:"_s, f));
    });
    add(keys, {"user.username"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(userTerm("username", u"username:"_s, f));
    });
    add(keys, {"user.ip"}, [](const Filter& f, const SearchContext&) -> Answer {
        return MaybeTerm(userTerm("ip", u"ip:"_s, f));
    });
    add(keys, {"http.url"},
        [](const Filter& f, const SearchContext&) -> Answer { return MaybeTerm(tagTerm(u"url"_s, f)); });
    add(keys, {"trace", "trace.id"}, [](const Filter& f, const SearchContext&) -> Answer {
        Filter asked = f;
        for (search::Value& value : asked.values)
            value.text = eventIdText(value.text).value_or(value.text);
        return MaybeTerm(aspectTerm(u"trace"_s, asked));
    });
    return keys;
}

const Keys& keysOf(Keys (*make)())
{
    static const Keys ordered = orderedKeys();
    static const Keys issue = issueKeys();
    static const Keys event = eventKeys();
    return make == orderedKeys ? ordered : make == issueKeys ? issue : event;
}

/// What is told in a context where the SDK sends one, and may be a tag as well.
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

Answer ofEvents(const Filter& filter, const SearchContext& context)
{
    const std::string key = filter.key.toStdString();
    const Filter plain = withoutOrder(filter);
    const Keys& fields = keysOf(eventKeys);
    if (!filter.explicitTag) {
        if (const auto found = fields.find(key); found != fields.end())
            return found->second(plain, context);
    }
    // The parser writes flags["x"] as the tag flags.x.
    const bool isAspect =
        isAspectKey(filter.key) && (!filter.explicitTag || filter.key.startsWith(u"flags."));
    const Filter& asked = orderedMatch(filter, "t.value") ? filter : plain;
    return MaybeTerm(isAspect ? aspectOrTagTerm(filter.key, asked) : tagTerm(filter.key, asked));
}

Answer positive(const Filter& filter, const SearchContext& context);

/// `has:key` is `!key:""`.
Answer has(const Filter& filter, const SearchContext& context)
{
    Filter empty;
    empty.key = filter.values.first().text;
    empty.values = {search::Value{{}, true}};
    const bool isField = keysOf(eventKeys).contains(empty.key.toStdString()) || isAspectKey(empty.key);
    if (!isField || empty.key == u"release")
        return MaybeTerm(hasTagTerm(empty.key));
    if (empty.key.startsWith(u"release."))
        return MaybeTerm(hasTagTerm(u"release"_s));
    if (empty.key == u"error.handled" || empty.key == u"error.unhandled")
        return MaybeTerm(hasTagTerm(u"handled"_s));
    if (empty.key == u"error.main_thread")
        return MaybeTerm(hasAspectTerm(empty.key));
    auto term = positive(empty, context);
    if (!term || !*term)
        return term;
    return MaybeTerm((*term)->negated());
}

Answer positive(const Filter& filter, const SearchContext& context)
{
    if (!filter.explicitTag) {
        const std::string key = filter.key.toStdString();
        if (key == "has")
            return has(filter, context);
        const Keys& ordered = keysOf(orderedKeys);
        if (const auto found = ordered.find(key); found != ordered.end())
            return found->second(filter, context);
        const Keys& ofIssues = keysOf(issueKeys);
        if (const auto found = ofIssues.find(key); found != ofIssues.end())
            return found->second(withoutOrder(filter), context);
    }
    return ofEvents(filter, context);
}

Answer compileFilter(const Filter& filter, const SearchContext& context)
{
    Filter asked = filter;
    // `key:!=v` is `!key:v`.
    const bool isNegated = filter.negated != (filter.op == search::Operator::NotEqual);
    if (filter.op == search::Operator::NotEqual)
        asked.op = search::Operator::Equal;
    auto term = positive(asked, context);
    if (!term || !*term || !isNegated)
        return term;
    return MaybeTerm((*term)->negated());
}

/// How a filter that is not known here is named to a person.
QString nameOf(const Filter& filter)
{
    static constexpr std::array<QStringView, 8> byValue = {u"is", u"assigned", u"assigned_to", u"bookmarks",
        u"bookmarked_by", u"release", u"firstRelease", u"issue.category"};
    for (const QStringView key : byValue) {
        if (filter.key == key && !filter.values.isEmpty())
            return filter.key + u':' + filter.values.first().text;
    }
    return filter.key;
}

void append(LocalSearch& out, const SearchTerm& term, int& aboutEvents)
{
    out.condition += " AND ";
    out.condition += term.any;
    if (term.isAboutEvents)
        out.isApart = ++aboutEvents > 1;
}

bool isTimesSeen(const Filter& filter)
{
    return !filter.explicitTag && (filter.key == u"timesSeen" || filter.key == u"times_seen");
}

} // namespace

core::Result<LocalSearch> compileSearch(const search::Query& query, const SearchContext& context)
{
    LocalSearch out;
    out.condition.text = "1";
    int aboutEvents = 0;
    int filters = 0;
    for (const search::Term& each : query.terms) {
        const auto* filter = std::get_if<Filter>(&each);
        if (!filter || filter->values.isEmpty())
            continue;
        if (++filters > mostFilters)
            return core::fail(ErrorKind::Usage, u"The search has more than %1 filters"_s.arg(mostFilters));
        if (filter->values.size() > mostValues)
            return core::fail(
                ErrorKind::Usage, u"%1: the list has more than %2 values"_s.arg(filter->key).arg(mostValues));
        const auto term = compileFilter(*filter, context);
        if (!term)
            return core::fail(term.error());
        if (!*term) {
            out.unknown.append(nameOf(*filter));
            continue;
        }
        append(out, **term, aboutEvents);
        if ((*term)->isKnownInPart && !out.inPart.contains(filter->key))
            out.inPart.append(filter->key);
        out.asksForCounts = out.asksForCounts || isTimesSeen(*filter);
    }
    const QString text = query.freeText().trimmed();
    if (const auto hex = eventIdText(text))
        append(out, eventIdTerm(*hex), aboutEvents);
    else if (!text.isEmpty())
        append(out, freeTextTerm(text), aboutEvents);
    return out;
}

} // namespace vedette::store
