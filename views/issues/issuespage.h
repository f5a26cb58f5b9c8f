// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <memory>

#include "models/core/clock.h"
#include "models/domain/action.h"
#include "models/items/issuelistmodel.h"
#include "models/sync/issuequery.h"

class QLabel;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace vedette::settings {
class Settings;
}

namespace vedette::sync {
class Hub;
class IssueFeed;
} // namespace vedette::sync

namespace vedette::views {

class DetailPane;
class EmptyState;
class IssueActions;
class IssueDelegate;
class MessageBanner;
class PlainLabel;

/// The list of issues beside the detail of the current one: where people triage. Owns its feed and its model;
/// acts through the outbox. GUI thread; hub, clock and settings outlive it.
class IssuesPage final : public QWidget
{
    Q_OBJECT

public:
    IssuesPage(
        sync::Hub& hub, const core::Clock& clock, settings::Settings& settings, QWidget* parent = nullptr);
    ~IssuesPage() override;

    /// Shows another list; the order that the user chose stays.
    void setQuery(sync::IssueQuery query);
    [[nodiscard]] const sync::IssueQuery& query() const;
    void setFollowed(bool followed);
    /// Selects the issue and shows it, also when it is not in the list.
    void showIssue(const domain::Issue& issue);
    [[nodiscard]] IssueActions& actions() { return *m_actions; }
    /// How many rows the list has, here and on the server: for the status line.
    [[nodiscard]] int shownCount() const { return m_model.rowCount(); }
    [[nodiscard]] qint64 totalCount() const;
    void focusList();

signals:
    void countsChanged();

private:
    void buildList();
    void connectFeed();
    void connectActions();
    void showFeedState();
    void currentChanged();
    void act(domain::Action::Kind kind);
    void submit(const domain::Action& action);
    void pickAssignee();
    void sortBy(int column);
    void step(int by);
    void contextMenu(const QPoint& position);
    void updateColours();
    /// The checked issues, else the selected ones, else the current one.
    [[nodiscard]] QList<domain::Issue> targets() const;

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    settings::Settings& m_settings;
    std::unique_ptr<sync::IssueFeed> m_feed;
    items::IssueListModel m_model;
    IssueActions* m_actions;
    IssueDelegate* m_delegate;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    QTreeView* m_list;
    EmptyState* m_empty;
    MessageBanner* m_banner;
    PlainLabel* m_stale;
    DetailPane* m_detail;
};

} // namespace vedette::views
