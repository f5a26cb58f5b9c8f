// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>

#include <memory>
#include <utility>

#include "models/secrets/secretstore.h"

namespace vedette::secrets {

/// A keychain that may be missing, locked or closed to us: what it does not take is held in memory until the
/// program ends, so that an account works for this session. Errors stay those of the keychain, so that the
/// person is told. GUI thread.
class SessionSecretStore final : public SecretStore
{
public:
    /// `keychain` must outlive it.
    explicit SessionSecretStore(SecretStore& keychain);

    /// The one of this session, where the keychain did not take it; else the keychain's.
    QFuture<core::Result<QString>> read(const domain::AccountId& account, const QString& name) override;
    QFuture<core::Result<void>> write(
        const domain::AccountId& account, const QString& name, const QString& secret) override;
    QFuture<core::Result<void>> remove(const domain::AccountId& account, const QString& name) override;

private:
    using Held = QHash<std::pair<domain::AccountId, QString>, QString>; ///< by account and name

    SecretStore& m_keychain;
    std::shared_ptr<Held> m_held; ///< shared with writes that are under way
};

} // namespace vedette::secrets
