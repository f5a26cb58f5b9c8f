// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: what a server says of an issue, asked where nobody knows what became of an action.

#include "models/core/clock.h"
#include "models/store/cachedatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/retrypolicy.h"
#include "models/sync/session.h"

namespace vedette::sync {

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

/// Before a refusal, or an answer that is none, is believed the issue is read: the change may have been made
/// and only its answer refused, and what is rolled back to should be the server's truth, not what was known
/// when the action was taken.
void OutboxQueue::confirmFailure(const domain::AccountId& account, qint64 id, const core::Error& error)
{
    Item* item = find(id);
    Session* session = m_book.session(account);
    // Without a request nothing is to be learnt.
    if (session == nullptr || !session->isReady() || error.httpStatus == 0) {
        finishFailure(*item, error);
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
                finishFailure(*looked, error);
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

} // namespace vedette::sync
