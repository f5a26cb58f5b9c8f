// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>

#include "models/alerts/alert.h"
#include "models/core/clock.h"
#include "views/window/page.h"

class QStackedWidget;
class QVBoxLayout;

namespace vedette::sync {
class Hub;
}

namespace vedette::views {

class Card;

/// What was raised and why, newest first, for all accounts; what is in alarm now stands above. GUI thread;
/// hub and clock outlive it.
class AlertsPage final : public Page
{
    Q_OBJECT

public:
    AlertsPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    /// The watch polls by itself; only the ages are kept up to date.
    void setFollowed(bool followed) override;
    void refresh() override;
    void takeFocus() override;
    [[nodiscard]] QString statusText() const override;

private:
    void rebuild();
    void fill(Card& card, QWidget*& rows, const QList<alerts::Alert>& alerts, bool isNow);

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    QTimer m_ages;
    QStackedWidget* m_stack;
    Card* m_now;
    Card* m_history;
    QWidget* m_nowRows = nullptr;
    QWidget* m_historyRows = nullptr;
};

/// The reason of an alert as a sentence: "412 events in the last hour, usually up to 31".
[[nodiscard]] QString alertSentence(const alerts::Alert& alert);
/// "spike", "new issue", "regression".
[[nodiscard]] QString alertKindText(alerts::Alert::Kind kind);

} // namespace vedette::views
