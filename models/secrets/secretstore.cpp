// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/secrets/secretstore.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::secrets {

QString headerName(const QString& header)
{
    return u"header/"_s + header.toLower();
}

QString webhookName(const QString& id)
{
    return u"webhook/"_s + id;
}

QFuture<core::Result<void>> SecretStore::removeAll(const domain::AccountId& account, const QStringList& names)
{
    QStringList all = names + QStringList{tokenName, oauthName, proxyName, clientKeyName};
    all.removeDuplicates();
    QList<QFuture<core::Result<void>>> removals;
    for (const QString& name : std::as_const(all))
        removals.append(remove(account, name));
    using Removals = QList<QFuture<core::Result<void>>>;
    return QtFuture::whenAll(removals.begin(), removals.end())
        .then([](const Removals& done) -> core::Result<void> {
            for (const QFuture<core::Result<void>>& one : done) {
                if (const core::Result<void> result = one.result(); !result)
                    return result;
            }
            return {};
        });
}

} // namespace vedette::secrets
