// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: what a server says of an issue, before an action is sent and where nobody knows what became of it.

#include "models/core/clock.h"
#include "models/store/cachedatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/conflict.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/session.h"

namespace vedette::sync {

using domain::ActionState;

/// What is so already is not sent, and neither is what would undo somebody else's work. It costs a request
/// and also tells the newest entry of the issue's history, by which it can be known afterwards whether an
/// action whose answer was lost was carried out.
void OutboxQueue::lookFirst(Session& session, qint64 id)
{
    const Item* item = find(id);
    session.receive(session.client()->issue(item->row.before.organization, item->row.before.id), this,
        [this, id](const core::Result<domain::IssueDetail>& detail) {
            Item* looked = find(id);
            if (looked == nullptr)
                return;
            const domain::AccountId account = looked->row.before.account;
            if (!detail) {
                finishFailure(id, detail.error());
                pump(account);
                return;
            }
            const Finding finding = found(looked->row, *detail, looked->isUnknown, personOf(account));
            switch (finding.kind) {
            case Finding::Kind::Reached:
            case Finding::Kind::Made:
                finishDone({{id, detail->issue}});
                break;
            case Finding::Kind::Changed:
                finishConflict(*looked, finding.conflict, detail->issue);
                break;
            case Finding::Kind::AsBefore:
                looked->isUnknown = false;
                looked->row.known = domain::basisOf(
                    detail->issue, detail->activity.isEmpty() ? QString() : detail->activity.first().id);
                markSent(account, id);
                return;
            }
            pump(account);
        });
}

/// Before a refusal, or an answer that is none, is believed the issue is read: the change may have been made
/// and only its answer refused, and what is rolled back to should be the server's truth, not what was known
/// when the action was taken.
void OutboxQueue::confirmFailure(const domain::AccountId& account, qint64 id, const core::Error& error)
{
    Item* item = find(id);
    Session* session = m_book.session(account);
    // Without a request nothing is to be learnt.
    if (session == nullptr || !session->isReady() || error.httpStatus == 0) {
        finishFailure(id, error);
        return;
    }
    item->isActive = true;
    session->receive(session->client()->issue(item->row.before.organization, item->row.before.id), this,
        [this, id, error](const core::Result<domain::IssueDetail>& detail) {
            Item* looked = find(id);
            if (looked == nullptr)
                return;
            const domain::AccountId owner = looked->row.before.account;
            if (detail && isReached(detail->issue, looked->row.action)) {
                finishDone({{id, detail->issue}});
            } else if (!detail && retryOf(detail.error()) != Retry::Never) {
                // Nobody knows: it is asked again before anything is rolled back.
                finishFailure(id, detail.error());
            } else {
                if (detail)
                    noteServerState(looked->row.before, detail->issue);
                finishFailure(id, error);
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

/// The action stays where it is until a person decides. What waits behind it on the same issue goes on, based
/// on what is met now.
void OutboxQueue::finishConflict(Item& item, const domain::Conflict& conflict, const domain::Issue& server)
{
    item.isActive = false;
    item.row.state = ActionState::Conflict;
    item.row.conflict = conflict;
    item.row.error.reset();
    const domain::Action action = item.row.action;
    const domain::Issue before = item.row.before;
    const store::OutboxRow row = item.row;
    if (conflict.mergedInto.isEmpty())
        m_ledger.note(before, server);
    save(QList<store::OutboxRow>{row} + rebase(before));
    noteServerState(before, m_ledger.base(before));
    const domain::Issue toShow = shown(before);
    tell(toShow);
    emit conflicted(toShow, action, conflict);
    notePending();
}

std::optional<domain::Actor> OutboxQueue::personOf(const domain::AccountId& account) const
{
    const Session* session = m_book.session(account);
    if (session != nullptr && session->account().identity)
        return session->account().identity;
    return m_person ? m_person(account) : std::nullopt;
}

} // namespace vedette::sync
