// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/secrets/memorysecretstore.h"

#include "models/core/runon.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::secrets {

QFuture<core::Result<QString>> MemorySecretStore::read(const domain::AccountId& account, const QString& name)
{
    const auto it = m_secrets.constFind({account, name});
    if (it == m_secrets.constEnd()) {
        return core::finished(
            core::Result<QString>(core::fail(core::ErrorKind::NotFound, u"no such secret is kept"_s)));
    }
    return core::finished(core::Result<QString>(*it));
}

QFuture<core::Result<void>> MemorySecretStore::write(
    const domain::AccountId& account, const QString& name, const QString& secret)
{
    m_secrets.insert({account, name}, secret);
    return core::finished(core::Result<void>());
}

QFuture<core::Result<void>> MemorySecretStore::remove(const domain::AccountId& account, const QString& name)
{
    m_secrets.remove({account, name});
    return core::finished(core::Result<void>());
}

} // namespace vedette::secrets
