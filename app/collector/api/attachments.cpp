// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/attachments.h"

#include <algorithm>
#include <array>

#include "app/collector/api/attachmentstream.h"
#include "app/collector/api/cursor.h"
#include "app/collector/api/issuesearch.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/storage/shortid.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

struct AttachmentRow
{
    std::int64_t id = 0;
    std::int64_t project = 0;
    std::string eventId; ///< 32 hex digits
    std::string name, contentType, type, sha1;
    std::int64_t size = 0;
    std::int64_t created = 0;
};

constexpr const char* columns =
    "SELECT a.id, a.project_id, a.event_id, a.name, a.content_type, a.type, a.sha1, a.size, a.created"
    " FROM attachments a ";

AttachmentRow rowFrom(SQLite::Statement& query)
{
    AttachmentRow row;
    row.id = query.getColumn(0).getInt64();
    row.project = query.getColumn(1).getInt64();
    row.eventId = hexAt(query, 2);
    row.name = query.getColumn(3).getString();
    row.contentType = query.getColumn(4).getString();
    row.type = query.getColumn(5).getString();
    row.sha1 = query.getColumn(6).getString();
    row.size = query.getColumn(7).getInt64();
    row.created = query.getColumn(8).getInt64();
    return row;
}

/// The stored type where it may stand in a header, else the one of any bytes.
std::string headerType(const AttachmentRow& row)
{
    const bool fine = !row.contentType.empty() &&
                      std::all_of(row.contentType.begin(), row.contentType.end(),
                          [](char c) { return c >= 0x20 && c < 0x7f; }) &&
                      row.contentType.find('/') != std::string::npos;
    return fine ? row.contentType : "application/octet-stream";
}

void writeRow(json::Writer& out, const AttachmentRow& row)
{
    out.beginObject().field("id", std::to_string(row.id)).field("event_id", row.eventId);
    out.field("type", row.type).field("name", row.name).field("mimetype", headerType(row));
    out.field("size", row.size).field("sha1", row.sha1).field("dateCreated", dateText(row.created));
    out.key("headers").beginObject().field("Content-Type", headerType(row)).endObject().endObject();
}

/// The name in both forms of RFC 6266, without anything that a file system or a header could take amiss.
std::string disposition(const std::string& name)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string plain;
    std::string coded;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool safe = letter || c == '.' || c == '-' || c == '_';
        const bool separator = c == '/' || c == '\\';
        const auto byte = static_cast<unsigned char>(separator ? '_' : c);
        plain += safe || c == ' ' ? c : '_';
        if (safe || separator) {
            coded += static_cast<char>(byte);
        } else {
            coded += '%';
            coded += digits[byte >> 4U];
            coded += digits[byte & 0xFU];
        }
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + coded;
}

/// Escapes what LIKE takes for wildcards.
std::string likePart(std::string_view text)
{
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '%';
}

/// `is:screenshot` and part of a name; `types` repeated.
Sql filterOf(const Request& request)
{
    Sql out;
    std::string_view text = request.queryValue("query").value_or("");
    std::string name;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        const std::string_view word = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (word == "is:screenshot") {
            out +=
                " AND a.name LIKE 'screenshot%' AND (a.content_type LIKE 'image/%' OR a.name LIKE '%.png' OR"
                " a.name LIKE '%.jpg' OR a.name LIKE '%.jpeg' OR a.name LIKE '%.webp')";
        } else if (!word.empty()) {
            name += (name.empty() ? "" : " ") + std::string(word);
        }
    }
    if (!name.empty())
        out += Sql{" AND a.name LIKE ? ESCAPE '\\'", {likePart(name)}};
    if (const auto types = request.queryValues("types"); !types.empty()) {
        Sql in{" AND a.type IN (" + placeholders(types.size()) + ")", {}};
        for (const std::string_view type : types)
            in.binds.emplace_back(std::string(type));
        out += in;
    }
    return out;
}

Response answerList(const Call& call, Sql where)
{
    constexpr std::size_t maxTypes = 50;
    if (call.request.queryValues("types").size() > maxTypes)
        return Response::detail(400, "Too many types");
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    where += " LIMIT ? OFFSET ?";
    where.binds.emplace_back(page->limit + 1);
    where.binds.emplace_back(page->offset);
    SQLite::Statement query(call.db, columns + where.text);
    bindAll(query, where.binds);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeRow(out, rowFrom(query));
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

bool hasEvent(SQLite::Database& db, std::int64_t project, const std::string& hex)
{
    SQLite::Statement query(db, "SELECT 1 FROM events WHERE event_id = CAST(? AS BLOB) AND project_id = ? "
                                "UNION ALL SELECT 1 FROM attachments WHERE event_id = CAST(?1 AS BLOB) AND "
                                "project_id = ?2 UNION ALL SELECT 1 FROM user_reports WHERE report_id = "
                                "CAST(?1 AS BLOB) AND project_id = ?2 LIMIT 1");
    query.bind(1, bytesOfHex(hex));
    query.bind(2, project);
    return query.executeStep();
}

/// The attachment that a path names: project, event, number.
std::optional<AttachmentRow> rowOf(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    const auto hex = eventIdText(call.parts.at(1));
    const auto id = decimal(call.parts.at(2));
    if (!project || !hex || !id)
        return {};
    SQLite::Statement query(call.db,
        std::string(columns) + "WHERE a.id = ? AND a.project_id = ? AND a.event_id = CAST(? AS BLOB)");
    query.bind(1, *id);
    query.bind(2, *project);
    query.bind(3, bytesOfHex(*hex));
    if (!query.executeStep())
        return {};
    return rowFrom(query);
}

} // namespace

Response eventAttachments(const Call& call)
{
    const auto project = projectByPart(call.db, call.parts.at(0));
    const auto hex = eventIdText(call.parts.at(1));
    if (!project || !hex || !hasEvent(call.db, *project, *hex))
        return Response::detail(404, "Event not found");
    Sql where{"WHERE a.event_id = CAST(? AS BLOB) AND a.project_id = ?", {bytesOfHex(*hex), *project}};
    where += filterOf(call.request);
    where += " ORDER BY a.id";
    return answerList(call, std::move(where));
}

Response issueAttachments(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    // From the attachments to their events: they are far fewer than an issue's events may be.
    Sql where{"CROSS JOIN events e ON e.event_id = a.event_id AND e.project_id = a.project_id"
              " WHERE a.project_id = (SELECT project_id FROM issues WHERE id = ?) AND e.issue_id = ?",
        {*issue, *issue}};
    where += filterOf(call.request);
    where += " ORDER BY a.created DESC, a.id DESC";
    return answerList(call, std::move(where));
}

Response eventAttachment(const Call& call)
{
    const auto row = rowOf(call);
    if (!row)
        return Response::detail(404, "Attachment not found");
    if (!call.request.queryValue("download")) {
        json::Writer out;
        writeRow(out, *row);
        return Response::json(200, out.take());
    }
    Response response;
    response.header("Content-Type", headerType(*row));
    response.header("Content-Disposition", disposition(row->name));
    response.header("X-Content-Type-Options", "nosniff");
    response.stream = call.context.store ? std::make_shared<AttachmentStream>(
                                               *call.context.store, call.context.later, row->id, row->size)
                                         : nullptr;
    return response;
}

Response deleteEventAttachment(const Call& call)
{
    const auto row = rowOf(call);
    if (!row)
        return Response::detail(404, "Attachment not found");
    SQLite::Statement remove(call.db, "DELETE FROM attachments WHERE id = ?");
    remove.bind(1, row->id);
    remove.exec();
    SQLite::Statement activity(call.db,
        "INSERT INTO activity (issue_id, type, user_id, created) SELECT issue_id, 'deleted_attachment', "
        "nullif(?, 0), ? FROM events WHERE event_id = CAST(? AS BLOB) AND project_id = ?");
    activity.bind(1, call.self);
    activity.bind(2, call.nowMs());
    activity.bind(3, bytesOfHex(row->eventId));
    activity.bind(4, row->project);
    activity.exec();
    return Response::empty(204);
}

std::string crashFileJson(SQLite::Database& db, std::int64_t project, const std::string& eventId)
{
    SQLite::Statement query(db, std::string(columns) +
                                    "WHERE a.event_id = CAST(? AS BLOB) AND a.project_id = ? AND a.type IN "
                                    "('event.minidump', 'event.applecrashreport') ORDER BY a.id LIMIT 1");
    query.bind(1, bytesOfHex(eventId));
    query.bind(2, project);
    if (!query.executeStep())
        return {};
    json::Writer out;
    writeRow(out, rowFrom(query));
    return out.take();
}

} // namespace vedette::collector::api
