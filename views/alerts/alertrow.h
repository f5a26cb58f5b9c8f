// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractButton>

#include "models/alerts/alert.h"
#include "models/core/clock.h"

namespace vedette::views {

/// One alert on two lines: what kind, which issue, why, and when. Pressing it opens the issue.
class AlertRow final : public QAbstractButton
{
    Q_OBJECT

public:
    AlertRow(const alerts::Alert& alert, const core::Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    alerts::Alert m_alert;
    const core::Clock& m_clock;
    QString m_title;
    QString m_reason;
};

} // namespace vedette::views
