// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchterm.h"

namespace vedette::collector::api {
namespace {

/// Not true, which a null is not either.
Sql inverse(const Sql& condition)
{
    return {"NOT coalesce((" + condition.text + "), 0)", condition.binds};
}

} // namespace

SearchTerm SearchTerm::ofIssue(Sql condition)
{
    SearchTerm term;
    term.issue = std::move(condition);
    return term;
}

SearchTerm SearchTerm::ofEvent(Sql condition)
{
    SearchTerm term;
    term.issue.text = "1";
    term.event = std::move(condition);
    term.isExact = false;
    return term;
}

void SearchTerm::setIds(Sql select)
{
    issue = {"i.id IN (" + select.text + ")", select.binds};
    ids = std::move(select);
}

SearchTerm SearchTerm::negated() const
{
    if (!event)
        return ofIssue(inverse(issue));
    SearchTerm term = ofEvent(inverse(*event));
    if (every) {
        term.issue = inverse(*every);
        term.isExact = true;
    }
    if (isExact)
        term.every = issue.text.empty() ? std::nullopt : std::optional(inverse(issue));
    return term;
}

} // namespace vedette::collector::api
