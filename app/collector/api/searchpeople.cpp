// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchvalues.h"
#include "models/search/values.h"

namespace vedette::collector::api {
namespace {

/// `match` is a condition on `event_users u`.
SearchTerm matchingUser(const Sql& match, const SearchScope& scope)
{
    Sql event{"e.user_id IN (SELECT u.id FROM event_users u WHERE ", {}};
    event += match;
    event += ")";
    SearchTerm term;
    term.event = std::move(event);
    Sql ids{"SELECT w.issue_id FROM event_users u JOIN issue_users w ON w.user_id = u.id WHERE ", {}};
    ids += match;
    if (const auto from = scope.window.fromMs()) {
        ids += Sql{" AND w.last_seen >= ?", {*from}};
        term.isWindowed = true;
    }
    term.setIds(std::move(ids));
    Sql every{"i.id IN (SELECT w.issue_id FROM event_users u JOIN issue_users w ON w.user_id = u.id"
              " JOIN issues x ON x.id = w.issue_id WHERE ",
        {}};
    every += match;
    every += " GROUP BY w.issue_id HAVING SUM(w.count) >= max(x.count))";
    term.every = std::move(every);
    return term;
}

} // namespace

SearchTerm userTerm(
    const std::string& column, const QString& prefix, const search::Filter& filter, const SearchScope& scope)
{
    if (filter.values.size() == 1 && filter.values.first().text.isEmpty())
        return hasUserTerm(scope).negated();
    return matchingUser(anyOf(filter.values,
                            [&](const search::Value& value) -> Sql {
                                search::Value whole = value;
                                whole.text = prefix + value.text;
                                if (column != "key" || search::hasWildcard(value.text)) {
                                    Sql match = textMatch("u." + column, whole);
                                    match += " AND u." + column + " <> ''"; // lets the partial index serve
                                    return match;
                                }
                                // Identities differ in case, and only so does their index serve.
                                return {"u.key = ?", {utf8(search::literalText(whole.text))}};
                            }),
        scope);
}

SearchTerm hasUserTerm(const SearchScope& scope)
{
    SearchTerm term;
    term.event = Sql{"e.user_id IS NOT NULL", {}};
    if (const auto from = scope.window.fromMs()) {
        term.issue = {
            "EXISTS (SELECT 1 FROM issue_users w WHERE w.issue_id = i.id AND w.last_seen >= ?)", {*from}};
        term.isWindowed = true;
    } else {
        term.issue.text = "i.user_count > 0";
    }
    term.every = Sql{"(SELECT SUM(w.count) FROM issue_users w WHERE w.issue_id = i.id) >= i.count", {}};
    return term;
}

} // namespace vedette::collector::api
