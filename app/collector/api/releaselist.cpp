// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/event/releaseversion.h"

namespace vedette::collector::api {
namespace {

/// `sort=semver` and `build` put them in order here rather than in SQL; past so many the oldest are left out.
constexpr std::int64_t maxSorted = 20'000;

/// What the list may be asked: either a condition on `releases r`, or the answer that says what is wrong.
struct Asked
{
    Sql where{"1", {}};
    std::optional<Response> fault;
};

Sql inProjects(const std::vector<std::int64_t>& projects)
{
    Sql out{"r.project_id IN (" + placeholders(projects.size()) + ")", {}};
    for (const std::int64_t id : projects)
        out.binds.emplace_back(id);
    return out;
}

/// The text with what LIKE would take for a pattern escaped.
std::string likeText(std::string_view text)
{
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '%';
}

Asked readQuestion(const Call& call)
{
    Asked asked;
    std::vector<std::int64_t> projects;
    bool all = false;
    for (const std::string_view part : call.request.queryValues("project")) {
        all = all || part == "-1" || part.empty();
        if (part == "-1" || part.empty())
            continue;
        const auto project = projectByPart(call.db, part);
        if (!project) {
            asked.fault = Response::detail(400, "Invalid project parameter. Values must be numbers.");
            return asked;
        }
        projects.push_back(*project);
    }
    if (!all && !projects.empty()) {
        asked.where += " AND ";
        asked.where += inProjects(projects);
    }
    if (const auto query = call.request.queryValue("query"); query && !query->empty()) {
        asked.where += " AND r.version LIKE ? ESCAPE '\\'";
        asked.where.binds.emplace_back(likeText(*query));
    }
    const std::string_view status = call.request.queryValue("status").value_or("open");
    if (status != "open" && status != "archived" && !status.empty()) {
        asked.fault = Response::detail(400, "invalid value for status");
        return asked;
    }
    if (!status.empty()) {
        asked.where += " AND r.status = ?";
        asked.where.binds.emplace_back(std::string(status));
    }
    if (const auto names = call.request.queryValues("environment"); !names.empty()) {
        asked.where += " AND EXISTS (SELECT 1 FROM release_environments re JOIN environments e ON e.id = "
                       "re.environment_id WHERE re.release_id = r.id AND e.name IN (" +
                       placeholders(names.size()) + "))";
        for (const std::string_view name : names)
            asked.where.binds.emplace_back(std::string(name));
    }
    return asked;
}

/// Newest first: of one package by its version, else text by text; whatever is no version at the end.
bool isNewer(const std::string& a, const std::string& b, bool byBuild)
{
    const auto mine = SemanticVersion::parse(a);
    const auto theirs = SemanticVersion::parse(b);
    if (!mine || !theirs)
        return mine.has_value() != theirs.has_value() ? mine.has_value() : a > b;
    if (byBuild && mine->build != theirs->build)
        return mine->build > theirs->build;
    if (mine->package != theirs->package)
        return mine->package < theirs->package;
    return compareVersions(*mine, *theirs) > 0;
}

std::vector<std::string> versionsByName(const Call& call, const Sql& where, bool byBuild)
{
    SQLite::Statement query(call.db, "SELECT r.version FROM releases r WHERE " + where.text +
                                         " GROUP BY r.version ORDER BY max(r.id) DESC LIMIT ?");
    auto binds = where.binds;
    binds.emplace_back(maxSorted);
    bindAll(query, binds);
    std::vector<std::string> out;
    while (query.executeStep())
        out.push_back(query.getColumn(0).getString());
    std::stable_sort(out.begin(), out.end(),
        [byBuild](const std::string& a, const std::string& b) { return isNewer(a, b, byBuild); });
    return out;
}

std::vector<std::string> versionsByDate(const Call& call, const Sql& where, const PageRequest& page)
{
    SQLite::Statement query(call.db,
        "SELECT r.version FROM releases r WHERE " + where.text +
            " GROUP BY r.version ORDER BY coalesce(max(r.released), min(r.created)) DESC, min(r.id) DESC"
            " LIMIT ? OFFSET ?");
    auto binds = where.binds;
    binds.emplace_back(page.limit + 1);
    binds.emplace_back(page.offset);
    bindAll(query, binds);
    std::vector<std::string> out;
    while (query.executeStep())
        out.push_back(query.getColumn(0).getString());
    return out;
}

Response list(const Call& call, const Sql& where, std::optional<std::int64_t> project)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    const std::string_view sort = call.request.queryValue("sort").value_or("date");
    std::vector<std::string> versions;
    if (sort == "date" || sort.empty()) {
        versions = versionsByDate(call, where, *page);
    } else if (sort == "semver" || sort == "build") {
        versions = versionsByName(call, where, sort == "build");
        versions.erase(versions.begin(),
            versions.begin() + std::min(page->offset, static_cast<std::int64_t>(versions.size())));
    } else {
        // The others count sessions and their crashes, which are not kept here.
        return Response::detail(400, "invalid sort");
    }
    const auto count = static_cast<std::int64_t>(versions.size());
    json::Writer out;
    out.beginArray();
    for (std::int64_t i = 0; i < std::min(count, page->limit); ++i) {
        if (const auto row = loadRelease(call.db, versions[static_cast<std::size_t>(i)], project))
            writeRelease(out, call, *row);
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, count > page->limit);
    return response;
}

} // namespace

Response releases(const Call& call)
{
    Asked asked = readQuestion(call);
    return asked.fault ? std::move(*asked.fault) : list(call, asked.where, {});
}

Response projectReleases(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    Asked asked = readQuestion(call);
    if (asked.fault)
        return std::move(*asked.fault);
    asked.where += " AND ";
    asked.where += inProjects({*project});
    return list(call, asked.where, project);
}

} // namespace vedette::collector::api
