// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSet>

#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

#include "models/core/clock.h"
#include "models/domain/action.h"
#include "models/items/issuelistmodel.h"
#include "models/sync/feedstate.h"
#include "models/sync/issuequery.h"
#include "views/common/statesaver.h"
#include "views/window/page.h"

class QSplitter;
class QStackedWidget;

namespace vedette::sync {
class Hub;
class IssueFeed;
} // namespace vedette::sync

namespace vedette::views {

class DetailView;
class EmptyState;
class IssueActions;
class IssueList;
class MessageBanner;
class PlainLabel;
class Triage;

/// The list of issues beside the detail of the current one: where people triage. Owns its feed and its model;
/// acts through the outbox. GUI thread; hub, clock and settings outlive it.
class IssuesPage final : public Page
{
    Q_OBJECT

public:
    using DetailFactory = std::function<DetailView*(IssueActions&)>;

    IssuesPage(sync::Hub& hub, const core::Clock& clock, settings::Settings& settings,
        const DetailFactory& makeDetail, QWidget* parent = nullptr);
    ~IssuesPage() override;

    [[nodiscard]] QString title() const override;
    void setFollowed(bool followed) override;
    void refresh() override;
    void takeFocus() override;
    [[nodiscard]] QString statusText() const override;

    /// Shows another list; the order that was chosen stays. `name` is what the list is called in the status
    /// line.
    void setQuery(sync::IssueQuery query, const QString& name);
    [[nodiscard]] const sync::IssueQuery& query() const;
    /// Selects the issue and shows it, also when it is not in the list.
    void showIssue(const domain::Issue& issue);
    [[nodiscard]] IssueActions& actions() { return *m_actions; }

signals:
    /// An action was taken and may be taken back: a sentence for the status line.
    void actionTaken(const QString& sentence);
    /// A term was clicked in the detail: add it to the search.
    void searchRequested(const QString& term);

private:
    void buildLayout();
    void connectFeed();
    void connectActions();
    void takeRows(const QList<domain::Issue>& rows, bool reset);
    void showState();
    [[nodiscard]] bool isWaitingForFirstEvent() const;
    void showEmptyState(const sync::FeedState& state);
    void showStaleState(const sync::FeedState& state);
    void showSelection();
    void currentChanged();
    void afterAction(
        const QList<domain::Issue>& issues, const domain::Action& action, const QString& sentence);
    void chooseCurrent();
    void contextMenu(const QPoint& position);
    void updateColours();
    /// The checked issues, else the selected ones, else the one that is open.
    [[nodiscard]] QList<domain::Issue> targets() const;
    [[nodiscard]] QPoint pickerPosition() const;

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    std::unique_ptr<sync::IssueFeed> m_feed;
    items::IssueListModel m_model;
    StateSaver m_saver;
    QString m_name;
    QSet<domain::AccountId> m_hadRows;
    bool m_offersDsn = false; ///< what the button of the empty state does
    bool m_merging = false;   ///< rows come and go: the current one changes without anybody having moved
    QTimer m_seen;            ///< an issue counts as looked at after a moment, not when it is passed by
    QTimer m_ages;

    IssueActions* m_actions;
    IssueList* m_list;
    DetailView* m_detail;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    MessageBanner* m_banner;
    MessageBanner* m_stale;
    QWidget* m_selection;
    PlainLabel* m_selectionText;
    Triage* m_triage;
};

} // namespace vedette::views
