// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>

#include <functional>
#include <memory>

#include "models/core/clock.h"
#include "models/domain/issue.h"
#include "views/window/sidebar.h"

class QStackedWidget;

namespace vedette::settings {
class Settings;
}
namespace vedette::sync {
class CollectorFeed;
class Hub;
class OverviewFeed;
} // namespace vedette::sync

namespace vedette::views {

class AlertsPage;
class CollectorPage;
class IssuesPage;
class MessageBanner;
class OverviewPage;
class PlainLabel;
class Theme;
class TopBar;
class WelcomePage;

/// The main window: arranges the pages, holds the menus, and keeps bar, sidebar and status line true. GUI
/// thread; what it is given outlives it.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    struct Ways
    {
        std::function<void()> useCollector;
        std::function<void()> lookAtSamples;
        std::function<void()> quit;
    };

    MainWindow(
        sync::Hub& hub, const core::Clock& clock, settings::Settings& settings, Theme& theme, Ways ways);
    ~MainWindow() override;

    void showIssue(const domain::Issue& issue);
    void tell(const QString& text);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildMenus();
    void buildGoMenu();
    void buildStatusBar();
    void connectHub();
    void accountsChanged();
    void showAccount(const domain::AccountId& account);
    void showEntry(Sidebar::Entry entry);
    void showPage(QWidget* page);
    void applyQuery();
    void updateStatus();
    void updateDirectory();
    void updateAlerts();
    void addAccount();
    void showKeys();
    void showAbout();

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    settings::Settings& m_settings;
    Theme& m_theme;
    Ways m_ways;
    domain::AccountId m_account;
    TopBar* m_bar;
    Sidebar* m_sidebar;
    QStackedWidget* m_pages;
    QWidget* m_work; ///< bar, sidebar and pages: everything but the welcome
    MessageBanner* m_banner;
    WelcomePage* m_welcome;
    IssuesPage* m_issues;
    OverviewPage* m_overview;
    AlertsPage* m_alerts;
    CollectorPage* m_collector;
    PlainLabel* m_scope;
    PlainLabel* m_pending;
    PlainLabel* m_zone;
};

} // namespace vedette::views
