// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

void writeOrganization(json::Writer& out, const Call& call)
{
    SQLite::Statement query(call.db, "SELECT slug, name, created FROM organization");
    query.executeStep();
    out.field("id", "1")
        .field("slug", query.getColumn(0).getString())
        .field("name", query.getColumn(1).getString());
    out.field("dateCreated", dateText(query.getColumn(2).getInt64()));
    out.key("status").beginObject().field("id", "active").field("name", "active").endObject();
    out.key("avatar").beginObject().field("avatarType", "letter_avatar").nullField("avatarUuid").endObject();
    out.key("features").beginArray().endArray();
    out.field("isEarlyAdopter", false).field("require2FA", false);
    out.key("links").beginObject().field("organizationUrl", call.context.baseUrl);
    out.field("regionUrl", call.context.baseUrl).endObject();
}

void writeMember(json::Writer& out, const UserRow& user, std::int64_t created)
{
    // The membership's id is not the user's: clients must take the latter to assign (contract section 5).
    out.beginObject().field("id", std::to_string(1000000 + user.id)).field("email", user.email);
    out.field("name", user.name).key("user");
    writeUser(out, user);
    out.field("orgRole", "member").field("role", "member").field("pending", false).field("expired", false);
    out.field("inviteStatus", "approved").field("dateCreated", dateText(created));
    out.key("flags").beginObject().endObject().endObject();
}

void writeTeam(json::Writer& out, std::int64_t id, const std::string& slug, const std::string& name,
    std::int64_t members)
{
    out.beginObject().field("id", std::to_string(id)).field("slug", slug).field("name", name);
    out.field("isMember", true).nullField("teamRole").field("memberCount", members).field("hasAccess", true);
    out.field("isPending", false).key("flags").beginObject().endObject();
    out.key("avatar").beginObject().field("avatarType", "letter_avatar").endObject();
    out.key("projects").beginArray().endArray().endObject();
}

bool isFilled(const std::optional<std::string_view>& text)
{
    return text && std::any_of(text->begin(), text->end(), [](char c) { return c != ' '; });
}

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

} // namespace

Response organizations(const Call& call)
{
    json::Writer out;
    out.beginArray().beginObject();
    writeOrganization(out, call);
    out.endObject().endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, {}, false);
    return response;
}

Response organization(const Call& call)
{
    json::Writer out;
    out.beginObject();
    writeOrganization(out, call);
    out.field("orgRole", "owner").key("access").beginArray();
    for (const char* scope : {"org:read", "project:read", "project:write", "team:read", "member:read",
             "member:write", "event:read", "event:write", "event:admin"})
        out.string(scope);
    out.endArray().field("allowMemberProjectCreation", true).endObject();
    return Response::json(200, out.take());
}

Response teams(const Call& call)
{
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT t.id, t.slug, t.name, (SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id)"
        " FROM teams t ORDER BY t.slug");
    while (query.executeStep()) {
        writeTeam(out, query.getColumn(0).getInt64(), query.getColumn(1).getString(),
            query.getColumn(2).getString(), query.getColumn(3).getInt64());
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response members(const Call& call)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db, "SELECT id, username, name, email, created FROM users WHERE active = 1"
                                     " ORDER BY is_self DESC, name COLLATE NOCASE, id LIMIT ? OFFSET ?");
    query.bind(1, page->limit + 1);
    query.bind(2, page->offset);
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit) {
        writeMember(out,
            {query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
                query.getColumn(3).getString()},
            query.getColumn(4).getInt64());
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response addMember(const Call& call)
{
    const auto email = call.body["email"].string();
    if (!isFilled(email))
        return fieldError("email", "This field is required.");
    if (email->size() > 200 || email->find('@') == std::string_view::npos)
        return fieldError("email", "Enter a valid email address.");
    const auto given = call.body["name"].string();
    const std::string name(isFilled(given) ? *given : email->substr(0, email->find('@')));
    if (name.size() > 200)
        return fieldError("name", "Ensure this field has no more than 200 characters.");
    {
        SQLite::Statement query(call.db, "SELECT 1 FROM users WHERE email = ? AND active = 1");
        query.bind(1, std::string(*email));
        if (query.executeStep())
            return fieldError("email", "The user " + std::string(*email) + " is already a member");
    }
    SQLite::Statement insert(
        call.db, "INSERT INTO users (username, name, email, created) VALUES (?, ?, ?, ?)");
    insert.bind(1, freeUsername(call.db, *email));
    insert.bind(2, name);
    insert.bind(3, std::string(*email));
    insert.bind(4, call.nowMs());
    insert.exec();
    const auto user = loadUser(call.db, call.db.getLastInsertRowid());
    if (!user)
        return Response::detail(500, "Internal Error");
    json::Writer out;
    writeMember(out, *user, call.nowMs());
    return Response::json(201, out.take());
}

Response environments(const Call& call)
{
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT e.id, e.name FROM environments e WHERE EXISTS (SELECT 1 FROM project_environments p"
        " WHERE p.environment_id = e.id) ORDER BY e.name");
    while (query.executeStep()) {
        out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
        out.field("name", query.getColumn(1).getString()).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
