// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QString>

#include "models/core/result.h"
#include "models/domain/ids.h"

namespace vedette::secrets {

/// Where tokens live: one per account, under the account's uuid. Futures are finished exactly once, on the
/// GUI thread. Nothing here ever writes a token to a file of ours or to a log.
class TokenStore
{
public:
    TokenStore() = default;
    virtual ~TokenStore() = default;
    TokenStore(const TokenStore&) = delete;
    TokenStore& operator=(const TokenStore&) = delete;

    /// The token of an account. Errors: NotFound (none is kept), Keychain (no keychain, locked, denied),
    /// Cancelled (the store died).
    virtual QFuture<core::Result<QString>> read(const domain::AccountId& account) = 0;
    /// Keeps a token, over a former one. Errors: Keychain, Cancelled.
    virtual QFuture<core::Result<void>> write(const domain::AccountId& account, const QString& token) = 0;
    /// Forgets a token; one that is not there is forgotten already. Errors: Keychain, Cancelled.
    virtual QFuture<core::Result<void>> remove(const domain::AccountId& account) = 0;
};

} // namespace vedette::secrets
