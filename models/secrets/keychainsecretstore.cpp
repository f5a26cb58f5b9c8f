// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/secrets/keychainsecretstore.h"

#include <QPromise>

#include <memory>

#include <qt6keychain/keychain.h>

#include "models/core/logging.h"
#include "models/core/runon.h"
#include "models/core/text.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::secrets {
namespace {

using core::ErrorKind;

QString serviceName()
{
    return u"vedette"_s;
}

/// An account's id is a uuid and holds no slash.
QString keyOf(const domain::AccountId& account, const QString& name)
{
    return name.isEmpty() ? account.value() : account.value() + u'/' + name;
}

/// The job's failure as ours. QtKeychain gives OtherError where there is no session bus at all, so that
/// counts as "no keychain" like NoBackendAvailable.
core::Error errorOf(const QKeychain::Job& job)
{
    const QString own = core::singleLine(core::redacted(job.errorString()), 300);
    const auto because = [&own](const QString& what) { return own.isEmpty() ? what : what + u": "_s + own; };
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorKind::NotFound, 0, u"no such secret is kept"_s, {}};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {ErrorKind::Keychain, 0, because(u"access to the keychain was denied"_s), {}};
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorKind::Keychain, 0, because(u"the keychain did not delete the entry"_s), {}};
    case QKeychain::NoError:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return {ErrorKind::Keychain, 0, because(u"no keychain can be used here"_s), {}};
}

/// Starts a job and turns its end into the end of a future. The job belongs to `parent`; if that dies first,
/// the future ends with Cancelled.
template<class T, class Outcome>
QFuture<core::Result<T>> run(QKeychain::Job* job, QObject& parent, const QString& key, Outcome outcome)
{
    // Shared by the two ways in which it can end, of which the first counts.
    auto promise = std::make_shared<QPromise<core::Result<T>>>();
    promise->start();
    const auto end = [promise](core::Result<T> result) {
        if (promise->future().isFinished())
            return;
        promise->addResult(std::move(result));
        promise->finish();
    };
    job->setParent(&parent);
    job->setKey(key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, &parent,
        [end, outcome](QKeychain::Job* done) { end(outcome(*done)); });
    QObject::connect(job, &QObject::destroyed, job, [end] { end(core::fail(ErrorKind::Cancelled)); });
    job->start();
    return promise->future();
}

template<class T>
QFuture<core::Result<T>> refuse(const QString& why)
{
    return core::finished(core::Result<T>(core::fail(ErrorKind::Usage, why)));
}

} // namespace

KeychainSecretStore::KeychainSecretStore() = default;
KeychainSecretStore::~KeychainSecretStore() = default;

QFuture<core::Result<QString>> KeychainSecretStore::read(
    const domain::AccountId& account, const QString& name)
{
    if (account.isEmpty())
        return refuse<QString>(u"an account without an id"_s);
    auto* job = new QKeychain::ReadPasswordJob(serviceName());
    return run<QString>(
        job, m_jobs, keyOf(account, name), [](const QKeychain::Job& done) -> core::Result<QString> {
            if (done.error() != QKeychain::NoError)
                return core::fail(errorOf(done));
            return static_cast<const QKeychain::ReadPasswordJob&>(done).textData();
        });
}

QFuture<core::Result<void>> KeychainSecretStore::write(
    const domain::AccountId& account, const QString& name, const QString& secret)
{
    if (account.isEmpty() || secret.isEmpty())
        return refuse<void>(u"an account without an id, or an empty secret"_s);
    auto* job = new QKeychain::WritePasswordJob(serviceName());
    job->setTextData(secret);
    return run<void>(job, m_jobs, keyOf(account, name), [](const QKeychain::Job& done) -> core::Result<void> {
        if (done.error() != QKeychain::NoError)
            return core::fail(errorOf(done));
        return {};
    });
}

QFuture<core::Result<void>> KeychainSecretStore::remove(const domain::AccountId& account, const QString& name)
{
    if (account.isEmpty())
        return refuse<void>(u"an account without an id"_s);
    auto* job = new QKeychain::DeletePasswordJob(serviceName());
    return run<void>(job, m_jobs, keyOf(account, name), [](const QKeychain::Job& done) -> core::Result<void> {
        if (done.error() != QKeychain::NoError && done.error() != QKeychain::EntryNotFound)
            return core::fail(errorOf(done));
        return {};
    });
}

} // namespace vedette::secrets
