// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QStringList>

#include <memory>

#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/sync/surroundings.h"
#include "models/sync/transportreader.h"

namespace vedette::sync {

/// Writes accounts to user.sqlite and their secrets to the keychain, in an order in which no half of them is
/// of harm. GUI thread.
class AccountKeeper final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountKeeper)

public:
    explicit AccountKeeper(const Surroundings& around, QObject* parent = nullptr);

    /// Keeps these secrets (an empty one is forgotten), forgets those named, then keeps the account: one
    /// without its secrets is of no use, while a secret without its account is forgotten again where the
    /// account is `isNew`. A keychain that refuses is no error, because then the session holds them:
    /// keepsSecrets() says so. Errors: Storage.
    QFuture<core::Result<domain::Account>> keep(
        const domain::Account& account, const Secrets& secrets, const QStringList& dropped, bool isNew);
    /// The last secrets were taken by a keychain.
    [[nodiscard]] bool keepsSecrets() const { return m_keepsSecrets; }
    void setKeepsSecrets(bool keeps) { m_keepsSecrets = keeps; }

    /// Deletes the account, its secrets and, if wanted, what was read of it.
    void forget(const domain::Account& account, bool withCache);

private:
    struct Work
    {
        domain::Account account;
        QList<std::pair<QString, QString>> secrets; ///< still to be written
        bool isNew = false;
        bool isKept = true;
        QPromise<core::Result<domain::Account>> promise;
    };

    void writeNext(const std::shared_ptr<Work>& work);
    void saveAccount(const std::shared_ptr<Work>& work);

    const Surroundings& m_around;
    bool m_keepsSecrets = true;
};

} // namespace vedette::sync
