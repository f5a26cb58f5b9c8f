// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: taking back what was done.

#include <algorithm>
#include <utility>

#include "models/core/clock.h"
#include "models/store/userdatabase.h"
#include "models/sync/outboxqueue.h"

namespace vedette::sync {

using domain::ActionState;

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

} // namespace vedette::sync
