// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSet>

#include <memory>
#include <optional>

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

/// The outbox on user.sqlite. Per account one action is on its way at a time, in the order in which they were
/// taken; one that has to wait lets actions on other issues pass, never a later one on its own issue. Each
/// state is on disk before the next step, so that a program that is killed knows afterwards what it does not
/// know: a row that says `sent` is read back from the server before it is ever sent again. What failed is
/// tried again by itself, waits for a token or for a person, or is rolled back: retryOf(). GUI thread.
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
    [[nodiscard]] int pendingCount() const override;
    [[nodiscard]] QList<Entry> entries() const override;

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
        bool isDropped = false; ///< taken back before it was sent
        /// Token or Person: it waits for that, and not for a time.
        std::optional<Retry> waitsFor;
        core::TimePoint notBefore;
    };
    [[nodiscard]] static bool isPending(const Item& item);
    [[nodiscard]] Item* find(qint64 id);
    [[nodiscard]] domain::Issue shown(const domain::Issue& issue) const;
    void take(QList<store::OutboxRow> rows);
    void failUnstored(qint64 batch, const core::Error& error);
    void pump(const domain::AccountId& account);
    void pumpAll();
    void hurry(const domain::AccountId& account);
    void lookFirst(Session& session, qint64 id);
    void markSent(Session& session, qint64 id);
    void send(const domain::AccountId& account, qint64 id);
    void settle(qint64 id, const core::Result<domain::Issue>& answer);
    void confirmFailure(const domain::AccountId& account, qint64 id, const core::Error& error);
    void finishFailure(Item& item, const core::Error& error);
    void noteServerState(const domain::Issue& row, const domain::Issue& server);
    void finishDone(Item& item, const domain::Issue& server);
    void finishRefused(Item& item, const core::Error& error);
    void postpone(Item& item, const core::Error& error);
    void hold(Item& item, const core::Error& error);
    void noteUndone(Item& item, const core::Error& error);
    void tell(const domain::Issue& toShow);
    void save(const Item& item);
    void forgetAccount(const domain::AccountId& account);
    void notePending();

    const Surroundings& m_around;
    AccountBook& m_book;
    QList<Item> m_items; // by id
    Ledger m_ledger;
    std::unique_ptr<core::Alarm> m_retry;
    qint64 m_lastId = 0;
    std::optional<qint64> m_undoBatch;
    int m_lastPending = 0;
};

} // namespace vedette::sync
