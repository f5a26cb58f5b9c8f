// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Why an event is in its issue: contract section 9.

#include "app/collector/event/groupinginfo.h"

#include "app/collector/api/eventlookup.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/storage/shortid.h"

namespace vedette::collector::api {
namespace {

Response groupingInfo(const Call& call, const Sql& scope, const std::string& which)
{
    const auto filter = eventFilter(call);
    if (!filter)
        return Response::detail(400, filter.error().detail.toStdString());
    const auto event = namedEvent(call, scope, which, *filter);
    if (!event)
        return Response::detail(404, noSuchEvent(which));
    const auto payload = payloadOf(call, *event);
    if (!payload)
        return Response::detail(500, "Internal Error");
    const auto isOfIssue = [&](const std::string& hash) {
        SQLite::Statement query(call.db,
            "SELECT 1 FROM issue_hashes WHERE project_id = ? AND hash = CAST(? AS BLOB) AND issue_id = ?");
        bindAll(query, {event->project, bytesOfHex(hash), event->issue});
        return query.executeStep();
    };
    return Response::json(200, groupingInfoJson(payload->root(), arrivalOf(*event), isOfIssue));
}

} // namespace

Response issueEventGroupingInfo(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    return issue ? groupingInfo(call, {"WHERE e.issue_id = ?", {*issue}}, call.parts.at(1)) : notFound();
}

Response projectEventGroupingInfo(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    // Keywords are an issue's.
    if (!project || !eventIdText(call.parts.at(1)))
        return Response::detail(404, "Event not found");
    return groupingInfo(call, {"WHERE e.project_id = ?", {*project}}, call.parts.at(1));
}

} // namespace vedette::collector::api
