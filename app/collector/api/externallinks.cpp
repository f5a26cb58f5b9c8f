// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Links of an issue to trackers, entered by hand (contract section 7, external-issues).

#include <optional>

#include "app/collector/api/changeerrors.h"
#include "app/collector/api/routes.h"
#include "app/collector/storage/activity.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxText = 200;
constexpr std::size_t maxUrl = 2048;
constexpr int maxLinks = 100;

struct Link
{
    std::string service, name, url;
};

bool isWebAddress(const std::string& url)
{
    const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    if (scheme == 0 || url.size() <= scheme || url.size() > maxUrl)
        return false;
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>' ||
            c == '\\')
            return false;
    }
    return true;
}

/// Reads the body over what is there already. Answers the 400 of what cannot be taken.
std::optional<Response> readLink(const Call& call, Link& link)
{
    struct Field
    {
        const char* name;
        std::string& to;
    };
    for (const Field& field :
        {Field{"serviceType", link.service}, Field{"displayName", link.name}, Field{"webUrl", link.url}}) {
        const json::Value value = call.body[field.name];
        if (!value.exists() || value.isNull())
            continue;
        if (!value.isString())
            return fieldError(field.name, "Not a valid string.");
        field.to = std::string(*value.string());
    }
    if (link.url.empty())
        return fieldError("webUrl", "This field is required.");
    if (!isWebAddress(link.url))
        return fieldError("webUrl", "Enter a valid URL.");
    if (link.name.empty())
        link.name = link.url.substr(0, maxText);
    for (const Field& field : {Field{"serviceType", link.service}, Field{"displayName", link.name}}) {
        if (field.to.size() > maxText)
            return fieldError(field.name, "Ensure this field has no more than 200 bytes.");
    }
    if (link.service.empty())
        link.service = "link";
    return {};
}

void writeLink(json::Writer& out, SQLite::Statement& query)
{
    out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
    out.field("issueId", std::to_string(query.getColumn(1).getInt64()));
    out.field("serviceType", query.getColumn(2).getString());
    out.field("displayName", query.getColumn(3).getString());
    out.field("webUrl", query.getColumn(4).getString()).endObject();
}

constexpr const char* columns =
    "SELECT id, issue_id, service_type, display_name, web_url FROM external_links ";

Response linkAnswer(const Call& call, int status, std::int64_t id)
{
    SQLite::Statement query(call.db, std::string(columns) + "WHERE id = ?");
    query.bind(1, id);
    json::Writer out;
    if (!query.executeStep())
        return notFound();
    writeLink(out, query);
    return Response::json(status, out.take());
}

/// The link that the path names, of the issue that it names.
std::optional<std::int64_t> linkByPath(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    const auto id = decimal(call.parts.at(1));
    if (!issue || !id)
        return {};
    SQLite::Statement query(call.db, "SELECT id FROM external_links WHERE id = ? AND issue_id = ?");
    query.bind(1, *id);
    query.bind(2, *issue);
    return query.executeStep() ? id : std::nullopt;
}

} // namespace

Response externalLinks(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    SQLite::Statement query(call.db, std::string(columns) + "WHERE issue_id = ? ORDER BY id");
    query.bind(1, *issue);
    json::Writer out;
    out.beginArray();
    while (query.executeStep())
        writeLink(out, query);
    out.endArray();
    return Response::json(200, out.take());
}

Response addExternalLink(const Call& call)
{
    const auto issue = issueByPart(call.db, call.parts.at(0));
    if (!issue)
        return notFound();
    Link link;
    if (auto fault = readLink(call, link))
        return *fault;
    SQLite::Statement same(call.db,
        "SELECT (SELECT id FROM external_links WHERE issue_id = ?1 AND web_url = ?2), "
        "(SELECT count(*) FROM external_links WHERE issue_id = ?1)");
    same.bind(1, *issue);
    same.bind(2, link.url);
    same.executeStep();
    if (!same.getColumn(0).isNull())
        return linkAnswer(call, 200, same.getColumn(0).getInt64()); // linked already
    if (same.getColumn(1).getInt() >= maxLinks)
        return Response::detail(400, "The issue has too many links.");
    same.reset();
    SQLite::Statement insert(call.db,
        "INSERT INTO external_links (issue_id, service_type, display_name, web_url, "
        "created) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, *issue);
    insert.bind(2, link.service);
    insert.bind(3, link.name);
    insert.bind(4, link.url);
    insert.bind(5, call.nowMs());
    insert.exec();
    const std::int64_t id = call.db.getLastInsertRowid();
    json::Writer data;
    data.beginObject().field("provider", link.service).field("label", link.name);
    data.field("location", link.url).field("title", link.name).endObject();
    addActivity(call.db, *issue, "create_issue", call.self, data.take(), call.nowMs());
    return linkAnswer(call, 201, id);
}

Response changeExternalLink(const Call& call)
{
    const auto id = linkByPath(call);
    if (!id)
        return notFound();
    Link link;
    {
        SQLite::Statement query(
            call.db, "SELECT service_type, display_name, web_url FROM external_links WHERE id = ?");
        query.bind(1, *id);
        query.executeStep();
        link = {
            query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString()};
    }
    if (auto fault = readLink(call, link))
        return *fault;
    SQLite::Statement update(
        call.db, "UPDATE external_links SET service_type = ?, display_name = ?, web_url = ? WHERE id = ?");
    update.bind(1, link.service);
    update.bind(2, link.name);
    update.bind(3, link.url);
    update.bind(4, *id);
    update.exec();
    return linkAnswer(call, 200, *id);
}

Response deleteExternalLink(const Call& call)
{
    const auto id = linkByPath(call);
    if (!id)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM external_links WHERE id = ?");
    remove.bind(1, *id);
    remove.exec();
    return Response::empty(204);
}

} // namespace vedette::collector::api
