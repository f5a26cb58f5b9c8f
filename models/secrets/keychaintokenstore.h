// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "models/secrets/tokenstore.h"

namespace vedette::secrets {

/// Tokens in the desktop's keychain (Secret Service or KWallet) under the service `vedette`, with the
/// account's uuid as the key. Never falls back to a plain file: without a keychain every call ends in
/// ErrorKind::Keychain with the reason. GUI thread.
class KeychainTokenStore final : public TokenStore
{
public:
    KeychainTokenStore();
    ~KeychainTokenStore() override;

    QFuture<core::Result<QString>> read(const domain::AccountId& account) override;
    QFuture<core::Result<void>> write(const domain::AccountId& account, const QString& token) override;
    QFuture<core::Result<void>> remove(const domain::AccountId& account) override;

private:
    QObject m_jobs; ///< parent of what is under way
};

} // namespace vedette::secrets
