// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/webapi.h"

#include <array>

#include "app/collector/api/directoryroutes.h"
#include "app/collector/api/releaseroutes.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/userreports.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/store.h"
#include "models/core/logging.h"

namespace vedette::collector {
namespace {

using api::Call;

using api::Access;
using api::Route;

constexpr std::array routes = {
    Route{"GET", "organizations/{org}/stats_v2", Access::Read, api::outcomeStats},
    Route{"GET", "organizations/{org}/stats", Access::Read, api::organizationStats},
    Route{"GET", "organizations/{org}/events", Access::Read, api::events},
    Route{"GET", "organizations/{org}/events/validate", Access::Read, api::validateEvents},
    Route{"GET", "organizations/{org}/events-stats", Access::Read, api::eventsStats},
    Route{"GET", "organizations/{org}/events-timeseries", Access::Read, api::eventsTimeseries},
    Route{"GET", "organizations/{org}/tags", Access::Read, api::organizationTags},
    Route{"GET", "organizations/{org}/tags/{}/values", Access::Read, api::organizationTagValues},
    Route{"GET", "organizations/{org}/issues", Access::Read, api::issueList},
    Route{"PUT", "organizations/{org}/issues", Access::Write, api::changeIssues},
    Route{"DELETE", "organizations/{org}/issues", Access::Write, api::deleteIssues},
    Route{"GET", "organizations/{org}/issues-count", Access::Read, api::issuesCount},
    Route{"GET", "organizations/{org}/issues-stats", Access::Read, api::issuesStats},
    Route{"GET", "organizations/{org}/shortids/{}", Access::Read, api::shortId},
    Route{"GET", "organizations/{org}/eventids/{}", Access::Read, api::eventId},
    Route{"GET", "projects/{org}/{}/stats", Access::Read, api::projectStats},
    Route{"GET", "projects/{org}/{}/issues", Access::Read, api::projectIssues},
    Route{"PUT", "projects/{org}/{}/issues", Access::Write, api::changeProjectIssues},
    Route{"DELETE", "projects/{org}/{}/issues", Access::Write, api::deleteProjectIssues},
    Route{"GET", "projects/{org}/{}/events", Access::Read, api::projectEvents},
    Route{"GET", "projects/{org}/{}/events/{}", Access::Read, api::projectEvent},
    Route{"GET", "projects/{org}/{}/events/{}/attachments", Access::Read, api::eventAttachments},
    Route{"GET", "projects/{org}/{}/events/{}/attachments/{}", Access::Read, api::eventAttachment},
    Route{"DELETE", "projects/{org}/{}/events/{}/attachments/{}", Access::Write, api::deleteEventAttachment},
    Route{"GET", "projects/{org}/{}/user-feedback", Access::Read, api::projectUserReports},
    Route{"GET", "projects/{org}/{}/user-reports", Access::Read, api::projectUserReports},
    Route{"POST", "projects/{org}/{}/user-feedback", Access::Write, api::addUserReport},
    Route{"POST", "projects/{org}/{}/user-reports", Access::Write, api::addUserReport},
    Route{"GET", "projects/{org}/{}/events/{}/json", Access::Read, api::projectEventJson},
    Route{"GET", "projects/{org}/{}/events/{}/grouping-info", Access::Read, api::projectEventGroupingInfo},
    Route{"GET", "organizations/{org}/vedette/changes", Access::Read, api::changeStream},
    Route{"GET", "projects/{org}/{}/tombstones", Access::Read, api::discardedIssues},
    Route{"DELETE", "projects/{org}/{}/tombstones/{}", Access::Write, api::takeBackDiscarded},
    Route{"GET", "vedette/collector", Access::Read, api::collectorStatus},
    Route{"GET", "vedette/settings", Access::Read, api::collectorSettings},
    Route{"PUT", "vedette/settings", Access::Write, api::changeCollectorSettings},
    Route{"GET", "projects/{org}/{}/vedette/settings", Access::Read, api::projectSettings},
    Route{"PUT", "projects/{org}/{}/vedette/settings", Access::Write, api::changeProjectSettings},
};

/// What is read without a token by whoever has the link: it names what was made public.
constexpr std::array publicRoutes = {
    Route{"GET", "shared/issues/{}", Access::Read, api::sharedIssue},
    Route{"GET", "organizations/{org}/shared/issues/{}", Access::Read, api::sharedIssue},
};

/// What hangs below an issue, served under the organization and, as older clients ask, without it.
constexpr std::array issueRoutes = {
    Route{"GET", "issues/{}", Access::Read, api::issue},
    Route{"PUT", "issues/{}", Access::Write, api::changeIssue},
    Route{"DELETE", "issues/{}", Access::Write, api::deleteIssue},
    Route{"GET", "issues/{}/activities", Access::Read, api::activities},
    Route{"GET", "issues/{}/attachments", Access::Read, api::issueAttachments},
    Route{"GET", "issues/{}/user-reports", Access::Read, api::issueUserReports},
    Route{"GET", "issues/{}/user-feedback", Access::Read, api::issueUserReports},
    Route{"GET", "issues/{}/tags", Access::Read, api::issueTags},
    Route{"GET", "issues/{}/tags/{}", Access::Read, api::issueTag},
    Route{"GET", "issues/{}/tags/{}/values", Access::Read, api::issueTagValues},
    Route{"GET", "issues/{}/users", Access::Read, api::issueUsers},
    Route{"GET", "issues/{}/similar", Access::Read, api::similar},
    Route{"GET", "issues/{}/hashes", Access::Read, api::hashes},
    Route{"PUT", "issues/{}/hashes", Access::Write, api::unmerge},
    Route{"GET", "issues/{}/comments", Access::Read, api::comments},
    Route{"POST", "issues/{}/comments", Access::Write, api::addComment},
    Route{"PUT", "issues/{}/comments/{}", Access::Write, api::changeComment},
    Route{"DELETE", "issues/{}/comments/{}", Access::Write, api::deleteComment},
    Route{"GET", "issues/{}/notes", Access::Read, api::comments},
    Route{"POST", "issues/{}/notes", Access::Write, api::addComment},
    Route{"PUT", "issues/{}/notes/{}", Access::Write, api::changeComment},
    Route{"DELETE", "issues/{}/notes/{}", Access::Write, api::deleteComment},
    Route{"GET", "issues/{}/external-issues", Access::Read, api::externalLinks},
    Route{"POST", "issues/{}/external-issues", Access::Write, api::addExternalLink},
    Route{"PUT", "issues/{}/external-issues/{}", Access::Write, api::changeExternalLink},
    Route{"DELETE", "issues/{}/external-issues/{}", Access::Write, api::deleteExternalLink},
    Route{"GET", "issues/{}/first-last-release", Access::Read, api::firstLastRelease},
    Route{"GET", "issues/{}/current-release", Access::Read, api::currentRelease},
    Route{"GET", "issues/{}/stats", Access::Read, api::issueStats},
    Route{"GET", "issues/{}/events", Access::Read, api::issueEvents},
    Route{"GET", "issues/{}/events/{}", Access::Read, api::issueEvent},
    Route{"GET", "issues/{}/events/{}/json", Access::Read, api::issueEventJson},
    Route{"GET", "issues/{}/events/{}/grouping-info", Access::Read, api::issueEventGroupingInfo},
};

/// The parts at `{}` where the path fits, else nothing.
std::optional<std::vector<std::string>> match(std::string_view pattern,
    const std::vector<std::string>& segments, std::size_t from, const std::string& organization)
{
    std::vector<std::string> parts;
    for (std::size_t i = from;; ++i) {
        const std::size_t slash = pattern.find('/');
        const std::string_view piece = pattern.substr(0, slash);
        if (piece.empty())
            return i == segments.size() ? std::optional(std::move(parts)) : std::nullopt;
        if (i >= segments.size())
            return {};
        if (piece == "{}")
            parts.push_back(segments[i]);
        else if (piece == "{org}" ? (segments[i] != organization && segments[i] != "1")
                                  : segments[i] != piece)
            return {};
        pattern = slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
    }
}

struct Found
{
    const Route* route = nullptr;
    std::vector<std::string> parts;
    bool pathExists = false; ///< some method is served there
};

template<class Routes>
void search(const Routes& table, const Request& request, std::size_t from, const std::string& organization,
    Found& found)
{
    for (const Route& route : table) {
        auto parts = match(route.path, request.segments, from, organization);
        if (!parts)
            continue;
        found.pathExists = true;
        if (route.method == request.method || (request.method == "HEAD" && route.method == "GET")) {
            found.route = &route;
            found.parts = std::move(*parts);
            return;
        }
    }
}

Found findRoute(const Request& request, const std::string& organization)
{
    Found found;
    const auto& segments = request.segments;
    search(routes, request, 2, organization, found);
    if (!found.route)
        search(api::directoryRoutes, request, 2, organization, found);
    if (!found.route)
        search(api::releaseRoutes, request, 2, organization, found);
    if (!found.route)
        search(issueRoutes, request, 2, organization, found);
    const bool ours = segments.size() > 3 && segments[2] == "organizations" &&
                      (segments[3] == organization || segments[3] == "1");
    if (!found.route && ours)
        search(issueRoutes, request, 4, organization, found);
    return found;
}

Found findPublicRoute(const Request& request, const std::string& organization)
{
    Found found;
    search(publicRoutes, request, 2, organization, found);
    return found;
}

std::int64_t selfId(SQLite::Database& db)
{
    SQLite::Statement query(db, "SELECT id FROM users WHERE is_self = 1");
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

Response failure(const core::Error& error)
{
    qCWarning(core::lcCore, "web API: %s", qPrintable(error.detail));
    if (error.kind == core::ErrorKind::Storage)
        return Response::detail(503, "The collector cannot use its database: " + error.detail.toStdString())
            .header("Retry-After", "5");
    return Response::detail(500, "Internal Error");
}

} // namespace

WebApi::WebApi(Store& store, api::Context context, AcceptsToken acceptsToken)
    : m_store(store)
    , m_context(std::move(context))
    , m_acceptsToken(std::move(acceptsToken))
{}

bool WebApi::isAuthorized(const Request& request) const
{
    const std::string_view token = bearerToken(request);
    return !token.empty() && m_acceptsToken(token);
}

bool WebApi::isAllowedByDsn(const Request& request) const
{
    return m_store.read([&](SQLite::Database& db) { return api::isAllowedByDsn(db, request); })
        .value_or(false);
}

Response WebApi::handle(const Request& request)
{
    // A web page must not read what its visitor's collector holds; SDKs and desktop clients send no Origin
    // here.
    if (request.header("origin"))
        return Response::json(400, "\"Invalid origin: web pages may not use this API\"");
    // Under the name it was asked for: a loopback one, the server has checked that.
    api::Context context = m_context;
    context.baseUrl = "http://" + std::string(request.header("host").value_or("localhost"));
    const bool authorized = isAuthorized(request);
    const bool isRoot = request.segments.size() == 2 && (request.method == "GET" || request.method == "HEAD");
    Found open = findPublicRoute(request, context.organization);
    const bool mayAskRoot = isRoot && !request.header("authorization");
    if (!authorized && !open.route && !mayAskRoot && !isAllowedByDsn(request)) {
        return Response::detail(401, request.header("authorization")
                                         ? "Invalid token"
                                         : "Authentication credentials were not provided.");
    }
    if (isRoot) {
        const auto answer = m_store.read([&](SQLite::Database& db) {
            const Call call{request, context, db, {}, {}, authorized ? selfId(db) : 0};
            return api::root(call, authorized);
        });
        return answer ? *answer : failure(answer.error());
    }
    Found found = open.route ? std::move(open) : findRoute(request, context.organization);
    if (!found.route) {
        if (found.pathExists)
            return Response::detail(405, "Method \"" + request.method + "\" not allowed.");
        return api::notFound();
    }
    std::optional<json::Document> body;
    const std::string_view method = found.route->method;
    // No body at all is no JSON that is wrong: joining a team needs none.
    if ((method == "PUT" || method == "POST") && request.body.size() > 0) {
        auto parsed = json::Document::parse(request.body.bytes());
        if (!parsed)
            return Response::detail(400, "JSON parse error - " + parsed.error().detail.toStdString());
        body = std::move(*parsed);
    }
    const auto run = [&](SQLite::Database& db) {
        const Call call{request, context, db, found.parts, body ? body->root() : json::Value(), selfId(db)};
        return found.route->handler(call);
    };
    const auto answer = found.route->access == Access::Write ? m_store.write(run) : m_store.read(run);
    return answer ? *answer : failure(answer.error());
}

namespace api {

Response notFound()
{
    return Response::detail(404, "The requested resource does not exist");
}

std::optional<std::int64_t> issueByPart(SQLite::Database& db, std::string_view part)
{
    const auto number = decimal(part);
    // An issue's own number comes first; one that was merged away leads to its parent.
    SQLite::Statement query(db,
        number ? "SELECT id FROM issues WHERE id = ?1 AND " VEDETTE_IS_SHOWN(
                     "issues") " UNION ALL SELECT issue_id FROM issue_redirects WHERE old_id = ?1 LIMIT 1"
               : "SELECT id FROM issues WHERE short_id = ?1 AND " VEDETTE_IS_SHOWN(
                     "issues") " UNION ALL SELECT issue_id FROM issue_redirects WHERE short_id = ?1 LIMIT 1");
    if (number)
        query.bind(1, *number);
    else
        query.bind(1, std::string(part));
    if (!query.executeStep())
        return {};
    return query.getColumn(0).getInt64();
}

std::optional<std::int64_t> projectByPart(SQLite::Database& db, std::string_view part)
{
    const auto number = decimal(part);
    SQLite::Statement query(db, number ? "SELECT id FROM projects WHERE id = ? AND kind <> 'removed'"
                                       : "SELECT id FROM projects WHERE slug = ? AND kind <> 'removed'");
    if (number)
        query.bind(1, *number);
    else
        query.bind(1, std::string(part));
    if (!query.executeStep())
        return {};
    return query.getColumn(0).getInt64();
}

} // namespace api
} // namespace vedette::collector
