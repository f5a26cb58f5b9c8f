// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/core/result.h"

namespace vedette::app {

/// Where this start keeps what it keeps.
struct Paths
{
    QString data;     ///< user.sqlite, the collector's folder, the lock: never thrown away
    QString cache;    ///< cache.sqlite: may be removed at any time
    QString settings; ///< the preferences file

    /// The XDG folders, or everything under `dataDir` where it is not empty. Makes nothing.
    [[nodiscard]] static Paths find(const QString& dataDir);
    /// Makes the folders, for their owner alone. Errors: Storage.
    [[nodiscard]] core::Result<void> make() const;
};

} // namespace vedette::app
