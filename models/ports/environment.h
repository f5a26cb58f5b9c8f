// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace vedette::ports {

/// What the machine is going through, as far as it matters to whoever asks servers. What nobody can tell is
/// assumed to be well.
struct EnvironmentState
{
    bool isOnline = true; ///< some network is there; says nothing of any server
    bool isMetered = false;
    bool isOnBattery = false;
    bool isLocked = false;    ///< nobody looks at the screen
    bool isSuspended = false; ///< going to sleep, or not awake again

    friend bool operator==(const EnvironmentState&, const EnvironmentState&) = default;
};

/// Tells what the machine is going through. GUI thread; lives as long as the program.
class Environment : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual EnvironmentState state() const = 0;

signals:
    /// state() is another than before.
    void changed();
    /// Another network, or one again: addresses and proxies may be others.
    void networkChanged();
    /// Awake again after a sleep; changed() came before.
    void resumed();
};

/// Where the desktop tells nothing.
class AssumedEnvironment final : public Environment
{
    Q_OBJECT

public:
    using Environment::Environment;

    [[nodiscard]] EnvironmentState state() const override { return {}; }
};

} // namespace vedette::ports
