// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QList>
#include <QString>

#include <optional>

#include "models/core/clock.h"
#include "models/domain/issue.h"

namespace vedette::desktop {

/// What the tray is told.
struct TrayFacts
{
    /// A server that cannot be seen, by its account's name.
    struct Blind
    {
        QString account;
        std::optional<core::TimePoint> since;
        bool needsToken = false;

        friend bool operator==(const Blind&, const Blind&) = default;
    };

    int inAlarm = 0; ///< issues that want a look
    QList<Blind> blind;
    int accounts = 0;                           ///< how many are watched
    std::optional<core::TimePoint> lastChecked; ///< when the oldest of the accounts' answers came
    QList<domain::Issue> topFive;               ///< most events first
    std::optional<core::TimePoint> pausedUntil; ///< no notices until then
    QString collectorUrl;                       ///< empty: it is not running

    friend bool operator==(const TrayFacts&, const TrayFacts&) = default;
};

enum class TrayMode
{
    Quiet,
    Attention,
    Blind ///< wins over attention: what is known may be old
};

/// How that looks and reads. Pure.
[[nodiscard]] TrayMode trayMode(const TrayFacts& facts);
[[nodiscard]] QString trayToolTip(const TrayFacts& facts, core::TimePoint now);

/// The program's icon with its state drawn in, since trays offer no badge: a filled disc with the count for
/// attention, a struck-through one for blind. The shapes differ, so that colour is not needed to tell them.
[[nodiscard]] QIcon trayIcon(const QIcon& base, TrayMode mode, int count);

} // namespace vedette::desktop
