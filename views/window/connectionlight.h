// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractButton>
#include <QTimer>

#include "models/core/clock.h"
#include "models/sync/accounts.h"

namespace vedette::views {

/// Says whether the server can be seen, and how fresh that is: "checked 12 s ago". The sign has a shape of
/// its own for each state. A click looks again. GUI thread; the clock outlives it.
class ConnectionLight final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ConnectionLight(const core::Clock& clock, QWidget* parent = nullptr);

    void setState(const sync::ConnectionState& state);
    [[nodiscard]] const sync::ConnectionState& state() const { return m_state; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showText();

    const core::Clock& m_clock;
    sync::ConnectionState m_state;
    QTimer m_timer;
};

} // namespace vedette::views
