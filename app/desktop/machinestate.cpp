// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/machinestate.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QNetworkInformation>

using namespace Qt::Literals::StringLiterals;

namespace vedette::desktop {
namespace {

const QString properties = u"org.freedesktop.DBus.Properties"_s;
const QString powerService = u"org.freedesktop.UPower"_s;
const QString powerPath = u"/org/freedesktop/UPower"_s;
const QString onBattery = u"OnBattery"_s;
const QString login = u"org.freedesktop.login1"_s;
const QString loginPath = u"/org/freedesktop/login1"_s;
const QString manager = u"org.freedesktop.login1.Manager"_s;
/// login1's name for the session of whoever calls.
const QString ownSessionPath = u"/org/freedesktop/login1/session/auto"_s;
const QString ownSession = u"org.freedesktop.login1.Session"_s;
const QString lockedHint = u"LockedHint"_s;
const QString saver = u"org.freedesktop.ScreenSaver"_s;
const QString saverPath = u"/org/freedesktop/ScreenSaver"_s;

} // namespace

MachineState::MachineState(const QDBusConnection& system, const QDBusConnection& session, QObject* parent)
    : Environment(parent)
    , m_system(system)
    , m_session(session)
{
    watchNetwork();
    watchPower();
    watchScreen();
}

MachineState::~MachineState() = default;

void MachineState::watchNetwork()
{
    // There may be no plug-in for this machine's network manager.
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    QNetworkInformation* const network = QNetworkInformation::instance();
    const auto look = [this, network] {
        ports::EnvironmentState state = m_state;
        // Local is enough: a self-hosted server may be in the same house.
        state.isOnline = network->reachability() != QNetworkInformation::Reachability::Disconnected;
        state.isMetered = network->isMetered();
        enter(state);
    };
    connect(network, &QNetworkInformation::reachabilityChanged, this, look);
    connect(network, &QNetworkInformation::isMeteredChanged, this, look);
    look();
}

void MachineState::watchPower()
{
    if (!m_system.isConnected())
        return;
    m_system.connect(login, loginPath, manager, u"PrepareForSleep"_s, this, SLOT(onSleep(bool)));
    m_system.connect(powerService, powerPath, properties, u"PropertiesChanged"_s, this,
        SLOT(onProperties(QString, QVariantMap, QStringList)));
    ask(powerService, powerPath, powerService, onBattery);
}

void MachineState::watchScreen()
{
    if (m_session.isConnected())
        m_session.connect(saver, saverPath, saver, u"ActiveChanged"_s, this, SLOT(onScreenSaver(bool)));
    if (!m_system.isConnected())
        return;
    // The signal comes from the session's own path, whatever that is.
    m_system.connect(login, QString(), properties, u"PropertiesChanged"_s, {ownSession}, QString(), this,
        SLOT(onProperties(QString, QVariantMap, QStringList)));
    ask(login, ownSessionPath, ownSession, lockedHint);
}

void MachineState::ask(
    const QString& service, const QString& path, const QString& interface, const QString& property)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, properties, u"Get"_s);
    call << interface << property;
    auto* watcher = new QDBusPendingCallWatcher(m_system.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, property] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) // else there is no such service
            take(property, reply.value().variant());
    });
}

void MachineState::onProperties(
    const QString& /*interface*/, const QVariantMap& values, const QStringList& /*invalidated*/)
{
    for (auto it = values.begin(); it != values.end(); ++it)
        take(it.key(), it.value());
}

void MachineState::take(const QString& property, const QVariant& value)
{
    ports::EnvironmentState state = m_state;
    if (property == onBattery)
        state.isOnBattery = value.toBool();
    if (property == lockedHint) {
        m_isLockHinted = value.toBool();
        state.isLocked = m_isLockHinted || m_isSaverActive;
    }
    enter(state);
}

void MachineState::onSleep(bool isComing)
{
    ports::EnvironmentState state = m_state;
    state.isSuspended = isComing;
    enter(state);
}

void MachineState::onScreenSaver(bool isActive)
{
    m_isSaverActive = isActive;
    ports::EnvironmentState state = m_state;
    state.isLocked = m_isLockHinted || m_isSaverActive;
    enter(state);
}

void MachineState::enter(const ports::EnvironmentState& state)
{
    const ports::EnvironmentState former = m_state;
    if (state == former)
        return;
    m_state = state;
    emit changed();
    if (state.isOnline && !former.isOnline)
        emit networkChanged();
    if (former.isSuspended && !state.isSuspended)
        emit resumed();
}

} // namespace vedette::desktop
