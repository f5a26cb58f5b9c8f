// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Outbox: the same action on several issues as one change of many, guarded (contract section 8). What it is
// not seen to have done afterwards goes alone.

#include <QHash>

#include <algorithm>

#include "models/core/clock.h"
#include "models/core/ondone.h"
#include "models/store/userdatabase.h"
#include "models/sync/accountbook.h"
#include "models/sync/conflict.h"
#include "models/sync/outboxqueue.h"
#include "models/sync/session.h"

namespace vedette::sync {

using domain::ActionState;

namespace {

/// One request's worth, Client::updateMany() cuts there, too.
constexpr qsizetype mostAtOnce = 50;

/// The guard of a change of many names each issue twice, by its id and by its short id.
bool isNamed(const domain::Issue& issue)
{
    return !issue.id.isEmpty() && !issue.shortId.isEmpty() && !issue.project.id.isEmpty() &&
           std::all_of(issue.shortId.begin(), issue.shortId.end(),
               [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.'; });
}

} // namespace

/// The actions that can go with the first one: the same on other issues of its organization, each the next of
/// its issue.
QList<qint64> OutboxQueue::partWith(const Session& session, const Item& first)
{
    const domain::ServerKind kind = session.account().kind;
    if (kind != domain::ServerKind::Sentry && kind != domain::ServerKind::Collector)
        return {};
    QList<qint64> part;
    QSet<IssueKey> heldUp;
    const core::TimePoint now = m_around.clock.now();
    for (const Item& item : std::as_const(m_items)) {
        if (!isPending(item) || scopeOf(item.row.before) != scopeOf(first.row.before))
            continue;
        const IssueKey key = keyOf(item.row.before);
        if (heldUp.contains(key))
            continue;
        heldUp.insert(key);
        const bool isReady = item.isStored && !item.isActive && !item.waitsFor && item.notBefore <= now;
        if (isReady && !item.isUnknown && !item.goesAlone && item.row.action == first.row.action &&
            isNamed(item.row.before))
            part.append(item.row.id);
        if (part.size() == mostAtOnce)
            break;
    }
    // One that has to go alone is not overtaken by its turn.
    return part.contains(first.row.id) ? part : QList<qint64>();
}

/// Reads all issues of a part in one request.
void OutboxQueue::lookAtMany(Session& session, const QList<qint64>& ids, bool areSent)
{
    api::IssueListRequest request;
    request.organization = find(ids.first())->row.before.organization;
    request.groupStatsPeriod.clear();
    request.limit = 100;
    for (const qint64 id : ids)
        request.ids.append(find(id)->row.before.id);
    session.receive(session.client()->issues(request), this,
        [this, ids, areSent, account = session.account().id](
            const core::Result<api::Page<domain::Issue>>& page) {
            if (page)
                compareMany(account, ids, page->items, areSent);
            else if (areSent || retryOf(page.error()) == Retry::Never)
                sendAlone(account, ids); // each is asked for by itself
            else
                failMany(account, ids, page.error());
        });
}

void OutboxQueue::compareMany(const domain::AccountId& account, const QList<qint64>& ids,
    const QList<domain::Issue>& rows, bool areSent)
{
    QHash<domain::IssueId, domain::Issue> servers;
    for (const domain::Issue& row : rows)
        servers.insert(row.id, row);
    Answers done;
    QList<qint64> toSend;
    QList<qint64> alone;
    for (const qint64 id : ids) {
        Item* item = find(id);
        if (item == nullptr)
            continue;
        const auto server = servers.constFind(item->row.before.id);
        if (server == servers.cend()) {
            alone.append(id);
            continue;
        }
        const bool isMark = item->row.action.kind == domain::Action::Kind::MarkSeen;
        if (isReached(*server, item->row.action) || (areSent && isMark)) {
            done.append({id, *server});
        } else if (areSent || isChanged(item->row, *server)) {
            alone.append(id);
        } else {
            item->row.known = domain::basisOf(*server);
            toSend.append(id);
        }
    }
    finishDone(done);
    sendAlone(account, alone);
    if (toSend.isEmpty())
        return;
    markManySent(account, toSend);
}

void OutboxQueue::markManySent(const domain::AccountId& account, const QList<qint64>& ids)
{
    QList<store::OutboxRow> rows;
    for (const qint64 id : ids) {
        Item* item = find(id);
        if (item == nullptr)
            continue;
        item->row.state = ActionState::Sent;
        item->row.changed = m_around.clock.now();
        ++item->row.attempts;
        rows.append(item->row);
    }
    core::onDone(
        m_around.user.saveOutbox(rows), this, [this, ids, account](const core::Result<void>& stored) {
            if (stored)
                sendMany(account, ids);
            else
                failMany(account, ids, stored.error());
        });
}

void OutboxQueue::sendMany(const domain::AccountId& account, const QList<qint64>& ids)
{
    QList<domain::Issue> issues;
    const Item* any = nullptr;
    for (const qint64 id : ids) {
        if (const Item* item = find(id)) {
            issues.append(item->row.before);
            any = item;
        }
    }
    Session* session = m_book.session(account);
    if (any == nullptr || session == nullptr || !session->isReady()) {
        failMany(account, ids, {core::ErrorKind::Cancelled, 0, {}, {}});
        return;
    }
    session->receive(session->client()->updateMany(any->row.before.organization, issues, any->row.action),
        this, [this, ids, account](const core::Result<api::BulkOutcome>& answer) {
            QList<qint64> there;
            for (const qint64 id : ids) {
                if (find(id) != nullptr)
                    there.append(id);
            }
            Session* current = m_book.session(account);
            if (there.isEmpty())
                return;
            // 204 means that nothing changed, and a refusal may be that of one issue alone: the issues say.
            const bool tellsNothing = !answer && retryOf(answer.error()) != Retry::Never;
            if (tellsNothing)
                failMany(account, there, answer.error());
            else if (current != nullptr && current->isReady())
                lookAtMany(*current, there, true);
            else
                failMany(account, there, {core::ErrorKind::Cancelled, 0, {}, {}});
        });
}

void OutboxQueue::failMany(
    const domain::AccountId& account, const QList<qint64>& ids, const core::Error& error)
{
    for (const qint64 id : ids) {
        if (Item* item = find(id); item != nullptr && error.kind == core::ErrorKind::Storage)
            item->row.state = ActionState::Queued;
        finishFailure(id, error);
    }
    pump(account);
}

/// By their single changes, which look first: what was made meanwhile is not made again.
void OutboxQueue::sendAlone(const domain::AccountId& account, const QList<qint64>& ids)
{
    for (const qint64 id : ids) {
        Item* item = find(id);
        if (item == nullptr)
            continue;
        item->isActive = false;
        item->goesAlone = true;
        item->isUnknown = item->row.state == ActionState::Sent;
    }
    pump(account);
}

} // namespace vedette::sync
