// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchevents.h"
#include "app/collector/api/searchvalues.h"

namespace vedette::collector::api {
namespace {

/// Issues that `list`, a select of their ids, names: all of their events count as alike.
SearchTerm ofIssuesIn(const Sql& list)
{
    SearchTerm term;
    term.setIds(list);
    term.event = Sql{"e.issue_id IN (" + list.text + ")", list.binds};
    term.every = term.issue;
    term.isWindowed = true;
    return term;
}

SearchTerm matchingAspect(const std::string& key, const Sql& match)
{
    Sql list{
        "SELECT h.issue_id FROM aspects a JOIN issue_aspects h ON h.aspect_id = a.id WHERE a.key = ? AND ",
        {key}};
    list += match;
    return ofIssuesIn(list);
}

SearchTerm matchingFrame(const Sql& match)
{
    Sql list{"SELECT h.issue_id FROM frames f JOIN issue_frames h ON h.frame_id = f.id WHERE ", {}};
    list += match;
    return ofIssuesIn(list);
}

bool isEmpty(const search::Filter& filter)
{
    return filter.values.size() == 1 && filter.values.first().text.isEmpty();
}

} // namespace

SearchTerm hasAspectTerm(const std::string& key)
{
    return matchingAspect(key, {"1", {}});
}

SearchTerm aspectTerm(const std::string& key, const search::Filter& filter)
{
    if (isEmpty(filter))
        return hasAspectTerm(key).negated();
    return matchingAspect(key, textColumn(filter, "a.value"));
}

SearchTerm aspectOrTagTerm(const std::string& key, const search::Filter& filter, const SearchScope& scope)
{
    const SearchTerm tag = tagTerm(key, filter, scope);
    const bool ordered = filter.op != search::Operator::Equal && filter.op != search::Operator::NotEqual;
    SearchTerm aspect;
    if (const auto number = ordered ? numberOf(filter) : core::fail(core::ErrorKind::Usage, {}))
        aspect = matchingAspect(key,
            {std::string("a.value GLOB '[-0-9]*' AND CAST(a.value AS REAL)") + operatorSql(filter.op) + "?",
                {*number}});
    else
        aspect = aspectTerm(key, filter);
    const std::string join = isEmpty(filter) ? " AND " : " OR "; // neither the one nor the other
    const auto both = [&join](const Sql& a, const Sql& b) {
        Sql out{"(", {}};
        out += a;
        out += join;
        out += b;
        out += ")";
        return out;
    };
    SearchTerm out;
    out.issue = both(aspect.issue, tag.issue);
    out.event = both(*aspect.event, *tag.event);
    if (tag.every)
        out.every = both(*aspect.every, *tag.every);
    out.isExact = tag.isExact;
    out.isWindowed = tag.isWindowed;
    return out;
}

core::Result<SearchTerm> aspectFlagTerm(const std::string& key, const search::Filter& filter)
{
    const auto wanted = booleanOf(filter);
    if (!wanted)
        return core::fail(wanted.error());
    return matchingAspect(key, {"a.value = ?", {std::string(*wanted ? "true" : "false")}});
}

core::Result<SearchTerm> handledTerm(const search::Filter& filter, bool wanted)
{
    const auto asked = booleanOf(filter);
    if (!asked)
        return core::fail(asked.error());
    const bool handled = *asked == wanted;
    SearchTerm term =
        matchingAspect("error.handled", {"a.value = ?", {std::string(handled ? "true" : "false")}});
    term.event = Sql{handled ? "e.unhandled = 0" : "e.unhandled = 1", {}};
    // All of them are, if there is none of the other kind.
    term.every = matchingAspect("error.handled", {"a.value = ?", {std::string(handled ? "false" : "true")}})
                     .negated()
                     .issue;
    term.isWindowed = false;
    return term;
}

SearchTerm hasFrameTerm(const std::string& column)
{
    return matchingFrame({"f." + column + " <> ''", {}});
}

SearchTerm frameTerm(const std::string& column, const search::Filter& filter)
{
    if (isEmpty(filter))
        return hasFrameTerm(column).negated();
    return matchingFrame(textColumn(filter, "f." + column));
}

} // namespace vedette::collector::api
