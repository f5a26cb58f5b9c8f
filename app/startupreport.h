// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace vedette::app {

/// For the bench `start`: where VEDETTE_STARTUP_REPORT holds the moment (nanoseconds of the monotonic clock)
/// at which the bench started this program, the first paint of the view `issueList` with rows prints one line
/// of JSON with the milliseconds in between and the memory then (proportional set size, kB), and ends the
/// program. Without the variable nothing is made and nothing costs.
class StartupReport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartupReport)

public:
    /// Watches the application's events if the bench wants it. Owned by the application object.
    static void installIfWanted();

    bool eventFilter(QObject* object, QEvent* event) override;

private:
    explicit StartupReport(qint64 startedNs, QObject* parent);
    void report() const;

    qint64 m_startedNs;
    bool m_isDone = false;
};

} // namespace vedette::app
