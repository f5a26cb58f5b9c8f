// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>
#include <optional>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/sync/networkway.h"

namespace vedette::sync {

/// How an account's server looks from here. Silence is never mistaken for health: `lastChecked` and `since`
/// say so.
struct ConnectionState
{
    enum class Phase
    {
        Unknown,    ///< not asked yet
        Online,     ///< the last request was answered
        Blind,      ///< cannot be seen: offline, refused, failing
        NeedsToken, ///< the token is missing, wrong or expired
    };

    Phase phase = Phase::Unknown;
    std::optional<core::TimePoint> lastChecked; ///< last answer of any kind
    std::optional<core::TimePoint> since;       ///< when this phase began
    std::optional<core::Error> error;

    friend bool operator==(const ConnectionState&, const ConnectionState&) = default;
};

/// What a URL turned out to be.
struct ServerInfo
{
    QUrl baseUrl; ///< where the API root was found
    domain::ServerKind kind = domain::ServerKind::Unknown;
    QString version;

    friend bool operator==(const ServerInfo&, const ServerInfo&) = default;
};

/// What a token turned out to open.
struct TokenReach
{
    ServerInfo server;
    QList<domain::Organization> organizations; ///< at least one
    std::optional<domain::Actor> me;           ///< nothing: the server does not tell
    QStringList scopes;                        ///< empty: the server does not tell

    friend bool operator==(const TokenReach&, const TokenReach&) = default;
};

/// An account that somebody wants to add.
struct SignInWish
{
    QUrl url;
    QString token;
    QString name;                                ///< empty: as the server is called
    QList<domain::OrganizationId> organizations; ///< of those that the token reaches; empty: all
    NetworkWay way;
};

/// The server identities that this Vedette watches, and how each is doing. Adding checks the server first,
/// then the token, then reads the organizations; the token goes to the keychain and nowhere else. GUI thread.
/// Built by Hub.
class Accounts : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// In the user's order; the built-in collector first where there is one.
    [[nodiscard]] virtual QList<domain::Account> accounts() const = 0;
    [[nodiscard]] virtual std::optional<domain::Account> account(const domain::AccountId& id) const = 0;
    [[nodiscard]] virtual ConnectionState state(const domain::AccountId& id) const = 0;
    /// False while tokens can only be kept for this session because there is no keychain.
    [[nodiscard]] virtual bool keepsTokens() const = 0;

    /// Finds out what answers at a URL that a person typed or pasted, without a token. Errors: all network
    /// kinds, NotSentry, Usage and Storage (settings of `way` that cannot be used).
    virtual QFuture<core::Result<ServerInfo>> inspect(const QUrl& url, const NetworkWay& way = {}) = 0;
    /// What a token opens there; nothing is kept. Errors: as inspect, Unauthorized, Forbidden, Usage (a token
    /// of a kind that cannot read issues).
    virtual QFuture<core::Result<TokenReach>> examine(
        const QUrl& url, const QString& token, const NetworkWay& way = {}) = 0;
    /// Adds an account after checking URL and token. Errors: as examine, Usage (an account that is there
    /// already: accounts are identities, so two people may share a server), Storage. When the keychain
    /// refuses, the account is added for this session and keepsTokens() turns false. Cancelling the future
    /// gives up: requests are aborted and no account is added.
    virtual QFuture<core::Result<domain::Account>> signIn(const SignInWish& wish) = 0;
    /// The same with all organizations, by the usual way.
    QFuture<core::Result<domain::Account>> add(const QUrl& url, const QString& token, const QString& name)
    {
        return signIn({url, token, name, {}, {}});
    }
    /// Gives an account a new token after checking it, by the account's own way. Errors: as examine, Usage (a
    /// token of another person: what waits to be sent is not theirs), NotFound.
    virtual QFuture<core::Result<domain::Account>> renewToken(
        const domain::AccountId& id, const QString& token) = 0;
    /// Changes the way to an account's server; secrets that it no longer takes are forgotten. Errors: Usage
    /// and Storage (settings that cannot be used: nothing is changed), Keychain (a secret that is needed and
    /// not kept), NotFound. Whether the server can be reached so is not asked: state() will tell.
    virtual QFuture<core::Result<domain::Account>> setNetwork(
        const domain::AccountId& id, const NetworkWay& way) = 0;
    /// Signs out: token and cache of the account are deleted.
    virtual void remove(const domain::AccountId& id) = 0;

signals:
    void accountsChanged();
    void stateChanged(const vedette::domain::AccountId& id);
};

} // namespace vedette::sync
