// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Filters about the issue itself.

#include <array>
#include <unordered_map>

#include "models/search/values.h"
#include "models/store/searchfields.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

using core::ErrorKind;

bool is(const search::Value& value, QStringView word)
{
    return QStringView(value.text).compare(word, Qt::CaseInsensitive) == 0;
}

core::Error invalidValue(QLatin1StringView what, const search::Value& value)
{
    return {ErrorKind::Usage, 0, u"Invalid %1 value of '%2'"_s.arg(what, value.text), {}};
}

Sql assignedToMe(const SearchContext& context)
{
    Sql out{"(coalesce(i.assignee_is_me, 0)"};
    for (const auto& [scope, me] : context.me)
        out += Sql{" OR (i.account = ? AND i.organization = ? AND i.assignee_id = ?)",
            {scope.account.value().toStdString(), scope.organization.value().toStdString(),
                me.value().toStdString()}};
    out += ")";
    return out;
}

Sql assignedTo(const search::Value& value, const SearchContext& context)
{
    if (is(value, u"me"))
        return assignedToMe(context);
    if (is(value, u"none"))
        return {"i.assignee_kind IS NULL"};
    if (value.text.startsWith(u'#')) {
        search::Value slug = value;
        slug.text = value.text.mid(1);
        return both({"i.assignee_kind = 'team'"},
            either(textMatch("i.assignee_name", slug), textMatch("'#' || i.assignee_name", slug)));
    }
    return both({"i.assignee_kind = 'user'"},
        either(textMatch("i.assignee_name", value), textMatch("i.assignee_email", value)));
}

} // namespace

core::Result<MaybeTerm> stateTerm(const search::Filter& filter)
{
    // A substatus implies its status.
    static const std::unordered_map<std::string, std::string> meanings = {
        {"unresolved", "i.status = 'unresolved'"},
        {"resolved", "i.status = 'resolved'"},
        {"ignored", "i.status = 'ignored'"},
        {"archived", "i.status = 'ignored'"},
        {"muted", "i.status = 'ignored'"},
        {"assigned", "i.assignee_kind IS NOT NULL"},
        {"unassigned", "i.assignee_kind IS NULL"},
        {"for_review", ""},
        {"linked", ""},
        {"unlinked", ""},
        {"new", "(i.status = 'unresolved' AND i.substatus = 'new')"},
        {"ongoing", "(i.status = 'unresolved' AND i.substatus = 'ongoing')"},
        {"escalating", "(i.status = 'unresolved' AND i.substatus = 'escalating')"},
        {"regressed", "(i.status = 'unresolved' AND i.substatus = 'regressed')"},
        {"archived_until_escalating", "(i.status = 'ignored' AND i.substatus = 'archived_until_escalating')"},
        {"archived_until_condition_met",
            "(i.status = 'ignored' AND i.substatus = 'archived_until_condition_met')"},
        {"archived_forever", "(i.status = 'ignored' AND i.substatus = 'archived_forever')"},
    };
    const auto found = meanings.find(filter.values.first().text.toLower().toStdString());
    if (found == meanings.end()) {
        return core::fail(ErrorKind::Usage,
            u"Invalid value for \"is\" search, valid values are ['archived', 'archived_forever', "
            "'archived_until_condition_met', 'archived_until_escalating', 'assigned', 'escalating', "
            "'for_review', 'ignored', 'linked', 'muted', 'new', 'ongoing', 'regressed', 'resolved', "
            "'unassigned', 'unlinked', 'unresolved']"_s);
    }
    if (found->second.empty())
        return MaybeTerm(); // rows of lists do not tell
    return MaybeTerm(SearchTerm::ofIssue({found->second}));
}

MaybeTerm assigneeTerm(const search::Filter& filter, const SearchContext& context)
{
    for (const search::Value& value : filter.values) {
        if (is(value, u"my_teams"))
            return {}; // who is in which team is not kept
    }
    return SearchTerm::ofIssue(
        anyOf(filter.values, [&context](const search::Value& value) { return assignedTo(value, context); }));
}

MaybeTerm bookmarkTerm(const search::Filter& filter)
{
    for (const search::Value& value : filter.values) {
        if (!is(value, u"me"))
            return {}; // rows tell one's own alone
    }
    return SearchTerm::ofIssue({"i.is_bookmarked = 1"});
}

core::Result<MaybeTerm> categoryTerm(const search::Filter& filter)
{
    static constexpr std::array<QLatin1StringView, 18> known = {"error"_L1, "performance"_L1, "profile"_L1,
        "cron"_L1, "replay"_L1, "feedback"_L1, "uptime"_L1, "metric_alert"_L1, "test_notification"_L1,
        "outage"_L1, "metric"_L1, "db_query"_L1, "http_client"_L1, "frontend"_L1, "mobile"_L1,
        "ai_detected"_L1, "instrumentation"_L1, "configuration"_L1};
    static constexpr std::array<QLatin1StringView, 6> prefixes = {
        "performance_"_L1, "profile_"_L1, "replay_"_L1, "uptime_"_L1, "monitor_"_L1, "metric_"_L1};
    const bool isType = filter.key == u"issue.type";
    bool isElsewhere = false;
    for (const search::Value& value : filter.values) {
        const QString word = value.text.toLower();
        if (word == "error"_L1 || word == "feedback"_L1)
            continue;
        const bool isKnown = isType ? std::any_of(prefixes.begin(), prefixes.end(),
                                          [&word](QLatin1StringView prefix) {
                                              return word.startsWith(prefix) && word.size() > prefix.size();
                                          })
                                    : std::find(known.begin(), known.end(), word) != known.end();
        if (!isKnown)
            return tl::unexpected(invalidValue(isType ? "type"_L1 : "category"_L1, value));
        isElsewhere = true;
    }
    // Rows tell what kind of event an issue is made of, which parts errors from the rest and no more.
    if (isElsewhere)
        return MaybeTerm();
    return MaybeTerm(SearchTerm::ofIssue(anyOf(filter.values, [](const search::Value& value) -> Sql {
        if (is(value, u"feedback"))
            return {"i.type = 'feedback'"};
        return {"i.type NOT IN ('feedback', 'generic', 'transaction')"};
    })));
}

core::Result<MaybeTerm> priorityTerm(const search::Filter& filter)
{
    for (const search::Value& value : filter.values) {
        if (!is(value, u"high") && !is(value, u"medium") && !is(value, u"low"))
            return tl::unexpected(invalidValue("priority"_L1, value));
    }
    return MaybeTerm(SearchTerm::ofIssue(textColumn(filter, "i.priority")));
}

core::Result<MaybeTerm> idTerm(const search::Filter& filter)
{
    if (filter.values.size() == 1) {
        if (const auto hex = eventIdText(filter.values.first().text))
            return MaybeTerm(eventIdTerm(*hex));
    }
    auto condition = numberColumn(filter, "CAST(i.id AS INTEGER)");
    if (!condition)
        return core::fail(condition.error());
    return MaybeTerm(SearchTerm::ofIssue(*std::move(condition)));
}

} // namespace vedette::store
