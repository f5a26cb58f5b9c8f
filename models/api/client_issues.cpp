// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Client: issue lists, one issue, its tags (contract sections 6 and 7).

#include <algorithm>

#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "models/api/issueroutes.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using domain::IssueId;
using domain::OrganizationId;

namespace {

QString sentrySort(IssueSort sort)
{
    switch (sort) {
    case IssueSort::Events:
        return u"freq"_s;
    case IssueSort::LastSeen:
        return u"date"_s;
    case IssueSort::FirstSeen:
        return u"new"_s;
    case IssueSort::Users:
        return u"user"_s;
    }
    return u"date"_s;
}

/// GlitchTip's names; any of Sentry's is a 422 there (contract section 15). It knows no order by users.
QString glitchTipSort(IssueSort sort)
{
    switch (sort) {
    case IssueSort::Events:
    case IssueSort::Users:
        return u"-count"_s;
    case IssueSort::LastSeen:
        return u"-last_seen"_s;
    case IssueSort::FirstSeen:
        return u"-first_seen"_s;
    }
    return u"-last_seen"_s;
}

QStringList projectIds(const IssueListRequest& request, domain::ServerKind kind)
{
    QStringList ids;
    for (const domain::ProjectId& id : request.projects)
        ids << id.value();
    // Without it an older Sentry shows only the projects of your own teams (contract section 6).
    if (ids.isEmpty() && kind == domain::ServerKind::Sentry)
        ids << u"-1"_s;
    return ids;
}

Route listRoute(const IssueListRequest& request, domain::ServerKind kind)
{
    Route route = Route::get({u"0"_s, u"organizations"_s, request.organization.value(), u"issues"_s});
    if (!request.ids.isEmpty()) {
        for (const domain::IssueId& id : request.ids)
            route.with("group", id.value());
        return route.with("limit", std::clamp(request.limit, 1, 100));
    }
    route.with("query", request.query);
    route.withEach("project", projectIds(request, kind)).withEach("environment", request.environments);
    if (kind == domain::ServerKind::GlitchTip) {
        route.with("sort", glitchTipSort(request.sort));
    } else {
        route.withSome("statsPeriod", request.statsPeriod)
            .with("groupStatsPeriod", request.groupStatsPeriod)
            .with("sort", sentrySort(request.sort));
        if (request.shortIdLookup)
            route.with("shortIdLookup", 1);
    }
    return route.with("limit", std::clamp(request.limit, 1, 100)).withSome("cursor", request.cursor);
}

Page<domain::Issue> toPage(Fetched<QList<domain::Issue>> fetched)
{
    Page<domain::Issue> page;
    page.items = std::move(fetched.value);
    const PageLink next = readLinkHeader(fetched.headers.value("Link")).next;
    if (next.hasResults)
        page.nextCursor = next.cursor;
    bool ok = false;
    const qint64 hits = fetched.headers.value("X-Hits").toLongLong(&ok);
    if (ok && hits >= 0) {
        page.hits = hits;
        const qint64 most = fetched.headers.value("X-Max-Hits").toLongLong(&ok);
        page.hitsAreCapped = ok && hits >= most;
    }
    page.directHit = fetched.headers.value("X-Sentry-Direct-Hit") == "1";
    return page;
}

} // namespace

QFuture<core::Result<Page<domain::Issue>>> Client::issues(const IssueListRequest& request)
{
    using List = QList<domain::Issue>;
    auto* task = d->begin<Page<domain::Issue>>();
    const QUrl base = d->baseFor(request.organization);
    const auto finish = [task](core::Result<Fetched<List>> fetched) {
        if (!fetched)
            return task->finish(core::fail(fetched.error()));
        task->finish(toPage(std::move(*fetched)));
    };
    d->fetch<List>(task, base, listRoute(request, d->options.kind), decode::issues,
        [this, task, base, request, finish](core::Result<Fetched<List>> fetched) {
            if (fetched)
                return finish(std::move(fetched));
            // 422 is how GlitchTip refuses a word of Sentry's, and nobody else's way (contract section 15).
            if (fetched.error().httpStatus == 422 && !d->isGlitchTip()) {
                return d->fetch<List>(task, base, listRoute(request, domain::ServerKind::GlitchTip),
                    decode::issues, [this, finish](core::Result<Fetched<List>> again) {
                        if (again)
                            d->options.kind = domain::ServerKind::GlitchTip;
                        finish(std::move(again));
                    });
            }
            if (fetched.error().httpStatus == 400 && request.groupStatsPeriod == "auto"_L1) {
                IssueListRequest plainer = request; // older servers know 24h and 14d only
                plainer.groupStatsPeriod = u"14d"_s;
                return d->fetch<List>(
                    task, base, listRoute(plainer, d->options.kind), decode::issues, finish);
            }
            finish(std::move(fetched));
        });
    return task->future();
}

QFuture<core::Result<domain::IssueDetail>> Client::issue(
    const OrganizationId& organization, const IssueId& issue)
{
    auto* task = d->begin<domain::IssueDetail>();
    d->fetchEither<domain::IssueDetail>(task, "issue", d->baseFor(organization),
        Route::get(issueSegments(organization, issue)), Route::get(bareIssueSegments(issue)),
        decode::issueDetail, [task](core::Result<Fetched<domain::IssueDetail>> fetched) {
            if (!fetched)
                return task->finish(core::fail(fetched.error()));
            task->finish(std::move(fetched->value));
        });
    return task->future();
}

QFuture<core::Result<QList<domain::TagDistribution>>> Client::issueTags(
    const OrganizationId& organization, const IssueId& issue)
{
    using List = QList<domain::TagDistribution>;
    auto* task = d->begin<List>();
    d->fetchEither<List>(task, "tags", d->baseFor(organization),
        Route::get(issueSegments(organization, issue, {u"tags"_s})),
        Route::get(bareIssueSegments(issue, {u"tags"_s})), decode::tagDistributions,
        [task](core::Result<Fetched<List>> fetched) {
            if (!fetched)
                return task->finish(core::fail(fetched.error()));
            task->finish(std::move(fetched->value));
        });
    return task->future();
}

} // namespace vedette::api
