// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "models/core/result.h"
#include "models/core/timers.h"
#include "models/store/records.h"
#include "models/sync/issuestate.h"
#include "models/sync/ledger.h"
#include "models/sync/outbox.h"
#include "models/sync/retrypolicy.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class Session;

/// The outbox on user.sqlite. Per account one request is on its way at a time, in the order in which the
/// actions were taken; one that has to wait lets actions on other issues pass, never a later one on its own
/// issue. The same action on several issues goes as one guarded change of many. Each state is on disk before
/// the next step, so that a program that is killed knows afterwards what it does not know. Before anything is
/// sent the issue is read: what is so already is not sent again, and what somebody else changed meanwhile
/// waits for a person. What failed is tried again by itself, waits for a token or for a person, or is rolled
/// back: retryOf(). GUI thread.
class OutboxQueue final : public Outbox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutboxQueue)

public:
    OutboxQueue(const Surroundings& around, AccountBook& book, QObject* parent = nullptr);
    ~OutboxQueue() override;

    void submit(const QList<domain::Issue>& issues, const domain::Action& action) override;
    void undoLast() override;
    [[nodiscard]] bool canUndo() const override;
    void undo(qint64 batch) override;
    [[nodiscard]] bool canUndo(qint64 batch) const override;
    void retry(qint64 id) override;
    void discard(qint64 id) override;
    void resolveConflict(qint64 id, Resolution how) override;
    [[nodiscard]] int pendingCount() const override;
    [[nodiscard]] QList<Entry> entries() const override;

    /// Who the person behind an account is, where the account itself does not say: its own changes are no
    /// conflicts.
    using Person = std::function<std::optional<domain::Actor>(const domain::AccountId&)>;
    void setPerson(Person person) { m_person = std::move(person); }

    /// Ledger::tick().
    [[nodiscard]] quint64 tick() const { return m_ledger.tick(); }
    /// Ledger::withConfirmed().
    [[nodiscard]] domain::Issue withConfirmed(domain::Issue row, quint64 requestTick) const
    {
        return m_ledger.withConfirmed(std::move(row), requestTick);
    }
    /// A server's row with what is waiting laid over it.
    [[nodiscard]] domain::Issue withPending(domain::Issue row) const;
    [[nodiscard]] QList<domain::Issue> withPending(QList<domain::Issue> rows) const;

signals:
    /// What a server says of an issue now, after an action, without what is waiting.
    void confirmed(const vedette::domain::Issue& issue);
    /// After issueChanged: what is shown of that issue is another than before. Feeds listen to this, so that
    /// a page that puts the issue of issueChanged into its rows, counts of all time and all, gets its row
    /// after it.
    void shownChanged(const vedette::domain::Issue& issue);

private:
    struct Item
    {
        store::OutboxRow row;
        bool isStored = false;  ///< its row is on disk
        bool isActive = false;  ///< a step is under way
        bool isUnknown = false; ///< it may have been carried out: read back first
        bool goesAlone = false; ///< a change of many did not do it
        /// Token or Person: it waits for that, and not for a time.
        std::optional<Retry> waitsFor;
        core::TimePoint notBefore;
    };
    using Answers = QList<std::pair<qint64, domain::Issue>>;

    // The queue.
    [[nodiscard]] static bool isPending(const Item& item);
    [[nodiscard]] Item* find(qint64 id);
    [[nodiscard]] const Item* find(qint64 id) const;
    [[nodiscard]] domain::Issue shown(const domain::Issue& issue) const;
    void take(QList<store::OutboxRow> rows);
    void failUnstored(qint64 batch, const core::Error& error);
    void pump(const domain::AccountId& account);
    void pumpAll();
    void hurry(const domain::AccountId& account);
    void drop(const QList<qint64>& ids);
    QList<store::OutboxRow> rebase(const domain::Issue& issue);
    void tell(const domain::Issue& toShow);
    void save(QList<store::OutboxRow> rows);
    void forgetAccount(const domain::AccountId& account);
    void notePending();
    void noteLastBatch();

    // One action on its way.
    void start(Session& session, qint64 id);
    void markSent(const domain::AccountId& account, qint64 id);
    void send(const domain::AccountId& account, qint64 id);
    void settle(qint64 id, const core::Result<domain::Issue>& answer);
    void finishDone(const Answers& answers);
    void finishFailure(qint64 id, const core::Error& error);
    void finishRefused(Item& item, const core::Error& error);
    void postpone(Item& item, const core::Error& error);
    void hold(Item& item, const core::Error& error);
    void noteUndone(Item& item, const core::Error& error);

    // What the server says.
    void lookFirst(Session& session, qint64 id);
    void confirmFailure(const domain::AccountId& account, qint64 id, const core::Error& error);
    void noteServerState(const domain::Issue& row, const domain::Issue& server);
    void finishConflict(Item& item, const domain::Conflict& conflict, const domain::Issue& server);
    [[nodiscard]] std::optional<domain::Actor> personOf(const domain::AccountId& account) const;

    // Many at once.
    [[nodiscard]] QList<qint64> partWith(const Session& session, const Item& first);
    void lookAtMany(Session& session, const QList<qint64>& ids, bool areSent);
    void compareMany(const domain::AccountId& account, const QList<qint64>& ids,
        const QList<domain::Issue>& rows, bool areSent);
    void markManySent(const domain::AccountId& account, const QList<qint64>& ids);
    void sendMany(const domain::AccountId& account, const QList<qint64>& ids);
    void failMany(const domain::AccountId& account, const QList<qint64>& ids, const core::Error& error);
    void sendAlone(const domain::AccountId& account, const QList<qint64>& ids);

    const Surroundings& m_around;
    AccountBook& m_book;
    Person m_person;
    QList<Item> m_items; // by id
    Ledger m_ledger;
    std::unique_ptr<core::Alarm> m_retry;
    qint64 m_lastId = 0;
    std::optional<qint64> m_undoBatch;
    int m_lastPending = 0;
};

} // namespace vedette::sync
