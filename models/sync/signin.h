// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QList>
#include <QObject>
#include <QPromise>
#include <QString>
#include <QUrl>

#include <memory>

#include "models/api/client.h"
#include "models/api/transport.h"
#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/sync/accounts.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

/// Where the API root of a pasted URL may be, likeliest first: the URL without what belongs to the API or the
/// web pages, then each shorter path down to the bare host. A text without a scheme means https, for this
/// machine http. Empty for what is no web address.
[[nodiscard]] QList<QUrl> apiRootCandidates(const QUrl& pasted);

/// Why a token cannot read issues, if its form tells (contract section 2).
[[nodiscard]] std::optional<core::Error> tokenFault(const QString& token);

/// Walks the candidates of a URL until one is a Sentry web API. Destroys itself when it is done or when the
/// future is cancelled, its request with it; when its parent dies first, the future ends without a result.
class Inspection final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Inspection)

public:
    /// `transport` says the way; its base URL is set here, to where the request goes.
    static QFuture<core::Result<ServerInfo>> start(
        const QUrl& url, const api::Transport& transport, const Surroundings& around, QObject* parent);
    /// The same by the way that a person entered.
    static QFuture<core::Result<ServerInfo>> start(
        const QUrl& url, const NetworkWay& way, const Surroundings& around, QObject* parent);

private:
    Inspection(QList<QUrl> candidates, const Surroundings& around, QObject* parent);

    void tryNext();
    void finish(core::Result<ServerInfo> result);

    const Surroundings& m_around;
    QList<QUrl> m_candidates;
    api::Transport m_transport;
    std::unique_ptr<api::Client> m_client;
    std::optional<core::Error> m_firstError;
    QPromise<core::Result<ServerInfo>> m_promise;
};

/// Checks server, token and organizations, in this order, and explains the first that fails. Destroys itself
/// like Inspection.
class SignIn final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SignIn)

public:
    /// By the way of an account that is there, or of one without an id that is not yet; `typed` as
    /// TransportReader::start(). Errors: as Accounts::examine, Keychain.
    static QFuture<core::Result<TokenReach>> start(const domain::Account& account, const QString& token,
        const QHash<QString, QString>& typed, const Surroundings& around, QObject* parent);

private:
    SignIn(QString token, const Surroundings& around, QObject* parent);

    void inspect(const QUrl& url);
    void checkToken();
    void readOrganizations();
    void finish(core::Result<TokenReach> result);

    const Surroundings& m_around;
    QString m_token;
    api::Transport m_transport;
    TokenReach m_found;
    std::unique_ptr<api::Client> m_client;
    QPromise<core::Result<TokenReach>> m_promise;
};

} // namespace vedette::sync
