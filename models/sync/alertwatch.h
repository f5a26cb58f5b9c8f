// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include "models/alerts/alert.h"

namespace vedette::sync {

/// Watches every account for new issues, regressions and spikes by polling, whether a window is open or not,
/// and says so once per issue and kind; never for the first sync of an account nor for imported or sample
/// history. GUI thread. Built by Hub.
class AlertWatch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Issues in alarm now, largest factor first.
    [[nodiscard]] virtual QList<alerts::Alert> current() const = 0;
    /// What was raised, newest first, from the user's database.
    [[nodiscard]] virtual QList<alerts::Alert> history() const = 0;
    /// The unresolved issues with the most events in the last 24 hours over all accounts, at most five.
    [[nodiscard]] virtual QList<domain::Issue> topFive() const = 0;
    /// No alert of this issue before then (Snooze in a notification or in the menus). Kept over restarts.
    virtual void snooze(const domain::Issue& issue, core::TimePoint until) = 0;
    /// Looks at every account now.
    virtual void checkNow() = 0;

signals:
    void alertRaised(const vedette::alerts::Alert& alert);
    void currentChanged();
    void topFiveChanged();
};

} // namespace vedette::sync
