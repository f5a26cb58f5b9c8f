// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Client: events of an issue and the numbers of a project (contract sections 9 and 10).

#include <algorithm>
#include <chrono>

#include "models/api/clientprivate.h"
#include "models/api/decode/decode.h"
#include "models/api/issueroutes.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {

using core::ErrorKind;
using domain::IssueId;
using domain::OrganizationId;

namespace {

using EventThen = Then<domain::Event>;
using Rows = QList<EventSummary>;
using RowsThen = Then<Fetched<Rows>>;

/// What names one issue's events for the steps below.
struct EventsOf
{
    QUrl base;
    OrganizationId organization;
    IssueId issue;
    QStringList environments;
};

void askEvent(Client::Private* d, QObject* owner, const EventsOf& where, const QString& word, EventThen then)
{
    d->fetchEither<domain::Event>(owner, "events", where.base,
        Route::get(issueSegments(where.organization, where.issue, {u"events"_s, word}))
            .withEach("environment", where.environments),
        Route::get(bareIssueSegments(where.issue, {u"events"_s, word}))
            .withEach("environment", where.environments),
        decode::event, [then = std::move(then)](core::Result<Fetched<domain::Event>> fetched) {
            if (!fetched)
                return then(core::fail(fetched.error()));
            then(std::move(fetched->value));
        });
}

void askRows(Client::Private* d, QObject* owner, const EventsOf& where, const QString& cursor, qint64 limit,
    RowsThen then)
{
    const char* size = d->isGlitchTip() ? "limit" : "per_page";
    const auto route = [&](const QStringList& segments) {
        return Route::get(segments)
            .withEach("environment", where.environments)
            .with(size, limit)
            .withSome("cursor", cursor);
    };
    d->fetchEither<Rows>(owner, "eventlist", where.base,
        route(issueSegments(where.organization, where.issue, {u"events"_s})),
        route(bareIssueSegments(where.issue, {u"events"_s})), decode::eventSummaries, std::move(then));
}

/// Pages to the end of the list and reads its last event: for servers without a word for the oldest.
void walkToOldest(Client::Private* d, QObject* owner, const EventsOf& where, const QString& cursor,
    int pagesLeft, const EventThen& then)
{
    askRows(d, owner, where, cursor, 100,
        [=](core::Result<Fetched<Rows>> rows) { // NOLINT(misc-no-recursion)
            if (!rows)
                return then(core::fail(rows.error()));
            const PageLink next = readLinkHeader(rows->headers.value("Link")).next;
            if (next.hasResults && !next.cursor.isEmpty() && next.cursor != cursor) {
                if (pagesLeft <= 1) {
                    return then(core::fail(
                        ErrorKind::Unsupported, u"too many events to find the oldest one by walking"_s));
                }
                return walkToOldest(d, owner, where, next.cursor, pagesLeft - 1, then);
            }
            if (rows->value.isEmpty())
                return then(core::fail(ErrorKind::NotFound, u"the issue has no events"_s));
            askEvent(d, owner, where, rows->value.last().id.value(), then);
        });
}

/// The server knows no such word: GlitchTip takes it for a malformed id.
bool isUnknownWord(const core::Error& error)
{
    return error.httpStatus == 404 || error.httpStatus == 422 || error.httpStatus == 400;
}

/// Hours without an event are zeros, and every series of a span has the same buckets.
domain::Series gapFilled(const domain::Series& sparse, core::TimePoint since, core::TimePoint until)
{
    using std::chrono::hours;
    constexpr qsizetype mostPoints = 24 * 90 + 1;
    domain::Series out;
    out.step = hours(1);
    auto hour = std::chrono::floor<hours>(since);
    const auto last = std::chrono::floor<hours>(until);
    for (; hour <= last && out.points.size() < mostPoints; hour += hours(1))
        out.points.append({hour, 0});
    if (out.points.isEmpty())
        return out;
    const core::TimePoint first = out.points.first().start;
    for (const domain::Series::Point& point : sparse.points) {
        const auto index = std::chrono::floor<hours>(point.start - first).count();
        if (index >= 0 && index < out.points.size())
            out.points[index].count += point.count;
    }
    return out;
}

qint64 epoch(core::TimePoint time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

} // namespace

QFuture<core::Result<domain::Event>> Client::event(const OrganizationId& organization, const IssueId& issue,
    const EventSelector& which, const QStringList& environments)
{
    auto* task = d->begin<domain::Event>();
    const EventsOf where{d->baseFor(organization), organization, issue, environments};
    const EventThen finish = [task](core::Result<domain::Event> event) { task->finish(std::move(event)); };
    constexpr int mostPages = 50;

    switch (which.kind()) {
    case EventSelector::Kind::Latest:
        askEvent(d.get(), task, where, u"latest"_s, finish);
        break;
    case EventSelector::Kind::Id:
        askEvent(d.get(), task, where, which.id().value(), finish);
        break;
    case EventSelector::Kind::Recommended:
        if (d->isGlitchTip()) {
            askEvent(d.get(), task, where, u"latest"_s, finish);
            break;
        }
        askEvent(d.get(), task, where, u"recommended"_s,
            [this, task, where, finish](core::Result<domain::Event> event) {
                if (!event && isUnknownWord(event.error()))
                    return askEvent(d.get(), task, where, u"latest"_s, finish);
                finish(std::move(event));
            });
        break;
    case EventSelector::Kind::Oldest:
        if (d->isGlitchTip()) {
            walkToOldest(d.get(), task, where, {}, mostPages, finish);
            break;
        }
        askEvent(d.get(), task, where, u"oldest"_s,
            [this, task, where, finish](core::Result<domain::Event> event) {
                if (!event && isUnknownWord(event.error()))
                    return walkToOldest(d.get(), task, where, {}, mostPages, finish);
                finish(std::move(event));
            });
        break;
    }
    return task->future();
}

QFuture<core::Result<Page<EventSummary>>> Client::events(
    const OrganizationId& organization, const IssueId& issue, const QString& cursor, int limit)
{
    auto* task = d->begin<Page<EventSummary>>();
    askRows(d.get(), task, {d->baseFor(organization), organization, issue, {}}, cursor,
        std::clamp(limit, 1, 100), [task](core::Result<Fetched<Rows>> rows) {
            if (!rows)
                return task->finish(core::fail(rows.error()));
            Page<EventSummary> page;
            const PageLink next = readLinkHeader(rows->headers.value("Link")).next;
            if (next.hasResults)
                page.nextCursor = next.cursor;
            page.items = std::move(rows->value);
            task->finish(std::move(page));
        });
    return task->future();
}

QFuture<core::Result<domain::Series>> Client::projectStats(const OrganizationId& organization,
    const domain::ProjectRef& project, core::TimePoint since, core::TimePoint until)
{
    auto* task = d->begin<domain::Series>();
    const QUrl base = d->baseFor(organization);
    const QString slug = project.slug.isEmpty() ? project.id.value() : project.slug;
    const auto finish = [task, since, until](core::Result<domain::Series> series) {
        if (!series)
            return task->finish(core::fail(series.error()));
        task->finish(gapFilled(*series, since, until));
    };
    const Route newer = Route::get({u"0"_s, u"organizations"_s, organization.value(), u"stats_v2"_s})
                            .withSome("project", project.id.value())
                            .with("category", u"error"_s)
                            .with("outcome", u"accepted"_s)
                            .with("field", u"sum(quantity)"_s)
                            .with("groupBy", u"outcome"_s)
                            .with("interval", u"1h"_s)
                            .with("start", QString::fromStdString(core::formatTime(since)))
                            .with("end", QString::fromStdString(core::formatTime(until)));
    if (d->isGlitchTip()) {
        d->read<domain::Series>(task, base, newer, decode::seriesAnswer, finish);
        return task->future();
    }
    const Route older = Route::get({u"0"_s, u"projects"_s, organization.value(), slug, u"stats"_s})
                            .with("stat", u"received"_s)
                            .with("since", epoch(since))
                            .with("until", epoch(until))
                            .with("resolution", u"1h"_s);
    d->read<domain::Series>(task, base, older, decode::seriesAnswer,
        [this, task, base, newer, finish](core::Result<domain::Series> series) {
            const int status = series ? 200 : series.error().httpStatus;
            if (status == 404 || status == 405 || status == 410)
                return d->read<domain::Series>(task, base, newer, decode::seriesAnswer, finish);
            finish(std::move(series));
        });
    return task->future();
}

} // namespace vedette::api
