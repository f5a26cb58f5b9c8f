// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

#include "models/alerts/alert.h"
#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/domain/action.h"

namespace vedette::ports {
class DesktopNotifier;
}
namespace vedette::settings {
class Settings;
}
namespace vedette::sync {
class AlertWatch;
class Outbox;
} // namespace vedette::sync

namespace vedette::app {

/// Turns raised alerts into notices and their buttons into deeds: Resolve goes through the outbox to the
/// server, and the notice then says whether it was done; Snooze goes to the watch; Open to whoever shows
/// issues. All references must outlive it. GUI thread.
class AlertNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AlertNotices)

public:
    AlertNotices(sync::AlertWatch& watch, sync::Outbox& outbox, ports::DesktopNotifier& notifier,
        const settings::Settings& settings, const core::Clock& clock, QObject* parent = nullptr);

    /// No notices until then; nothing: notices again. Alerts that are raised meanwhile are in the history.
    void pauseUntil(std::optional<core::TimePoint> until);
    [[nodiscard]] std::optional<core::TimePoint> pausedUntil() const { return m_pausedUntil; }

signals:
    /// A person wants to see the issue. `activationToken` lets the window come to the front on Wayland.
    void openRequested(const vedette::domain::Issue& issue, const QString& activationToken);
    void pauseChanged();

private:
    /// An issue that was resolved from its notice, until the server has answered.
    struct Resolving
    {
        QString key;
        alerts::Alert alert;
    };

    void onRaised(const alerts::Alert& alert);
    void onAction(const QString& key, const QString& action, const QString& activationToken);
    void resolve(const QString& key, const alerts::Alert& alert);
    void onDone(const domain::Issue& issue, const domain::Action& action);
    void onRefused(
        const QList<domain::Issue>& issues, const domain::Action& action, const core::Error& error);
    [[nodiscard]] bool wants(alerts::Alert::Kind kind) const;
    [[nodiscard]] std::optional<Resolving> takeResolving(const domain::Issue& issue);

    sync::AlertWatch& m_watch;
    sync::Outbox& m_outbox;
    ports::DesktopNotifier& m_notifier;
    const settings::Settings& m_settings;
    const core::Clock& m_clock;
    QHash<QString, alerts::Alert> m_shown; ///< by notice key
    QList<Resolving> m_resolving;
    std::optional<core::TimePoint> m_pausedUntil;
    QTimer m_pauseEnd;
};

} // namespace vedette::app
