// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Comments on an issue: activities of the type `note` (contract section 7).

#include <tl/expected.hpp>

#include "app/collector/api/activities.h"
#include "app/collector/api/changeerrors.h"
#include "app/collector/api/cursor.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/subscriptions.h"
#include "app/collector/storage/activity.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxBytes = 65'536;
constexpr std::int64_t sameAgainMs = 3'600'000;

/// The text of the body, or the 400 to answer.
tl::expected<std::string, Response> readText(const Call& call)
{
    const json::Value value = call.body["text"];
    if (!value.exists() || value.isNull())
        return tl::unexpected(fieldError("text", "This field is required."));
    if (!value.isString())
        return tl::unexpected(fieldError("text", "Not a valid string."));
    std::string text(*value.string());
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return tl::unexpected(fieldError("text", "This field may not be blank."));
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    if (text.size() > maxBytes) {
        return tl::unexpected(
            fieldError("text", "Ensure this field has no more than " + std::to_string(maxBytes) + " bytes."));
    }
    return text;
}

std::string noteData(const std::string& text)
{
    json::Writer out;
    out.beginObject().field("text", text).endObject();
    return out.take();
}

/// Whoever is mentioned (`user:1`, `team:2`) follows the issue from now on. Unknown ones are passed over.
void subscribeMentioned(const Call& call, std::int64_t issue)
{
    constexpr std::size_t most = 100;
    std::size_t seen = 0;
    for (const json::Value mention : call.body["mentions"].items()) {
        const std::string_view text = mention.string().value_or("");
        const bool isTeam = text.starts_with("team:");
        const auto id = isTeam || text.starts_with("user:") ? decimal(text.substr(5)) : std::nullopt;
        if (!id || ++seen > most)
            continue;
        SQLite::Statement query(call.db, isTeam ? "SELECT user_id FROM team_members WHERE team_id = ?"
                                                : "SELECT id FROM users WHERE id = ? AND active = 1");
        query.bind(1, *id);
        while (query.executeStep())
            subscribe(call, issue, query.getColumn(0).getInt64(), isTeam ? "team_mentioned" : "mentioned");
    }
}

/// The comment that the path names, if it is the caller's own.
std::optional<std::int64_t> ownComment(const Call& call, std::int64_t issue)
{
    const auto id = decimal(call.parts.at(1));
    if (!id)
        return {};
    SQLite::Statement query(
        call.db, "SELECT id FROM activity WHERE id = ? AND issue_id = ? AND type = 'note' AND user_id = ?");
    query.bind(1, *id);
    query.bind(2, issue);
    query.bind(3, call.self);
    return query.executeStep() ? id : std::nullopt;
}

bool wasJustSaid(const Call& call, std::int64_t issue, const std::string& data, std::int64_t except = 0)
{
    SQLite::Statement query(call.db,
        "SELECT 1 FROM activity WHERE issue_id = ? AND type = 'note' AND user_id = ? "
        "AND data = ? AND created > ? AND id <> ?");
    query.bind(1, issue);
    query.bind(2, call.self);
    query.bind(3, data);
    query.bind(4, call.nowMs() - sameAgainMs);
    query.bind(5, except);
    return query.executeStep();
}

void countComments(const Call& call, std::int64_t issue)
{
    SQLite::Statement update(call.db,
        "UPDATE issues SET comment_count = (SELECT count(*) FROM activity WHERE "
        "issue_id = ?1 AND type = 'note') WHERE id = ?1");
    update.bind(1, issue);
    update.exec();
}

Response activityAnswer(const Call& call, int status, std::int64_t activity)
{
    json::Writer out;
    writeActivity(out, call, activity);
    return Response::json(status, out.take());
}

} // namespace

Response comments(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    SQLite::Statement query(call.db, "SELECT id FROM activity WHERE issue_id = ? AND type = 'note' ORDER BY "
                                     "created DESC, id DESC LIMIT ? OFFSET ?");
    query.bind(1, *issue);
    query.bind(2, page->limit + 1);
    query.bind(3, page->offset);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeActivity(out, call, query.getColumn(0).getInt64());
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response addComment(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    const auto text = readText(call);
    if (!text)
        return text.error();
    const std::string data = noteData(*text);
    if (wasJustSaid(call, *issue, data))
        return Response::detail(400, "You have already posted that comment.");
    const std::int64_t id = addActivity(call.db, *issue, "note", call.self, data, call.nowMs());
    countComments(call, *issue);
    subscribe(call, *issue, call.self, "comment");
    subscribeMentioned(call, *issue);
    return activityAnswer(call, 201, id);
}

Response changeComment(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    const auto id = issue ? ownComment(call, *issue) : std::nullopt;
    if (!id)
        return notFound();
    const auto text = readText(call);
    if (!text)
        return text.error();
    const std::string data = noteData(*text);
    if (wasJustSaid(call, *issue, data, *id))
        return Response::detail(400, "You have already posted that comment.");
    SQLite::Statement update(call.db, "UPDATE activity SET data = ? WHERE id = ?");
    update.bind(1, data);
    update.bind(2, *id);
    update.exec();
    subscribeMentioned(call, *issue);
    return activityAnswer(call, 200, *id);
}

Response deleteComment(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    const auto id = issue ? ownComment(call, *issue) : std::nullopt;
    if (!id)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM activity WHERE id = ?");
    remove.bind(1, *id);
    remove.exec();
    countComments(call, *issue);
    return Response::empty(204);
}

} // namespace vedette::collector::api
