// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/livedetail.h"

#include "models/core/ondone.h"
#include "models/store/cachedatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/session.h"

namespace vedette::sync {
namespace {

/// More than the two neighbours of a few steps is not worth the memory.
constexpr qsizetype mostNear = 8;

} // namespace

template<class Fn>
auto LiveDetail::forThisIssue(Fn fn)
{
    return [this, generation = m_issueGeneration, fn = std::move(fn)](auto result) {
        if (generation == m_issueGeneration)
            fn(std::move(result));
    };
}

template<class Fn>
auto LiveDetail::forThisEvent(Fn fn)
{
    return [this, generation = m_eventGeneration, fn = std::move(fn)](auto result) {
        if (generation == m_eventGeneration)
            fn(std::move(result));
    };
}

LiveDetail::LiveDetail(const Surroundings& around, AccountBook& book, OutboxQueue& outbox)
    : m_around(around)
    , m_book(book)
    , m_outbox(outbox)
{
    connect(&m_book, &AccountBook::sessionReady, this, [this](const Session* session) {
        if (m_isOpen && session->account().id == m_detail.issue.account)
            refresh();
    });
    connect(&m_book, &AccountBook::sessionCameBack, this, [this](const Session* session) {
        const bool hasFailed = m_issueState.error || m_eventState.error;
        if (m_isOpen && session->account().id == m_detail.issue.account && hasFailed)
            refresh();
    });
    connect(&m_book, &AccountBook::sessionRemoved, this, [this](const domain::AccountId& account) {
        if (m_isOpen && account == m_detail.issue.account)
            close();
    });
    connect(&m_book, &Accounts::stateChanged, this, [this](const domain::AccountId& account) {
        if (m_isOpen && account == m_detail.issue.account && readySession() == nullptr)
            tellWaiting();
    });
    connect(&m_outbox, &OutboxQueue::confirmed, this, &LiveDetail::takeConfirmed);
    connect(&m_outbox, &OutboxQueue::shownChanged, this, [this](const domain::Issue& issue) {
        if (m_isOpen && keyOf(issue) == keyOf(m_detail.issue))
            emit detailChanged(detail());
    });
}

LiveDetail::~LiveDetail()
{
    m_eventRequest.cancel();
}

void LiveDetail::open(const domain::Issue& issue)
{
    reset();
    m_isOpen = true;
    m_detail.issue = issue;
    nameOrganization();
    emit detailChanged(detail());
    emit eventCleared();
    FeedState state;
    state.loading = true;
    setIssueState(state);
    setEventState(state);
    if (readySession() == nullptr)
        tellWaiting();
    readCache();
    askIssue();
    askTags();
    askLatest();
}

/// What is asked is asked of the issue's own organization. It is not named yet in alerts that a former
/// version kept, and before a new account's organizations are known: then it is the first one.
void LiveDetail::nameOrganization()
{
    if (const Session* session = m_book.session(m_detail.issue.account))
        m_detail.issue.organization = session->organization(m_detail.issue.organization);
}

domain::Scope LiveDetail::scope() const
{
    return {m_detail.issue.account, m_detail.issue.organization};
}

void LiveDetail::tellWaiting()
{
    const Session* session = m_book.session(m_detail.issue.account);
    setIssueState(waiting(session, m_issueState));
    setEventState(waiting(session, m_eventState));
}

void LiveDetail::close()
{
    if (!m_isOpen)
        return;
    reset();
    setIssueState({});
    setEventState({});
    emit eventCleared();
}

void LiveDetail::reset()
{
    ++m_issueGeneration;
    ++m_eventGeneration;
    m_eventRequest.cancel();
    m_isOpen = false;
    m_detail = {};
    m_event.reset();
    m_isAtLatest = true;
    m_wanted = {};
    m_near.clear();
}

domain::IssueDetail LiveDetail::detail() const
{
    domain::IssueDetail shown = m_detail;
    shown.issue = m_outbox.withPending(shown.issue);
    return shown;
}

void LiveDetail::refresh()
{
    if (!m_isOpen)
        return;
    nameOrganization();
    askIssue();
    askTags();
    if (m_isAtLatest)
        askLatest();
    else
        askEvent(m_wanted);
}

void LiveDetail::showOlder()
{
    if (m_event && !m_event->older.isEmpty())
        showEvent(m_event->older);
}

void LiveDetail::showNewer()
{
    if (m_event && !m_event->newer.isEmpty())
        showEvent(m_event->newer);
}

void LiveDetail::showLatest()
{
    if (!m_isOpen)
        return;
    ++m_eventGeneration;
    m_isAtLatest = true;
    askLatest();
}

void LiveDetail::readCache()
{
    const domain::IssueKey issue = keyOf(m_detail.issue);
    core::onDone(m_around.cache.detail(issue), this,
        forThisIssue([this](const core::Result<store::Dated<domain::IssueDetail>>& cached) {
            if (!cached || m_issueState.asOf)
                return;
            // The row is fresher than the cached detail, and its counts are of the list's window.
            const domain::Issue row = m_detail.issue;
            m_detail = cached->value;
            m_detail.issue = row;
            FeedState state = m_issueState;
            state.asOf = cached->asOf;
            state.fromCache = true;
            emit detailChanged(detail());
            setIssueState(state);
        }));
    core::onDone(m_around.cache.latestEvent(issue), this,
        forThisEvent([this](const core::Result<store::Dated<domain::Event>>& cached) {
            if (cached && !m_event)
                takeEvent(cached->value, cached->asOf, true);
        }));
}

void LiveDetail::askIssue()
{
    Session* session = readySession();
    if (session == nullptr)
        return;
    FeedState state = m_issueState;
    state.loading = true;
    setIssueState(state);
    session->receive(session->client()->issue(m_detail.issue.organization, m_detail.issue.id), this,
        forThisIssue([this, tick = m_outbox.tick()](const core::Result<domain::IssueDetail>& answer) {
            FeedState next = m_issueState;
            next.loading = false;
            if (!answer) {
                if (answer.error().kind == core::ErrorKind::Cancelled)
                    return; // a new client asks again
                next.error = answer.error();
                setIssueState(next);
                return;
            }
            const QList<domain::TagDistribution> tags = m_detail.tags;
            const domain::Issue row = m_detail.issue;
            m_detail = *answer;
            m_detail.issue.account = row.account;
            m_detail.issue.organization = row.organization;
            m_detail.issue.id = row.id; // a merged issue answers with its new parent's (contract section 7)
            m_detail.issue = m_outbox.withConfirmed(m_detail.issue, tick);
            if (!tags.isEmpty())
                m_detail.tags = tags;
            next.error.reset();
            next.fromCache = false;
            next.asOf = m_around.clock.now();
            m_around.cache.saveDetail(m_detail, *next.asOf);
            emit detailChanged(detail());
            setIssueState(next);
        }));
}

void LiveDetail::askTags()
{
    Session* session = readySession();
    if (session == nullptr)
        return;
    session->receive(session->client()->issueTags(m_detail.issue.organization, m_detail.issue.id), this,
        forThisIssue([this](const core::Result<QList<domain::TagDistribution>>& tags) {
            // Servers without this route have no such panel (contract section 16); no error is shown.
            if (!tags || *tags == m_detail.tags)
                return;
            m_detail.tags = *tags;
            if (m_issueState.asOf && !m_issueState.fromCache)
                m_around.cache.saveDetail(m_detail, *m_issueState.asOf);
            emit detailChanged(detail());
        }));
}

void LiveDetail::askLatest()
{
    Session* session = readySession();
    if (session == nullptr)
        return;
    FeedState state = m_eventState;
    state.loading = true;
    setEventState(state);
    m_eventRequest.cancel();
    m_eventRequest = session->client()->event(
        m_detail.issue.organization, m_detail.issue.id, api::EventSelector::latest());
    session->receive(m_eventRequest, this, forThisEvent([this](const core::Result<domain::Event>& event) {
        if (event)
            takeEvent(*event, m_around.clock.now(), false);
        else
            failEvent(event.error());
    }));
}

void LiveDetail::showEvent(const domain::EventId& id)
{
    ++m_eventGeneration;
    m_isAtLatest = false;
    m_wanted = id;
    if (const auto near = m_near.constFind(id); near != m_near.cend()) {
        m_eventRequest.cancel();
        const domain::Event event = *near; // NOLINT(performance-unnecessary-copy-initialization): near goes
        takeEvent(event, m_around.clock.now(), false);
        return;
    }
    FeedState state = m_eventState;
    state.loading = true;
    setEventState(state);
    core::onDone(m_around.cache.event(scope(), id), this,
        forThisEvent([this](const core::Result<store::Dated<domain::Event>>& cached) {
            if (cached && m_event && m_event->id != cached->value.id)
                takeEvent(cached->value, cached->asOf, true);
        }));
    askEvent(id);
}

void LiveDetail::askEvent(const domain::EventId& id)
{
    Session* session = readySession();
    if (session == nullptr) {
        FeedState state = m_eventState;
        state.loading = false;
        setEventState(state);
        return;
    }
    FeedState state = m_eventState;
    state.loading = true;
    setEventState(state);
    m_eventRequest.cancel();
    m_eventRequest = session->client()->event(
        m_detail.issue.organization, m_detail.issue.id, api::EventSelector::byId(id));
    session->receive(m_eventRequest, this, forThisEvent([this](const core::Result<domain::Event>& event) {
        if (event)
            takeEvent(*event, m_around.clock.now(), false);
        else
            failEvent(event.error());
    }));
}

void LiveDetail::takeEvent(const domain::Event& event, core::TimePoint asOf, bool isCached)
{
    FeedState state = m_eventState;
    state.asOf = asOf;
    state.fromCache = isCached;
    if (!isCached) {
        state.loading = false;
        state.error.reset();
        domain::Event kept = event;
        kept.issue = m_detail.issue.id; // older servers leave it out, and merged events name another one
        m_around.cache.saveEvent(scope(), kept, asOf);
        m_near.insert(event.id, event);
    }
    const bool isChanged = !m_event || *m_event != event;
    m_event = event;
    if (isChanged)
        emit eventChanged(event);
    setEventState(state);
    if (!isCached) {
        prefetch(event.older);
        prefetch(event.newer);
    }
}

void LiveDetail::failEvent(const core::Error& error)
{
    if (error.kind == core::ErrorKind::Cancelled)
        return; // for the sake of another request
    FeedState state = m_eventState;
    state.loading = false;
    state.error = error;
    setEventState(state);
}

void LiveDetail::prefetch(const domain::EventId& id)
{
    Session* session = readySession();
    if (id.isEmpty() || m_near.contains(id) || session == nullptr || session->quietFor().count() > 0)
        return;
    if (m_near.size() >= mostNear)
        m_near.clear();
    const api::Client::Background background(*session->client());
    session->receive(session->client()->event(
                         m_detail.issue.organization, m_detail.issue.id, api::EventSelector::byId(id)),
        this, forThisIssue([this](const core::Result<domain::Event>& event) {
            if (!event)
                return; // asked again when somebody wants to see it
            m_near.insert(event->id, *event);
            domain::Event kept = *event;
            kept.issue = m_detail.issue.id;
            m_around.cache.saveEvent(scope(), kept, m_around.clock.now());
        }));
}

void LiveDetail::takeConfirmed(const domain::Issue& issue)
{
    if (m_isOpen && keyOf(issue) == keyOf(m_detail.issue))
        m_detail.issue = withState(m_detail.issue, issue);
}

void LiveDetail::setIssueState(const FeedState& state)
{
    if (m_issueState == state)
        return;
    m_issueState = state;
    emit issueStateChanged(state);
}

void LiveDetail::setEventState(const FeedState& state)
{
    if (m_eventState == state)
        return;
    m_eventState = state;
    emit eventStateChanged(state);
}

Session* LiveDetail::readySession() const
{
    Session* session = m_isOpen ? m_book.session(m_detail.issue.account) : nullptr;
    return session != nullptr && session->isReady() ? session : nullptr;
}

} // namespace vedette::sync
