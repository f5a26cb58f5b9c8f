// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Client: changing issues (contract section 8, and section 15 for what GlitchTip cannot).

#include "models/api/actionbody.h"
#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "models/api/issueroutes.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;
using domain::Action;
using domain::IssueId;
using domain::OrganizationId;

namespace {

// A longer list goes in several requests: proxies commonly cut URLs at 8 KB.
constexpr qsizetype mostIdsAtOnce = 50;

/// The guard of a bulk change. Nothing where an issue cannot be named exactly.
std::optional<Route> guardedRoute(
    const OrganizationId& organization, const QList<domain::Issue>& issues, const std::string& body)
{
    Route route = Route::put({u"0"_s, u"organizations"_s, organization.value(), u"issues"_s}, body);
    QStringList projects;
    QStringList shortIds;
    for (const domain::Issue& issue : issues) {
        // A quote, comma or bracket in a short id would break out of the list in the query.
        const bool isPlain = std::all_of(issue.shortId.begin(), issue.shortId.end(),
            [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.'; });
        if (issue.id.isEmpty() || issue.shortId.isEmpty() || !isPlain || issue.project.id.isEmpty())
            return {};
        route.with("id", issue.id.value());
        shortIds << issue.shortId;
        if (!projects.contains(issue.project.id.value()))
            projects << issue.project.id.value();
    }
    route.withEach("project", projects);
    route.with("query", u"issue:[%1]"_s.arg(shortIds.join(u',')));
    return route;
}

} // namespace

QFuture<core::Result<domain::Issue>> Client::update(
    const OrganizationId& organization, const IssueId& issue, const Action& action)
{
    auto body = actionBody(action, d->isGlitchTip(), d->clock.now());
    if (!body)
        return core::finished(core::Result<domain::Issue>(core::fail(body.error())));
    auto* task = d->begin<domain::Issue>();
    const QUrl base = d->baseFor(organization);
    const auto readBack = [this, task, base, organization, issue] {
        d->fetchEither<domain::IssueDetail>(task, "issue", base,
            Route::get(issueSegments(organization, issue)), Route::get(bareIssueSegments(issue)),
            decode::issueDetail, [task](core::Result<Fetched<domain::IssueDetail>> fetched) {
                if (!fetched)
                    return task->finish(core::fail(fetched.error()));
                task->finish(std::move(fetched->value.issue));
            });
    };
    const auto afterwards = [this, task, readBack](core::Result<Answer> answer) {
        if (!answer)
            return task->finish(core::fail(answer.error()));
        // 204 is "nothing changed"; GlitchTip answers in snake_case. Both are read again.
        if (answer->status == 204 || d->isGlitchTip())
            return readBack();
        const auto most = static_cast<std::size_t>(d->options.maxAnswerBytes);
        core::onDone(core::runOn(d->lane, d->home,
                         [text = std::move(answer->body), most] {
                             return decodeBody<domain::IssueDetail>(text, most, decode::issueDetail);
                         }),
            task, [task, readBack](core::Result<domain::IssueDetail> detail) {
                // The change was made: an answer that is no whole issue only means another look.
                if (!detail || detail->issue.project.id.isEmpty())
                    return readBack();
                task->finish(std::move(detail->issue));
            });
    };
    d->send(task, base, Route::put(issueSegments(organization, issue), *body),
        [this, task, base, issue, body = *body, afterwards](core::Result<Answer> answer) {
            // Not there means not applied, so the twin may be tried.
            if (!answer && (answer.error().httpStatus == 404 || answer.error().httpStatus == 405) &&
                d->options.kind != domain::ServerKind::Collector) {
                const core::Error first = answer.error();
                return d->send(task, base, Route::put(bareIssueSegments(issue), body),
                    [task, first, afterwards](core::Result<Answer> second) {
                        if (!second && second.error().kind == ErrorKind::NotFound)
                            return task->finish(core::fail(first));
                        afterwards(std::move(second));
                    });
            }
            afterwards(std::move(answer));
        });
    return task->future();
}

QFuture<core::Result<BulkOutcome>> Client::updateMany(
    const OrganizationId& organization, const QList<domain::Issue>& issues, const Action& action)
{
    const auto refuse = [](core::Error error) {
        return core::finished(core::Result<BulkOutcome>(core::fail(std::move(error))));
    };
    const auto body = actionBody(action, d->isGlitchTip(), d->clock.now());
    if (!body)
        return refuse(body.error());
    if (issues.isEmpty())
        return refuse({ErrorKind::Usage, 0, u"no issues were named"_s, {}});
    QList<Route> routes;
    for (qsizetype i = 0; i < issues.size(); i += mostIdsAtOnce) {
        const auto route = guardedRoute(organization, issues.mid(i, mostIdsAtOnce), *body);
        if (!route)
            return refuse({ErrorKind::Usage, 0, u"an issue without an id, a short id or a project"_s, {}});
        routes << *route;
    }

    auto* task = d->begin<BulkOutcome>();
    // One after the other: the first failure ends it, and what went before has been carried out.
    struct Send
    {
        static void next(Private* d, Task<BulkOutcome>* task, const QUrl& base, const QList<Route>& routes,
            BulkOutcome outcome)
        {
            if (routes.isEmpty())
                return task->finish(outcome);
            d->send(task, base, routes.first(), [=](core::Result<Answer> answer) {
                if (!answer)
                    return task->finish(core::fail(answer.error()));
                next(d, task, base, routes.sliced(1), {outcome.changed || answer->status != 204});
            });
        }
    };
    Send::next(d.get(), task, d->baseFor(organization), routes, {});
    return task->future();
}

QFuture<core::Result<void>> Client::remove(const OrganizationId& organization, const IssueId& issue)
{
    auto* task = d->begin<void>();
    const QUrl base = d->baseFor(organization);
    const bool twinFirst = d->prefersTwin("delete");
    const Route route = Route::remove(issueSegments(organization, issue));
    const Route twin = Route::remove(bareIssueSegments(issue));
    d->send(task, base, twinFirst ? twin : route,
        [this, task, base, other = twinFirst ? route : twin](core::Result<Answer> answer) {
            const int status = answer ? 200 : answer.error().httpStatus;
            if (status == 405 || status == 410) {
                return d->send(task, base, other, [task](core::Result<Answer> second) {
                    if (!second)
                        return task->finish(core::fail(second.error()));
                    task->finish({});
                });
            }
            if (!answer)
                return task->finish(core::fail(answer.error()));
            task->finish({});
        });
    return task->future();
}

} // namespace vedette::api
