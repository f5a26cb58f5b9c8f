// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <utility>

#include "models/core/clock.h"
#include "models/domain/actor.h"

namespace vedette::domain {

/// One entry of an issue's history (contract section 7).
struct Activity
{
    QString id; ///< "0" for the final `first_seen`
    QString
        type; ///< the server's word: `set_resolved`, `note`, ...; an open set, shown by name where unknown
    std::optional<Actor> user; ///< nothing: the system
    std::optional<core::TimePoint> at;
    /// What else it says, as texts in the server's order; objects and lists in it as compact JSON.
    QList<std::pair<QString, QString>> data;

    friend bool operator==(const Activity&, const Activity&) = default;
};

} // namespace vedette::domain
