// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/outboxqueue.h"

#include <algorithm>

#include "models/core/clock.h"
#include "models/core/ondone.h"
#include "models/store/cachedatabase.h"
#include "models/store/userdatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/retrypolicy.h"
#include "models/sync/session.h"

namespace vedette::sync {
namespace {

using core::ErrorKind;
using domain::ActionState;

constexpr qsizetype mostFinishedKept = 500;
/// Fewer issues go one by one.
constexpr qsizetype fewestAtOnce = 3;

} // namespace

OutboxQueue::OutboxQueue(const Surroundings& around, AccountBook& book, QObject* parent)
    : Outbox(parent)
    , m_around(around)
    , m_book(book)
    , m_retry(around.timers.make([this] { pumpAll(); }))
{
    for (const store::OutboxRow& row : m_around.user.content().outbox) {
        Item item;
        item.row = row;
        item.isStored = true;
        // Whoever was killed while it was on the wire cannot know how it ended.
        item.isUnknown = row.state == ActionState::Sent;
        // A token may have come meanwhile; what waits for a person goes on waiting.
        if (row.error && retryOf(*row.error) == Retry::Person)
            item.waitsFor = Retry::Person;
        // Of several on one issue the first holds the server's row, the others have the former on them.
        if (isPending(item))
            m_ledger.setBase(m_ledger.base(row.before));
        m_items.append(item);
        m_lastId = std::max(m_lastId, row.id);
    }
    m_lastPending = pendingCount();
    noteLastBatch();
    connect(&m_book, &AccountBook::sessionReady, this,
        [this](const Session* session) { hurry(session->account().id); });
    connect(&m_book, &AccountBook::sessionCameBack, this,
        [this](const Session* session) { hurry(session->account().id); });
    connect(&m_book, &AccountBook::sessionRemoved, this, &OutboxQueue::forgetAccount);
}

OutboxQueue::~OutboxQueue() = default;

void OutboxQueue::submit(const QList<domain::Issue>& issues, const domain::Action& action)
{
    QList<store::OutboxRow> rows;
    const core::TimePoint now = m_around.clock.now();
    const qint64 batch = m_lastId + 1;
    for (const domain::Issue& issue : issues) {
        const Session* session = m_book.session(issue.account);
        // What is so already needs no request; a status is sent all the same, the row may be out of date.
        const bool needless = action.kind == domain::Action::Kind::MarkSeen && isReached(issue, action);
        if (session == nullptr || needless)
            continue;
        store::OutboxRow row;
        row.id = ++m_lastId;
        row.batch = batch;
        row.before = issue;
        // Whatever is asked about it later is asked there, also when the account has got other ones since.
        row.before.organization = session->organization(issue.organization);
        row.action = action;
        row.known = domain::basisOf(row.before);
        row.created = now;
        row.changed = now;
        rows.append(row);
    }
    if (rows.isEmpty())
        return;
    // Looking at an issue is not a command that anybody would take back.
    if (action.kind != domain::Action::Kind::MarkSeen)
        m_undoBatch = batch;
    take(std::move(rows));
}

void OutboxQueue::take(QList<store::OutboxRow> rows)
{
    const qint64 batch = rows.front().batch;
    for (const store::OutboxRow& row : std::as_const(rows)) {
        const bool isWaiting = std::any_of(m_items.cbegin(), m_items.cend(),
            [&](const Item& item) { return isPending(item) && keyOf(item.row.before) == keyOf(row.before); });
        // With nothing waiting the row is the server's; else it carries what waits, and the base stays.
        if (!isWaiting)
            m_ledger.setBase(row.before);
        Item item;
        item.row = row;
        m_items.append(item);
    }
    core::onDone(m_around.user.saveOutbox(rows), this, [this, batch](const core::Result<void>& stored) {
        if (!stored) {
            failUnstored(batch, stored.error());
            return;
        }
        for (Item& item : m_items) {
            if (item.row.batch == batch)
                item.isStored = true;
        }
        pumpAll();
        emit entriesChanged();
    });
    for (const store::OutboxRow& row : std::as_const(rows))
        tell(shown(row.before));
    notePending();
}

/// What cannot be put on disk is not promised: it is taken back at once.
void OutboxQueue::failUnstored(qint64 batch, const core::Error& error)
{
    QList<domain::Issue> issues;
    domain::Action action;
    for (Item& item : m_items) {
        if (item.row.batch != batch || item.isStored)
            continue;
        item.row.state = ActionState::Failed;
        item.row.error = error;
        action = item.row.action;
        issues.append(shown(item.row.before));
    }
    for (const domain::Issue& issue : std::as_const(issues))
        tell(issue);
    if (!issues.isEmpty())
        emit refused(issues, action, error);
    notePending();
}

int OutboxQueue::pendingCount() const
{
    return int(std::count_if(m_items.cbegin(), m_items.cend(), isPending));
}

QList<Outbox::Entry> OutboxQueue::entries() const
{
    QList<Entry> entries;
    const core::TimePoint now = m_around.clock.now();
    for (const Item& item : m_items) {
        const store::OutboxRow& row = item.row;
        const Wait wait = item.waitsFor == Retry::Token    ? Wait::Token
                          : item.waitsFor == Retry::Person ? Wait::Person
                          : item.notBefore > now           ? Wait::Time
                                                           : Wait::Turn;
        entries.append({row.id, row.batch, row.before, row.action, row.state, row.created, row.error, wait,
            item.notBefore, item.isActive, row.conflict});
    }
    return entries;
}

domain::Issue OutboxQueue::withPending(domain::Issue row) const
{
    for (const Item& item : m_items) {
        if (isPending(item) && keyOf(item.row.before) == keyOf(row))
            row = domain::applied(std::move(row), item.row.action);
    }
    return row;
}

QList<domain::Issue> OutboxQueue::withPending(QList<domain::Issue> rows) const
{
    QSet<IssueKey> waiting;
    for (const Item& item : m_items) {
        if (isPending(item))
            waiting.insert(keyOf(item.row.before));
    }
    if (waiting.isEmpty())
        return rows;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (waiting.contains(keyOf(rows.at(i))))
            rows[i] = withPending(rows.at(i));
    }
    return rows;
}

bool OutboxQueue::isPending(const Item& item)
{
    return item.row.state == ActionState::Queued || item.row.state == ActionState::Sent;
}

OutboxQueue::Item* OutboxQueue::find(qint64 id)
{
    const auto it =
        std::find_if(m_items.begin(), m_items.end(), [id](const Item& item) { return item.row.id == id; });
    return it == m_items.end() ? nullptr : &*it;
}

const OutboxQueue::Item* OutboxQueue::find(qint64 id) const
{
    return const_cast<OutboxQueue*>(this)->find(id);
}

/// The issue as it is to be shown: the server's row as far as it is known, under what is waiting.
domain::Issue OutboxQueue::shown(const domain::Issue& issue) const
{
    return withPending(m_ledger.base(issue));
}

void OutboxQueue::pumpAll()
{
    for (const Session* session : m_book.sessions())
        pump(session->account().id);
}

void OutboxQueue::hurry(const domain::AccountId& account)
{
    for (Item& item : m_items) {
        if (item.row.before.account != account)
            continue;
        item.notBefore = {};
        if (item.waitsFor == Retry::Token)
            item.waitsFor.reset();
    }
    pump(account);
}

void OutboxQueue::pump(const domain::AccountId& account)
{
    Session* session = m_book.session(account);
    if (session == nullptr || !session->isReady())
        return;
    const core::TimePoint now = m_around.clock.now();
    std::optional<core::TimePoint> earliest;
    if (session->quietFor().count() > 0)
        earliest = now + session->quietFor();
    QSet<IssueKey> heldUp;
    Item* next = nullptr;
    for (Item& item : m_items) {
        if (!isPending(item) || item.row.before.account != account)
            continue;
        if (item.isActive)
            return; // one at a time
        if (item.waitsFor == Retry::Token)
            return; // the others would be turned away, too
        if (next != nullptr || heldUp.contains(keyOf(item.row.before)))
            continue;
        heldUp.insert(keyOf(item.row.before));
        if (!item.isStored || item.waitsFor)
            continue;
        if (item.notBefore > now)
            earliest = std::min(earliest.value_or(item.notBefore), item.notBefore);
        else if (session->quietFor().count() == 0)
            next = &item;
    }
    if (next == nullptr) {
        if (earliest) {
            const std::chrono::milliseconds wait = std::max(std::chrono::milliseconds(1), *earliest - now);
            if (!m_retry->isActive() || m_retry->remaining() > wait)
                m_retry->start(wait);
        }
        return;
    }
    const QList<qint64> part = partWith(*session, *next);
    if (part.size() < fewestAtOnce) {
        start(*session, next->row.id);
        return;
    }
    for (const qint64 id : part)
        find(id)->isActive = true;
    lookAtMany(*session, part, false);
}

/// Forgets rows, here and on disk; what waited in them is taken back.
void OutboxQueue::drop(const QList<qint64>& ids)
{
    QList<domain::Issue> changed;
    for (const qint64 id : ids) {
        if (const Item* item = find(id); item != nullptr && isPending(*item))
            changed.append(item->row.before);
    }
    m_items.removeIf([&](const Item& item) { return ids.contains(item.row.id); });
    m_around.user.removeOutbox(ids);
    for (const domain::Issue& issue : std::as_const(changed)) {
        save(rebase(issue));
        tell(shown(issue));
    }
    notePending();
}

/// The server's issue is another than before, or an action before them is gone: what waits for it is based on
/// that. The rows that changed by it.
QList<store::OutboxRow> OutboxQueue::rebase(const domain::Issue& issue)
{
    QList<store::OutboxRow> changed;
    domain::Issue state = m_ledger.base(issue);
    for (Item& item : m_items) {
        if (!isPending(item) || keyOf(item.row.before) != keyOf(issue))
            continue;
        const domain::IssueBasis basis = domain::basisOf(state);
        if (item.row.known && item.row.state == ActionState::Queued && !item.isActive &&
            *item.row.known != basis) {
            item.row.known = basis;
            if (item.isStored)
                changed.append(item.row);
        }
        state = domain::applied(state, item.row.action);
    }
    return changed;
}

void OutboxQueue::tell(const domain::Issue& toShow)
{
    emit issueChanged(toShow);
    emit shownChanged(toShow);
}

void OutboxQueue::save(QList<store::OutboxRow> rows)
{
    if (rows.isEmpty())
        return;
    for (store::OutboxRow& row : rows)
        row.changed = m_around.clock.now();
    m_around.user.saveOutbox(rows);
}

void OutboxQueue::forgetAccount(const domain::AccountId& account)
{
    // Its rows went with the account.
    m_items.removeIf([&](const Item& item) { return item.row.before.account == account; });
    m_ledger.forgetAccount(account);
    notePending();
}

void OutboxQueue::notePending()
{
    const int pending = pendingCount();
    if (pending == 0)
        m_ledger.forgetBases();
    const auto isFinished = [](const Item& item) {
        return item.row.state == ActionState::Done || item.row.state == ActionState::Failed;
    };
    const qsizetype surplus = std::count_if(m_items.cbegin(), m_items.cend(), isFinished) - mostFinishedKept;
    if (surplus > mostFinishedKept) {
        qsizetype left = surplus;
        m_items.removeIf([&](const Item& item) { return isFinished(item) && left-- > 0; });
    }
    if (pending != std::exchange(m_lastPending, pending))
        emit pendingCountChanged(pending);
    emit entriesChanged();
}

} // namespace vedette::sync
