// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHashFunctions>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <utility>

#include "models/core/clock.h"
#include "models/domain/actor.h"
#include "models/domain/capabilities.h"
#include "models/domain/ids.h"
#include "models/domain/networksettings.h"

namespace vedette::domain {

/// What answers at an account's URL.
enum class ServerKind
{
    Collector, ///< our own, built in
    Sentry,
    GlitchTip,
    Unknown,
};

/// One organization of an account. `regionUrl` is where its calls go; the base URL where the server names
/// none.
struct Organization
{
    OrganizationId id; ///< the slug
    QString name;
    QUrl regionUrl;

    friend bool operator==(const Organization&, const Organization&) = default;
};

/// Names one organization of one account: what a list, a watch or a directory is asked of.
struct Scope
{
    AccountId account;
    OrganizationId organization; ///< empty: the account's first one

    Scope() = default;
    /// An account alone means its first organization.
    Scope(AccountId ofAccount, OrganizationId named = {})
        : account(std::move(ofAccount))
        , organization(std::move(named))
    {}

    friend bool operator==(const Scope&, const Scope&) = default;
    friend bool operator<(const Scope& a, const Scope& b)
    {
        return a.account == b.account ? a.organization < b.organization : a.account < b.account;
    }
    friend size_t qHash(const Scope& scope, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, scope.account, scope.organization);
    }
};

/// How an account proves who it is. The secrets themselves are in the keychain.
struct Credential
{
    enum class Kind
    {
        Token, ///< typed or pasted; lasts until it is revoked
        OAuth, ///< signed in on a device: expires and is refreshed
    };

    Kind kind = Kind::Token;
    QString clientId; ///< of the OAuth application that signed in
    std::optional<core::TimePoint> expires = {};

    friend bool operator==(const Credential&, const Credential&) = default;
};

/// One server identity. Its token is not here: it is in the keychain under `id`, and nowhere else.
struct Account
{
    AccountId id;
    QString name;
    QUrl baseUrl; ///< scheme, host and port, maybe a path prefix; never the /api/0/ part
    ServerKind kind = ServerKind::Unknown;
    QString serverVersion;
    QList<Organization> organizations;
    int colour = 0;        ///< index into the project palette of the theme
    bool isPaused = false; ///< its server is left alone; what was read of it stays readable
    Credential credential;
    std::optional<Actor> identity; ///< whose token it is; nothing: the server did not tell
    NetworkSettings network;
    Capabilities capabilities;

    friend bool operator==(const Account&, const Account&) = default;
};

} // namespace vedette::domain
