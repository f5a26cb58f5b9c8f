// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/account.h"

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

    /// Finds out what answers at a URL that a person typed or pasted. Errors: all network kinds, NotSentry.
    virtual QFuture<core::Result<ServerInfo>> inspect(const QUrl& url) = 0;
    /// Adds an account after checking URL and token. Errors: as inspect, Unauthorized, Forbidden, Usage (a
    /// token of a kind that cannot read issues, an account that is there already), Storage. When the keychain
    /// refuses, the account is added for this session and keepsTokens() turns false. Cancelling the future
    /// gives up: requests are aborted and no account is added.
    virtual QFuture<core::Result<domain::Account>> add(
        const QUrl& url, const QString& token, const QString& name) = 0;
    /// Gives an account a new token after checking it. Errors: as add.
    virtual QFuture<core::Result<domain::Account>> renewToken(
        const domain::AccountId& id, const QString& token) = 0;
    /// Signs out: token and cache of the account are deleted.
    virtual void remove(const domain::AccountId& id) = 0;

signals:
    void accountsChanged();
    void stateChanged(const vedette::domain::AccountId& id);
};

} // namespace vedette::sync
