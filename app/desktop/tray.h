// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <memory>

#include "app/desktop/traylook.h"
#include "models/core/clock.h"

namespace vedette::desktop {

/// The icon in the tray with its menu: the state at a glance, the five issues with the most events, a pause,
/// and the way in and out. Shows facts, decides nothing. GUI thread.
class Tray final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Tray)

public:
    Tray(const QIcon& icon, const core::Clock& clock, QObject* parent = nullptr);
    ~Tray() override;

    /// Whether somebody shows our icon. Without a host the window must never hide.
    [[nodiscard]] static bool hasHost();
    void show();

    void setFacts(const TrayFacts& facts);
    /// Brings times in the tool tip up to date; the facts are the same.
    void refresh();

    [[nodiscard]] QMenu& menu() { return *m_menu; }
    [[nodiscard]] QString toolTip() const { return m_icon.toolTip(); }
    [[nodiscard]] QIcon icon() const { return m_icon.icon(); }

signals:
    void openRequested();
    void issueRequested(const vedette::domain::Issue& issue);
    /// True: no notices for an hour; false: notices again.
    void pauseRequested(bool pause);
    void quitRequested();

private:
    void fillMenu();

    QIcon m_base;
    const core::Clock& m_clock;
    TrayFacts m_facts;
    std::unique_ptr<QMenu> m_menu; // QSystemTrayIcon does not own it
    QSystemTrayIcon m_icon;
};

} // namespace vedette::desktop
