// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include "models/core/clock.h"
#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "views/window/detailview.h"

class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTabBar;

namespace vedette::sync {
class DetailFeed;
class Hub;
} // namespace vedette::sync

namespace vedette::views {

class Card;
class EmptyState;
class FrequencyChart;
class IssueActions;
class IssueHead;
class MessageBanner;
class PlainLabel;

/// The issue that is open: head, frequency, and one of its events. Owns its feed. GUI thread; hub, clock and
/// actions outlive it.
class DetailPane final : public DetailView
{
    Q_OBJECT

public:
    DetailPane(sync::Hub& hub, const core::Clock& clock, IssueActions& actions, QWidget* parent = nullptr);
    ~DetailPane() override;

    using DetailView::show;
    void show(const domain::Issue& issue) override;
    void clear() override;
    void refresh() override;
    [[nodiscard]] std::optional<domain::Issue> issue() const override;
    [[nodiscard]] QPoint assignPosition() const override;

private:
    QWidget* buildChart();
    QWidget* buildWalker();
    void showDetail();
    void showChart();
    void showEvent();
    void showEventState();
    void showTab(int tab);
    void copyMarkdown();

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    std::unique_ptr<sync::DetailFeed> m_feed;
    domain::Event m_event;
    bool m_hasEvent = false;
    bool m_daily = false;

    QStackedWidget* m_stack;
    IssueHead* m_head;
    Card* m_chartCard;
    FrequencyChart* m_chart;
    PlainLabel* m_readOut;
    QPushButton* m_hours;
    QPushButton* m_days;
    QTabBar* m_tabs;
    QPushButton* m_older;
    QPushButton* m_newer;
    PlainLabel* m_when;
    MessageBanner* m_banner;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QWidget* m_body = nullptr; ///< the event or the tags
    PlainLabel* m_note;
};

} // namespace vedette::views
