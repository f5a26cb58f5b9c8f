// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/project.h"

#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/scopes.h"
#include "app/collector/api/team.h"

namespace vedette::collector::api {
namespace {

/// What of Sentry's features a project here has.
constexpr const char* features[] = {"advanced-search", "releases"};

void writeTeams(json::Writer& out, const Call& call, std::int64_t project)
{
    SQLite::Statement query(call.db, std::string("SELECT ") + teamColumns +
                                         " FROM teams t JOIN team_projects tp ON tp.team_id = t.id"
                                         " WHERE tp.project_id = ? ORDER BY t.id");
    query.bind(1, call.self);
    query.bind(2, project);
    std::vector<TeamRow> teams;
    while (query.executeStep())
        teams.push_back(teamFrom(query));
    out.key("teams").beginArray();
    for (const TeamRow& team : teams)
        writeTeamShort(out, team);
    out.endArray().key("team");
    if (teams.empty())
        out.null();
    else
        writeTeamShort(out, teams.front());
}

void writeEnvironments(json::Writer& out, const Call& call, std::int64_t project)
{
    SQLite::Statement query(call.db,
        "SELECT e.name FROM project_environments pe JOIN environments e ON e.id = pe.environment_id"
        " WHERE pe.project_id = ? AND NOT pe.hidden ORDER BY e.name");
    query.bind(1, project);
    out.key("environments").beginArray();
    while (query.executeStep())
        out.string(query.getColumn(0).getString());
    out.endArray();
}

void writeLatestRelease(json::Writer& out, const Call& call, std::int64_t project)
{
    SQLite::Statement query(call.db,
        "SELECT version FROM releases WHERE project_id = ? ORDER BY coalesce(released, created) DESC, id DESC"
        " LIMIT 1");
    query.bind(1, project);
    out.key("latestRelease");
    if (query.executeStep())
        out.beginObject().field("version", query.getColumn(0).getString()).endObject();
    else
        out.null();
}

} // namespace

ProjectRow projectFrom(SQLite::Statement& query)
{
    ProjectRow row{query.getColumn(0).getInt64(), query.getColumn(1).getString(),
        query.getColumn(2).getString(), query.getColumn(3).getString(), query.getColumn(4).getString(),
        query.getColumn(5).getInt64(), {}};
    if (!query.getColumn(6).isNull())
        row.firstEvent = query.getColumn(6).getInt64();
    return row;
}

std::optional<ProjectRow> loadProject(const Call& call, std::string_view part)
{
    const auto id = projectByPart(call.db, part);
    if (!id)
        return {};
    SQLite::Statement query(
        call.db, std::string("SELECT ") + projectColumns + " FROM projects p WHERE p.id = ?");
    query.bind(1, *id);
    if (!query.executeStep())
        return {};
    return projectFrom(query);
}

std::vector<ProjectRow> teamProjects(SQLite::Database& db, std::int64_t team)
{
    SQLite::Statement query(db, std::string("SELECT ") + projectColumns +
                                    " FROM projects p JOIN team_projects t ON t.project_id = p.id"
                                    " WHERE t.team_id = ? AND p.kind <> 'removed' ORDER BY p.slug");
    query.bind(1, team);
    std::vector<ProjectRow> out;
    while (query.executeStep())
        out.push_back(projectFrom(query));
    return out;
}

void writeProjectMembers(json::Writer& out, const Call& call, const ProjectRow& row)
{
    out.field("id", std::to_string(row.id)).field("slug", row.slug).field("name", row.name);
    out.fieldOrNull("platform", row.platform).key("platforms").beginArray();
    if (!row.platform.empty())
        out.string(row.platform);
    out.endArray().fieldOrNull("color", row.colour).field("dateCreated", dateText(row.created));
    if (row.firstEvent)
        out.field("firstEvent", dateText(*row.firstEvent));
    else
        out.nullField("firstEvent");
    out.field("status", "active").field("isInternal", false).field("isPublic", false);
    out.field("isMember", true).field("hasAccess", true).field("isBookmarked", false);
    for (const char* kept : {"firstTransactionEvent", "hasSessions", "hasProfiles", "hasReplays",
             "hasMonitors", "hasMinifiedStackTrace", "hasFlags"})
        out.field(kept, false);
    out.key("access");
    writeScopes(out);
    out.key("features").beginArray();
    for (const char* feature : features)
        out.string(feature);
    out.endArray();
    out.key("avatar").beginObject().field("avatarType", "letter_avatar").nullField("avatarUuid").endObject();
    writeTeams(out, call, row.id);
    writeEnvironments(out, call, row.id);
    writeLatestRelease(out, call, row.id);
    out.nullField("latestDeploys");
}

void writeProject(json::Writer& out, const Call& call, const ProjectRow& row)
{
    out.beginObject();
    writeProjectMembers(out, call, row);
    out.endObject();
}

} // namespace vedette::collector::api
