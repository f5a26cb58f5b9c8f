// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

/// As many as a change takes at once (contract section 8).
constexpr std::int64_t maxChanged = 1'000;

/// The same request, bound to that project. The older list's `statsPeriod` means the graph, not what is shown
/// (contract section 6).
Request boundTo(std::int64_t project, const Request& request)
{
    Request out;
    out.method = request.method;
    out.path = request.path;
    out.segments = request.segments;
    out.headers = request.headers;
    out.remote = request.remote;
    for (const auto& [name, value] : request.query) {
        if (name == "statsPeriod" && (value == "24h" || value == "14d" || value.empty()))
            out.query.emplace_back("groupStatsPeriod", value);
        else if (name != "project")
            out.query.emplace_back(name, value);
    }
    out.query.emplace_back("project", std::to_string(project));
    return out;
}

/// The ids of the issues that `status` and `query` select, as `id` parameters: these routes are asked so by
/// people who named a project and said which or all of its issues they mean.
core::Result<void> nameIds(const Call& call, Request& request)
{
    std::string query(request.queryValue("query").value_or(""));
    for (const std::string_view status : request.queryValues("status"))
        query += " is:" + std::string(status);
    const Call bound{request, call.context, call.db, {}, call.body, call.self};
    const auto condition = issueCondition(bound, query);
    if (!condition)
        return core::fail(condition.error());
    SQLite::Statement found(
        call.db, "SELECT i.id FROM issues i WHERE " + condition->text + " ORDER BY i.id LIMIT ?");
    auto binds = condition->binds;
    binds.emplace_back(maxChanged);
    bindAll(found, binds);
    bool any = false;
    for (; found.executeStep(); any = true)
        request.query.emplace_back("id", std::to_string(found.getColumn(0).getInt64()));
    if (!any)
        request.query.emplace_back("id", "0"); // nothing matches, and nothing is what is changed
    return {};
}

/// Issues of other projects are out of reach here.
void dropStrangers(const Call& call, std::int64_t project, Request& request)
{
    const auto isStranger = [&](const auto& parameter) {
        const auto id = parameter.first == "id" ? decimal(parameter.second) : std::nullopt;
        if (!id)
            return false;
        SQLite::Statement query(call.db, "SELECT 1 FROM issues WHERE id = ? AND project_id <> ?");
        query.bind(1, *id);
        query.bind(2, project);
        return query.executeStep();
    };
    for (auto& parameter : request.query) {
        if (isStranger(parameter))
            parameter.second = "0";
    }
}

template<class Handler>
Response forProject(const Call& call, Handler handler, bool mayNameNone)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    Request request = boundTo(*project, call.request);
    dropStrangers(call, *project, request);
    if (mayNameNone && request.queryValues("id").empty()) {
        if (const auto named = nameIds(call, request); !named)
            return Response::detail(400, named.error().detail.toStdString());
    }
    return handler(Call{request, call.context, call.db, {}, call.body, call.self});
}

} // namespace

Response projectIssues(const Call& call)
{
    return forProject(call, issueList, false);
}

Response changeProjectIssues(const Call& call)
{
    return forProject(call, changeIssues, true);
}

Response deleteProjectIssues(const Call& call)
{
    return forProject(call, deleteIssues, false);
}

} // namespace vedette::collector::api
