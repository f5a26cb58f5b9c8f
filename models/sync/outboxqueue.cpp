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
        // Of several on one issue the first holds the server's row, the others have the former on them.
        if (isPending(item))
            m_ledger.setBase(m_ledger.base(row.before));
        m_items.append(item);
        m_lastId = std::max(m_lastId, row.id);
    }
    m_lastPending = pendingCount();
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

void OutboxQueue::undoLast()
{
    if (!canUndo())
        return;
    const qint64 batch = *std::exchange(m_undoBatch, std::nullopt);
    QList<qint64> dropped;
    QList<store::OutboxRow> inverses;
    QList<domain::Issue> changed;
    const core::TimePoint now = m_around.clock.now();
    const qint64 inverseBatch = m_lastId + 1;
    for (Item& item : m_items) {
        if (item.row.batch != batch || item.row.state == ActionState::Failed)
            continue;
        const bool neverSent = item.row.state == ActionState::Queued && !item.isActive && !item.isUnknown;
        if (neverSent) {
            item.isDropped = true;
            dropped.append(item.row.id);
            changed.append(item.row.before);
        } else if (const std::optional<domain::Action> back = inverse(item.row.action, item.row.before)) {
            store::OutboxRow row = item.row;
            row.id = ++m_lastId;
            row.batch = inverseBatch;
            row.before = domain::applied(item.row.before, item.row.action);
            row.action = *back;
            row.state = ActionState::Queued;
            row.created = now;
            row.changed = now;
            row.attempts = 0;
            row.error.reset();
            inverses.append(row);
        }
    }
    if (!dropped.isEmpty()) {
        m_around.user.removeOutbox(dropped);
        for (const domain::Issue& issue : std::as_const(changed))
            tell(shown(issue));
        m_items.removeIf([](const Item& item) { return item.isDropped; });
    }
    if (!inverses.isEmpty())
        take(std::move(inverses));
    notePending();
}

bool OutboxQueue::canUndo() const
{
    return m_undoBatch && std::any_of(m_items.cbegin(), m_items.cend(), [this](const Item& item) {
        return item.row.batch == *m_undoBatch && item.row.state != ActionState::Failed;
    });
}

int OutboxQueue::pendingCount() const
{
    return int(std::count_if(m_items.cbegin(), m_items.cend(), isPending));
}

QList<Outbox::Entry> OutboxQueue::entries() const
{
    QList<Entry> entries;
    for (const Item& item : m_items) {
        entries.append({item.row.id, item.row.before, item.row.action, item.row.state, item.row.created,
            item.row.error});
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
    return !item.isDropped && (item.row.state == ActionState::Queued || item.row.state == ActionState::Sent);
}

OutboxQueue::Item* OutboxQueue::find(qint64 id)
{
    const auto it =
        std::find_if(m_items.begin(), m_items.end(), [id](const Item& item) { return item.row.id == id; });
    return it == m_items.end() ? nullptr : &*it;
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
        if (item.row.before.account == account)
            item.notBefore = {};
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
        if (next != nullptr || heldUp.contains(keyOf(item.row.before)))
            continue;
        heldUp.insert(keyOf(item.row.before));
        if (!item.isStored)
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
    next->isActive = true;
    if (next->isUnknown)
        lookFirst(*session, next->row.id);
    else
        markSent(*session, next->row.id);
}

/// It may have been carried out already: sent again only if the server's state says that it was not.
void OutboxQueue::lookFirst(Session& session, qint64 id)
{
    const Item* item = find(id);
    session.receive(session.client()->issue(item->row.before.organization, item->row.before.id), this,
        [this, id](const core::Result<domain::IssueDetail>& detail) {
            Item* looked = find(id);
            if (looked == nullptr)
                return;
            if (!detail) {
                settle(id, core::fail(detail.error()));
                return;
            }
            if (isReached(detail->issue, looked->row.action)) {
                settle(id, detail->issue);
                return;
            }
            looked->isUnknown = false;
            if (Session* current = m_book.session(looked->row.before.account); current && current->isReady())
                markSent(*current, id);
            else
                looked->isActive = false;
        });
}

/// `sent` is on disk before the request leaves.
void OutboxQueue::markSent(Session& session, qint64 id)
{
    Item* item = find(id);
    item->row.state = ActionState::Sent;
    item->row.changed = m_around.clock.now();
    ++item->row.attempts;
    core::onDone(m_around.user.saveOutbox({item->row}), this,
        [this, id, account = session.account().id](const core::Result<void>& stored) {
            Item* marked = find(id);
            if (marked == nullptr)
                return;
            if (!stored) {
                marked->row.state = ActionState::Queued;
                postpone(*marked, stored.error());
                return;
            }
            send(account, id);
        });
}

void OutboxQueue::send(const domain::AccountId& account, qint64 id)
{
    Item* item = find(id);
    Session* session = m_book.session(account);
    if (session == nullptr || !session->isReady()) {
        item->isActive = false;
        return;
    }
    session->receive(
        session->client()->update(item->row.before.organization, item->row.before.id, item->row.action), this,
        [this, id](const core::Result<domain::Issue>& answer) { settle(id, answer); });
}

void OutboxQueue::settle(qint64 id, const core::Result<domain::Issue>& answer)
{
    Item* item = find(id);
    if (item == nullptr)
        return;
    item->isActive = false;
    const domain::AccountId account = item->row.before.account;
    if (answer)
        finishDone(*item, *answer);
    else if (isRefusal(answer.error()))
        confirmRefusal(account, id, answer.error());
    else
        postpone(*item, answer.error());
    pump(account);
}

/// Before a refusal is believed the issue is read: the change may have been made and only its answer refused,
/// and what is rolled back to should be the server's truth, not what was known when the action was taken.
void OutboxQueue::confirmRefusal(const domain::AccountId& account, qint64 id, const core::Error& error)
{
    Item* item = find(id);
    Session* session = m_book.session(account);
    // Without a valid token, or without a request, nothing is to be learnt.
    if (session == nullptr || !session->isReady() || error.kind == ErrorKind::Unauthorized ||
        error.httpStatus == 0) {
        finishRefused(*item, error);
        return;
    }
    item->isActive = true;
    session->receive(session->client()->issue(item->row.before.organization, item->row.before.id), this,
        [this, id, error](const core::Result<domain::IssueDetail>& detail) {
            Item* looked = find(id);
            if (looked == nullptr)
                return;
            looked->isActive = false;
            const domain::AccountId owner = looked->row.before.account;
            if (detail && isReached(detail->issue, looked->row.action)) {
                finishDone(*looked, detail->issue);
            } else {
                if (detail)
                    noteServerState(looked->row.before, detail->issue);
                finishRefused(*looked, error);
            }
            pump(owner);
        });
}

/// Takes in what the server just said of an issue and tells whoever holds rows of it.
void OutboxQueue::noteServerState(const domain::Issue& row, const domain::Issue& server)
{
    const domain::Issue known = m_ledger.note(row, server);
    m_around.cache.saveIssue(known, m_around.clock.now());
    emit confirmed(known);
}

void OutboxQueue::finishDone(Item& item, const domain::Issue& server)
{
    item.row.state = ActionState::Done;
    item.row.error.reset();
    save(item);
    const domain::Action action = item.row.action;
    const domain::Issue before = item.row.before;
    // Listeners may submit, and then `item` moves.
    noteServerState(before, server);
    const domain::Issue toShow = shown(before);
    tell(toShow);
    emit done(toShow, action);
    notePending();
}

void OutboxQueue::finishRefused(Item& item, const core::Error& error)
{
    item.row.state = ActionState::Failed;
    item.row.error = error;
    save(item);
    const domain::Action action = item.row.action;
    const domain::Issue toShow = shown(item.row.before);
    tell(toShow);
    // That an issue could not be marked as read is nobody's concern.
    if (action.kind != domain::Action::Kind::MarkSeen)
        emit refused({toShow}, action, error);
    notePending();
}

void OutboxQueue::postpone(Item& item, const core::Error& error)
{
    item.isActive = false;
    if (error.kind == ErrorKind::Cancelled) {
        // The client is gone: a new one, or the next start, goes on with it.
        item.isUnknown = item.row.state == ActionState::Sent;
        return;
    }
    item.row.error = error;
    // What is unknown keeps saying `sent` on disk.
    if (isCertainlyUndone(error))
        item.row.state = ActionState::Queued;
    else
        item.isUnknown = true;
    item.notBefore = m_around.clock.now() + waitAfter(error, item.row.attempts);
    if (error.kind != ErrorKind::Storage)
        save(item);
    notePending();
}

void OutboxQueue::tell(const domain::Issue& toShow)
{
    emit issueChanged(toShow);
    emit shownChanged(toShow);
}

void OutboxQueue::save(const Item& item)
{
    store::OutboxRow row = item.row;
    row.changed = m_around.clock.now();
    m_around.user.saveOutbox({row});
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
    const qsizetype surplus = m_items.size() - pending - mostFinishedKept;
    if (surplus > mostFinishedKept) {
        qsizetype left = surplus;
        m_items.removeIf([&](const Item& item) { return !isPending(item) && left-- > 0; });
    }
    if (pending != std::exchange(m_lastPending, pending))
        emit pendingCountChanged(pending);
}

} // namespace vedette::sync
