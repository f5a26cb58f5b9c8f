// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "models/alerts/alert.h"
#include "models/core/clock.h"

class QVBoxLayout;

namespace vedette::sync {
class Hub;
}

namespace vedette::views {

class PlainLabel;

/// What was raised and why, newest first; what is in alarm now stands above.
class AlertsPage final : public QWidget
{
    Q_OBJECT

public:
    AlertsPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent = nullptr);

    /// Only spikes that are open now.
    void showOnlySpikes(bool only);

signals:
    void issueChosen(const vedette::domain::Issue& issue);

private:
    void rebuild();

    sync::Hub& m_hub;
    const core::Clock& m_clock;
    bool m_onlySpikes = false;
    PlainLabel* m_title;
    QVBoxLayout* m_layout;
    QWidget* m_rows = nullptr;
};

/// The reason of an alert as a sentence.
[[nodiscard]] QString alertSentence(const alerts::Alert& alert);

} // namespace vedette::views
