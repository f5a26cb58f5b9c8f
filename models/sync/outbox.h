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
/// refuses. GUI thread. Built by Hub.
class Outbox : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// One row of it, for lists and tests.
    struct Entry
    {
        qint64 id = 0;
        domain::Issue before; ///< the issue as it was when the action was taken
        domain::Action action;
        domain::ActionState state = domain::ActionState::Queued;
        core::TimePoint created;
        std::optional<core::Error> error;
    };

    /// Takes an action on each of the issues. Returns at once; issueChanged follows for each.
    virtual void submit(const QList<domain::Issue>& issues, const domain::Action& action) = 0;
    /// Takes back the last submit: what was not sent is dropped, what was sent is sent the inverse.
    virtual void undoLast() = 0;
    [[nodiscard]] virtual bool canUndo() const = 0;
    /// Waiting and sent actions over all accounts.
    [[nodiscard]] virtual int pendingCount() const = 0;
    [[nodiscard]] virtual QList<Entry> entries() const = 0;

signals:
    /// The issue as it is to be shown now: optimistic, confirmed, or rolled back.
    void issueChanged(const vedette::domain::Issue& issue);
    void pendingCountChanged(int count);
    /// The server carried it out and was read back.
    void done(const vedette::domain::Issue& issue, const vedette::domain::Action& action);
    /// The server refused for good; the issues were rolled back.
    void refused(const QList<vedette::domain::Issue>& issues, const vedette::domain::Action& action,
        const vedette::core::Error& error);
};

} // namespace vedette::sync
