// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>

#include <utility>

#include "models/secrets/secretstore.h"

namespace vedette::secrets {

/// Secrets for this session only: what is left where there is no keychain, and what `--demo` and tests use.
class MemorySecretStore final : public SecretStore
{
public:
    QFuture<core::Result<QString>> read(const domain::AccountId& account, const QString& name) override;
    QFuture<core::Result<void>> write(
        const domain::AccountId& account, const QString& name, const QString& secret) override;
    QFuture<core::Result<void>> remove(const domain::AccountId& account, const QString& name) override;

private:
    QHash<std::pair<domain::AccountId, QString>, QString> m_secrets; ///< by account and name
};

} // namespace vedette::secrets
