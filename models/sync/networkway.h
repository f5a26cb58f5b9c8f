// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

#include <optional>

#include "models/domain/networksettings.h"

namespace vedette::sync {

/// How a server is to be reached, as a person entered it just now. The secrets pass through here in memory on
/// their way to the keychain; one that is not here is the one that is kept already, where there is one.
struct NetworkWay
{
    domain::NetworkSettings settings;
    QHash<QString, QString> headers;      ///< values, by names of `settings.headerNames`
    std::optional<QString> proxyPassword; ///< empty: none
    std::optional<QString> clientKey;     ///< the passphrase of the client certificate, or its key in PEM
};

} // namespace vedette::sync
