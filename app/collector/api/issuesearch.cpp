// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuesearch.h"

#include "app/collector/api/routes.h"
#include "app/collector/storage/leaving.h"
#include "models/search/parser.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// All faults of a search are told alike (contract section 11).
core::Error inSearch(const core::Error& error)
{
    core::Error out = error;
    out.detail = u"Error parsing search query: %1"_s.arg(error.detail);
    return out;
}

core::Result<search::Query> parsed(std::string_view text)
{
    auto query = search::parse(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    if (!query)
        return core::fail(inSearch({core::ErrorKind::Usage, 0, query.error().message, {}}));
    return std::move(*query);
}

Sql inProjects(const std::string& alias, const std::vector<std::int64_t>& projects)
{
    if (projects.empty())
        return {};
    Sql out{" AND " + alias + ".project_id IN (" + placeholders(projects.size()) + ")", {}};
    for (const std::int64_t id : projects)
        out.binds.emplace_back(id);
    return out;
}

} // namespace

core::Result<std::vector<std::int64_t>> requestedProjects(const Call& call)
{
    std::vector<std::int64_t> projects;
    for (const std::string_view part : call.request.queryValues("project")) {
        if (part == "-1" || part.empty())
            return std::vector<std::int64_t>();
        const auto project = projectByPart(call.db, part);
        if (!project)
            return core::fail(
                core::ErrorKind::Usage, u"Invalid project parameter. Values must be numbers."_s);
        projects.push_back(*project);
    }
    return projects;
}

core::Result<IssueSearch> issueSearch(const Call& call, std::string_view text, const Window& window)
{
    const auto query = parsed(text);
    if (!query)
        return core::fail(query.error());
    auto search = compileSearch(*query, {call.now(), call.self, call.db, window});
    if (!search)
        return core::fail(inSearch(search.error()));
    const auto projects = requestedProjects(call);
    if (!projects)
        return core::fail(projects.error());
    search->condition += inProjects("i", *projects);
    if (hasLeaving(call.db))
        search->condition += " AND " VEDETTE_IS_SHOWN("+i");
    return search;
}

core::Result<Sql> eventSearch(const Call& call, std::string_view text)
{
    const auto query = parsed(text);
    if (!query)
        return core::fail(query.error());
    auto condition = compileEventSearch(*query, {call.now(), call.self, call.db, {}});
    if (!condition)
        return core::fail(inSearch(condition.error()));
    const auto projects = requestedProjects(call);
    if (!projects)
        return core::fail(projects.error());
    *condition += inProjects("e", *projects);
    return condition;
}

core::Result<Sql> issueCondition(const Call& call, std::string_view text)
{
    auto search = issueSearch(call, text, {});
    if (!search)
        return core::fail(search.error());
    return std::move(search->condition);
}

std::optional<std::string> eventIdText(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '-')
            continue;
        const int digit = hexDigit(c);
        if (digit < 0 || out.size() == 32)
            return {};
        out += "0123456789abcdef"[digit];
    }
    return out.size() == 32 ? std::optional(out) : std::nullopt;
}

} // namespace vedette::collector::api
