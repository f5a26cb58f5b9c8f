// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QString>
#include <QStringList>

#include "models/core/result.h"
#include "models/domain/ids.h"

namespace vedette::secrets {

/// What secrets are called. The token has no name: its entry is the account's uuid alone, as the first
/// versions wrote it.
inline const QString tokenName;
/// Access token, refresh token and expiry in one entry, so that replacing them is one write.
inline const QString oauthName = QStringLiteral("oauth");
/// The password of the account's proxy.
inline const QString proxyName = QStringLiteral("proxy");
/// The key of the client certificate, or the passphrase of its file.
inline const QString clientKeyName = QStringLiteral("clientkey");
/// The value of an extra header; header names are alike in any case.
[[nodiscard]] QString headerName(const QString& header);
/// The address of a webhook, which lets anybody post there.
[[nodiscard]] QString webhookName(const QString& id);

/// Where secrets live: several per account, under the account's uuid and a name. Futures are finished exactly
/// once, on the GUI thread. Nothing here ever writes a secret to a file of ours or to a log.
class SecretStore
{
public:
    SecretStore() = default;
    virtual ~SecretStore() = default;
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;

    /// A secret of an account. Errors: NotFound (none is kept), Keychain (no keychain, locked, denied),
    /// Cancelled (the store died), Usage (an account without an id).
    virtual QFuture<core::Result<QString>> read(const domain::AccountId& account, const QString& name) = 0;
    /// Keeps a secret, over a former one. Errors: Keychain, Cancelled, Usage (an empty secret).
    virtual QFuture<core::Result<void>> write(
        const domain::AccountId& account, const QString& name, const QString& secret) = 0;
    /// Forgets a secret; one that is not there is forgotten already. Errors: Keychain, Cancelled, Usage.
    virtual QFuture<core::Result<void>> remove(const domain::AccountId& account, const QString& name) = 0;

    /// Forgets the token, the OAuth entry, the proxy's password, the client key and whatever else is named:
    /// keychains do not tell us what they hold. All are tried; errors: as remove, the first one.
    QFuture<core::Result<void>> removeAll(const domain::AccountId& account, const QStringList& names);
};

} // namespace vedette::secrets
