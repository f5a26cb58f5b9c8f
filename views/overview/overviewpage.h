// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "models/core/clock.h"
#include "models/domain/project.h"
#include "views/window/page.h"

namespace vedette::sync {
class Hub;
class OverviewFeed;
} // namespace vedette::sync

namespace vedette::views {

class Card;
class FrequencyChart;
class PlainLabel;

/// The first look of the morning: what happened in the last day, in all and by project; each project leads to
/// its list.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    OverviewPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent = nullptr);
    ~OverviewPage() override;

    [[nodiscard]] QString title() const override;
    void setFollowed(bool followed) override;
    void setAccount(const domain::AccountId& account) override;
    void refresh() override;

private:
    void rebuild();
    void showState();

    domain::AccountId m_account;
    const core::Clock& m_clock;
    std::unique_ptr<sync::OverviewFeed> m_feed;
    PlainLabel* m_state;
    PlainLabel* m_total;
    Card* m_chartCard;
    FrequencyChart* m_chart;
    Card* m_projects;
    QWidget* m_rows = nullptr;
};

} // namespace vedette::views
