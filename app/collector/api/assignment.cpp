// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/assignment.h"

#include "app/collector/api/changeerrors.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/subscriptions.h"
#include "app/collector/storage/activity.h"

namespace vedette::collector::api {
namespace {

bool teamHasProjectsOf(SQLite::Database& db, std::int64_t team, const std::vector<std::int64_t>& issues)
{
    SQLite::Statement query(db, "SELECT 1 FROM issues i JOIN team_projects t ON t.project_id = i.project_id "
                                "WHERE i.id = ? AND t.team_id = ?");
    for (const std::int64_t issue : issues) {
        query.reset();
        query.bind(1, issue);
        query.bind(2, team);
        if (!query.executeStep())
            return false;
    }
    return true;
}

} // namespace

tl::expected<std::optional<Assignment>, Response> Assignment::read(
    const Call& call, const std::vector<std::int64_t>& issues)
{
    const json::Value value = call.body["assignedTo"];
    if (!value.exists())
        return std::nullopt;
    const std::string text = value.text().value_or("");
    Assignment out;
    if (value.isNull() || (value.isString() && text.empty()))
        return out;
    const auto unknown = [] { return tl::unexpected(fieldError("assignedTo", "Unknown actor input")); };
    if (text.empty())
        return unknown();
    if (text.rfind("team:", 0) == 0) {
        out.m_team = idOf(call.db, "SELECT id FROM teams WHERE id = ?", text.substr(5));
    } else if (text.front() == '#') {
        out.m_team = idOf(call.db, "SELECT id FROM teams WHERE slug = ?", text.substr(1));
    } else {
        const std::string name = text.rfind("user:", 0) == 0 ? text.substr(5) : text;
        for (const char* sql : {"SELECT id FROM users WHERE id = ? AND active = 1",
                 "SELECT id FROM users WHERE username = ? AND active = 1",
                 "SELECT id FROM users WHERE email = ? AND active = 1 AND email <> ''"}) {
            if (!out.m_user)
                out.m_user = idOf(call.db, sql, name);
        }
    }
    if (!out.m_user && !out.m_team)
        return unknown();
    if (out.m_team && !teamHasProjectsOf(call.db, *out.m_team, issues)) {
        return tl::unexpected(
            fieldError("assignedTo", "Cannot assign to a team without access to the project"));
    }
    return out;
}

void Assignment::apply(const Call& call, std::int64_t issue) const
{
    SQLite::Statement update(call.db, "UPDATE issues SET assignee_user = ?1, assignee_team = ?2 WHERE id = ?3"
                                      " AND (assignee_user IS NOT ?1 OR assignee_team IS NOT ?2)");
    if (m_user)
        update.bind(1, *m_user);
    if (m_team)
        update.bind(2, *m_team);
    update.bind(3, issue);
    if (update.exec() == 0)
        return;
    if (!m_user && !m_team) {
        addActivity(call.db, issue, "unassigned", call.self, "{}", call.nowMs());
        return;
    }
    json::Writer data;
    data.beginObject();
    data.field("assignee", std::to_string(m_user ? *m_user : *m_team));
    data.field("assigneeType", m_user ? "user" : "team");
    if (m_user) {
        if (const auto user = loadUser(call.db, *m_user))
            data.field("assigneeEmail", user->email).field("assigneeName", user->name);
        subscribe(call, issue, *m_user, "assigned");
    }
    data.endObject();
    addActivity(call.db, issue, "assigned", call.self, data.take(), call.nowMs());
}

void Assignment::writeEcho(json::Writer& out, const Call& call) const
{
    out.key("assignedTo");
    if (const auto user = m_user ? loadUser(call.db, *m_user) : std::nullopt) {
        out.beginObject().field("type", "user").field("id", std::to_string(user->id));
        out.field("name", user->name).field("email", user->email).endObject();
    } else if (m_team) {
        SQLite::Statement name(call.db, "SELECT slug FROM teams WHERE id = ?");
        name.bind(1, *m_team);
        out.beginObject().field("type", "team").field("id", std::to_string(*m_team));
        out.field("name", name.executeStep() ? name.getColumn(0).getString() : std::string()).endObject();
    } else {
        out.null();
    }
}

} // namespace vedette::collector::api
