// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: one action on its way to its server, and what its answer means.

#include <algorithm>

#include "models/core/clock.h"
#include "models/core/ondone.h"
#include "models/store/userdatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/session.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {

using core::ErrorKind;
using domain::ActionState;

namespace {

/// Marks are the person's own and change nothing for anybody else.
bool isMark(domain::Action::Kind kind)
{
    return kind == domain::Action::Kind::MarkSeen || kind == domain::Action::Kind::Bookmark ||
           kind == domain::Action::Kind::Unbookmark;
}

} // namespace

void OutboxQueue::start(Session& session, qint64 id)
{
    Item* item = find(id);
    item->isActive = true;
    if (item->isUnknown || !isMark(item->row.action.kind))
        lookFirst(session, id);
    else
        markSent(session.account().id, id);
}

/// `sent` is on disk before the request leaves.
void OutboxQueue::markSent(const domain::AccountId& account, qint64 id)
{
    Item* item = find(id);
    item->row.state = ActionState::Sent;
    item->row.changed = m_around.clock.now();
    ++item->row.attempts;
    core::onDone(
        m_around.user.saveOutbox({item->row}), this, [this, id, account](const core::Result<void>& stored) {
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
        // Nothing left; the next one that is ready goes on.
        item->row.state = ActionState::Queued;
        item->isActive = false;
        save({item->row});
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
    const domain::AccountId account = item->row.before.account;
    if (answer && isTaken(*answer, item->row.action)) {
        finishDone({{id, *answer}});
    } else if (answer) {
        // A proxy may say yes, too.
        noteServerState(item->row.before, *answer);
        finishFailure(
            id, {ErrorKind::Malformed, 200, u"the server took the change, and the issue is as before"_s, {}});
    } else if (const Retry retry = retryOf(answer.error()); retry == Retry::Never || retry == Retry::Person) {
        confirmFailure(account, id, answer.error());
    } else {
        finishFailure(id, answer.error());
    }
    pump(account);
}

/// All rows in one write, and only then the news.
void OutboxQueue::finishDone(const Answers& answers)
{
    struct News
    {
        domain::Issue before;
        domain::Action action;
        domain::Issue server;
    };
    QList<News> news;
    QList<store::OutboxRow> rows;
    for (const auto& [id, server] : answers) {
        Item* item = find(id);
        if (item == nullptr)
            continue;
        item->isActive = false;
        item->row.state = ActionState::Done;
        item->row.error.reset();
        item->row.known = domain::basisOf(server);
        rows.append(item->row);
        news.append({item->row.before, item->row.action, server});
        m_ledger.note(item->row.before, server);
        rows += rebase(item->row.before);
    }
    save(rows);
    // Listeners may submit, and then items move.
    for (const News& each : std::as_const(news)) {
        noteServerState(each.before, each.server);
        const domain::Issue toShow = shown(each.before);
        tell(toShow);
        emit done(toShow, each.action);
    }
    notePending();
}

void OutboxQueue::finishFailure(qint64 id, const core::Error& error)
{
    Item* item = find(id);
    if (item == nullptr)
        return;
    item->isActive = false;
    switch (retryOf(error)) {
    case Retry::Again:
        postpone(*item, error);
        break;
    case Retry::Token:
    case Retry::Person:
        hold(*item, error);
        break;
    case Retry::Never:
        finishRefused(*item, error);
        break;
    }
}

void OutboxQueue::finishRefused(Item& item, const core::Error& error)
{
    item.row.state = ActionState::Failed;
    item.row.error = error;
    const domain::Action action = item.row.action;
    const domain::Issue before = item.row.before;
    save(QList<store::OutboxRow>{item.row} + rebase(before));
    const domain::Issue toShow = shown(before);
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
    item.notBefore = m_around.clock.now() + waitAfter(error, std::max(1, item.row.attempts));
    if (error.kind != ErrorKind::Storage)
        save({item.row});
    notePending();
}

/// It waits for a person or for a token. Actions on other issues go on, unless it is a token.
void OutboxQueue::hold(Item& item, const core::Error& error)
{
    item.isActive = false;
    item.waitsFor = retryOf(error);
    noteUndone(item, error);
    save({item.row});
    notePending();
}

/// What is unknown keeps saying `sent` on disk.
void OutboxQueue::noteUndone(Item& item, const core::Error& error)
{
    item.row.error = error;
    if (item.isUnknown || item.row.state != ActionState::Sent)
        return;
    if (isCertainlyUndone(error))
        item.row.state = ActionState::Queued;
    else
        item.isUnknown = true;
}

} // namespace vedette::sync
