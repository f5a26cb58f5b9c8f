// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <memory>

#include "models/core/clock.h"
#include "models/domain/action.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"

class QStackedWidget;

namespace vedette::settings {
class Settings;
}
namespace vedette::sync {
class Hub;
class OverviewFeed;
} // namespace vedette::sync

namespace vedette::views {

class IssuesPage;
class MessageBanner;
class Page;
class Sidebar;
class StatusLine;
class Theme;
class TopBar;
class ViewCounts;
class WelcomePage;

/// The main window: arranges the pages, holds the menus, and keeps bar, sidebar and status line true. GUI
/// thread; what it is given outlives it.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// What only the application can do.
    struct Ways
    {
        std::function<void()> useCollector;  ///< run the built-in collector now and from now on
        std::function<void()> lookAtSamples; ///< another program on a throw-away folder
        std::function<void()> quit;
    };

    MainWindow(
        sync::Hub& hub, const core::Clock& clock, settings::Settings& settings, Theme& theme, Ways ways);
    ~MainWindow() override;

    /// Opens the issue, whatever is shown.
    void showIssue(const domain::Issue& issue);
    /// Something that the person should know, as a banner.
    void tell(const QString& text);

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void buildAccountMenu();
    void buildViewMenu();
    void buildGoMenu();
    void buildHelpMenu();
    void applyLetters();
    void connectPages();
    void showConflict(
        const domain::Issue& issue, const domain::Action& action, const domain::Conflict& conflict);
    void connectHub();
    void connectNotices();
    void followAll();

    void accountsChanged();
    void showAccount(const domain::AccountId& account);
    void choose(const QString& key);
    void showView(const QString& key);
    void showProject(const domain::ProjectId& project);
    void showPage(Page* page);
    void applyQuery();
    void search(const QString& text);
    void updateSidebar();
    void updateDirectory();
    void updateTitle();
    void addAccount();
    void lookAgain();
    void showKeys();
    void showAbout();
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] Page* pageOf(const QString& key) const;

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    settings::Settings& m_settings;
    Theme& m_theme;
    Ways m_ways;
    domain::AccountId m_account;
    QString m_viewName; ///< what the list is called: the view's or "Search"
    std::unique_ptr<sync::OverviewFeed> m_projectCounts;
    QList<QAction*> m_letters; ///< keys without Ctrl that are not of the issues
    QTimer m_sidebarDue;       ///< joins what changes together

    ViewCounts* m_counts;
    TopBar* m_bar;
    Sidebar* m_sidebar;
    QStackedWidget* m_pages;
    QWidget* m_work; ///< bar, sidebar and pages: everything but the welcome
    QWidget* m_body; ///< sidebar and pages: where single letters act
    MessageBanner* m_banner;
    WelcomePage* m_welcome;
    IssuesPage* m_issues;
    Page* m_overview;
    Page* m_alerts;
    Page* m_collector;
    Page* m_outbox;
    StatusLine* m_status;
};

} // namespace vedette::views
