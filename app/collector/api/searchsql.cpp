// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchsql.h"

#include <vector>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchkeys.h"
#include "app/collector/api/searchvalues.h"
#include "app/collector/storage/shortid.h"

namespace vedette::collector::api {
namespace {

core::Result<std::vector<SearchTerm>> compileTerms(const search::Query& query, const SearchScope& scope)
{
    std::vector<SearchTerm> out;
    for (const search::Term& term : query.terms) {
        const auto* filter = std::get_if<search::Filter>(&term);
        if (!filter)
            continue;
        auto compiled = compileFilter(*filter, scope);
        if (!compiled)
            return core::fail(compiled.error());
        out.push_back(std::move(*compiled));
    }
    const QString text = query.freeText().trimmed();
    if (const auto hex = eventIdText(utf8(text)))
        out.push_back(eventIdTerm(bytesOfHex(*hex)));
    else if (!text.isEmpty())
        out.push_back(freeTextTerm(text));
    return out;
}

void append(Sql& out, const Sql& condition)
{
    out += " AND (";
    out += condition;
    out += ")";
}

bool namesCategory(const search::Query& query)
{
    for (const search::Term& term : query.terms) {
        const auto* filter = std::get_if<search::Filter>(&term);
        if (filter && (filter->key == u"issue.category" || filter->key == u"issue.type"))
            return true;
    }
    return false;
}

} // namespace

core::Result<IssueSearch> compileSearch(const search::Query& query, const SearchScope& scope)
{
    const auto terms = compileTerms(query, scope);
    if (!terms)
        return core::fail(terms.error());
    IssueSearch out;
    out.condition.text = "1";
    out.namesCategory = namesCategory(query);
    Sql events{"1", {}};
    const Window& window = scope.window;
    const bool openEnded = window.environments.empty() && !window.endMs;
    std::size_t aboutEvents = 0;
    bool exact = true;
    for (const SearchTerm& term : *terms) {
        append(out.condition, term.issue);
        if (term.ids)
            out.ids.push_back(*term.ids);
        if (!term.event)
            continue;
        append(events, *term.event);
        ++aboutEvents;
        exact = exact && (window.isWhole() ? term.isExact : term.isExact && term.isWindowed && openEnded);
    }
    if (aboutEvents == 0)
        return out;
    if (aboutEvents > 1 || !exact) {
        // What is counted for each filter alone only narrows it down: it takes one event that fits all.
        Sql exists{"EXISTS (SELECT 1 FROM events e WHERE e.issue_id = i.id AND ", {}};
        exists += events;
        exists += " AND ";
        exists += window.eventsCondition("e");
        exists += ")";
        append(out.condition, exists);
    }
    out.events = std::move(events);
    return out;
}

core::Result<Sql> compileEventSearch(const search::Query& query, const SearchScope& scope)
{
    const auto terms = compileTerms(query, scope);
    if (!terms)
        return core::fail(terms.error());
    Sql out{"1", {}};
    for (const SearchTerm& term : *terms) {
        if (term.event) {
            append(out, *term.event);
            continue;
        }
        Sql ofIssue{"e.issue_id IN (SELECT i.id FROM issues i WHERE ", {}};
        ofIssue += term.issue;
        ofIssue += ")";
        append(out, ofIssue);
    }
    return out;
}

} // namespace vedette::collector::api
