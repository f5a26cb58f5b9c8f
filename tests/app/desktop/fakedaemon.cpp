// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/desktop/fakedaemon.h"

#include <QDBusMessage>
#include <QUuid>

namespace vedette::tests {

using namespace Qt::Literals::StringLiterals;

FakeDaemon::FakeDaemon(const QStringList& capabilities)
    : m_connectionName(QUuid::createUuid().toString())
    , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_connectionName))
    , m_capabilities(capabilities)
{
    if (!m_bus.registerObject(u"/org/freedesktop/Notifications"_s, this,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) ||
        !m_bus.registerService(u"org.freedesktop.Notifications"_s))
        qFatal("the session bus has a notification daemon already");
}

FakeDaemon::~FakeDaemon()
{
    m_bus.unregisterObject(u"/org/freedesktop/Notifications"_s);
    QDBusConnection::disconnectFromBus(m_connectionName);
}

uint FakeDaemon::Notify(const QString& application, uint replaces, const QString& icon, const QString& title,
    const QString& body, const QStringList& actions, const QVariantMap& hints, int timeoutMs,
    const QDBusMessage& message)
{
    const uint id = replaces ? replaces : ++m_lastId;
    calls.append({application, replaces, icon, title, body, actions, hints, timeoutMs, id});
    if (hold) {
        message.setDelayedReply(true);
        m_held.append(message.createReply(id));
    }
    return id;
}

void FakeDaemon::release()
{
    hold = false;
    for (const QDBusMessage& reply : std::as_const(m_held))
        m_bus.send(reply);
    m_held.clear();
}

void FakeDaemon::CloseNotification(uint id)
{
    closedByCaller.append(id);
    emit NotificationClosed(id, 3);
}

void FakeDaemon::press(uint id, const QString& action, const QString& token)
{
    if (!token.isEmpty())
        emit ActivationToken(id, token);
    emit ActionInvoked(id, action);
    emit NotificationClosed(id, 2);
}

void FakeDaemon::dismiss(uint id)
{
    emit NotificationClosed(id, 2);
}

} // namespace vedette::tests
