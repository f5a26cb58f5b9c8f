// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/change.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"
#include "app/collector/storage/discard.h"
#include "app/collector/storage/leaving.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

/// The most issues that one bulk call may change, as on the server we speak like.
constexpr std::size_t maxBulk = 1000;

/// The ids of a bulk call: contrary to that server, ids that all turn out not to exist change nothing, and so
/// does a call without ids, whatever query guards them. Numbers of issues that were merged away are such ids:
/// who names them does not know of the whole.
struct Bulk
{
    std::size_t named = 0; ///< distinct ones
    std::vector<std::int64_t> found;
};

core::Result<Bulk> bulkIds(const Call& call)
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
    Bulk out;
    out.named = ids.size();
    for (const std::int64_t id : ids) {
        SQLite::Statement query(call.db, "SELECT 1 FROM issues WHERE id = ? AND " VEDETTE_IS_SHOWN("issues"));
        query.bind(1, id);
        if (query.executeStep())
            out.found.push_back(id);
    }
    return out;
}

void removeIssues(const Call& call, const std::vector<std::int64_t>& ids)
{
    collector::deleteIssues(call.db, ids, call.now());
}

} // namespace

Response changeIssue(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    auto change = Change::read(call, {*id});
    if (!change)
        return change.error();
    if (change->isMerge())
        return Response::detail(400, "Merging needs two issues or more");
    change->apply(call, {*id});
    if (change->isDiscard())
        return Response::empty(204);
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
    if (ids->named == 0)
        return Response::detail(
            400, "Name the issues to change by id: a change of all that match is not done here");
    auto change = Change::read(call, ids->found);
    if (!change)
        return change.error();
    if (change->isMerge() && ids->named < 2)
        return Response::detail(400, "Merging needs two issues or more");
    // Nothing to change; or merged already, when somebody asks for it again.
    if (ids->found.empty() || (change->isMerge() && ids->found.size() < 2))
        return Response::empty(204);
    change->apply(call, ids->found);
    if (change->isDiscard())
        return Response::empty(204);
    json::Writer out;
    change->writeEcho(out, call, ids->found);
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
    if (ids->named == 0)
        return Response::detail(400, "Name the issues to delete by id: all that match are not deleted here");
    removeIssues(call, ids->found);
    return Response::empty(204);
}

} // namespace vedette::collector::api
