// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QString>

#include <functional>
#include <memory>

#include "models/core/mailbox.h"
#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/store/records.h"
#include "models/store/rescue.h"

namespace vedette::store {

class Jobs;

/// user.sqlite: what a person did and what Vedette promised. Every commit survives a power cut, and the file
/// is never thrown away, a damaged one is rescued. Accounts are here, their tokens are not. Everything is
/// read once when it opens; afterwards it is only written. Futures end with the value or with
/// ErrorKind::Storage, on the GUI thread.
class UserDatabase final
{
public:
    /// What was in the file when it was opened.
    struct Content
    {
        QList<domain::Account> accounts; ///< in the user's order
        QList<OutboxRow> outbox;         ///< oldest first; of the finished ones the last 500
        QList<AlertRecord> alerts;       ///< newest first, the last 500
        QList<Mark> marks;
        QHash<QString, QByteArray> documents;
    };

    /// Opens or makes the file and brings it up to date. What can be read of a damaged one is copied into a
    /// new one, the damaged one is kept beside it, and `rescued` is called on the mailbox's thread; that may
    /// be later, too. Errors: NewerData (written by a newer Vedette: nothing was touched), Storage. `home`
    /// must outlive it. Blocks until the file is open.
    static core::Result<std::unique_ptr<UserDatabase>> open(
        const QString& file, core::Mailbox& home, std::function<void(const Rescued&)> rescued = {});
    ~UserDatabase();
    UserDatabase(const UserDatabase&) = delete;
    UserDatabase& operator=(const UserDatabase&) = delete;

    [[nodiscard]] const Content& content() const { return m_content; }

    /// Adds or changes an account; a new one goes to the end.
    QFuture<core::Result<void>> saveAccount(const domain::Account& account);
    /// Forgets an account with all that belongs to it.
    QFuture<core::Result<void>> removeAccount(const domain::AccountId& account);

    /// Adds or changes rows, all or none.
    QFuture<core::Result<void>> saveOutbox(const QList<OutboxRow>& rows);
    QFuture<core::Result<void>> removeOutbox(const QList<qint64>& ids);

    QFuture<core::Result<void>> addAlert(const AlertRecord& alert);
    QFuture<core::Result<void>> saveMark(const Mark& mark);
    /// Something small that is read and written whole: `alerts/engine`, `view/...`.
    QFuture<core::Result<void>> saveDocument(const QString& name, const QByteArray& body);

    /// Forgets finished outbox rows and alerts from before then.
    QFuture<core::Result<void>> forgetBefore(core::TimePoint time);

private:
    explicit UserDatabase(std::unique_ptr<Jobs> jobs);

    std::unique_ptr<Jobs> m_jobs;
    Content m_content;
};

} // namespace vedette::store
