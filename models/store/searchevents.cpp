// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Filters about events. Of tags it is told how many events have a value, so that "any other event" can be
// answered; of all else only that some event has it.

#include "models/search/values.h"
#include "models/store/searchfields.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

bool isEmpty(const search::Filter& filter)
{
    return filter.values.size() == 1 && filter.values.first().text.isEmpty();
}

SearchTerm matchingTag(const QString& key, const Sql& match)
{
    const std::string name = key.toStdString();
    Sql any{"f.id IN (SELECT t.fact FROM issue_tag t WHERE t.key = ? AND ", {name}};
    any += match;
    any += ")";
    Sql every{
        "coalesce((SELECT SUM(t.count) FROM issue_tag t WHERE t.fact = f.id AND t.key = ? AND ", {name}};
    every += match;
    every += "), 0) >= max(f.count, 1)";
    return SearchTerm::ofEvents(std::move(any), std::move(every));
}

SearchTerm matchingAspect(const QString& key, const Sql& match)
{
    Sql any{"f.id IN (SELECT a.fact FROM issue_aspect a WHERE a.key = ? AND ", {key.toStdString()}};
    any += match;
    any += ")";
    return SearchTerm::ofEvents(any, any); // all events of an issue count as alike
}

/// Adds what the issue's own column says, of its newest event.
SearchTerm withOwn(SearchTerm term, const Sql& own, const Sql& ownEvery)
{
    term.any = either(term.any, own);
    term.every = either(*term.every, ownEvery);
    return term;
}

/// Both, or the one or the other; absent is "neither the one nor the other".
SearchTerm joined(const SearchTerm& a, const SearchTerm& b, bool areAbsent)
{
    return areAbsent ? SearchTerm::ofEvents(both(a.any, b.any), both(*a.every, *b.every))
                     : SearchTerm::ofEvents(either(a.any, b.any), either(*a.every, *b.every));
}

Sql handled(bool wanted)
{
    const char* own = wanted ? "i.is_unhandled = 0" : "i.is_unhandled = 1";
    return either({own},
        matchingAspect(u"error.handled"_s, {"a.value = ?", {std::string(wanted ? "true" : "false")}}).any);
}

/// The runs of three characters of a phrase's literal pieces, all of them, in the language of FTS5; empty for
/// none. More parts than some name hardly fewer candidates.
std::string trigramsOf(const QString& phrase)
{
    constexpr qsizetype mostParts = 12;
    QList<QString> parts;
    QList<char32_t> piece;
    const auto flush = [&] {
        for (qsizetype at = 0; at + 3 <= piece.size(); ++at) {
            const QString part = QString::fromUcs4(&piece[at], 3);
            if (!parts.contains(part))
                parts.append(part);
        }
        piece.clear();
    };
    const QList<uint> characters = phrase.toUcs4();
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        const bool isEscape = c == U'\\' && i + 1 < characters.size() && characters[i + 1] == U'*';
        if (c == U'*' || c == 0) // a zero would end the query
            flush();
        else
            piece.append(isEscape ? characters[++i] : c);
    }
    flush();
    std::string out;
    const qsizetype step = (parts.size() + mostParts - 1) / mostParts;
    for (qsizetype i = 0; i < parts.size(); i += std::max<qsizetype>(step, 1)) {
        out += out.empty() ? "\"" : " AND \"";
        out += QString(parts[i]).replace(u'"', u"\"\""_s).toStdString();
        out += '"';
    }
    return out;
}

Sql textContains(const QString& phrase, std::initializer_list<const char*> columns)
{
    const std::string pattern = '%' + bindable(search::likePattern(phrase)) + '%';
    Sql match{"(0"};
    for (const char* column : columns)
        match += Sql{std::string(" OR f.") + column + " LIKE ? ESCAPE '\\'", {pattern}};
    match += ")";
    const std::string parts = trigramsOf(phrase);
    if (parts.empty())
        return match;
    // Those that are in the index, and those that wait for it.
    return both(
        {"f.id IN (SELECT rowid FROM issue_index WHERE issue_index MATCH ? UNION ALL SELECT w.id FROM "
         "issue_fact w WHERE w.is_indexed = 0)",
            {parts}},
        match);
}

} // namespace

SearchTerm hasTagTerm(const QString& key)
{
    SearchTerm term = matchingTag(key, {"t.value <> ''"});
    term.every = either(*term.every,
        {"coalesce((SELECT MAX(t.total) FROM issue_tag t WHERE t.fact = f.id AND t.key = ?), 0) >= "
         "max(f.count, 1)",
            {key.toStdString()}});
    return term;
}

SearchTerm tagTerm(const QString& key, const search::Filter& filter)
{
    if (const auto ordered = orderedMatch(filter, "t.value"))
        return matchingTag(key, *ordered);
    bool isAbsent = false; // an empty value: events without the tag
    QList<search::Value> named;
    for (const search::Value& value : filter.values) {
        isAbsent = isAbsent || value.text.isEmpty();
        if (!value.text.isEmpty())
            named.append(value);
    }
    if (named.isEmpty())
        return hasTagTerm(key).negated();
    const SearchTerm term = matchingTag(
        key, anyOf(named, [](const search::Value& value) { return textMatch("t.value", value); }));
    return isAbsent ? joined(hasTagTerm(key).negated(), term, false) : term;
}

SearchTerm ownTagTerm(const QString& key, const std::string& column, const search::Filter& filter)
{
    const Sql own = textColumn(filter, column);
    const Sql unknown{
        "NOT EXISTS (SELECT 1 FROM issue_tag t WHERE t.fact = f.id AND t.key = ?)", {key.toStdString()}};
    return withOwn(tagTerm(key, filter), own, both(own, unknown));
}

SearchTerm hasAspectTerm(const QString& key)
{
    return matchingAspect(key, {"a.value <> ''"});
}

SearchTerm aspectTerm(const QString& key, const search::Filter& filter)
{
    if (const auto ordered = orderedMatch(filter, "a.value"))
        return matchingAspect(key, *ordered);
    if (isEmpty(filter))
        return hasAspectTerm(key).negated();
    return matchingAspect(key, textColumn(withoutOrder(filter), "a.value"));
}

SearchTerm ownAspectTerm(const QString& key, const std::string& column, const search::Filter& filter)
{
    const Sql own = textColumn(filter, column);
    SearchTerm term = aspectTerm(key, filter);
    if (isEmpty(filter)) {
        term.any = both(term.any, own);
        term.every = both(*term.every, own);
        return term;
    }
    return withOwn(term, own, own);
}

SearchTerm aspectOrTagTerm(const QString& key, const search::Filter& filter)
{
    return joined(aspectTerm(key, filter), tagTerm(key, withoutOrder(filter)), isEmpty(filter));
}

SearchTerm userTerm(const std::string& column, const QString& prefix, const search::Filter& filter)
{
    const auto people = [&column](const Sql& match) {
        Sql out{"f.id IN (SELECT u.fact FROM issue_user u WHERE u." + column + " <> '' AND "};
        out += match;
        out += ")";
        return out;
    };
    search::Filter asTag = filter;
    for (search::Value& value : asTag.values)
        value.text.prepend(prefix);
    if (isEmpty(filter)) {
        asTag.values = {search::Value{prefix + u'*', false}};
        SearchTerm has = tagTerm(u"user"_s, asTag);
        has.any = either(has.any, people({"1"}));
        return has.negated();
    }
    SearchTerm term = tagTerm(u"user"_s, asTag);
    term.any = either(term.any, people(textColumn(filter, "u." + column)));
    term.every = either(*term.every, both({"f.count <= 1"}, term.any));
    return term;
}

core::Result<MaybeTerm> handledTerm(const search::Filter& filter, bool wanted)
{
    const auto asked = booleanOf(filter);
    if (!asked)
        return core::fail(asked.error());
    const bool value = *asked == wanted;
    return MaybeTerm(SearchTerm::ofEvents(handled(value), inverse(handled(!value))));
}

core::Result<MaybeTerm> eventTimeTerm(const search::Filter& filter, core::TimePoint now)
{
    const auto range = dateRange(filter, now);
    if (!range)
        return core::fail(range.error());
    // The first and the last event of an issue are known, and those that were opened.
    const Sql first = dateColumn(*range, "f.first_seen");
    const Sql last = dateColumn(*range, "f.last_seen");
    Sql opened{"EXISTS (SELECT 1 FROM event e WHERE e.account = f.account AND e.organization = "
               "f.organization AND e.issue = f.issue AND "};
    opened += dateColumn(*range, "e.created_at");
    opened += ")";
    SearchTerm term = SearchTerm::ofEvents(either(either(first, last), opened), both(first, last));
    if (range->outside)
        term.every = inverse(either(inverse(first), inverse(last)));
    return MaybeTerm(std::move(term));
}

SearchTerm eventIdTerm(const QString& hex)
{
    const Sql any{"EXISTS (SELECT 1 FROM event e WHERE e.account = f.account AND e.organization = "
                  "f.organization AND e.issue = f.issue AND e.id = ?)",
        {hex.toStdString()}};
    return SearchTerm::ofEvents(any, both(any, {"f.count <= 1"}));
}

SearchTerm messageTerm(const search::Filter& filter)
{
    if (isEmpty(filter))
        return hasAspectTerm(u"message"_s).negated();
    const Sql any = anyOf(filter.values, [](const search::Value& value) {
        return textContains(value.text, {"title", "culprit", "message"});
    });
    return SearchTerm::ofEvents(any, any);
}

SearchTerm freeTextTerm(const QString& phrase)
{
    SearchTerm term =
        SearchTerm::ofIssue(textContains(phrase, {"title", "culprit", "message", "tags", "users"}));
    return term;
}

} // namespace vedette::store
