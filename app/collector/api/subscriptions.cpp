// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/subscriptions.h"

#include "app/collector/api/issuerow.h"

namespace vedette::collector::api {
namespace {

void insert(const Call& call, const char* sql, std::int64_t issue, std::int64_t user, bool active,
    std::string_view reason)
{
    SQLite::Statement statement(call.db, sql);
    statement.bind(1, issue);
    statement.bind(2, user);
    statement.bind(3, active ? 1 : 0);
    statement.bind(4, std::string(reason));
    statement.bind(5, call.nowMs());
    statement.exec();
}

/// The members of a user object and what `more` adds.
template<class More>
void writePerson(json::Writer& out, const UserRow& user, More more)
{
    out.beginObject().field("id", std::to_string(user.id)).field("name", user.name);
    out.field("username", user.username).field("email", user.email).nullField("avatarUrl");
    out.field("isActive", true).key("avatar").beginObject().field("avatarType", "letter_avatar");
    out.nullField("avatarUuid").endObject();
    more();
    out.endObject();
}

UserRow personFrom(SQLite::Statement& query)
{
    return {query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
        query.getColumn(3).getString()};
}

} // namespace

void subscribe(const Call& call, std::int64_t issue, std::int64_t user, std::string_view reason)
{
    insert(call,
        "INSERT OR IGNORE INTO issue_subscriptions (issue_id, user_id, active, reason, created) VALUES (?, "
        "?, "
        "?, ?, ?)",
        issue, user, true, reason);
}

void setSubscribed(
    const Call& call, std::int64_t issue, std::int64_t user, bool active, std::string_view reason)
{
    insert(call,
        "INSERT INTO issue_subscriptions (issue_id, user_id, active, reason, created) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET active = excluded.active, reason = iif(active, reason, excluded.reason)",
        issue, user, active, reason);
}

void writeParticipants(json::Writer& out, const Call& call, std::int64_t issue)
{
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT u.id, u.username, u.name, u.email FROM issue_subscriptions s JOIN users u ON u.id = s.user_id"
        " WHERE s.issue_id = ? AND s.active ORDER BY s.created, u.id");
    query.bind(1, issue);
    while (query.executeStep())
        writePerson(out, personFrom(query), [&out] { out.field("type", "user"); });
    out.endArray();
}

void writeSeenBy(json::Writer& out, const Call& call, std::int64_t issue)
{
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT u.id, u.username, u.name, u.email, s.seen FROM issue_seen s JOIN users u ON u.id = s.user_id"
        " WHERE s.issue_id = ? ORDER BY s.seen DESC, u.id");
    query.bind(1, issue);
    while (query.executeStep()) {
        const std::string seen = dateText(query.getColumn(4).getInt64());
        writePerson(out, personFrom(query), [&] { out.field("lastSeen", seen); });
    }
    out.endArray();
}

} // namespace vedette::collector::api
