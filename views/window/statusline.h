// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStatusBar>
#include <QTimer>

#include "models/core/clock.h"

class QPushButton;

namespace vedette::views {

class ElidedLabel;
class PlainLabel;

/// The line at the bottom: what is shown and how many, what was just done with a way back, what waits to be
/// sent, the zone of all times, the keys. GUI thread.
class StatusLine final : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(const core::Clock& clock, QWidget* parent = nullptr);

    void setScope(const QString& text);
    void setPending(int count);
    /// Says for a while what was done; `canUndo` puts a way back beside it.
    void showDone(const QString& sentence, bool canUndo);

signals:
    void undoRequested();
    void keysRequested();
    void pendingRequested();

private:
    void showZone();

    const core::Clock& m_clock;
    ElidedLabel* m_scope;
    PlainLabel* m_done;
    QPushButton* m_undo;
    QPushButton* m_pending;
    PlainLabel* m_zone;
    QTimer m_doneUntil;
    QTimer m_zoneTimer;
};

/// "UTC+9", "UTC−3:30", "UTC".
[[nodiscard]] QString zoneText(int offsetSeconds);

} // namespace vedette::views
