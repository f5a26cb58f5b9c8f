// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/change.h"

#include <algorithm>
#include <array>

#include "app/collector/api/issuerow.h"

namespace vedette::collector::api {
namespace {

Response fieldError(std::string_view field, std::string_view text)
{
    json::Writer out;
    out.beginObject().key(field).beginArray().string(text).endArray().endObject();
    return Response::json(400, out.take());
}

Response detailsError(std::string_view field, std::string_view text)
{
    json::Writer out;
    out.beginObject().key("statusDetails").beginObject().key(field).beginArray().string(text).endArray();
    out.endObject().endObject();
    return Response::json(400, out.take());
}

void addActivity(const Call& call, std::int64_t issue, std::string_view type, const std::string& data)
{
    SQLite::Statement insert(
        call.db, "INSERT INTO activity (issue_id, type, user_id, data, created) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, issue);
    insert.bind(2, std::string(type));
    insert.bind(3, call.self);
    insert.bind(4, data);
    insert.bind(5, call.nowMs());
    insert.exec();
}

std::optional<std::int64_t> idOf(SQLite::Database& db, const char* sql, const std::string& text)
{
    SQLite::Statement query(db, sql);
    query.bind(1, text);
    if (!query.executeStep())
        return {};
    return query.getColumn(0).getInt64();
}

constexpr std::array<std::string_view, 7> substatuses = {"new", "ongoing", "escalating", "regressed",
    "archived_until_escalating", "archived_until_condition_met", "archived_forever"};

} // namespace

tl::expected<Change, Response> Change::read(const Call& call)
{
    if (!call.body.isObject())
        return tl::unexpected(Response::detail(400, "A JSON object is expected"));
    for (const char* unsupported : {"merge", "discard"}) {
        if (call.body[unsupported].exists())
            return tl::unexpected(fieldError(unsupported, "This server does not do that"));
    }
    Change change;
    for (auto step : {&Change::readStatus, &Change::readAssignee, &Change::readFlags}) {
        if (auto fault = (change.*step)(call))
            return tl::unexpected(std::move(*fault));
    }
    return change;
}

std::optional<Response> Change::readStatus(const Call& call)
{
    const json::Value status = call.body["status"];
    if (!status.exists())
        return {};
    if (!status.isString())
        return fieldError("status", "\"" + status.toJson() + "\" is not a valid choice.");
    m_status = *status.string();
    if (m_status == "muted")
        m_status = "ignored";
    if (m_status == "resolvedInNextRelease") {
        m_status = "resolved";
        m_details = R"({"inNextRelease":true})";
    }
    if (m_status != "resolved" && m_status != "unresolved" && m_status != "ignored")
        return fieldError("status", "\"" + m_status + "\" is not a valid choice.");
    if (const auto substatus = call.body["substatus"].string()) {
        if (std::find(substatuses.begin(), substatuses.end(), *substatus) == substatuses.end())
            return fieldError("substatus", "\"" + std::string(*substatus) + "\" is not a valid choice.");
        m_substatus = *substatus;
    }
    const json::Value details = call.body["statusDetails"];
    if (details.exists() && !details.isNull() && !details.isObject())
        return fieldError("statusDetails", "Invalid data. Expected a dictionary.");
    if (m_status == "resolved") {
        if (details["inRelease"].exists()) {
            const auto version = details["inRelease"].string();
            if (!version ||
                (*version != "latest" &&
                    !idOf(call.db, "SELECT id FROM releases WHERE version = ?", std::string(*version))))
                return detailsError("inRelease", "Unable to find a release with the given version.");
            m_resolvedIn = *version;
            if (*version == "latest") {
                SQLite::Statement newest(
                    call.db, "SELECT version FROM releases ORDER BY last_seen DESC, id DESC LIMIT 1");
                if (!newest.executeStep())
                    return detailsError("inRelease", "No release data present in the system.");
                m_resolvedIn = newest.getColumn(0).getString();
            }
            json::Writer out;
            out.beginObject().field("inRelease", m_resolvedIn).endObject();
            m_details = out.take();
        }
        if (details["inNextRelease"].boolean().value_or(false)) {
            SQLite::Statement any(call.db, "SELECT 1 FROM releases LIMIT 1");
            if (!any.executeStep())
                return detailsError("inNextRelease",
                    "No release data present in the system to form a basis for 'Next Release'");
            m_details = R"({"inNextRelease":true})";
        }
        if (details["inCommit"].exists())
            return detailsError("inCommit", "Unable to find the given commit.");
    }
    if (m_status == "ignored") {
        if (m_substatus.rfind("archived_", 0) != 0)
            m_substatus = "archived_forever"; // what a plain `ignored` means (contract section 8)
        for (const char* condition :
            {"ignoreDuration", "ignoreCount", "ignoreUserCount", "ignoreWindow", "ignoreUserWindow"}) {
            if (details[condition].exists() && !details[condition].isNull())
                return detailsError(condition, "This server does not archive with a condition yet");
        }
    }
    return {};
}

std::optional<Response> Change::readAssignee(const Call& call)
{
    const json::Value value = call.body["assignedTo"];
    if (!value.exists())
        return {};
    const std::string text = value.text().value_or("");
    if (value.isNull() || (value.isString() && text.empty())) {
        m_assignee = Assignee{};
        return {};
    }
    const auto unknown = [] { return fieldError("assignedTo", "Unknown actor input"); };
    if (text.empty())
        return unknown();
    Assignee assignee;
    if (text.rfind("team:", 0) == 0) {
        assignee.team = idOf(call.db, "SELECT id FROM teams WHERE id = ?", text.substr(5));
    } else if (text.front() == '#') {
        assignee.team = idOf(call.db, "SELECT id FROM teams WHERE slug = ?", text.substr(1));
    } else {
        const std::string name = text.rfind("user:", 0) == 0 ? text.substr(5) : text;
        assignee.user = idOf(call.db, "SELECT id FROM users WHERE id = ? AND active = 1", name);
        if (!assignee.user)
            assignee.user = idOf(call.db, "SELECT id FROM users WHERE username = ? AND active = 1", name);
        if (!assignee.user)
            assignee.user =
                idOf(call.db, "SELECT id FROM users WHERE email = ? AND active = 1 AND email <> ''", name);
    }
    if (!assignee.user && !assignee.team)
        return unknown();
    m_assignee = assignee;
    return {};
}

std::optional<Response> Change::readFlags(const Call& call)
{
    const auto flag = [&call](const char* name, std::optional<bool>& to) -> std::optional<Response> {
        const json::Value value = call.body[name];
        if (!value.exists() || value.isNull())
            return {};
        to = value.boolean();
        if (!to)
            return fieldError(name, "Must be a valid boolean.");
        return {};
    };
    if (auto fault = flag("hasSeen", m_seen))
        return fault;
    if (auto fault = flag("isBookmarked", m_bookmarked))
        return fault;
    if (auto fault = flag("inbox", m_inbox))
        return fault;
    if (const json::Value priority = call.body["priority"]; priority.exists()) {
        m_priority = priority.text().value_or("");
        if (m_priority != "low" && m_priority != "medium" && m_priority != "high")
            return fieldError("priority", "\"" + m_priority + "\" is not a valid choice.");
    }
    return {};
}

void Change::apply(const Call& call, const std::vector<std::int64_t>& issues) const
{
    for (const std::int64_t issue : issues) {
        if (!m_status.empty())
            applyStatus(call, issue);
        if (m_assignee)
            applyAssignee(call, issue);
        applyFlags(call, issue);
    }
}

void Change::applyStatus(const Call& call, std::int64_t issue) const
{
    std::string before;
    std::string substatusBefore;
    std::int64_t firstSeen = 0;
    {
        SQLite::Statement query(call.db, "SELECT status, substatus, first_seen FROM issues WHERE id = ?");
        query.bind(1, issue);
        if (!query.executeStep())
            return;
        before = query.getColumn(0).getString();
        substatusBefore = query.getColumn(1).getString();
        firstSeen = query.getColumn(2).getInt64();
    }
    constexpr std::int64_t weekMs = 7LL * 24 * 3600 * 1000;
    std::string substatus = m_substatus;
    if (m_status == "resolved") {
        substatus.clear();
    } else if (m_status == "unresolved" && (substatus.empty() || substatus.rfind("archived_", 0) == 0)) {
        if (before == "unresolved")
            substatus = substatusBefore;
        else if (before == "resolved")
            substatus = "regressed";
        else
            substatus = call.nowMs() - firstSeen < weekMs ? "new" : "ongoing";
    }
    if (before == m_status && substatus == substatusBefore && m_details == "{}")
        return;
    {
        SQLite::Statement update(call.db, "UPDATE issues SET status = ?, substatus = ?, status_details = ?, "
                                          "status_changed = ? WHERE id = ?");
        update.bind(1, m_status);
        if (substatus.empty())
            update.bind(2);
        else
            update.bind(2, substatus);
        update.bind(3, m_details);
        update.bind(4, call.nowMs());
        update.bind(5, issue);
        update.exec();
    }
    if (m_status == "resolved" && !m_resolvedIn.empty()) {
        json::Writer data;
        data.beginObject().field("version", m_resolvedIn).endObject();
        addActivity(call, issue, "set_resolved_in_release", data.take());
    } else if (m_status == "resolved") {
        addActivity(call, issue, m_details == "{}" ? "set_resolved" : "set_resolved_in_release",
            m_details == "{}" ? "{}" : R"({"version":""})");
    } else if (m_status == "ignored") {
        addActivity(call, issue, "set_ignored",
            substatus == "archived_until_escalating" ? R"({"ignoreUntilEscalating":true})" : "{}");
    } else {
        addActivity(call, issue, "set_unresolved", "{}");
    }
    // Whoever changes an issue has seen it, also in its new state.
    SQLite::Statement seen(
        call.db, "INSERT OR REPLACE INTO issue_seen (issue_id, user_id, seen) VALUES (?, ?, ?)");
    seen.bind(1, issue);
    seen.bind(2, call.self);
    seen.bind(3, call.nowMs());
    seen.exec();
}

void Change::applyAssignee(const Call& call, std::int64_t issue) const
{
    SQLite::Statement update(call.db, "UPDATE issues SET assignee_user = ?1, assignee_team = ?2 WHERE id = ?3"
                                      " AND (assignee_user IS NOT ?1 OR assignee_team IS NOT ?2)");
    if (m_assignee->user)
        update.bind(1, *m_assignee->user);
    else
        update.bind(1);
    if (m_assignee->team)
        update.bind(2, *m_assignee->team);
    else
        update.bind(2);
    update.bind(3, issue);
    if (update.exec() == 0)
        return;
    if (!m_assignee->user && !m_assignee->team) {
        addActivity(call, issue, "unassigned", "{}");
        return;
    }
    json::Writer data;
    data.beginObject();
    data.field("assignee", std::to_string(m_assignee->user ? *m_assignee->user : *m_assignee->team));
    data.field("assigneeType", m_assignee->user ? "user" : "team");
    if (m_assignee->user) {
        if (const auto user = loadUser(call.db, *m_assignee->user))
            data.field("assigneeEmail", user->email).field("assigneeName", user->name);
    }
    data.endObject();
    addActivity(call, issue, "assigned", data.take());
}

void Change::applyFlags(const Call& call, std::int64_t issue) const
{
    const auto mark = [&](const char* on, const char* off, bool wanted) {
        SQLite::Statement statement(call.db, wanted ? on : off);
        statement.bind(1, issue);
        statement.bind(2, call.self);
        if (wanted)
            statement.bind(3, call.nowMs());
        statement.exec();
    };
    if (m_seen) {
        mark("INSERT OR REPLACE INTO issue_seen (issue_id, user_id, seen) VALUES (?, ?, ?)",
            "DELETE FROM issue_seen WHERE issue_id = ? AND user_id = ?", *m_seen);
    }
    if (m_bookmarked) {
        mark("INSERT OR IGNORE INTO issue_bookmarks (issue_id, user_id, created) VALUES (?, ?, ?)",
            "DELETE FROM issue_bookmarks WHERE issue_id = ? AND user_id = ?", *m_bookmarked);
    }
    if (m_inbox == false) {
        // Reviewed: unresolved issues of another substatus become ongoing (contract section 8).
        SQLite::Statement update(call.db, "UPDATE issues SET substatus = 'ongoing' WHERE id = ? AND status = "
                                          "'unresolved' AND substatus <> 'ongoing'");
        update.bind(1, issue);
        if (update.exec() > 0)
            addActivity(call, issue, "mark_reviewed", "{}");
    }
    if (!m_priority.empty()) {
        SQLite::Statement update(call.db, "UPDATE issues SET priority = ?, priority_locked = ? WHERE id = ?");
        update.bind(1, m_priority);
        update.bind(2, call.nowMs());
        update.bind(3, issue);
        update.exec();
    }
}

void Change::writeEcho(json::Writer& out, const Call& call) const
{
    out.beginObject();
    if (!m_status.empty()) {
        out.field("status", m_status);
        if (m_status == "resolved")
            out.nullField("substatus");
        else if (!m_substatus.empty())
            out.field("substatus", m_substatus);
        out.key("statusDetails").raw(m_details).nullField("inbox");
    }
    if (m_assignee) {
        out.key("assignedTo");
        const auto user = m_assignee->user ? loadUser(call.db, *m_assignee->user) : std::nullopt;
        if (user) {
            out.beginObject()
                .field("type", "user")
                .field("id", std::to_string(user->id))
                .field("name", user->name);
            out.field("email", user->email).endObject();
        } else if (m_assignee->team) {
            out.beginObject()
                .field("type", "team")
                .field("id", std::to_string(*m_assignee->team))
                .endObject();
        } else {
            out.null();
        }
    }
    if (m_seen)
        out.field("hasSeen", *m_seen);
    if (m_bookmarked)
        out.field("isBookmarked", *m_bookmarked);
    if (!m_priority.empty())
        out.field("priority", m_priority);
    if (m_inbox)
        out.field("inbox", *m_inbox);
    out.endObject();
}

} // namespace vedette::collector::api
