// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/livelist.h"

#include <algorithm>

#include "models/core/ondone.h"
#include "models/store/cachedatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

constexpr int pageSize = 100;
constexpr int firstCachedRows = 200;
constexpr int laterCachedRows = 2'000;
constexpr int mostRefreshedPages = 10;
/// An unchanged list is noted in the cache no more often than this.
constexpr std::chrono::seconds touchInterval{30};

api::IssueSort toApi(IssueSort sort)
{
    switch (sort) {
    case IssueSort::Events:
        return api::IssueSort::Events;
    case IssueSort::LastSeen:
        return api::IssueSort::LastSeen;
    case IssueSort::FirstSeen:
        return api::IssueSort::FirstSeen;
    case IssueSort::Users:
        return api::IssueSort::Users;
    }
    return api::IssueSort::Events;
}

/// What the order goes by, the larger the higher.
qint64 rank(const domain::Issue& issue, IssueSort sort)
{
    const auto moment = [](const std::optional<core::TimePoint>& time) {
        return time ? qint64(time->time_since_epoch().count()) : 0;
    };
    switch (sort) {
    case IssueSort::Events:
        return issue.count;
    case IssueSort::LastSeen:
        return moment(issue.lastSeen);
    case IssueSort::FirstSeen:
        return moment(issue.firstSeen);
    case IssueSort::Users:
        return issue.userCount;
    }
    return 0;
}

/// Everything that makes a list another one, as one text; U+001F cannot stand in any of it. The organization
/// stays empty where the account's first one is meant: at the first start that is not known yet.
store::ListKey listKey(const IssueQuery& query)
{
    QStringList projects;
    for (const domain::ProjectId& project : query.projects)
        projects.append(project.value());
    projects.sort();
    QStringList environments = query.environments;
    environments.sort();
    const QStringList parts = {query.single().organization.value(), query.text.simplified(),
        projects.join(u','), environments.join(u'\x1e'), periodText(query.range), sortText(query.sort)};
    return {query.single().account, parts.join(u'\x1f')};
}

/// What a row's trend covers: a day in hours up to a day, else two weeks in days.
QString trendPeriod(Range range)
{
    return range == Range::Hours1 || range == Range::Hours24 ? u"24h"_s : u"14d"_s;
}

} // namespace

LiveList::LiveList(const Surroundings& around, AccountBook& book, OutboxQueue& outbox)
    : m_around(around)
    , m_book(book)
    , m_outbox(outbox)
    , m_timer(around.pace)
{
    connect(&m_timer, &PollTimer::due, this, &LiveList::ask);
    connect(&m_book, &AccountBook::sessionReady, this, [this](Session* ready) {
        if (ready->account().id != m_query.single().account)
            return;
        m_timer.setSession(ready);
        dropRequest(); // of the client before this one, which will not answer any more
        ask();
    });
    connect(&m_book, &AccountBook::sessionRemoved, this, [this](const domain::AccountId& account) {
        if (account == m_query.single().account)
            setQuery(m_query); // nothing is left of it
    });
    connect(&m_book, &AccountBook::sessionCameBack, this, [this](const Session* back) {
        if (back->account().id == m_query.single().account && m_isFollowed && m_state.error)
            ask();
    });
    connect(&m_book, &Accounts::stateChanged, this, [this](const domain::AccountId& account) {
        const Session* current = session();
        if (account == m_query.single().account && current != nullptr && !current->isReady())
            setState(waiting(current, m_state));
    });
    connect(&m_outbox, &OutboxQueue::confirmed, this, &LiveList::takeConfirmed);
    connect(&m_outbox, &OutboxQueue::shownChanged, this, [this](const domain::Issue& issue) {
        const bool isOurs =
            m_isShown && std::any_of(m_rows.cbegin(), m_rows.cend(),
                             [&](const domain::Issue& row) { return keyOf(row) == keyOf(issue); });
        if (isOurs)
            emit rowsMerged(rows());
    });
}

LiveList::~LiveList()
{
    m_request.cancel();
}

void LiveList::setQuery(const IssueQuery& query)
{
    ++m_generation;
    dropRequest();
    m_query = query;
    m_rows.clear();
    m_confirmed = 0;
    m_pages = 0;
    m_pagesWanted = 0;
    m_nextCursor.clear();
    m_isShown = false;
    m_wantsMore = false;
    m_headStored = {};
    Session* current = session();
    m_key = listKey(query);
    m_timer.setSession(current);
    FeedState state;
    state.loading = current != nullptr;
    setState(state);
    readCache({}, firstCachedRows);
    ask();
}

QList<domain::Issue> LiveList::rows() const
{
    return m_outbox.withPending(m_rows);
}

void LiveList::refresh()
{
    m_pagesWanted = std::min(m_pages, mostRefreshedPages);
    ask();
}

void LiveList::fetchMore()
{
    if (!m_state.hasMore)
        return;
    m_wantsMore = true;
    if (!m_isAsking)
        askNext();
}

void LiveList::dropRequest()
{
    ++m_requestNumber;
    m_request.cancel();
    m_isAsking = false;
}

void LiveList::setFollowed(bool followed)
{
    m_isFollowed = followed;
    m_timer.setActive(followed);
}

void LiveList::readCache(std::optional<qint64> from, int limit)
{
    core::onDone(m_around.cache.list(m_key, limit, from), this,
        [this, generation = m_generation, isFirst = !from](const core::Result<store::ListPart>& part) {
            // Where the server was faster, the cache has nothing to say any more.
            if (generation == m_generation && m_pages == 0)
                takeCached(part.value_or(store::ListPart()), isFirst);
        });
}

void LiveList::takeCached(const store::ListPart& part, bool isFirst)
{
    m_rows.append(part.rows);
    FeedState state = m_state;
    if (part.head) {
        state.asOf = part.head->asOf;
        state.fromCache = true;
        state.hasMore = part.head->hasMore;
        state.total = part.head->total;
        state.totalIsLowerBound = part.head->totalIsLowerBound;
    }
    if (isFirst || !part.rows.isEmpty())
        show(m_rows);
    setState(state);
    if (part.next)
        readCache(part.next, laterCachedRows);
    else
        searchHere(); // the server may have been silent before the cache was read
}

void LiveList::ask()
{
    if (!m_isAsking)
        request({}, true);
}

void LiveList::askNext()
{
    // Without a page of the server there is no cursor yet: its first page comes first.
    if (m_pages == 0 || !m_nextCursor.isEmpty())
        request(m_nextCursor, m_nextCursor.isEmpty());
}

void LiveList::request(const QString& cursor, bool isFirst)
{
    Session* current = session();
    if (current == nullptr || !current->isReady()) {
        setState(waiting(current, m_state));
        searchHere();
        return;
    }
    if (isFirst)
        m_timer.begin();
    api::IssueListRequest wanted;
    wanted.organization = current->organization(m_query.single().organization);
    wanted.query = m_query.text;
    wanted.projects = m_query.projects;
    wanted.environments = m_query.environments;
    wanted.statsPeriod = periodText(m_query.range);
    wanted.groupStatsPeriod = trendPeriod(m_query.range);
    wanted.sort = toApi(m_query.sort);
    wanted.limit = pageSize;
    wanted.cursor = cursor;
    m_isAsking = true;
    if (!m_state.loading) {
        FeedState state = m_state;
        state.loading = true;
        setState(state);
    }
    m_request = current->client()->issues(wanted);
    current->receive(m_request, this,
        [this, isFirst, organization = wanted.organization, number = ++m_requestNumber,
            tick = m_outbox.tick()](const core::Result<Page>& page) {
            if (number != m_requestNumber)
                return;
            m_isAsking = false;
            if (isFirst)
                m_timer.wind();
            if (!page) {
                m_wantsMore = false;
                m_pagesWanted = 0;
                FeedState state = m_state;
                state.loading = false;
                if (page.error().kind != core::ErrorKind::Cancelled)
                    state.error = page.error();
                if (!m_isShown && m_pages == 0)
                    show(m_rows);
                setState(state);
                searchHere();
                return;
            }
            if (m_state.isSearchedHere) { // that was another kind of list
                m_rows.clear();
                m_state.isSearchedHere = false;
                m_state.notSearched.clear();
            }
            QList<domain::Issue> fresh;
            QSet<domain::IssueId> seen;
            for (const domain::Issue& row : page->items) {
                domain::Issue issue = row;
                issue.account = m_query.single().account;
                issue.organization = organization;
                if (!seen.contains(issue.id))
                    fresh.append(m_outbox.withConfirmed(issue, tick));
                seen.insert(issue.id);
            }
            if (isFirst)
                takeHead(fresh, *page);
            else
                takeNext(fresh, *page);
        });
}

/// Rows from `from` on that should stand in or before the fresh rows by what is known of them, and do not:
/// they have left the list. All of them, when the fresh rows are the last.
QSet<domain::IssueId> LiveList::vanished(const QList<domain::Issue>& fresh, qsizetype from, bool isLast) const
{
    QSet<domain::IssueId> present;
    for (const domain::Issue& issue : fresh)
        present.insert(issue.id);
    QSet<domain::IssueId> gone;
    for (qsizetype i = from; i < m_rows.size(); ++i) {
        const domain::Issue& row = m_rows.at(i);
        if (present.contains(row.id))
            continue;
        if (isLast || (!fresh.isEmpty() && rank(row, m_query.sort) > rank(fresh.back(), m_query.sort)))
            gone.insert(row.id);
    }
    return gone;
}

void LiveList::takeHead(const QList<domain::Issue>& fresh, const Page& page)
{
    const bool wasFirst = m_pages == 0;
    const QSet<domain::IssueId> gone = vanished(fresh, 0, !page.hasNext());
    QSet<domain::IssueId> present;
    for (const domain::Issue& issue : fresh)
        present.insert(issue.id);
    QList<domain::Issue> rows = fresh;
    rows.reserve(std::max(m_rows.size(), fresh.size()));
    qsizetype confirmed = fresh.size();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const domain::Issue& row = m_rows.at(i);
        if (present.contains(row.id) || gone.contains(row.id))
            continue;
        rows.append(row);
        if (i < m_confirmed)
            ++confirmed;
    }
    // A later page's cursor stays good while its rows are kept; a refresh walks through them anew.
    if (m_pages <= 1 || m_pagesWanted > 1 || !page.hasNext()) {
        m_nextCursor = page.nextCursor;
        m_pages = 1;
        confirmed = fresh.size();
    }
    m_confirmed = confirmed;
    const bool isChanged = rows != m_rows;
    m_rows = rows;
    noteAnswer(page);
    if (isChanged || !m_isShown)
        show(m_rows);
    if (isChanged || wasFirst) {
        if (page.hasNext())
            m_around.cache.saveHead(m_key, head(), fresh, gone);
        else
            m_around.cache.saveList(m_key, head(), fresh);
        m_headStored = m_around.clock.now();
    } else if (m_around.clock.now() - m_headStored >= touchInterval) {
        m_around.cache.touchList(m_key, head());
        m_headStored = m_around.clock.now();
    }
    carryOn();
}

void LiveList::takeNext(const QList<domain::Issue>& fresh, const Page& page)
{
    m_wantsMore = false;
    QSet<domain::IssueId> above;
    for (qsizetype i = 0; i < m_confirmed; ++i)
        above.insert(m_rows.at(i).id);
    // Rows move between pages on live data: what stands above already stays there.
    QList<domain::Issue> added;
    QSet<domain::IssueId> present;
    for (const domain::Issue& issue : fresh) {
        present.insert(issue.id);
        if (!above.contains(issue.id))
            added.append(issue);
    }
    const QSet<domain::IssueId> gone = vanished(fresh, m_confirmed, !page.hasNext());
    QList<domain::Issue> rows = m_rows.mid(0, m_confirmed) + added;
    const qsizetype confirmed = rows.size();
    for (qsizetype i = m_confirmed; i < m_rows.size(); ++i) {
        const domain::Issue& row = m_rows.at(i);
        if (!present.contains(row.id) && !gone.contains(row.id))
            rows.append(row);
    }
    const bool wasAtEnd = m_confirmed == m_rows.size();
    m_confirmed = confirmed;
    m_rows = rows;
    ++m_pages;
    m_nextCursor = page.nextCursor;
    noteAnswer(page);
    show(m_rows);
    if (wasAtEnd)
        m_around.cache.append(m_key, head(), added);
    else
        m_around.cache.saveList(m_key, head(), m_rows);
    carryOn();
}

void LiveList::noteAnswer(const Page& page)
{
    FeedState state = m_state;
    state.loading = false;
    state.hasMore = !m_nextCursor.isEmpty();
    state.asOf = m_around.clock.now();
    state.fromCache = false;
    state.error.reset();
    if (page.hits) {
        state.total = page.hits;
        state.totalIsLowerBound = page.hitsAreCapped;
    }
    m_state = state; // told by carryOn(), after the rows
}

/// What was put off while a request was under way, then the state: rows come first, so that whoever hears the
/// state sees the rows it speaks of.
void LiveList::carryOn()
{
    emit stateChanged(m_state);
    if (m_isAsking)
        return; // whoever heard it has asked for the next page already
    if (m_nextCursor.isEmpty()) {
        m_wantsMore = false;
        m_pagesWanted = 0;
    }
    if (m_wantsMore || m_pages < m_pagesWanted)
        askNext();
    else
        m_pagesWanted = 0;
}

void LiveList::show(const QList<domain::Issue>& rows)
{
    const QList<domain::Issue> shown = m_outbox.withPending(rows);
    if (std::exchange(m_isShown, true))
        emit rowsMerged(shown);
    else
        emit rowsReset(shown);
}

void LiveList::setState(const FeedState& state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(m_state);
}

void LiveList::takeConfirmed(const domain::Issue& issue)
{
    for (domain::Issue& row : m_rows) {
        if (keyOf(row) == keyOf(issue))
            row = withState(row, issue);
    }
}

Session* LiveList::session() const
{
    return m_book.session(m_query.single().account);
}

store::ListHead LiveList::head() const
{
    return {m_state.asOf.value_or(m_around.clock.now()), m_state.hasMore, m_state.total,
        m_state.totalIsLowerBound};
}

} // namespace vedette::sync
