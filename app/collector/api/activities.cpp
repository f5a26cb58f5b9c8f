// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/activities.h"

#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

constexpr int maxActivities = 100;
constexpr const char* columns =
    "SELECT a.id, a.type, a.data, a.created, a.user_id, u.username, u.name, u.email "
    "FROM activity a LEFT JOIN users u ON u.id = a.user_id ";

void writeRow(json::Writer& out, SQLite::Statement& query)
{
    out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
    out.field("type", query.getColumn(1).getString()).key("user");
    if (query.getColumn(4).isNull()) {
        out.null();
    } else {
        writeUser(out, {query.getColumn(4).getInt64(), query.getColumn(5).getString(),
                           query.getColumn(6).getString(), query.getColumn(7).getString()});
    }
    out.key("data").raw(query.getColumn(2).getString());
    out.field("dateCreated", dateText(query.getColumn(3).getInt64())).endObject();
}

} // namespace

void writeActivities(json::Writer& out, const Call& call, std::int64_t issue)
{
    out.beginArray();
    SQLite::Statement query(
        call.db, std::string(columns) + "WHERE a.issue_id = ? ORDER BY a.created DESC, a.id DESC LIMIT ?");
    query.bind(1, issue);
    query.bind(2, maxActivities - 1);
    while (query.executeStep())
        writeRow(out, query);
    // The list ends with the beginning, which is no row of its own (contract section 7: id "0").
    SQLite::Statement first(call.db, "SELECT first_seen, priority FROM issues WHERE id = ?");
    first.bind(1, issue);
    if (first.executeStep()) {
        out.beginObject().field("id", "0").field("type", "first_seen").nullField("user");
        out.key("data").beginObject().field("priority", first.getColumn(1).getString()).endObject();
        out.field("dateCreated", dateText(first.getColumn(0).getInt64())).endObject();
    }
    out.endArray();
}

void writeActivity(json::Writer& out, const Call& call, std::int64_t activity)
{
    SQLite::Statement query(call.db, std::string(columns) + "WHERE a.id = ?");
    query.bind(1, activity);
    if (query.executeStep())
        writeRow(out, query);
    else
        out.null();
}

Response activities(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    json::Writer out;
    out.beginObject().key("activity");
    writeActivities(out, call, *id);
    out.endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
