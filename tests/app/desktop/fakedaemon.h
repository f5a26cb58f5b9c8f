// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace vedette::tests {

/// A notification daemon on a connection of its own to the session bus, with the capabilities that a test
/// wants. It keeps what it was told and can press buttons.
class FakeDaemon final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Call
    {
        QString application;
        uint replaces = 0;
        QString icon;
        QString title;
        QString body;
        QStringList actions;
        QVariantMap hints;
        int timeoutMs = 0;
        uint id = 0;
    };

    explicit FakeDaemon(const QStringList& capabilities);
    ~FakeDaemon() override;

    QList<Call> calls;
    QList<uint> closedByCaller;
    /// Notify answers are held back until release().
    bool hold = false;
    void release();

    void press(uint id, const QString& action, const QString& token = {});
    void dismiss(uint id);

public slots:
    // The names are those of the specification.
    QStringList GetCapabilities() const { return m_capabilities; }
    uint Notify(const QString& application, uint replaces, const QString& icon, const QString& title,
        const QString& body, const QStringList& actions, const QVariantMap& hints, int timeoutMs,
        const QDBusMessage& message);
    void CloseNotification(uint id);

signals:
    void NotificationClosed(uint id, uint reason);
    void ActionInvoked(uint id, const QString& action);
    void ActivationToken(uint id, const QString& token);

private:
    QString m_connectionName;
    QDBusConnection m_bus;
    QStringList m_capabilities;
    uint m_lastId = 0;
    QList<QDBusMessage> m_held;
};

} // namespace vedette::tests
