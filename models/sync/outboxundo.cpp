// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: taking back what was done, and what a person decides about a row.

#include <algorithm>
#include <utility>

#include "models/core/clock.h"
#include "models/sync/outboxqueue.h"

namespace vedette::sync {

using domain::ActionState;

void OutboxQueue::undoLast()
{
    if (canUndo())
        undo(*m_undoBatch);
}

bool OutboxQueue::canUndo() const
{
    return m_undoBatch && canUndo(*m_undoBatch);
}

bool OutboxQueue::canUndo(qint64 batch) const
{
    bool isThere = false;
    for (const Item& item : m_items) {
        if (item.row.undoes == batch)
            return false; // it was taken back already
        isThere = isThere || (item.row.batch == batch && item.row.undoes == 0 &&
                                 item.row.action.kind != domain::Action::Kind::MarkSeen &&
                                 (isPending(item) || item.row.state == ActionState::Done));
    }
    return isThere;
}

/// The last batch that a person would take back. Looking at an issue is not a command that anybody would.
void OutboxQueue::noteLastBatch()
{
    m_undoBatch.reset();
    for (auto item = m_items.crbegin(); item != m_items.crend() && !m_undoBatch; ++item) {
        if (item->row.action.kind == domain::Action::Kind::MarkSeen)
            continue;
        // What was done before something was taken back is reached by its batch alone.
        if (item->row.undoes != 0)
            return;
        if (canUndo(item->row.batch))
            m_undoBatch = item->row.batch;
    }
}

void OutboxQueue::undo(qint64 batch)
{
    if (!canUndo(batch))
        return;
    if (m_undoBatch == batch)
        m_undoBatch.reset();
    QList<qint64> dropped;
    QList<store::OutboxRow> inverses;
    const core::TimePoint now = m_around.clock.now();
    const qint64 inverseBatch = m_lastId + 1;
    for (const Item& item : std::as_const(m_items)) {
        if (item.row.batch != batch || !(isPending(item) || item.row.state == ActionState::Done))
            continue;
        if (item.row.state == ActionState::Queued && !item.isActive && !item.isUnknown) {
            dropped.append(item.row.id);
        } else if (const std::optional<domain::Action> back = inverse(item.row.action, item.row.before)) {
            store::OutboxRow row;
            row.id = ++m_lastId;
            row.batch = inverseBatch;
            row.before = domain::applied(item.row.before, item.row.action);
            row.action = *back;
            // Where it was carried out, what it left: whoever changed that since is not undone.
            row.known = item.row.state == ActionState::Done && item.row.known ? *item.row.known
                                                                              : domain::basisOf(row.before);
            row.created = now;
            row.changed = now;
            row.undoes = batch;
            inverses.append(row);
        }
    }
    if (!dropped.isEmpty())
        drop(dropped);
    if (!inverses.isEmpty())
        take(std::move(inverses));
    notePending();
}

void OutboxQueue::retry(qint64 id)
{
    Item* item = find(id);
    if (item == nullptr || item->isActive || item->row.state == ActionState::Done ||
        item->row.state == ActionState::Conflict)
        return;
    item->notBefore = {};
    item->waitsFor.reset();
    if (item->row.state == ActionState::Failed) {
        // A new attempt, on whatever is met now.
        item->row.state = ActionState::Queued;
        item->row.known.reset();
        item->row.attempts = 0;
        item->isUnknown = false;
        item->isStored = true;
    }
    item->row.error.reset();
    const domain::Issue before = item->row.before;
    save({item->row});
    tell(shown(before));
    notePending();
    pump(before.account);
}

void OutboxQueue::discard(qint64 id)
{
    const Item* item = find(id);
    if (item == nullptr || item->isActive)
        return;
    const domain::AccountId account = item->row.before.account;
    drop({id});
    if (!canUndo())
        noteLastBatch();
    pump(account);
}

void OutboxQueue::resolveConflict(qint64 id, Resolution how)
{
    Item* item = find(id);
    if (item == nullptr || item->row.state != ActionState::Conflict)
        return;
    if (how == Resolution::Leave) {
        discard(id);
        return;
    }
    item->row.state = ActionState::Queued;
    item->row.conflict.reset();
    item->row.known.reset();
    item->row.attempts = 0;
    item->isUnknown = false;
    const domain::Issue before = item->row.before;
    save({item->row});
    tell(shown(before));
    notePending();
    pump(before.account);
}

} // namespace vedette::sync
