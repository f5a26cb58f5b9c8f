// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace vedette::ports {

/// What is shown on the desktop. All texts are plain: whoever shows it escapes what its desktop would take
/// for markup.
struct Notice
{
    enum class Urgency
    {
        Low,
        Normal,
        Critical
    };

    /// A button. `key` comes back in actionInvoked; `defaultAction` is a click on the notice itself.
    struct Action
    {
        QString key;
        QString label;

        friend bool operator==(const Action&, const Action&) = default;
    };

    QString key; ///< a notice with the same key replaces the former one
    QString title;
    QString body;
    QString category; ///< of the freedesktop list, or `x-vendor.class`
    Urgency urgency = Urgency::Normal;
    QList<Action> actions;

    friend bool operator==(const Notice&, const Notice&) = default;
};

inline const QString defaultAction = QStringLiteral("default");

/// Shows notices on the desktop and tells what people do with them. GUI thread; nothing here waits.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Shows a notice, or changes the one with the same key in place.
    virtual void show(const Notice& notice) = 0;
    /// Takes a notice away, if it is still there.
    virtual void close(const QString& key) = 0;

signals:
    /// A button was pressed. `activationToken` lets a window come to the front on Wayland; may be empty.
    void actionInvoked(const QString& key, const QString& action, const QString& activationToken);
    /// The notice is gone: dismissed, expired, closed by us, or its daemon ended.
    void closed(const QString& key);
    /// Nobody could show it; `reason` is for the log.
    void undeliverable(const QString& key, const QString& reason);
};

} // namespace vedette::ports
