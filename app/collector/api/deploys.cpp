// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/cursor.h"
#include "app/collector/api/deployrow.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxName = 64;

std::string inReleases(const std::vector<std::int64_t>& releases)
{
    return "release_id IN (" + placeholders(releases.size()) + ")";
}

/// The row that a deploy hangs on: of the first project that is named, else of the first.
std::int64_t rowFor(const Call& call, const ReleaseRow& release, FieldErrors& errors)
{
    for (const json::Value name : call.body["projects"].items()) {
        const auto id = projectByPart(call.db, name.text().value_or(""));
        for (const ReleaseProject& project : release.projects) {
            if (project.id == id)
                return project.row;
        }
        errors.add("projects", "Invalid projects");
    }
    return release.projects.front().row;
}

} // namespace

std::vector<DeployRow> releaseDeploys(
    SQLite::Database& db, const std::vector<std::int64_t>& releases, std::int64_t limit, std::int64_t offset)
{
    SQLite::Statement query(db, "SELECT id, environment, name, url, started, finished FROM deploys WHERE " +
                                    inReleases(releases) +
                                    " ORDER BY finished DESC, id DESC LIMIT ? OFFSET ?");
    int index = 0;
    for (const std::int64_t id : releases)
        query.bind(++index, id);
    query.bind(++index, limit);
    query.bind(++index, offset);
    std::vector<DeployRow> out;
    while (query.executeStep()) {
        DeployRow row{query.getColumn(0).getInt64(), query.getColumn(1).getString(),
            query.getColumn(2).getString(), query.getColumn(3).getString(), {},
            query.getColumn(5).getInt64()};
        if (!query.getColumn(4).isNull())
            row.started = query.getColumn(4).getInt64();
        out.push_back(std::move(row));
    }
    return out;
}

std::int64_t countDeploys(SQLite::Database& db, const std::vector<std::int64_t>& releases)
{
    SQLite::Statement query(db, "SELECT COUNT(*) FROM deploys WHERE " + inReleases(releases));
    int index = 0;
    for (const std::int64_t id : releases)
        query.bind(++index, id);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void writeDeploy(json::Writer& out, const DeployRow& row)
{
    out.beginObject().field("id", std::to_string(row.id)).field("environment", row.environment);
    out.fieldOrNull("name", row.name).fieldOrNull("url", row.url);
    if (row.started)
        out.field("dateStarted", dateText(*row.started));
    else
        out.nullField("dateStarted");
    out.field("dateFinished", dateText(row.finished)).endObject();
}

Response deploys(const Call& call)
{
    const auto release = loadRelease(call.db, call.parts.at(0));
    if (!release)
        return notFound();
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    auto rows = releaseDeploys(call.db, release->rows(), page->limit + 1, page->offset);
    const bool more = static_cast<std::int64_t>(rows.size()) > page->limit;
    if (more)
        rows.pop_back();
    json::Writer out;
    out.beginArray();
    for (const DeployRow& row : rows)
        writeDeploy(out, row);
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, more);
    return response;
}

Response addDeploy(const Call& call)
{
    const auto release = loadRelease(call.db, call.parts.at(0));
    if (!release)
        return notFound();
    FieldErrors errors;
    const auto environment = errors.required(call.body, "environment", maxName);
    if (environment && environment->find_first_of("\r\n\f/") != std::string::npos)
        errors.add("environment", "Invalid environment name");
    const std::string name = errors.text(call.body, "name", maxName).value_or("");
    const std::string url = errors.url(call.body, "url").value_or("");
    const auto started = errors.date(call.body, "dateStarted");
    const std::int64_t finished = errors.date(call.body, "dateFinished").value_or(call.nowMs());
    const std::int64_t row = rowFor(call, *release, errors);
    if (errors.any())
        return errors.response();
    SQLite::Statement insert(call.db, "INSERT INTO deploys (release_id, environment, name, url, started, "
                                      "finished) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, row);
    insert.bind(2, *environment);
    insert.bind(3, name);
    insert.bind(4, url);
    if (started)
        insert.bind(5, *started);
    insert.bind(6, finished);
    insert.exec();
    json::Writer out;
    writeDeploy(out, {call.db.getLastInsertRowid(), *environment, name, url, started, finished});
    return Response::json(201, out.take());
}

} // namespace vedette::collector::api
