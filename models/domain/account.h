// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include "models/domain/ids.h"

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

/// One server identity. Its token is not here: it is in the keychain under `id`, and nowhere else.
struct Account
{
    AccountId id;
    QString name;
    QUrl baseUrl; ///< scheme, host and port, maybe a path prefix; never the /api/0/ part
    ServerKind kind = ServerKind::Unknown;
    QString serverVersion;
    QList<Organization> organizations;
    int colour = 0; ///< index into the project palette of the theme

    friend bool operator==(const Account&, const Account&) = default;
};

/// A person or a team that an issue can be assigned to (contract section 5). `id` is what `assignedTo` takes.
struct Actor
{
    enum class Kind
    {
        User,
        Team
    };

    ActorId id;
    Kind kind = Kind::User;
    QString name;
    QString email;
    bool isMe = false;

    friend bool operator==(const Actor&, const Actor&) = default;
};

} // namespace vedette::domain
