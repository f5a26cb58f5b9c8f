// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/storage/directory.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxLabel = 64;
constexpr std::int64_t maxWindow = 86'400; // seconds
constexpr std::int64_t maxCount = 1'000'000;

constexpr const char* keyColumns =
    "k.public, k.project_id, k.label, k.active, k.created, k.rate_count, k.rate_window";

/// `http://KEY@127.0.0.1:8969/1` for the collector's base URL.
std::string dsn(const Call& call, const std::string& publicKey, std::int64_t project)
{
    const std::string& base = call.context.baseUrl;
    const std::size_t host = base.find("://") + 3;
    return base.substr(0, host) + publicKey + "@" + base.substr(host) + "/" + std::to_string(project);
}

void writeKey(json::Writer& out, const Call& call, SQLite::Statement& query)
{
    const std::string publicKey = query.getColumn(0).getString();
    const std::int64_t project = query.getColumn(1).getInt64();
    const std::string api = call.context.baseUrl + "/api/" + std::to_string(project);
    const std::string label = query.getColumn(2).getString();
    out.beginObject().field("id", publicKey).field("name", label).field("label", label);
    out.field("public", publicKey).field("secret", publicKey).field("projectId", project);
    out.field("isActive", query.getColumn(3).getInt() != 0).key("rateLimit");
    if (query.getColumn(5).getInt64() > 0) {
        out.beginObject().field("window", query.getColumn(6).getInt64());
        out.field("count", query.getColumn(5).getInt64()).endObject();
    } else {
        out.null();
    }
    out.key("dsn").beginObject().field("public", dsn(call, publicKey, project));
    out.field("secret", dsn(call, publicKey, project));
    out.field("csp", api + "/csp-report/?sentry_key=" + publicKey);
    out.field("security", api + "/security/?sentry_key=" + publicKey);
    out.field("minidump", api + "/minidump/?sentry_key=" + publicKey);
    // What nothing answers here is not offered.
    for (const char* none : {"nel", "unreal", "crons", "cdn"})
        out.nullField(none);
    out.endObject().field("dateCreated", dateText(query.getColumn(4).getInt64()));
    out.nullField("browserSdkVersion").endObject();
}

Response keyList(const Call& call, Sql where)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    const std::string_view status = call.request.queryValue("status").value_or("");
    if (status == "active" || status == "inactive")
        where += status == "active" ? " AND k.active = 1" : " AND k.active = 0";
    else if (!status.empty())
        return Response::detail(400, "Invalid status: choose active or inactive");
    SQLite::Statement query(call.db, std::string("SELECT ") + keyColumns + " FROM project_keys k WHERE " +
                                         where.text +
                                         " ORDER BY k.project_id, k.created, k.public LIMIT ? OFFSET ?");
    where.binds.emplace_back(page->limit + 1);
    where.binds.emplace_back(page->offset);
    bindAll(query, where.binds);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeKey(out, call, query);
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response keyAnswer(const Call& call, int status, std::int64_t project, const std::string& key)
{
    SQLite::Statement query(call.db,
        std::string("SELECT ") + keyColumns + " FROM project_keys k WHERE k.public = ? AND k.project_id = ?");
    query.bind(1, key);
    query.bind(2, project);
    if (!query.executeStep())
        return notFound();
    json::Writer out;
    writeKey(out, call, query);
    return Response::json(status, out.take());
}

/// What a POST or PUT says of a key. Absent members stay as they are.
struct KeyInput
{
    std::optional<std::string> label;
    std::optional<bool> active;
    bool setsRate = false;
    std::int64_t count = 0, window = 0; ///< 0: no limit
};

KeyInput readKey(const Call& call, FieldErrors& errors)
{
    KeyInput input;
    input.label = errors.text(call.body, "name", maxLabel);
    if (!input.label)
        input.label = errors.text(call.body, "label", maxLabel);
    input.active = errors.boolean(call.body, "isActive");
    const json::Value rate = call.body["rateLimit"];
    input.setsRate = rate.exists();
    if (!rate.exists() || rate.isNull())
        return input;
    FieldErrors own;
    input.count = own.integer(rate, "count", 0, maxCount).value_or(0);
    input.window = own.integer(rate, "window", 0, maxWindow).value_or(0);
    if (!rate.isObject() || own.any() || (input.count > 0) != (input.window > 0))
        errors.add("rateLimit",
            "Expected {\"window\": seconds up to 86400, \"count\": events up to 1000000}; 0 for both "
            "is no limit.");
    return input;
}

void applyKey(const Call& call, const std::string& key, const KeyInput& input)
{
    if (input.label && !input.label->empty()) {
        SQLite::Statement update(call.db, "UPDATE project_keys SET label = ? WHERE public = ?");
        update.bind(1, *input.label);
        update.bind(2, key);
        update.exec();
    }
    if (input.active) {
        SQLite::Statement update(call.db, "UPDATE project_keys SET active = ? WHERE public = ?");
        update.bind(1, *input.active ? 1 : 0);
        update.bind(2, key);
        update.exec();
    }
    if (input.setsRate) {
        SQLite::Statement update(
            call.db, "UPDATE project_keys SET rate_count = ?, rate_window = ? WHERE public = ?");
        update.bind(1, input.count);
        update.bind(2, input.window);
        update.bind(3, key);
        update.exec();
    }
}

} // namespace

Response keys(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    return id ? keyList(call, {"k.project_id = ?", {*id}}) : notFound();
}

Response organizationKeys(const Call& call)
{
    Sql where{"k.project_id IN (SELECT id FROM projects WHERE kind <> 'removed')", {}};
    if (const auto team = call.request.queryValue("team"); team && !team->empty()) {
        where += " AND k.project_id IN (SELECT tp.project_id FROM team_projects tp JOIN teams t ON t.id = "
                 "tp.team_id"
                 " WHERE t.slug = ? OR t.id = ?)";
        where.binds.emplace_back(std::string(*team));
        where.binds.emplace_back(decimal(*team).value_or(0));
    }
    return keyList(call, std::move(where));
}

Response key(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    return id ? keyAnswer(call, 200, *id, call.parts.at(1)) : notFound();
}

Response addKey(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    FieldErrors errors;
    const KeyInput input = readKey(call, errors);
    if (errors.any())
        return errors.response();
    const std::string made = collector::addKey(call.db, *id, "Default", call.now());
    applyKey(call, made, input);
    return keyAnswer(call, 201, *id, made);
}

Response changeKey(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    if (const Response there = keyAnswer(call, 200, *id, call.parts.at(1)); there.status != 200)
        return notFound();
    FieldErrors errors;
    const KeyInput input = readKey(call, errors);
    if (errors.any())
        return errors.response();
    applyKey(call, call.parts.at(1), input);
    return keyAnswer(call, 200, *id, call.parts.at(1));
}

Response removeKey(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM project_keys WHERE public = ? AND project_id = ?");
    remove.bind(1, call.parts.at(1));
    remove.bind(2, *id);
    return remove.exec() > 0 ? Response::empty(204) : notFound();
}

} // namespace vedette::collector::api
