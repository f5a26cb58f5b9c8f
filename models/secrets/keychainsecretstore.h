// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "models/secrets/secretstore.h"

namespace vedette::secrets {

/// Secrets in the desktop's keychain (Secret Service or KWallet) under the service `vedette`, with the
/// account's uuid as the key of its token and `uuid/name` for what has a name. Never falls back to a plain
/// file: without a keychain every call ends in ErrorKind::Keychain with the reason. GUI thread.
class KeychainSecretStore final : public SecretStore
{
public:
    KeychainSecretStore();
    ~KeychainSecretStore() override;

    QFuture<core::Result<QString>> read(const domain::AccountId& account, const QString& name) override;
    QFuture<core::Result<void>> write(
        const domain::AccountId& account, const QString& name, const QString& secret) override;
    QFuture<core::Result<void>> remove(const domain::AccountId& account, const QString& name) override;

private:
    QObject m_jobs; ///< parent of what is under way
};

} // namespace vedette::secrets
