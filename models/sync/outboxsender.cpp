// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: one action on its way to its server, and what its answer means.

#include "models/core/clock.h"
#include "models/core/ondone.h"
#include "models/store/userdatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/retrypolicy.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {

using core::ErrorKind;
using domain::ActionState;

namespace {

/// A server that says yes may be a proxy, and the change not made. Marks are not asked for: `seen` sticks
/// only for members of the project's teams (contract section 8).
bool isMade(const domain::Issue& server, const domain::Action& action)
{
    switch (action.kind) {
    case domain::Action::Kind::MarkSeen:
    case domain::Action::Kind::Bookmark:
    case domain::Action::Kind::Unbookmark:
        return true;
    default:
        return isReached(server, action);
    }
}

} // namespace

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
    if (answer && !isMade(*answer, item->row.action)) {
        noteServerState(item->row.before, *answer);
        hold(*find(id),
            {ErrorKind::Malformed, 200, u"the server took the change, and the issue is as before"_s, {}});
    } else if (answer)
        finishDone(*item, *answer);
    else if (const Retry retry = retryOf(answer.error()); retry == Retry::Never || retry == Retry::Person)
        confirmFailure(account, id, answer.error());
    else
        finishFailure(*item, answer.error());
    pump(account);
}

void OutboxQueue::finishFailure(Item& item, const core::Error& error)
{
    switch (retryOf(error)) {
    case Retry::Again:
        postpone(item, error);
        break;
    case Retry::Token:
    case Retry::Person:
        hold(item, error);
        break;
    case Retry::Never:
        finishRefused(item, error);
        break;
    }
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
    noteUndone(item, error);
    item.notBefore = m_around.clock.now() + waitAfter(error, item.row.attempts);
    if (error.kind != ErrorKind::Storage)
        save(item);
    notePending();
}

/// It waits for a person or for a token. Actions on other issues go on, unless it is a token.
void OutboxQueue::hold(Item& item, const core::Error& error)
{
    item.isActive = false;
    item.waitsFor = retryOf(error);
    noteUndone(item, error);
    save(item);
    notePending();
}

/// What is unknown keeps saying `sent` on disk.
void OutboxQueue::noteUndone(Item& item, const core::Error& error)
{
    item.row.error = error;
    if (item.isUnknown)
        return;
    if (isCertainlyUndone(error))
        item.row.state = ActionState::Queued;
    else
        item.isUnknown = true;
}

} // namespace vedette::sync
