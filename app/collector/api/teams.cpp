// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/member.h"
#include "app/collector/api/project.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/scopes.h"
#include "app/collector/api/slug.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/team.h"
#include "app/collector/storage/directory.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxSlug = 50;
constexpr std::size_t maxName = 64;

Response conflict(std::string_view text)
{
    json::Writer out;
    out.beginObject().key("non_field_errors").beginArray().string(text).endArray();
    out.field("detail", text).endObject();
    return Response::json(409, out.take());
}

/// Name and slug of a new team, or of one that changes; either makes up for the other.
struct Names
{
    std::optional<std::string> name, slug;
};

Names readNames(const Call& call, FieldErrors& errors)
{
    Names out{errors.text(call.body, "name", maxName), errors.text(call.body, "slug", maxSlug)};
    if (out.name && out.name->empty())
        errors.add("name", "This field may not be blank.");
    if (out.slug && !isSlug(*out.slug))
        errors.add("slug", slugFault);
    return out;
}

bool isTaken(SQLite::Database& db, const std::string& slug, std::int64_t but)
{
    SQLite::Statement query(db, "SELECT 1 FROM teams WHERE slug = ? AND id <> ?");
    query.bind(1, slug);
    query.bind(2, but);
    return query.executeStep();
}

Response teamAnswer(const Call& call, int status, std::string_view part)
{
    const auto row = teamByPart(call, part);
    if (!row)
        return notFound();
    json::Writer out;
    writeTeam(out, *row);
    return Response::json(status, out.take());
}

Response list(const Call& call, const Sql& where)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    std::vector<Bind> binds{call.self};
    binds.insert(binds.end(), where.binds.begin(), where.binds.end());
    binds.emplace_back(page->limit + 1);
    binds.emplace_back(page->offset);
    SQLite::Statement query(call.db, std::string("SELECT ") + teamColumns + " FROM teams t WHERE " +
                                         where.text + " ORDER BY t.slug LIMIT ? OFFSET ?");
    bindAll(query, binds);
    const bool withProjects = call.request.queryValue("detailed").value_or("1") != "0";
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit) {
        const TeamRow row = teamFrom(query);
        if (withProjects)
            writeTeamWithProjects(out, call, row);
        else
            writeTeam(out, row);
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

/// `slug:x`, `id:7`, and words that stand in a name or a slug.
Sql teamCondition(std::string_view query)
{
    Sql out{"1", {}};
    while (!(query = trimmed(query)).empty()) {
        const std::string_view word = query.substr(0, query.find(' '));
        query.remove_prefix(word.size());
        if (word.starts_with("slug:")) {
            out += " AND t.slug = ?";
            out.binds.emplace_back(std::string(word.substr(5)));
        } else if (word.starts_with("id:")) {
            out += " AND t.id = ?";
            out.binds.emplace_back(decimal(word.substr(3)).value_or(0));
        } else {
            out += " AND instr(lower(t.name || ' ' || t.slug), lower(?)) > 0";
            out.binds.emplace_back(std::string(word));
        }
    }
    return out;
}

} // namespace

TeamRow teamFrom(SQLite::Statement& query)
{
    return {query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
        query.getColumn(3).getInt64(), query.getColumn(4).getInt64(), query.getColumn(5).getInt() != 0};
}

std::optional<TeamRow> teamByPart(const Call& call, std::string_view part)
{
    const auto number = decimal(part);
    SQLite::Statement query(call.db,
        std::string("SELECT ") + teamColumns + " FROM teams t WHERE " + (number ? "t.id = ?" : "t.slug = ?"));
    query.bind(1, call.self);
    if (number)
        query.bind(2, *number);
    else
        query.bind(2, std::string(part));
    if (!query.executeStep())
        return {};
    return teamFrom(query);
}

std::vector<std::int64_t> readTeams(const Call& call, std::string_view field, FieldErrors& errors)
{
    std::vector<std::int64_t> out;
    const json::Value list = call.body[field];
    if (list.exists() && !list.isNull() && !list.isArray())
        errors.add(field, "Expected a list of items.");
    for (const json::Value name : list.items()) {
        if (const auto team = teamByPart(call, name.text().value_or("")))
            out.push_back(team->id);
        else
            errors.add(field, "Invalid teams");
    }
    return out;
}

void joinTeam(SQLite::Database& db, std::int64_t team, std::int64_t user)
{
    SQLite::Statement insert(db, "INSERT OR IGNORE INTO team_members (team_id, user_id) VALUES (?, ?)");
    insert.bind(1, team);
    insert.bind(2, user);
    insert.exec();
}

namespace {

void writeTeamMembers(json::Writer& out, const TeamRow& row)
{
    out.field("id", std::to_string(row.id)).field("slug", row.slug).field("name", row.name);
    out.field("dateCreated", dateText(row.created)).field("isMember", row.isMember).nullField("teamRole");
    out.field("memberCount", row.members).field("hasAccess", true).field("isPending", false);
    out.key("flags").beginObject().field("idp:provisioned", false).endObject().key("access");
    writeScopes(out);
    out.key("avatar").beginObject().field("avatarType", "letter_avatar").nullField("avatarUuid").endObject();
}

} // namespace

void writeTeam(json::Writer& out, const TeamRow& row)
{
    out.beginObject();
    writeTeamMembers(out, row);
    out.endObject();
}

void writeTeamShort(json::Writer& out, const TeamRow& row)
{
    out.beginObject().field("id", std::to_string(row.id)).field("slug", row.slug).field("name", row.name);
    out.endObject();
}

void writeTeamWithProjects(json::Writer& out, const Call& call, const TeamRow& row)
{
    out.beginObject();
    writeTeamMembers(out, row);
    out.key("projects").beginArray();
    for (const ProjectRow& project : teamProjects(call.db, row.id))
        writeProject(out, call, project);
    out.endArray().endObject();
}

Response teams(const Call& call)
{
    return list(call, teamCondition(call.request.queryValue("query").value_or("")));
}

Response userTeams(const Call& call)
{
    return list(call, {"t.id IN (SELECT team_id FROM team_members WHERE user_id = ?)", {call.self}});
}

Response projectTeams(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    return list(call, {"t.id IN (SELECT team_id FROM team_projects WHERE project_id = ?)", {*project}});
}

Response team(const Call& call)
{
    const auto row = teamByPart(call, call.parts.at(0));
    if (!row)
        return notFound();
    json::Writer out;
    writeTeamWithProjects(out, call, *row);
    return Response::json(200, out.take());
}

Response addTeam(const Call& call)
{
    FieldErrors errors;
    Names names = readNames(call, errors);
    if (!names.name && !names.slug && !errors.any())
        errors.add("non_field_errors", "Name or slug is required");
    if (errors.any())
        return errors.response();
    const std::string slug = names.slug ? *names.slug : slugOf(*names.name);
    if (isTaken(call.db, slug, 0))
        return conflict("A team with this slug already exists.");
    SQLite::Statement insert(call.db, "INSERT INTO teams (slug, name, created) VALUES (?, ?, ?)");
    insert.bind(1, slug);
    insert.bind(2, names.name.value_or(slug));
    insert.bind(3, call.nowMs());
    insert.exec();
    // Who makes a team is in it.
    joinTeam(call.db, call.db.getLastInsertRowid(), call.self);
    return teamAnswer(call, 201, slug);
}

Response changeTeam(const Call& call)
{
    const auto row = teamByPart(call, call.parts.at(0));
    if (!row)
        return notFound();
    FieldErrors errors;
    const Names names = readNames(call, errors);
    if (names.slug && isTaken(call.db, *names.slug, row->id))
        errors.add("slug", "The slug \"" + *names.slug + "\" is already in use.");
    if (errors.any())
        return errors.response();
    SQLite::Statement update(call.db, "UPDATE teams SET name = ?, slug = ? WHERE id = ?");
    update.bind(1, names.name.value_or(row->name));
    update.bind(2, names.slug.value_or(row->slug));
    update.bind(3, row->id);
    update.exec();
    return teamAnswer(call, 200, std::to_string(row->id));
}

Response removeTeam(const Call& call)
{
    const auto row = teamByPart(call, call.parts.at(0));
    if (!row)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM teams WHERE id = ?");
    remove.bind(1, row->id);
    remove.exec();
    return Response::empty(204);
}

Response teamMembers(const Call& call)
{
    const auto row = teamByPart(call, call.parts.at(0));
    if (!row)
        return notFound();
    SQLite::Statement query(
        call.db, std::string("SELECT ") + memberColumns +
                     " FROM users u JOIN team_members m ON m.user_id = u.id"
                     " WHERE m.team_id = ? AND u.active = 1 ORDER BY u.name COLLATE NOCASE, u.id");
    query.bind(1, row->id);
    json::Writer out;
    out.beginArray();
    while (query.executeStep())
        writeMember(out, memberFrom(query));
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, {}, false);
    return response;
}

Response joinTeam(const Call& call)
{
    const auto who = memberByPart(call, call.parts.at(0));
    const auto row = who ? teamByPart(call, call.parts.at(1)) : std::nullopt;
    if (!row)
        return notFound();
    joinTeam(call.db, row->id, who->user.id);
    return teamAnswer(call, 201, std::to_string(row->id));
}

Response leaveTeam(const Call& call)
{
    const auto who = memberByPart(call, call.parts.at(0));
    const auto row = who ? teamByPart(call, call.parts.at(1)) : std::nullopt;
    if (!row)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM team_members WHERE team_id = ? AND user_id = ?");
    remove.bind(1, row->id);
    remove.bind(2, who->user.id);
    remove.exec();
    return teamAnswer(call, 200, std::to_string(row->id));
}

} // namespace vedette::collector::api
