// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/routes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

/// `visibility=visible|hidden|all` as a condition on project_environments pe; nothing where it is another
/// text.
std::optional<std::string> visibility(const Call& call)
{
    const std::string_view asked = call.request.queryValue("visibility").value_or("visible");
    if (asked == "visible" || asked.empty())
        return " AND NOT pe.hidden";
    if (asked == "hidden")
        return " AND pe.hidden";
    return asked == "all" ? std::optional<std::string>("") : std::nullopt;
}

Response badVisibility()
{
    return Response::detail(
        400, "Invalid value for 'visibility', valid values are: ['all', 'hidden', 'visible']");
}

Response environmentAnswer(const Call& call, std::int64_t project, const std::string& name)
{
    SQLite::Statement query(call.db,
        "SELECT e.id, e.name, pe.hidden FROM project_environments pe JOIN environments e ON e.id ="
        " pe.environment_id WHERE pe.project_id = ? AND e.name = ?");
    query.bind(1, project);
    query.bind(2, name);
    if (!query.executeStep())
        return notFound();
    json::Writer out;
    out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
    out.field("name", query.getColumn(1).getString());
    out.field("isHidden", query.getColumn(2).getInt() != 0).endObject();
    return Response::json(200, out.take());
}

} // namespace

Response environments(const Call& call)
{
    const auto condition = visibility(call);
    if (!condition)
        return badVisibility();
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(
        call.db, "SELECT e.id, e.name FROM environments e WHERE EXISTS (SELECT 1 FROM project_environments pe"
                 " WHERE pe.environment_id = e.id" +
                     *condition + ") ORDER BY e.name");
    while (query.executeStep()) {
        out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
        out.field("name", query.getColumn(1).getString()).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response projectEnvironments(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const auto condition = visibility(call);
    if (!condition)
        return badVisibility();
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(
        call.db, "SELECT e.id, e.name, pe.hidden FROM project_environments pe JOIN environments e ON e.id ="
                 " pe.environment_id WHERE pe.project_id = ?" +
                     *condition + " ORDER BY e.name");
    query.bind(1, *id);
    while (query.executeStep()) {
        out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
        out.field("name", query.getColumn(1).getString());
        out.field("isHidden", query.getColumn(2).getInt() != 0).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response projectEnvironment(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    return id ? environmentAnswer(call, *id, call.parts.at(1)) : notFound();
}

Response changeProjectEnvironment(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    FieldErrors errors;
    const auto hidden = errors.boolean(call.body, "isHidden");
    if (!hidden && !errors.any())
        errors.add("isHidden", "This field is required.");
    if (errors.any())
        return errors.response();
    SQLite::Statement update(call.db,
        "UPDATE project_environments SET hidden = ? WHERE project_id = ? AND environment_id ="
        " (SELECT id FROM environments WHERE name = ?)");
    update.bind(1, *hidden ? 1 : 0);
    update.bind(2, *id);
    update.bind(3, call.parts.at(1));
    update.exec();
    return environmentAnswer(call, *id, call.parts.at(1));
}

} // namespace vedette::collector::api
