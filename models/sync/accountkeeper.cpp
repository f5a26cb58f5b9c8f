// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/accountkeeper.h"

#include "models/core/ondone.h"
#include "models/secrets/secretstore.h"
#include "models/store/cachedatabase.h"
#include "models/store/userdatabase.h"

namespace vedette::sync {

AccountKeeper::AccountKeeper(const Surroundings& around, QObject* parent)
    : QObject(parent)
    , m_around(around)
{}

QFuture<core::Result<domain::Account>> AccountKeeper::keep(
    const domain::Account& account, const Secrets& secrets, const QStringList& dropped, bool isNew)
{
    auto work = std::make_shared<Work>();
    work->account = account;
    work->isNew = isNew;
    work->promise.start();
    for (auto it = secrets.cbegin(); it != secrets.cend(); ++it) {
        if (it.value().isEmpty())
            m_around.tokens.remove(account.id, it.key());
        else
            work->secrets.append({it.key(), it.value()});
    }
    for (const QString& name : dropped)
        m_around.tokens.remove(account.id, name);
    writeNext(work);
    return work->promise.future();
}

void AccountKeeper::writeNext(const std::shared_ptr<Work>& work)
{
    if (work->secrets.isEmpty())
        return saveAccount(work);
    const auto [name, secret] = work->secrets.takeFirst();
    core::onDone(m_around.tokens.write(work->account.id, name, secret), this,
        [this, work](const core::Result<void>& written) {
            work->isKept = work->isKept && written.has_value();
            m_keepsSecrets = work->isKept;
            writeNext(work);
        });
}

void AccountKeeper::saveAccount(const std::shared_ptr<Work>& work)
{
    core::onDone(
        m_around.user.saveAccount(work->account), this, [this, work](const core::Result<void>& saved) {
            if (saved) {
                work->promise.addResult(work->account);
            } else {
                if (work->isNew)
                    m_around.tokens.removeAll(work->account.id, secretsOf(work->account));
                work->promise.addResult(core::Result<domain::Account>(core::fail(saved.error())));
            }
            work->promise.finish();
        });
}

void AccountKeeper::forget(const domain::Account& account, bool withCache)
{
    m_around.tokens.removeAll(account.id, secretsOf(account));
    m_around.user.removeAccount(account.id);
    if (withCache)
        m_around.cache.removeAccount(account.id);
}

} // namespace vedette::sync
