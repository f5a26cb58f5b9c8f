// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/cursor.h"
#include "app/collector/api/issuerow.h"
#include "app/collector/api/routes.h"
#include "app/collector/storage/directory.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

struct ProjectRow
{
    std::int64_t id = 0;
    std::string slug, name, platform;
    std::int64_t created = 0;
    std::optional<std::int64_t> firstEvent;
};

constexpr const char* projectColumns =
    "SELECT p.id, p.slug, p.name, p.platform, p.created, p.first_event FROM projects p ";

ProjectRow projectFrom(SQLite::Statement& query)
{
    ProjectRow row{query.getColumn(0).getInt64(), query.getColumn(1).getString(),
        query.getColumn(2).getString(), query.getColumn(3).getString(), query.getColumn(4).getInt64(), {}};
    if (!query.getColumn(5).isNull())
        row.firstEvent = query.getColumn(5).getInt64();
    return row;
}

void writeProjectMembers(json::Writer& out, const Call& call, const ProjectRow& row)
{
    out.field("id", std::to_string(row.id)).field("slug", row.slug).field("name", row.name);
    out.fieldOrNull("platform", row.platform).key("platforms").beginArray();
    if (!row.platform.empty())
        out.string(row.platform);
    out.endArray().field("dateCreated", dateText(row.created));
    if (row.firstEvent)
        out.field("firstEvent", dateText(*row.firstEvent));
    else
        out.nullField("firstEvent");
    out.field("isMember", true)
        .field("hasAccess", true)
        .field("isBookmarked", false)
        .field("hasSessions", false);
    out.key("access")
        .beginArray()
        .string("project:read")
        .string("project:write")
        .string("event:write")
        .endArray();
    out.key("features").beginArray().endArray().key("teams").beginArray().endArray().nullField("team");
    out.key("environments").beginArray();
    SQLite::Statement environments(call.db,
        "SELECT e.name FROM project_environments pe JOIN environments e ON e.id = pe.environment_id"
        " WHERE pe.project_id = ? ORDER BY e.name");
    environments.bind(1, row.id);
    while (environments.executeStep())
        out.string(environments.getColumn(0).getString());
    out.endArray().key("latestRelease");
    SQLite::Statement release(call.db,
        "SELECT version FROM releases WHERE project_id = ? ORDER BY last_seen DESC, id DESC LIMIT 1");
    release.bind(1, row.id);
    if (release.executeStep())
        out.beginObject().field("version", release.getColumn(0).getString()).endObject();
    else
        out.null();
}

std::optional<ProjectRow> loadProject(const Call& call, std::string_view part)
{
    const auto id = projectByPart(call.db, part);
    if (!id)
        return {};
    SQLite::Statement query(call.db, std::string(projectColumns) + "WHERE p.id = ?");
    query.bind(1, *id);
    if (!query.executeStep())
        return {};
    return projectFrom(query);
}

void writeProject(json::Writer& out, const Call& call, const ProjectRow& row)
{
    out.beginObject();
    writeProjectMembers(out, call, row);
    out.endObject();
}

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
    out.beginObject()
        .field("id", publicKey)
        .field("name", label)
        .field("label", label)
        .field("public", publicKey);
    out.field("secret", publicKey)
        .field("projectId", project)
        .field("isActive", query.getColumn(3).getInt() != 0);
    out.nullField("rateLimit").key("dsn").beginObject().field("public", dsn(call, publicKey, project));
    out.field("secret", dsn(call, publicKey, project));
    out.field("csp", api + "/security/?sentry_key=" + publicKey);
    out.field("security", api + "/security/?sentry_key=" + publicKey);
    out.field("minidump", api + "/minidump/?sentry_key=" + publicKey).endObject();
    out.field("dateCreated", dateText(query.getColumn(4).getInt64()))
        .nullField("browserSdkVersion")
        .endObject();
}

Response keyList(const Call& call, std::optional<std::int64_t> project)
{
    std::string sql = "SELECT public, project_id, label, active, created FROM project_keys WHERE 1";
    if (project)
        sql += " AND project_id = ?";
    const std::string_view status = call.request.queryValue("status").value_or("");
    if (status == "active")
        sql += " AND active = 1";
    else if (status == "inactive")
        sql += " AND active = 0";
    SQLite::Statement query(call.db, sql + " ORDER BY project_id, created, public");
    if (project)
        query.bind(1, *project);
    json::Writer out;
    out.beginArray();
    while (query.executeStep())
        writeKey(out, call, query);
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, {}, false);
    return response;
}

} // namespace

Response projects(const Call& call)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db, std::string(projectColumns) + "ORDER BY p.slug LIMIT ? OFFSET ?");
    query.bind(1, page->limit + 1);
    query.bind(2, page->offset);
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeProject(out, call, projectFrom(query));
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response project(const Call& call)
{
    const auto row = loadProject(call, call.parts.at(0));
    if (!row)
        return notFound();
    json::Writer out;
    out.beginObject();
    writeProjectMembers(out, call, *row);
    out.key("organization")
        .beginObject()
        .field("id", "1")
        .field("slug", call.context.organization)
        .endObject();
    out.key("options").beginObject().endObject().field("processingIssues", 0).field("resolveAge", 0);
    out.nullField("defaultEnvironment").field("status", "active").field("subjectPrefix", "").endObject();
    return Response::json(200, out.take());
}

Response addProject(const Call& call)
{
    const auto name = call.body["name"].string();
    const std::string slug(call.body["slug"].string().value_or(""));
    const std::string platform(call.body["platform"].string().value_or(""));
    const auto fault = [](std::string_view field, std::string_view text) {
        json::Writer out;
        out.beginObject().key(field).beginArray().string(text).endArray().endObject();
        return Response::json(400, out.take());
    };
    if (!name || name->empty())
        return fault("name", "This field is required.");
    if (name->size() > 50 || platform.size() > 64)
        return fault("name", "Ensure this field has no more than 50 characters.");
    if (!slug.empty() && projectByPart(call.db, slug))
        return Response::detail(409, "A project with this slug already exists.");
    const ProjectKey made = collector::addProject(
        call.db, {.slug = slug, .name = std::string(*name), .platform = platform}, call.now());
    const auto row = loadProject(call, std::to_string(made.project));
    if (!row)
        return Response::detail(500, "Internal Error");
    json::Writer out;
    writeProject(out, call, *row);
    return Response::json(201, out.take());
}

Response keys(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    return id ? keyList(call, id) : notFound();
}

Response organizationKeys(const Call& call)
{
    return keyList(call, {});
}

Response addKey(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const std::string label(call.body["name"].string().value_or("Default").substr(0, 64));
    const std::string key = collector::addKey(call.db, *id, label, call.now());
    SQLite::Statement query(
        call.db, "SELECT public, project_id, label, active, created FROM project_keys WHERE public = ?");
    query.bind(1, key);
    query.executeStep();
    json::Writer out;
    writeKey(out, call, query);
    return Response::json(201, out.take());
}

Response projectMembers(const Call& call)
{
    return projectByPart(call.db, call.parts.at(0)) ? members(call) : notFound();
}

Response projectEnvironments(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    json::Writer out;
    out.beginArray();
    SQLite::Statement query(call.db,
        "SELECT e.id, e.name FROM project_environments pe JOIN environments e ON e.id = pe.environment_id"
        " WHERE pe.project_id = ? ORDER BY e.name");
    query.bind(1, *id);
    while (query.executeStep()) {
        out.beginObject().field("id", std::to_string(query.getColumn(0).getInt64()));
        out.field("name", query.getColumn(1).getString()).field("isHidden", false).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response projectStats(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    const std::string_view stat = call.request.queryValue("stat").value_or("received");
    const std::string_view resolution = call.request.queryValue("resolution").value_or("1h");
    if (resolution != "1h" && resolution != "1d")
        return Response::detail(400, "Invalid resolution: choose 1h or 1d");
    const std::int64_t width = resolution == "1d" ? 24 : 1;
    const std::int64_t nowSeconds = call.nowMs() / 1000;
    const auto seconds = [&call](const char* name) {
        const auto text = call.request.queryValue(name);
        return text ? decimal(text->substr(0, text->find('.'))) : std::nullopt;
    };
    const std::int64_t until = std::min(seconds("until").value_or(nowSeconds), nowSeconds + 3600);
    const std::int64_t since = seconds("since").value_or(until - std::int64_t(24) * 3600);
    const std::int64_t firstHour = since / 3600 / width * width;
    const std::int64_t lastHour = until / 3600 / width * width;
    if (lastHour < firstHour || lastHour - firstHour > std::int64_t(24) * 400)
        return Response::detail(400, "Invalid time range");
    std::vector<std::pair<std::int64_t, std::int64_t>> points;
    for (std::int64_t hour = firstHour; hour <= lastHour; hour += width)
        points.emplace_back(hour * 3600, 0);
    // received = accepted here: what was refused never reached a project's count.
    if (stat == "received" || stat == "generated") {
        SQLite::Statement query(
            call.db, "SELECT hour, count FROM project_hours WHERE project_id = ? AND hour >= ? AND hour < ?");
        query.bind(1, *id);
        query.bind(2, firstHour);
        query.bind(3, lastHour + width);
        while (query.executeStep()) {
            const auto index = static_cast<std::size_t>((query.getColumn(0).getInt64() - firstHour) / width);
            points.at(index).second += query.getColumn(1).getInt64();
        }
    }
    json::Writer out;
    writeStats(out, points);
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
