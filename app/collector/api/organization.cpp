// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/project.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/scopes.h"
#include "app/collector/api/team.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxName = 64;

/// What of Sentry's features there is here: clients hide what is not in the list.
constexpr const char* features[] = {
    "advanced-search", "discover-basic", "event-attachments", "open-membership", "releases", "shared-issues"};

void writeOrganization(json::Writer& out, const Call& call)
{
    SQLite::Statement query(call.db, "SELECT slug, name, created FROM organization");
    query.executeStep();
    out.field("id", "1").field("slug", query.getColumn(0).getString());
    out.field("name", query.getColumn(1).getString());
    out.field("dateCreated", dateText(query.getColumn(2).getInt64()));
    out.key("status").beginObject().field("id", "active").field("name", "active").endObject();
    out.key("avatar").beginObject().field("avatarType", "letter_avatar").nullField("avatarUuid").endObject();
    out.key("features").beginArray();
    for (const char* feature : features)
        out.string(feature);
    out.endArray().field("isEarlyAdopter", false).field("require2FA", false).field("hasAuthProvider", false);
    out.field("allowMemberInvite", true).field("allowMemberProjectCreation", true);
    out.field("allowSuperuserAccess", false);
    out.key("links").beginObject().field("organizationUrl", call.context.baseUrl);
    out.field("regionUrl", call.context.baseUrl).endObject();
}

void writeTeamsAndProjects(json::Writer& out, const Call& call)
{
    out.key("teams").beginArray();
    SQLite::Statement teams(call.db, std::string("SELECT ") + teamColumns + " FROM teams t ORDER BY t.slug");
    teams.bind(1, call.self);
    while (teams.executeStep())
        writeTeam(out, teamFrom(teams));
    out.endArray().key("projects").beginArray();
    SQLite::Statement projects(call.db, std::string("SELECT ") + projectColumns +
                                            " FROM projects p WHERE p.kind <> 'removed' ORDER BY p.slug");
    while (projects.executeStep())
        writeProject(out, call, projectFrom(projects));
    out.endArray();
}

Response detailAnswer(const Call& call)
{
    json::Writer out;
    out.beginObject();
    writeOrganization(out, call);
    out.field("role", "owner").field("orgRole", "owner").key("access");
    writeScopes(out);
    out.field("isDefault", true).field("openMembership", true).field("defaultRole", "member");
    out.field("eventsMemberAdmin", true).field("attachmentsRole", "member").field("debugFilesRole", "admin");
    out.field("scrapeJavaScript", false).field("enhancedPrivacy", false).field("storeCrashReports", 0);
    out.field("pendingAccessRequests", 0).key("onboardingTasks").beginArray().endArray();
    // No quota: what is bound is each project's rate.
    out.key("quota").beginObject().nullField("maxRate").field("maxRateInterval", 60);
    out.field("accountLimit", 0).field("projectLimit", 100).endObject();
    if (call.request.queryValue("detailed") != "0")
        writeTeamsAndProjects(out, call);
    out.endObject();
    return Response::json(200, out.take());
}

} // namespace

Response organizations(const Call& call)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    // There is one: a second page has nothing, and a query finds it or not.
    const std::string_view wanted = trimmed(call.request.queryValue("query").value_or(""));
    SQLite::Statement query(
        call.db, "SELECT 1 FROM organization WHERE instr(lower(name || ' ' || slug), lower(?)) > 0");
    query.bind(1, std::string(wanted.substr(wanted.starts_with("slug:") ? 5 : 0)));
    json::Writer out;
    out.beginArray();
    if (page->offset == 0 && query.executeStep()) {
        out.beginObject();
        writeOrganization(out, call);
        out.endObject();
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, false);
    return response;
}

Response organization(const Call& call)
{
    return detailAnswer(call);
}

Response changeOrganization(const Call& call)
{
    FieldErrors errors;
    const auto name = errors.text(call.body, "name", maxName);
    if (name && name->empty())
        errors.add("name", "This field may not be blank.");
    if (errors.any())
        return errors.response();
    // The slug stands in the ready line and in what clients keep: it stays.
    if (name) {
        SQLite::Statement update(call.db, "UPDATE organization SET name = ?");
        update.bind(1, *name);
        update.exec();
    }
    return detailAnswer(call);
}

} // namespace vedette::collector::api
