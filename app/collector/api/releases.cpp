// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/releaseinput.h"
#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"
#include "app/collector/storage/releaseremoval.h"

namespace vedette::collector::api {
namespace {

/// The release that a path means, under the organization or under a project.
struct Place
{
    std::optional<std::int64_t> project;
    std::string version;
};

/// `releases/{version}`, and the same below a project; nothing where there is no such project.
std::optional<Place> placeOf(const Call& call)
{
    if (call.parts.size() == 1)
        return Place{{}, call.parts[0]};
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return {};
    return Place{project, call.parts.at(1)};
}

std::optional<ReleaseRow> releaseAt(const Call& call)
{
    const auto place = placeOf(call);
    return place ? loadRelease(call.db, place->version, place->project) : std::nullopt;
}

Response releaseAnswer(const Call& call, int status, const ReleaseRow& row)
{
    json::Writer out;
    writeRelease(out, call, row);
    return Response::json(status, out.take());
}

/// Makes the release in these projects, or changes it there. 208 where it was there already: Sentry's way to
/// tell.
Response makeRelease(const Call& call, const std::string& version, const std::vector<std::int64_t>& projects,
    const ReleaseInput& input, std::optional<std::int64_t> shown)
{
    bool created = false;
    for (const std::int64_t project : projects)
        created = collector::addRelease(call.db, project, version, call.now()).created || created;
    // What is told of a release is told of all its projects.
    const auto whole = loadRelease(call.db, version);
    if (!whole)
        return Response::detail(500, "Internal Error");
    applyReleaseInput(call, whole->rows(), input);
    const auto row = loadRelease(call.db, version, shown);
    return row ? releaseAnswer(call, created ? 201 : 208, *row) : Response::detail(500, "Internal Error");
}

std::vector<std::int64_t> readProjects(const Call& call, FieldErrors& errors)
{
    std::vector<std::int64_t> out;
    const json::Value list = call.body["projects"];
    if (!list.exists() || list.isNull()) {
        errors.add("projects", "This field is required.");
        return out;
    }
    for (const json::Value name : list.items()) {
        const auto id = projectByPart(call.db, name.text().value_or(""));
        if (!id) {
            errors.add("projects", "Invalid project ids or slugs");
            return out;
        }
        if (std::find(out.begin(), out.end(), *id) == out.end())
            out.push_back(*id);
    }
    // sentry-cli names no project where it changes a release that there is.
    if (!list.isArray())
        errors.add("projects", "Expected a list of items.");
    else if (out.empty() && !loadRelease(call.db, call.body["version"].string().value_or("")))
        errors.add("projects", "Invalid project ids or slugs");
    return out;
}

} // namespace

Response release(const Call& call)
{
    const auto row = releaseAt(call);
    return row ? releaseAnswer(call, 200, *row) : notFound();
}

Response addRelease(const Call& call)
{
    FieldErrors errors;
    const auto version = readVersion(call, errors);
    const std::vector<std::int64_t> projects = readProjects(call, errors);
    const ReleaseInput input = readReleaseInput(call, errors);
    if (errors.any())
        return errors.response();
    return makeRelease(call, *version, projects, input, {});
}

Response addProjectRelease(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    FieldErrors errors;
    const auto version = readVersion(call, errors);
    const ReleaseInput input = readReleaseInput(call, errors);
    if (errors.any())
        return errors.response();
    return makeRelease(call, *version, {*project}, input, project);
}

Response changeRelease(const Call& call)
{
    const auto place = placeOf(call);
    if (!place || !loadRelease(call.db, place->version, place->project))
        return notFound();
    FieldErrors errors;
    const ReleaseInput input = readReleaseInput(call, errors);
    if (errors.any())
        return errors.response();
    const auto whole = loadRelease(call.db, place->version);
    applyReleaseInput(call, whole->rows(), input);
    const auto row = loadRelease(call.db, place->version, place->project);
    return releaseAnswer(call, 200, *row);
}

Response deleteRelease(const Call& call)
{
    const auto row = releaseAt(call);
    if (!row)
        return notFound();
    for (const std::int64_t id : row->rows()) {
        SQLite::Statement used(call.db, "SELECT 1 FROM issues WHERE first_release = ? LIMIT 1");
        used.bind(1, id);
        if (used.executeStep())
            return Response::detail(
                400, "This release is referenced by active issues and cannot be removed.");
    }
    for (const std::int64_t id : row->rows()) {
        removeRelease(call.db, id, call.now());
    }
    return Response::empty(204);
}

} // namespace vedette::collector::api
