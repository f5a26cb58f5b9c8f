// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>

#include "models/secrets/tokenstore.h"

namespace vedette::secrets {

/// Tokens for this session only: what is left where there is no keychain, and what `--demo` and tests use.
class MemoryTokenStore final : public TokenStore
{
public:
    QFuture<core::Result<QString>> read(const domain::AccountId& account) override;
    QFuture<core::Result<void>> write(const domain::AccountId& account, const QString& token) override;
    QFuture<core::Result<void>> remove(const domain::AccountId& account) override;

private:
    QHash<domain::AccountId, QString> m_tokens;
};

} // namespace vedette::secrets
