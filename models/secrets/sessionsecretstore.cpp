// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/secrets/sessionsecretstore.h"

#include "models/core/runon.h"

namespace vedette::secrets {

SessionSecretStore::SessionSecretStore(SecretStore& keychain)
    : m_keychain(keychain)
    , m_held(std::make_shared<Held>())
{}

QFuture<core::Result<QString>> SessionSecretStore::read(const domain::AccountId& account, const QString& name)
{
    const auto it = m_held->constFind({account, name});
    if (it != m_held->constEnd())
        return core::finished(core::Result<QString>(*it));
    return m_keychain.read(account, name);
}

QFuture<core::Result<void>> SessionSecretStore::write(
    const domain::AccountId& account, const QString& name, const QString& secret)
{
    return m_keychain.write(account, name, secret)
        .then([held = m_held, key = std::pair(account, name), secret](const core::Result<void>& written) {
            if (written)
                held->remove(key);
            else if (written.error().kind == core::ErrorKind::Keychain)
                held->insert(key, secret);
            return written;
        });
}

QFuture<core::Result<void>> SessionSecretStore::remove(const domain::AccountId& account, const QString& name)
{
    m_held->remove({account, name});
    return m_keychain.remove(account, name);
}

} // namespace vedette::secrets
