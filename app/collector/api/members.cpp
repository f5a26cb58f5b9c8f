// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/member.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/team.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxEmail = 75;
constexpr std::size_t maxName = 200;

/// The part of an address before the @, made unique by a number.
std::string freeUsername(SQLite::Database& db, std::string_view wanted)
{
    std::string base(wanted.substr(0, std::min(wanted.find('@'), wanted.size())));
    if (base.empty())
        base = "user";
    std::string name = base;
    for (int i = 2;; ++i) {
        SQLite::Statement query(db, "SELECT 1 FROM users WHERE username = ?");
        query.bind(1, name);
        if (!query.executeStep())
            return name;
        name = base + std::to_string(i);
    }
}

/// `email:x`, `user.id:7`, and words that stand in a name or an address.
Sql memberCondition(std::string_view query)
{
    Sql out{"u.active = 1", {}};
    while (!(query = trimmed(query)).empty()) {
        const std::string_view word = query.substr(0, query.find(' '));
        query.remove_prefix(word.size());
        if (word.starts_with("email:")) {
            out += " AND u.email = ?";
            out.binds.emplace_back(std::string(word.substr(6)));
        } else if (word.starts_with("user.id:") || word.starts_with("id:")) {
            out += " AND u.id = ?";
            out.binds.emplace_back(decimal(word.substr(word.find(':') + 1)).value_or(0));
        } else {
            out += " AND instr(lower(u.name || ' ' || u.username || ' ' || u.email), lower(?)) > 0";
            out.binds.emplace_back(std::string(word));
        }
    }
    return out;
}

void writeSlugs(json::Writer& out, SQLite::Database& db, const char* sql, std::int64_t user)
{
    SQLite::Statement query(db, sql);
    query.bind(1, user);
    out.beginArray();
    while (query.executeStep())
        out.string(query.getColumn(0).getString());
    out.endArray();
}

void writeTeams(json::Writer& out, SQLite::Database& db, std::int64_t user)
{
    writeSlugs(out, db,
        "SELECT t.slug FROM team_members m JOIN teams t ON t.id = m.team_id WHERE m.user_id = ? ORDER BY 1",
        user);
}

/// With what a single member is asked for: the teams.
Response detailAnswer(const Call& call, int status, const MemberRow& row)
{
    json::Writer out;
    out.beginObject();
    writeMemberMembers(out, row);
    out.key("teams");
    writeTeams(out, call.db, row.user.id);
    out.key("teamRoles").beginArray().endArray().field("isOnlyOwner", row.isSelf).endObject();
    return Response::json(status, out.take());
}

Response list(const Call& call, bool withProjects)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    Sql where = memberCondition(call.request.queryValue("query").value_or(""));
    SQLite::Statement query(
        call.db, std::string("SELECT ") + memberColumns + " FROM users u WHERE " + where.text +
                     " ORDER BY u.is_self DESC, u.name COLLATE NOCASE, u.id LIMIT ? OFFSET ?");
    where.binds.emplace_back(page->limit + 1);
    where.binds.emplace_back(page->offset);
    bindAll(query, where.binds);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit) {
        const MemberRow row = memberFrom(query);
        out.beginObject();
        writeMemberMembers(out, row);
        if (withProjects) {
            out.key("projects");
            writeSlugs(out, call.db,
                "SELECT DISTINCT p.slug FROM team_members m JOIN team_projects t ON t.team_id = m.team_id"
                " JOIN projects p ON p.id = t.project_id WHERE m.user_id = ? ORDER BY 1",
                row.user.id);
        }
        out.endObject();
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

/// Who was a member once comes back with the old assignments and comments.
std::int64_t addUser(const Call& call, const std::string& email, const std::string& name)
{
    SQLite::Statement known(call.db, "SELECT id FROM users WHERE email = ?");
    known.bind(1, email);
    if (known.executeStep()) {
        const std::int64_t id = known.getColumn(0).getInt64();
        SQLite::Statement update(call.db, "UPDATE users SET active = 1, name = ? WHERE id = ?");
        update.bind(1, name);
        update.bind(2, id);
        update.exec();
        return id;
    }
    SQLite::Statement insert(
        call.db, "INSERT INTO users (username, name, email, created) VALUES (?, ?, ?, ?)");
    insert.bind(1, freeUsername(call.db, email));
    insert.bind(2, name);
    insert.bind(3, email);
    insert.bind(4, call.nowMs());
    insert.exec();
    return call.db.getLastInsertRowid();
}

} // namespace

MemberRow memberFrom(SQLite::Statement& query)
{
    return {{query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                query.getColumn(3).getString()},
        query.getColumn(4).getInt() != 0, query.getColumn(5).getInt64()};
}

std::optional<MemberRow> memberByPart(const Call& call, std::string_view part)
{
    const auto number = decimal(part);
    if (part != "me" && (!number || *number <= MemberRow::firstMemberId))
        return {};
    SQLite::Statement query(
        call.db, std::string("SELECT ") + memberColumns + " FROM users u WHERE u.id = ? AND u.active = 1");
    query.bind(1, part == "me" ? call.self : *number - MemberRow::firstMemberId);
    if (!query.executeStep())
        return {};
    return memberFrom(query);
}

void writeMemberMembers(json::Writer& out, const MemberRow& row)
{
    const char* role = row.isSelf ? "owner" : "member";
    out.field("id", std::to_string(row.memberId())).field("email", row.user.email);
    out.field("name", row.user.name).key("user");
    writeUser(out, row.user);
    out.field("orgRole", role).field("role", role).field("roleName", row.isSelf ? "Owner" : "Member");
    out.field("pending", false).field("expired", false).field("inviteStatus", "approved");
    out.nullField("inviterName").field("dateCreated", dateText(row.created)).key("flags").beginObject();
    for (const char* flag : {"idp:provisioned", "idp:role-restricted", "sso:linked", "sso:invalid",
             "member-limit:restricted", "partnership:restricted"})
        out.field(flag, false);
    out.endObject();
}

void writeMember(json::Writer& out, const MemberRow& row)
{
    out.beginObject();
    writeMemberMembers(out, row);
    out.endObject();
}

Response members(const Call& call)
{
    return list(call, false);
}

Response users(const Call& call)
{
    return list(call, true);
}

Response projectMembers(const Call& call)
{
    return projectByPart(call.db, call.parts.at(0)) ? list(call, false) : notFound();
}

Response member(const Call& call)
{
    const auto row = memberByPart(call, call.parts.at(0));
    return row ? detailAnswer(call, 200, *row) : notFound();
}

Response addMember(const Call& call)
{
    FieldErrors errors;
    const auto email = errors.required(call.body, "email", maxEmail);
    if (email && (email->find('@') == std::string::npos || email->find(' ') != std::string::npos))
        errors.add("email", "Enter a valid email address.");
    std::string name = errors.text(call.body, "name", maxName).value_or("");
    const std::vector<std::int64_t> teams = readTeams(call, "teams", errors);
    if (errors.any())
        return errors.response();
    if (name.empty())
        name = email->substr(0, email->find('@'));
    {
        SQLite::Statement query(call.db, "SELECT 1 FROM users WHERE email = ? AND active = 1");
        query.bind(1, *email);
        if (query.executeStep())
            return fieldError("email", "The user " + *email + " is already a member");
    }
    const std::int64_t user = addUser(call, *email, name);
    for (const std::int64_t team : teams)
        joinTeam(call.db, team, user);
    const auto row = memberByPart(call, std::to_string(MemberRow::firstMemberId + user));
    return row ? detailAnswer(call, 201, *row) : Response::detail(500, "Internal Error");
}

Response changeMember(const Call& call)
{
    const auto row = memberByPart(call, call.parts.at(0));
    if (!row)
        return notFound();
    // Roles mean nothing on a collector that one token opens; teams do.
    FieldErrors errors;
    const bool namesTeams = call.body["teams"].exists();
    const std::vector<std::int64_t> teams = readTeams(call, "teams", errors);
    if (errors.any())
        return errors.response();
    if (namesTeams) {
        SQLite::Statement leave(call.db, "DELETE FROM team_members WHERE user_id = ?");
        leave.bind(1, row->user.id);
        leave.exec();
        for (const std::int64_t team : teams)
            joinTeam(call.db, team, row->user.id);
    }
    return detailAnswer(call, 200, *row);
}

Response removeMember(const Call& call)
{
    const auto row = memberByPart(call, call.parts.at(0));
    if (!row)
        return notFound();
    if (row->isSelf)
        return Response::detail(403, "You cannot remove the only remaining owner of the organization.");
    // The row stays: comments and activities name its author.
    for (const char* sql :
        {"UPDATE users SET active = 0 WHERE id = ?", "DELETE FROM team_members WHERE user_id = ?",
            "UPDATE issues SET assignee_user = NULL WHERE assignee_user = ?"}) {
        SQLite::Statement change(call.db, sql);
        change.bind(1, row->user.id);
        change.exec();
    }
    return Response::empty(204);
}

} // namespace vedette::collector::api
