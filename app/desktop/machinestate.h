// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QVariantMap>

#include "models/ports/environment.h"

namespace vedette::desktop {

/// What the machine goes through, as the desktop tells it: the network by QNetworkInformation, sleep by
/// org.freedesktop.login1 (PrepareForSleep), the battery by org.freedesktop.UPower (OnBattery), the locked
/// screen by org.freedesktop.ScreenSaver or the session's LockedHint at login1. Whatever is not there is
/// assumed to be well. GUI thread; nothing here waits.
class MachineState final : public ports::Environment
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MachineState)

public:
    explicit MachineState(const QDBusConnection& system = QDBusConnection::systemBus(),
        const QDBusConnection& session = QDBusConnection::sessionBus(), QObject* parent = nullptr);
    ~MachineState() override;

    [[nodiscard]] ports::EnvironmentState state() const override { return m_state; }

private slots:
    // Called by the bus.
    void onSleep(bool isComing);
    void onScreenSaver(bool isActive);
    void onProperties(const QString& interface, const QVariantMap& values, const QStringList& invalidated);

private:
    void watchNetwork();
    void watchPower();
    void watchScreen();
    void ask(const QString& service, const QString& path, const QString& interface, const QString& property);
    void take(const QString& property, const QVariant& value);
    void enter(const ports::EnvironmentState& state);

    QDBusConnection m_system;
    QDBusConnection m_session;
    ports::EnvironmentState m_state;
    bool m_isSaverActive = false;
    bool m_isLockHinted = false;
};

} // namespace vedette::desktop
