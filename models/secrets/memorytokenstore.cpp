// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/secrets/memorytokenstore.h"

#include "models/core/runon.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::secrets {

QFuture<core::Result<QString>> MemoryTokenStore::read(const domain::AccountId& account)
{
    const auto it = m_tokens.constFind(account);
    if (it == m_tokens.constEnd()) {
        return core::finished(
            core::Result<QString>(core::fail(core::ErrorKind::NotFound, u"no token is kept"_s)));
    }
    return core::finished(core::Result<QString>(*it));
}

QFuture<core::Result<void>> MemoryTokenStore::write(const domain::AccountId& account, const QString& token)
{
    m_tokens.insert(account, token);
    return core::finished(core::Result<void>());
}

QFuture<core::Result<void>> MemoryTokenStore::remove(const domain::AccountId& account)
{
    m_tokens.remove(account);
    return core::finished(core::Result<void>());
}

} // namespace vedette::secrets
