// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QStringList>

#include <optional>

#include "models/ports/desktopnotifier.h"

class QDBusMessage;
class QDBusPendingCallWatcher;

namespace vedette::desktop {

/// Notices by org.freedesktop.Notifications (Desktop Notifications Specification 1.2). Qt's own tray message
/// knows no buttons and no replacing, hence this client. Every call is asynchronous; a daemon that is absent,
/// starts later or is restarted is coped with. GUI thread.
class FreedesktopNotifier final : public ports::DesktopNotifier
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FreedesktopNotifier)

public:
    /// `bus`: the session bus; one that is not connected makes every notice undeliverable. `desktopEntry`:
    /// the name of our .desktop file without the ending, by which desktops find icon and settings.
    FreedesktopNotifier(const QDBusConnection& bus, const QString& desktopEntry, QObject* parent = nullptr);
    ~FreedesktopNotifier() override;

    void show(const ports::Notice& notice) override;
    void close(const QString& key) override;

private slots:
    void onActionInvoked(uint id, const QString& action);
    void onActivationToken(uint id, const QString& token);
    void onNotificationClosed(uint id, uint reason);

private:
    /// A notice on its way or on the screen.
    struct Shown
    {
        uint id = 0;             ///< the daemon's; 0 until it answered
        bool isUnderWay = false; ///< Notify was called and not answered yet
        bool closeWhenKnown = false;
        std::optional<ports::Notice> next; ///< came while the former one was under way
    };

    void onOwnerChanged(const QString& newOwner);
    void askCapabilities();
    void flush();
    void notify(const ports::Notice& notice);
    void onNotified(const QString& key, const QDBusMessage& reply);
    void giveUp(const QString& key, const QString& reason);
    [[nodiscard]] QString keyOf(uint id) const;
    [[nodiscard]] QDBusMessage call(const QString& method) const;

    QDBusConnection m_bus;
    QString m_desktopEntry;
    std::optional<QStringList> m_capabilities; ///< nothing: not known of the daemon that runs now
    bool m_asking = false;
    QList<ports::Notice> m_waiting; ///< until the capabilities are known
    QHash<QString, Shown> m_shown;
    QHash<uint, QString> m_tokens; ///< activation tokens, sent just before the action they belong to
};

} // namespace vedette::desktop
