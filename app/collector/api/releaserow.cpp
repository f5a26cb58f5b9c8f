// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/releaserow.h"

#include <algorithm>

#include "app/collector/api/commitrow.h"
#include "app/collector/api/deployrow.h"
#include "app/collector/event/releaseversion.h"

namespace vedette::collector::api {
namespace {

std::optional<std::int64_t> numberAt(SQLite::Statement& query, int column)
{
    if (query.getColumn(column).isNull())
        return {};
    return query.getColumn(column).getInt64();
}

void takeEarlier(std::optional<std::int64_t>& kept, std::optional<std::int64_t> other)
{
    if (other && (!kept || *other < *kept))
        kept = other;
}

void takeLater(std::optional<std::int64_t>& kept, std::optional<std::int64_t> other)
{
    if (other && (!kept || *other > *kept))
        kept = other;
}

void writeDate(json::Writer& out, std::string_view name, std::optional<std::int64_t> ms)
{
    if (ms)
        out.field(name, dateText(*ms));
    else
        out.nullField(name);
}

void writeProjects(json::Writer& out, const ReleaseRow& row)
{
    out.key("projects").beginArray();
    for (const ReleaseProject& project : row.projects) {
        // Numbers here, unlike nearly all other ids (contract section 1, rule 2).
        out.beginObject().field("id", project.id).field("slug", project.slug).field("name", project.name);
        out.field("newGroups", project.newGroups).fieldOrNull("platform", project.platform);
        out.key("platforms").beginArray();
        if (!project.platform.empty())
            out.string(project.platform);
        out.endArray().field("hasHealthData", false).endObject();
    }
    out.endArray();
}

} // namespace

std::vector<std::int64_t> ReleaseRow::rows() const
{
    std::vector<std::int64_t> out;
    out.reserve(projects.size());
    for (const ReleaseProject& project : projects)
        out.push_back(project.row);
    return out;
}

std::optional<ReleaseRow> loadRelease(
    SQLite::Database& db, std::string_view version, std::optional<std::int64_t> project)
{
    SQLite::Statement query(db,
        "SELECT r.id, r.created, r.released, r.first_seen, r.last_seen, r.status, r.ref, r.url, "
        "r.new_issues, "
        "p.id, p.slug, p.name, p.platform FROM releases r JOIN projects p ON p.id = r.project_id "
        "WHERE r.version = ? AND p.kind <> 'removed' ORDER BY r.id");
    query.bind(1, std::string(version));
    ReleaseRow out;
    out.version = version;
    while (query.executeStep()) {
        if (out.id == 0) {
            out.id = query.getColumn(0).getInt64();
            out.created = query.getColumn(1).getInt64();
            out.status = "archived";
        }
        // What is told of a release is told of all its projects; an event may have brought one later.
        out.created = std::min(out.created, query.getColumn(1).getInt64());
        takeLater(out.released, numberAt(query, 2));
        if (query.getColumn(5).getString() == "open")
            out.status = "open";
        if (out.ref.empty())
            out.ref = query.getColumn(6).getString();
        if (out.url.empty())
            out.url = query.getColumn(7).getString();
        if (project && query.getColumn(9).getInt64() != *project)
            continue;
        takeEarlier(out.firstEvent, numberAt(query, 3));
        takeLater(out.lastEvent, numberAt(query, 4));
        out.projects.push_back({query.getColumn(0).getInt64(), query.getColumn(9).getInt64(),
            query.getColumn(10).getString(), query.getColumn(11).getString(), query.getColumn(12).getString(),
            query.getColumn(8).getInt64()});
    }
    if (out.projects.empty())
        return {};
    return out;
}

void writeRelease(json::Writer& out, const Call& call, const ReleaseRow& row)
{
    const std::vector<std::int64_t> rows = row.rows();
    std::int64_t newGroups = 0;
    for (const ReleaseProject& project : row.projects)
        newGroups += project.newGroups;
    out.beginObject().field("id", row.id).field("version", row.version).field("status", row.status);
    out.field("shortVersion", shortVersion(row.version)).key("versionInfo");
    writeVersionInfo(out, row.version);
    out.fieldOrNull("ref", row.ref).fieldOrNull("url", row.url);
    writeDate(out, "dateReleased", row.released);
    out.field("dateCreated", dateText(row.created)).key("data").beginObject().endObject();
    out.field("newGroups", newGroups).nullField("owner");
    const auto commits = releaseCommits(call.db, rows, 1, 0);
    out.field("commitCount", countCommits(call.db, rows)).key("lastCommit");
    if (commits.empty())
        out.null();
    else
        writeCommit(out, call, commits.front());
    const auto deploys = releaseDeploys(call.db, rows, 1, 0);
    out.field("deployCount", countDeploys(call.db, rows)).key("lastDeploy");
    if (deploys.empty())
        out.null();
    else
        writeDeploy(out, deploys.front());
    out.key("authors");
    writeAuthors(out, call.db, rows);
    writeProjects(out, row);
    writeDate(out, "firstEvent", row.firstEvent);
    writeDate(out, "lastEvent", row.lastEvent);
    out.key("currentProjectMeta").beginObject().endObject().nullField("userAgent").endObject();
}

void writeReleaseOrNull(json::Writer& out, const Call& call, std::string_view version)
{
    if (const auto row = loadRelease(call.db, version))
        writeRelease(out, call, *row);
    else
        out.null();
}

void writeEventRelease(json::Writer& out, const Call& call, std::string_view version)
{
    if (const auto row = loadRelease(call.db, version))
        writeRelease(out, call, *row);
    else
        out.beginObject().field("version", version).endObject();
}

void writeVersionInfo(json::Writer& out, std::string_view version)
{
    const ReleaseVersion parsed = parseRelease(version);
    out.beginObject().fieldOrNull("package", parsed.package);
    out.key("version").beginObject().field("raw", parsed.raw);
    if (const auto& numbers = parsed.numbers) {
        out.field("major", numbers->major).field("minor", numbers->minor).field("patch", numbers->patch);
        out.field("revision", numbers->revision).fieldOrNull("pre", numbers->preRelease);
        out.fieldOrNull("buildCode", numbers->buildCode).field("components", numbers->components);
    }
    out.endObject().field("description", parsed.description());
    out.fieldOrNull("buildHash", parsed.buildHash).endObject();
}

std::string shortVersion(std::string_view version)
{
    return parseRelease(version).raw;
}

} // namespace vedette::collector::api
