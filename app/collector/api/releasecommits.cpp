// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/commitrow.h"
#include "app/collector/api/cursor.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

std::optional<ReleaseRow> releaseAt(const Call& call)
{
    if (call.parts.size() == 1)
        return loadRelease(call.db, call.parts[0]);
    const auto project = projectByPart(call.db, call.parts.at(0));
    return project ? loadRelease(call.db, call.parts.at(1), project) : std::nullopt;
}

} // namespace

Response releaseCommitList(const Call& call)
{
    const auto release = releaseAt(call);
    if (!release)
        return notFound();
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    auto rows = releaseCommits(call.db, release->rows(), page->limit + 1, page->offset);
    const bool more = static_cast<std::int64_t>(rows.size()) > page->limit;
    if (more)
        rows.pop_back();
    json::Writer out;
    out.beginArray();
    for (const CommitRow& row : rows)
        writeCommit(out, call, row);
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, more);
    return response;
}

Response releaseCommitFiles(const Call& call)
{
    const auto release = releaseAt(call);
    if (!release)
        return notFound();
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    const auto releases = release->rows();
    SQLite::Statement query(call.db,
        std::string("SELECT ") + commitColumns +
            ", f.path, f.type FROM (SELECT commit_id, min(position) AS position FROM release_commits"
            " WHERE release_id IN (" +
            placeholders(releases.size()) +
            ") GROUP BY commit_id) l JOIN commits c ON c.id = l.commit_id"
            " JOIN repositories p ON p.id = c.repository_id JOIN commit_files f ON f.commit_id = c.id"
            " ORDER BY l.position, c.id, f.path LIMIT ? OFFSET ?");
    int index = 0;
    for (const std::int64_t id : releases)
        query.bind(++index, id);
    query.bind(++index, page->limit + 1);
    query.bind(++index, page->offset);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit) {
        const CommitRow commit = commitFrom(query);
        // A file is known by its place in the list; the database has no number for it.
        out.beginObject().field("id", std::to_string(page->offset + rows)).field("orgId", 1);
        out.key("author");
        writeCommitAuthor(out, call.db, commit);
        out.fieldOrNull("commitMessage", commit.message).field("commitId", commit.sha);
        out.field("filename", query.getColumn(11).getString()).field("type", query.getColumn(12).getString());
        out.field("repoName", commit.repository.name)
            .field("dateCreated", dateText(commit.created))
            .endObject();
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response previousRelease(const Call& call)
{
    const auto release = releaseAt(call);
    if (!release)
        return notFound();
    // The last one before it that has commits, of those that share a project with it.
    std::string sql = "SELECT r.version FROM releases r WHERE r.version <> ? AND EXISTS (SELECT 1 FROM "
                      "release_commits l WHERE l.release_id = r.id) AND coalesce(r.released, r.created) <= ? "
                      "AND r.project_id IN (" +
                      placeholders(release->projects.size()) +
                      ") ORDER BY coalesce(r.released, r.created) DESC, r.id DESC LIMIT 1";
    SQLite::Statement query(call.db, sql);
    query.bind(1, release->version);
    query.bind(2, release->released.value_or(release->created));
    int index = 2;
    for (const ReleaseProject& project : release->projects)
        query.bind(++index, project.id);
    json::Writer out;
    const auto found =
        query.executeStep() ? loadRelease(call.db, query.getColumn(0).getString()) : std::nullopt;
    if (found)
        writeRelease(out, call, *found);
    else
        out.beginObject().endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
