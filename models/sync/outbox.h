// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include "models/core/error.h"
#include "models/domain/action.h"
#include "models/domain/issue.h"

namespace vedette::sync {

/// Actions on their way to the servers. Each becomes a row on disk before anything else happens, is shown at
/// once, sent when the server can be reached, read back, and rolled back with a reason when the server
/// refuses, or when somebody else changed the same meanwhile. GUI thread. Built by Hub.
class Outbox : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What a queued or sent action waits for.
    enum class Wait
    {
        Turn,   ///< the actions before it, or the server
        Time,   ///< `nextTry`
        Token,  ///< a new token of its account
        Person, ///< retry(): the reason does not go away by itself
    };

    /// What a person decides about a conflict.
    enum class Resolution
    {
        ApplyAnyway, ///< over what the other one did
        Leave,       ///< as it is now; the action is forgotten
    };

    /// One row of it, for lists and tests.
    struct Entry
    {
        qint64 id = 0;
        qint64 batch = 0;     ///< actions taken by one command share it
        domain::Issue before; ///< the issue as it was when the action was taken
        domain::Action action;
        domain::ActionState state = domain::ActionState::Queued;
        core::TimePoint created;
        std::optional<core::Error> error; ///< the last one
        Wait wait = Wait::Turn;
        core::TimePoint nextTry = {};
        bool isOnTheWire = false; ///< a request is out: it cannot be discarded now
        std::optional<domain::Conflict> conflict = {};
    };

    /// Takes an action on each of the issues. Returns at once; issueChanged follows for each.
    virtual void submit(const QList<domain::Issue>& issues, const domain::Action& action) = 0;
    /// Takes back the last submit: what was not sent is dropped, what was sent is sent the inverse.
    virtual void undoLast() = 0;
    [[nodiscard]] virtual bool canUndo() const = 0;
    /// The same for any batch that is still listed; also after a restart. It goes back to the status with all
    /// that it was bound to, or the assignee, of before; where somebody else changed the issue since, the
    /// inverse ends as a conflict.
    virtual void undo(qint64 batch) = 0;
    [[nodiscard]] virtual bool canUndo(qint64 batch) const = 0;
    /// Tries an action again now: one that waits, and one that failed.
    virtual void retry(qint64 id) = 0;
    /// Forgets an action that is not on the wire; one that was not sent is taken back.
    virtual void discard(qint64 id) = 0;
    virtual void resolveConflict(qint64 id, Resolution how) = 0;
    /// Waiting and sent actions over all accounts.
    [[nodiscard]] virtual int pendingCount() const = 0;
    [[nodiscard]] virtual QList<Entry> entries() const = 0;

signals:
    /// The issue as it is to be shown now: optimistic, confirmed, or rolled back.
    void issueChanged(const vedette::domain::Issue& issue);
    void pendingCountChanged(int count);
    /// The server carried it out and was read back.
    void done(const vedette::domain::Issue& issue, const vedette::domain::Action& action);
    /// Somebody else changed the same meanwhile; the issue was rolled back to that, and a person decides.
    void conflicted(const vedette::domain::Issue& issue, const vedette::domain::Action& action,
        const vedette::domain::Conflict& conflict);
    /// What entries() says is another than before.
    void entriesChanged();
    /// The server refused for good; the issues were rolled back.
    void refused(const QList<vedette::domain::Issue>& issues, const vedette::domain::Action& action,
        const vedette::core::Error& error);
};

} // namespace vedette::sync
