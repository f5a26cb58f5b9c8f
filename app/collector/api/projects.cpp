// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/project.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/slug.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/team.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/projectremoval.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxName = 200;
constexpr std::size_t maxSlug = 100;
constexpr std::size_t maxPlatform = 64;
constexpr std::size_t maxEnvironment = 64;
constexpr std::size_t maxPrefix = 200;
constexpr std::int64_t maxResolveAge = 8'760; // hours

/// `slug:x`, `id:7`, `platform:x`, and words that stand in a name or a slug.
Sql projectCondition(std::string_view query)
{
    Sql out{"p.kind <> 'removed'", {}};
    while (!(query = trimmed(query)).empty()) {
        const std::string_view word = query.substr(0, query.find(' '));
        query.remove_prefix(word.size());
        const std::size_t colon = word.find(':');
        const std::string_view key =
            colon == std::string_view::npos ? std::string_view() : word.substr(0, colon);
        const std::string value(word.substr(colon == std::string_view::npos ? 0 : colon + 1));
        if (key == "slug" || key == "platform") {
            out += key == "slug" ? " AND p.slug = ?" : " AND p.platform = ?";
            out.binds.emplace_back(value);
        } else if (key == "id") {
            out += " AND p.id = ?";
            out.binds.emplace_back(decimal(value).value_or(0));
        } else {
            out += " AND instr(lower(p.name || ' ' || p.slug), lower(?)) > 0";
            out.binds.emplace_back(std::string(word));
        }
    }
    return out;
}

Response list(const Call& call, Sql where)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    SQLite::Statement query(call.db, std::string("SELECT ") + projectColumns + " FROM projects p WHERE " +
                                         where.text + " ORDER BY p.slug LIMIT ? OFFSET ?");
    where.binds.emplace_back(page->limit + 1);
    where.binds.emplace_back(page->offset);
    bindAll(query, where.binds);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeProject(out, call, projectFrom(query));
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response detailAnswer(const Call& call, const ProjectRow& row)
{
    json::Writer out;
    out.beginObject();
    writeProjectMembers(out, call, row);
    if (call.request.queryValue("collapse") != "organization") {
        out.key("organization").beginObject().field("id", "1");
        out.field("slug", call.context.organization).field("name", organizationName(call.db)).endObject();
    }
    SQLite::Statement query(
        call.db, "SELECT resolve_age, default_environment, subject_prefix FROM projects WHERE id = ?");
    query.bind(1, row.id);
    query.executeStep();
    out.field("resolveAge", query.getColumn(0).getInt64());
    out.fieldOrNull("defaultEnvironment", query.getColumn(1).getString());
    out.field("subjectPrefix", query.getColumn(2).getString());
    out.key("options").beginObject().endObject().field("processingIssues", 0);
    out.field("digestsMinDelay", 300).field("digestsMaxDelay", 1800).endObject();
    return Response::json(200, out.take());
}

bool isTaken(SQLite::Database& db, const std::string& slug, std::int64_t but)
{
    SQLite::Statement query(db, "SELECT 1 FROM projects WHERE slug = ? AND id <> ?");
    query.bind(1, slug);
    query.bind(2, but);
    return query.executeStep();
}

void setColumn(
    const Call& call, std::int64_t project, const char* sql, const std::optional<std::string>& value)
{
    if (!value)
        return;
    SQLite::Statement update(call.db, sql);
    update.bind(1, *value);
    update.bind(2, project);
    update.exec();
}

/// Makes a project in that team; nothing: in the first.
Response makeProject(const Call& call, std::optional<std::int64_t> team)
{
    FieldErrors errors;
    const auto name = errors.required(call.body, "name", maxName);
    const std::string slug = errors.text(call.body, "slug", maxSlug).value_or("");
    const std::string platform = errors.text(call.body, "platform", maxPlatform).value_or("");
    if (!slug.empty() && !isSlug(slug))
        errors.add("slug", slugFault);
    if (errors.any())
        return errors.response();
    if (!slug.empty() && isTaken(call.db, slug, 0))
        return Response::detail(409, "A project with this slug already exists.");
    const ProjectKey made =
        collector::addProject(call.db, {.slug = slug, .name = *name, .platform = platform}, call.now());
    if (team) {
        SQLite::Statement move(call.db, "UPDATE team_projects SET team_id = ? WHERE project_id = ?");
        move.bind(1, *team);
        move.bind(2, made.project);
        if (move.exec() == 0) {
            SQLite::Statement join(call.db, "INSERT INTO team_projects (team_id, project_id) VALUES (?, ?)");
            join.bind(1, *team);
            join.bind(2, made.project);
            join.exec();
        }
    }
    const auto row = loadProject(call, std::to_string(made.project));
    if (!row)
        return Response::detail(500, "Internal Error");
    json::Writer out;
    writeProject(out, call, *row);
    return Response::json(201, out.take());
}

} // namespace

Response projects(const Call& call)
{
    return list(call, projectCondition(call.request.queryValue("query").value_or("")));
}

Response teamProjectList(const Call& call)
{
    const auto team = teamByPart(call, call.parts.at(0));
    if (!team)
        return notFound();
    return list(
        call, {"p.kind <> 'removed' AND p.id IN (SELECT project_id FROM team_projects WHERE team_id = ?)",
                  {team->id}});
}

Response project(const Call& call)
{
    const auto row = loadProject(call, call.parts.at(0));
    return row ? detailAnswer(call, *row) : notFound();
}

Response addProject(const Call& call)
{
    return makeProject(call, {});
}

Response addTeamProject(const Call& call)
{
    const auto team = teamByPart(call, call.parts.at(0));
    return team ? makeProject(call, team->id) : notFound();
}

Response changeProject(const Call& call)
{
    const auto row = loadProject(call, call.parts.at(0));
    if (!row)
        return notFound();
    FieldErrors errors;
    const auto name = errors.text(call.body, "name", maxName);
    const auto slug = errors.text(call.body, "slug", maxSlug);
    const auto platform = errors.text(call.body, "platform", maxPlatform);
    const auto environment = errors.text(call.body, "defaultEnvironment", maxEnvironment);
    const auto prefix = errors.text(call.body, "subjectPrefix", maxPrefix);
    const auto resolveAge = errors.integer(call.body, "resolveAge", 0, maxResolveAge);
    if (name && name->empty())
        errors.add("name", "This field may not be blank.");
    if (slug && !isSlug(*slug))
        errors.add("slug", slugFault);
    else if (slug && isTaken(call.db, *slug, row->id))
        errors.add("slug", "Another project is already using that slug");
    if (errors.any())
        return errors.response();
    setColumn(call, row->id, "UPDATE projects SET name = ? WHERE id = ?", name);
    setColumn(call, row->id, "UPDATE projects SET platform = ? WHERE id = ?", platform);
    setColumn(call, row->id, "UPDATE projects SET default_environment = ? WHERE id = ?", environment);
    setColumn(call, row->id, "UPDATE projects SET subject_prefix = ? WHERE id = ?", prefix);
    if (slug && *slug != row->slug)
        renameProject(call.db, row->id, *slug);
    if (resolveAge) {
        SQLite::Statement update(call.db, "UPDATE projects SET resolve_age = ? WHERE id = ?");
        update.bind(1, *resolveAge);
        update.bind(2, row->id);
        update.exec();
    }
    const auto changed = loadProject(call, std::to_string(row->id));
    return changed ? detailAnswer(call, *changed) : notFound();
}

Response removeProject(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    collector::removeProject(call.db, *id);
    // What it holds goes piece by piece, while events are taken (Store).
    return Response::empty(204);
}

Response joinProject(const Call& call)
{
    const auto row = loadProject(call, call.parts.at(0));
    const auto team = row ? teamByPart(call, call.parts.at(1)) : std::nullopt;
    if (!team)
        return notFound();
    SQLite::Statement insert(
        call.db, "INSERT OR IGNORE INTO team_projects (team_id, project_id) VALUES (?, ?)");
    insert.bind(1, team->id);
    insert.bind(2, row->id);
    insert.exec();
    Response response = detailAnswer(call, *row);
    response.status = 201;
    return response;
}

Response leaveProject(const Call& call)
{
    const auto row = loadProject(call, call.parts.at(0));
    const auto team = row ? teamByPart(call, call.parts.at(1)) : std::nullopt;
    if (!team)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM team_projects WHERE team_id = ? AND project_id = ?");
    remove.bind(1, team->id);
    remove.bind(2, row->id);
    remove.exec();
    return detailAnswer(call, *row);
}

} // namespace vedette::collector::api
