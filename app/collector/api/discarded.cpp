// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What was discarded for good in a project, and how to take that back: Sentry calls them tombstones.

#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

Response discardedIssues(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT id, level, title, culprit, user_id, created FROM discarded_issues "
        "WHERE project_id = ? ORDER BY created DESC, id DESC LIMIT 1000");
    query.bind(1, *project);
    while (query.executeStep()) {
        out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
        out.field("level", query.getColumn(1).getString()).field("message", query.getColumn(2).getString());
        out.field("culprit", query.getColumn(3).getString()).key("actor");
        const auto actor =
            query.getColumn(4).isNull() ? std::nullopt : loadUser(call.db, query.getColumn(4).getInt64());
        if (actor)
            writeUser(out, *actor);
        else
            out.null();
        out.field("dateAdded", dateText(query.getColumn(5).getInt64())).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response takeBackDiscarded(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    const auto id = decimal(call.parts.at(1));
    if (!project || !id)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM discarded_issues WHERE id = ? AND project_id = ?");
    remove.bind(1, *id);
    remove.bind(2, *project);
    return remove.exec() > 0 ? Response::empty(204) : notFound();
}

} // namespace vedette::collector::api
