// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/userreports.h"

#include <algorithm>
#include <array>

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/envelope/envelope.h"
#include "app/collector/event/texts.h"
#include "app/collector/storage/shortid.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

/// With the event's user, where the event is there. Conditions on `r` and `e` follow.
constexpr const char* columns =
    "SELECT r.id, coalesce(r.event_id, r.report_id), r.name, r.email, r.comments, r.created, u.key, r.url, "
    "r.source FROM user_reports r LEFT JOIN events e ON e.event_id = r.event_id AND e.project_id = "
    "r.project_id LEFT JOIN event_users u ON u.id = e.user_id ";

/// `id:7`, `email:a@b` and so on as the person that the report's event happened to.
void writePerson(json::Writer& out, const std::string& key)
{
    const std::size_t colon = key.find(':');
    if (colon == std::string::npos) {
        out.null();
        return;
    }
    const std::string kind = key.substr(0, colon);
    const std::string value = key.substr(colon + 1);
    const auto member = [&](std::string_view name, std::string_view wanted) {
        out.fieldOrNull(name, kind == wanted ? std::string_view(value) : std::string_view());
    };
    out.beginObject();
    member("id", "id");
    member("username", "username");
    member("email", "email");
    out.nullField("name");
    member("ipAddress", "ip");
    out.nullField("avatarUrl").endObject();
}

void writeReport(json::Writer& out, SQLite::Statement& query)
{
    const std::string event = hexAt(query, 1);
    out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
    out.fieldOrNull("eventID", event).field("name", query.getColumn(2).getString());
    out.field("email", query.getColumn(3).getString()).field("comments", query.getColumn(4).getString());
    out.field("dateCreated", dateText(query.getColumn(5).getInt64())).key("user");
    writePerson(out, query.getColumn(6).getString());
    out.key("event").beginObject().fieldOrNull("id", event).fieldOrNull("eventID", event).endObject();
    out.fieldOrNull("url", query.getColumn(7).getString()).field("source", query.getColumn(8).getString());
    out.endObject();
}

Response answerList(const Call& call, Sql where)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    where += " ORDER BY r.created DESC, r.id DESC LIMIT ? OFFSET ?";
    where.binds.emplace_back(page->limit + 1);
    where.binds.emplace_back(page->offset);
    SQLite::Statement query(call.db, columns + where.text);
    bindAll(query, where.binds);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeReport(out, query);
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

struct SentReport
{
    std::string eventId, name, email, comments;
};

SentReport readReport(json::Value body, FieldErrors& errors)
{
    SentReport out;
    out.eventId = errors.required(body, "event_id", 36).value_or("");
    out.name = errors.required(body, "name", 128).value_or("");
    out.email = errors.required(body, "email", 75).value_or("");
    out.comments = errors.required(body, "comments", 8'192).value_or("");
    if (errors.any())
        return out;
    if (const auto hex = eventIdText(out.eventId))
        out.eventId = *hex;
    else
        errors.add("event_id", "Invalid event ID.");
    return out;
}

/// Reports may be corrected for a while, as on the server we speak like.
constexpr std::int64_t correctableMs = 5LL * 60 * 1'000;

void countAccepted(const Call& call, std::int64_t project)
{
    SQLite::Statement count(call.db,
        "INSERT INTO outcomes (hour, project_id, category, outcome, reason, quantity) VALUES (?, ?, "
        "'feedback', 'accepted', '', 1) ON CONFLICT DO UPDATE SET quantity = quantity + 1");
    count.bind(1, call.nowMs() / 3'600'000);
    count.bind(2, project);
    count.exec();
}

} // namespace

Response issueUserReports(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    return answerList(
        call, {"WHERE r.project_id = (SELECT project_id FROM issues WHERE id = ?) AND e.issue_id = ?",
                  {*issue, *issue}});
}

Response projectUserReports(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    return answerList(call, {"WHERE r.project_id = ?", {*project}});
}

Response addUserReport(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    if (!project)
        return notFound();
    FieldErrors errors;
    const SentReport report = readReport(call.body, errors);
    if (errors.any())
        return errors.response();
    SQLite::Statement known(call.db,
        "SELECT id, created FROM user_reports WHERE event_id = CAST(? AS BLOB) AND project_id = ? AND source "
        "= 'user_report' ORDER BY created DESC LIMIT 1");
    known.bind(1, bytesOfHex(report.eventId));
    known.bind(2, *project);
    std::int64_t id = 0;
    if (known.executeStep()) {
        if (known.getColumn(1).getInt64() < call.nowMs() - correctableMs)
            return Response::detail(409, "Feedback for this event cannot be modified.");
        id = known.getColumn(0).getInt64();
        SQLite::Statement update(
            call.db, "UPDATE user_reports SET name = ?, email = ?, comments = ? WHERE id = ?");
        update.bind(1, report.name);
        update.bind(2, report.email);
        update.bind(3, report.comments);
        update.bind(4, id);
        update.exec();
    } else {
        SQLite::Statement insert(call.db, "INSERT INTO user_reports (name, email, comments, event_id, "
                                          "project_id, created) VALUES (?, ?, ?, CAST(? AS BLOB), ?, ?)");
        insert.bind(1, report.name);
        insert.bind(2, report.email);
        insert.bind(3, report.comments);
        insert.bind(4, bytesOfHex(report.eventId));
        insert.bind(5, *project);
        insert.bind(6, call.nowMs());
        insert.exec();
        id = call.db.getLastInsertRowid();
        countAccepted(call, *project);
    }
    SQLite::Statement query(call.db, std::string(columns) + "WHERE r.id = ?");
    query.bind(1, id);
    query.executeStep();
    json::Writer out;
    writeReport(out, query);
    return Response::json(200, out.take());
}

std::int64_t userReportCount(SQLite::Database& db, std::int64_t issue)
{
    SQLite::Statement query(db,
        "SELECT count(*) FROM user_reports r CROSS JOIN events e ON e.event_id = r.event_id AND "
        "e.project_id = r.project_id WHERE r.project_id = (SELECT project_id FROM issues WHERE id = ?1) "
        "AND e.issue_id = ?1");
    query.bind(1, issue);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

std::string userReportJson(SQLite::Database& db, std::int64_t project, const std::string& eventId)
{
    SQLite::Statement query(db, std::string(columns) + "WHERE r.event_id = CAST(? AS BLOB) AND r.project_id "
                                                       "= ? ORDER BY r.created DESC, r.id DESC LIMIT 1");
    query.bind(1, bytesOfHex(eventId));
    query.bind(2, project);
    if (!query.executeStep())
        return {};
    json::Writer out;
    writeReport(out, query);
    return out.take();
}

bool isAllowedByDsn(SQLite::Database& db, const Request& request)
{
    const auto& path = request.segments;
    if (request.method != "POST" || path.size() != 6 || path[2] != "projects" ||
        (path[5] != "user-feedback" && path[5] != "user-reports"))
        return false;
    constexpr std::string_view scheme = "dsn ";
    const std::string_view header = request.header("authorization").value_or("");
    if (lowered(header.substr(0, scheme.size())) != scheme)
        return false;
    const auto dsn = parseDsn(trimmed(header.substr(scheme.size())));
    const auto project = projectByPart(db, path[4]);
    if (!dsn || !project)
        return false;
    SQLite::Statement query(
        db, "SELECT 1 FROM project_keys WHERE public = ? AND project_id = ? AND active = 1");
    query.bind(1, lowered(dsn->key));
    query.bind(2, *project);
    return query.executeStep();
}

} // namespace vedette::collector::api
