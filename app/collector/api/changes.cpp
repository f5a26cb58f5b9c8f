// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/change.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

/// The most issues that one bulk call may change, as on the server we speak like.
constexpr std::size_t maxBulk = 1000;

/// The ids of a bulk call that exist, and the guarding query with them: contrary to that server, ids that all
/// turn out not to exist change nothing, and so does a call without ids.
core::Result<std::vector<std::int64_t>> bulkIds(const Call& call)
{
    std::vector<std::int64_t> ids;
    for (const std::string_view text : call.request.queryValues("id")) {
        const auto id = decimal(text);
        if (!id)
            return core::fail(core::ErrorKind::Usage, QStringLiteral("ids must be numbers"));
        ids.push_back(*id);
    }
    if (ids.size() > maxBulk)
        return core::fail(core::ErrorKind::Usage, QStringLiteral("at most 1000 issues at once"));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<std::int64_t> found;
    for (const std::int64_t id : ids) {
        SQLite::Statement query(call.db, "SELECT 1 FROM issues WHERE id = ?");
        query.bind(1, id);
        if (query.executeStep())
            found.push_back(id);
    }
    return found;
}

void removeIssues(const Call& call, const std::vector<std::int64_t>& ids)
{
    for (const std::int64_t id : ids) {
        SQLite::Statement remove(call.db, "DELETE FROM issues WHERE id = ?");
        remove.bind(1, id);
        remove.exec();
    }
}

} // namespace

Response changeIssue(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto change = Change::read(call);
    if (!change)
        return change.error();
    change->apply(call, {*id});
    const SeriesPlan plan = SeriesPlan::until(call.now(), "24h", 1, 24);
    const auto rows = loadIssues(call, {*id}, {}, plan);
    if (rows.empty())
        return notFound();
    json::Writer out;
    writeIssue(out, call, rows.front(), plan);
    return Response::json(200, out.take());
}

Response changeIssues(const Call& call)
{
    const auto ids = bulkIds(call);
    if (!ids)
        return Response::detail(400, ids.error().detail.toStdString());
    if (call.request.queryValues("id").empty())
        return Response::detail(
            400, "Name the issues to change by id: a change of all that match is not done here");
    const auto change = Change::read(call);
    if (!change)
        return change.error();
    if (ids->empty())
        return Response::empty(204);
    change->apply(call, *ids);
    json::Writer out;
    change->writeEcho(out, call);
    return Response::json(200, out.take());
}

Response deleteIssue(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    removeIssues(call, {*id});
    return Response::empty(202);
}

Response deleteIssues(const Call& call)
{
    const auto ids = bulkIds(call);
    if (!ids)
        return Response::detail(400, ids.error().detail.toStdString());
    if (call.request.queryValues("id").empty())
        return Response::detail(400, "Name the issues to delete by id: all that match are not deleted here");
    removeIssues(call, *ids);
    return Response::empty(204);
}

} // namespace vedette::collector::api
