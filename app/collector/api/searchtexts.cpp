// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/fulltext.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchvalues.h"
#include "app/collector/storage/shortid.h"
#include "models/search/values.h"

namespace vedette::collector::api {
namespace {

Sql anyIssueContains(const search::Filter& filter)
{
    return anyOf(filter.values, [](const search::Value& value) { return issueTextContains(value.text); });
}

/// Issues whose own text fits `own`, or that of one of their events fits `event`. Only issues that contain
/// the words at all have their events looked at: for that there is an index.
SearchTerm ofTexts(const Sql& own, const search::Filter& filter, const Sql& event)
{
    SearchTerm term;
    term.event = event;
    term.issue.text = "(";
    term.issue += own;
    term.issue += " OR (";
    term.issue += anyIssueContains(filter);
    term.issue += " AND EXISTS (SELECT 1 FROM events e WHERE e.issue_id = i.id AND ";
    term.issue += event;
    term.issue += ")))";
    return term;
}

Sql anyContains(const search::Filter& filter)
{
    return anyOf(filter.values, [](const search::Value& value) { return eventTextContains(value.text); });
}

} // namespace

SearchTerm textTerm(const std::string& column, const search::Filter& filter)
{
    return ofTexts(textColumn(filter, "i." + column), filter, textColumn(filter, "e." + column));
}

SearchTerm messageTerm(const search::Filter& filter)
{
    SearchTerm term;
    if (filter.values.size() == 1 && filter.values.first().text.isEmpty())
        return SearchTerm::ofEvent({"e.message = ''", {}});
    term.issue = anyIssueContains(filter);
    term.event = anyContains(filter);
    return term;
}

SearchTerm freeTextTerm(const QString& text)
{
    SearchTerm term;
    term.issue = issueTextContains(text);
    term.event = eventTextContains(text);
    return term;
}

SearchTerm errorValueTerm(const search::Filter& filter)
{
    // Titles are "type: first line of the value" (contract section 13, 9).
    const Sql event = anyOf(filter.values, [](const search::Value& value) -> Sql {
        const std::string pattern = "%: " + utf8(search::likePattern(value.text));
        return {"e.title LIKE ? ESCAPE '\\'", {pattern}};
    });
    return ofTexts(textColumn(filter, "json_extract(i.metadata, '$.value')"), filter, event);
}

core::Result<SearchTerm> eventTimeTerm(const search::Filter& filter, const SearchScope& scope)
{
    const auto range = dateRange(filter, scope.now);
    if (!range)
        return core::fail(range.error());
    SearchTerm term = SearchTerm::ofEvent(dateColumn(*range, "e.timestamp"));
    if (range->outside)
        return term;
    // An issue's first and last event stand at the ends of all others.
    term.issue.text = "(1";
    if (range->from)
        term.issue += Sql{" AND i.last_seen >= ?", {*range->from}};
    if (range->to)
        term.issue += Sql{" AND i.first_seen < ?", {*range->to}};
    term.issue += ")";
    term.isExact = !(range->from && range->to);
    return term;
}

SearchTerm traceTerm(const search::Filter& filter)
{
    const Sql list = [&filter] {
        Sql out{"SELECT c.id FROM event_traces c WHERE ", {}};
        if (filter.values.size() == 1 && filter.values.first().text.isEmpty())
            return out += "1";
        return out += anyOf(filter.values, [](const search::Value& value) -> Sql {
            // Bytes are compared many times faster than the texts that they are written as.
            if (const auto hex = eventIdText(utf8(value.text)))
                return {"c.trace = CAST(? AS BLOB)", {bytesOfHex(*hex)}};
            return textMatch("lower(hex(c.trace))", value);
        });
    }();
    SearchTerm term;
    term.event = Sql{"e.id IN (" + list.text + ")", list.binds};
    term.setIds({"SELECT e.issue_id FROM events e WHERE e.id IN (" + list.text + ")", list.binds});
    const bool absent = filter.values.size() == 1 && filter.values.first().text.isEmpty();
    return absent ? term.negated() : term;
}

SearchTerm eventIdTerm(const std::string& bytes)
{
    SearchTerm term;
    term.event = Sql{"e.event_id = CAST(? AS BLOB)", {bytes}};
    term.issue = {"i.id IN (SELECT e.issue_id FROM events e WHERE e.event_id = CAST(? AS BLOB))", {bytes}};
    return term;
}

} // namespace vedette::collector::api
