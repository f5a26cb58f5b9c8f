// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/liveoverview.h"

#include <algorithm>

#include "models/core/ondone.h"
#include "models/store/cachedatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/projectcolours.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

/// On servers that others share, on average one request in this time.
constexpr std::chrono::milliseconds timePerRequest{3'000};
/// Even the own collector need not be asked for every project every two seconds.
constexpr std::chrono::milliseconds shortestRound{5'000};

} // namespace

LiveOverview::LiveOverview(const Surroundings& around, AccountBook& book)
    : m_around(around)
    , m_book(book)
    , m_timer(around.pace)
{
    connect(&m_timer, &PollTimer::due, this, &LiveOverview::poll);
    connect(&m_book, &AccountBook::sessionReady, this, [this](Session* session) {
        if (session->account().id != m_scope.account)
            return;
        m_timer.setSession(session);
        m_isAsking = false; // what the former client was asked does not matter any more
        refresh();
    });
    connect(&m_book, &AccountBook::sessionRemoved, this, [this](const domain::AccountId& account) {
        if (account == m_scope.account)
            setScope({});
    });
    connect(&m_book, &AccountBook::sessionCameBack, this, [this](const Session* session) {
        if (session->account().id == m_scope.account && m_state.error)
            refresh();
    });
    connect(&m_book, &Accounts::stateChanged, this, [this](const domain::AccountId& account) {
        const Session* session = m_book.session(m_scope.account);
        if (account == m_scope.account && session != nullptr && !session->isReady())
            setState(waiting(session, m_state));
    });
}

domain::Scope LiveOverview::named() const
{
    const Session* session = m_book.session(m_scope.account);
    return session != nullptr ? domain::Scope(m_scope.account, session->organization(m_scope.organization))
                              : m_scope;
}

void LiveOverview::setScope(const domain::Scope& scope)
{
    if (m_scope == scope)
        return;
    ++m_generation;
    ++m_round;
    m_scope = scope;
    m_summaries.clear();
    m_isAsking = false;
    m_open = 0;
    m_timer.setSession(m_book.session(scope.account));
    emit summariesChanged(m_summaries);
    FeedState state;
    state.loading = m_book.session(scope.account) != nullptr;
    setState(state);
    core::onDone(m_around.cache.overview(named()), this,
        [this, generation = m_generation](
            const core::Result<store::Dated<QList<domain::ProjectSummary>>>& cached) {
            if (generation != m_generation || !cached || m_state.asOf)
                return;
            m_summaries = cached->value;
            assignColours(m_summaries);
            emit summariesChanged(m_summaries);
            FeedState shown = m_state;
            shown.asOf = cached->asOf;
            shown.fromCache = true;
            setState(shown);
        });
    refresh();
}

void LiveOverview::setFollowed(bool followed)
{
    m_timer.setActive(followed);
}

void LiveOverview::refresh()
{
    if (!m_isAsking)
        ask();
}

/// The timer's round: left out while the former one is too recent for the number of projects.
void LiveOverview::poll()
{
    m_timer.wind();
    const Session* session = m_book.session(m_scope.account);
    if (session == nullptr || m_isAsking)
        return;
    const bool isShared = session->account().kind != domain::ServerKind::Collector;
    const auto round =
        std::max(shortestRound, timePerRequest * (isShared ? 1 + 2 * int(m_summaries.size()) : 0));
    if (m_state.asOf && !m_state.fromCache && m_around.clock.now() - *m_state.asOf < round)
        return;
    ask();
}

void LiveOverview::ask()
{
    Session* session = m_book.session(m_scope.account);
    if (session == nullptr || !session->isReady()) {
        setState(waiting(session, m_state));
        return;
    }
    m_isAsking = true;
    ++m_round;
    m_timer.begin();
    FeedState state = m_state;
    state.loading = true;
    setState(state);
    session->receive(session->client()->projects(named().organization), this,
        [this, round = m_round](const core::Result<QList<domain::Project>>& projects) {
            if (round != m_round)
                return;
            if (projects)
                takeProjects(*projects);
            else
                finish(projects.error());
        });
}

void LiveOverview::takeProjects(const QList<domain::Project>& projects)
{
    Session* session = m_book.session(m_scope.account);
    if (session == nullptr || !session->isReady()) {
        finish(core::Error{core::ErrorKind::Cancelled, 0, {}, {}});
        return;
    }
    m_incoming.clear();
    for (const domain::Project& project : projects) {
        domain::ProjectSummary summary;
        // Its former figures stay until the new ones are there.
        for (const domain::ProjectSummary& former : std::as_const(m_summaries)) {
            if (former.project.id == project.id)
                summary = former;
        }
        summary.project = project;
        m_incoming.append(summary);
    }
    assignColours(m_incoming);
    m_roundError.reset();
    m_open = 1;
    for (const domain::Project& project : projects)
        askProject(*session, project);
    partDone({});
}

void LiveOverview::askProject(Session& session, const domain::Project& project)
{
    m_open += 2;
    const domain::OrganizationId organization = named().organization;
    // Two for each project: a click must not wait behind them.
    const api::Client::Background background(*session.client());
    api::IssueListRequest unresolved;
    unresolved.organization = organization;
    unresolved.query = u"is:unresolved"_s;
    unresolved.projects = {project.id};
    unresolved.statsPeriod = u"14d"_s;
    unresolved.groupStatsPeriod.clear();
    unresolved.limit = 1;
    session.receive(session.client()->issues(unresolved), this,
        [this, round = m_round, id = project.id](const core::Result<api::Page<domain::Issue>>& page) {
            if (round != m_round)
                return;
            if (domain::ProjectSummary* summary = find(id); page && summary != nullptr)
                summary->unresolved = page->hits.value_or(page->items.size());
            partDone(page ? std::nullopt : std::optional(page.error()));
        });
    // 24 whole buckets, the running hour being the last.
    const core::TimePoint now = m_around.clock.now();
    const core::TimePoint since = std::chrono::floor<std::chrono::hours>(now) - std::chrono::hours(23);
    session.receive(
        session.client()->projectStats(organization, {project.id, project.slug, project.name}, since, now),
        this, [this, round = m_round, id = project.id](const core::Result<domain::Series>& series) {
            if (round != m_round)
                return;
            if (domain::ProjectSummary* summary = find(id); series && summary != nullptr)
                summary->trend = *series;
            // Not every server tells its volume to every token: the project is shown without a trend.
            const bool isDenied = !series && (series.error().kind == core::ErrorKind::Forbidden ||
                                                 series.error().kind == core::ErrorKind::NotFound ||
                                                 series.error().kind == core::ErrorKind::Rejected ||
                                                 series.error().kind == core::ErrorKind::Unsupported);
            partDone(series || isDenied ? std::nullopt : std::optional(series.error()));
        });
}

domain::ProjectSummary* LiveOverview::find(const domain::ProjectId& id)
{
    const auto it = std::find_if(m_incoming.begin(), m_incoming.end(),
        [&](const domain::ProjectSummary& summary) { return summary.project.id == id; });
    return it == m_incoming.end() ? nullptr : &*it;
}

void LiveOverview::partDone(const std::optional<core::Error>& error)
{
    if (error && !m_roundError)
        m_roundError = error;
    if (--m_open == 0)
        finish(m_roundError);
}

void LiveOverview::finish(const std::optional<core::Error>& error)
{
    m_isAsking = false;
    m_timer.wind();
    FeedState state = m_state;
    state.loading = false;
    if (error) {
        if (error->kind != core::ErrorKind::Cancelled)
            state.error = error;
        setState(state);
        return;
    }
    state.error.reset();
    state.fromCache = false;
    state.asOf = m_around.clock.now();
    if (m_summaries != m_incoming) {
        m_summaries = m_incoming;
        m_around.cache.saveOverview(named(), m_summaries, *state.asOf);
        emit summariesChanged(m_summaries);
    }
    setState(state);
}

void LiveOverview::setState(const FeedState& state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

} // namespace vedette::sync
