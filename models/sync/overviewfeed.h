// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include "models/domain/account.h"
#include "models/domain/project.h"
#include "models/sync/feedstate.h"

namespace vedette::sync {

/// The projects of one account with what happened in the last 24 hours. GUI thread.
class OverviewFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Shows another organization's projects.
    virtual void setScope(const domain::Scope& scope) = 0;
    [[nodiscard]] virtual QList<domain::ProjectSummary> summaries() const = 0;
    [[nodiscard]] virtual FeedState state() const = 0;
    virtual void refresh() = 0;
    virtual void setFollowed(bool followed) = 0;

signals:
    void summariesChanged(const QList<vedette::domain::ProjectSummary>& summaries);
    void stateChanged(const vedette::sync::FeedState& state);
};

} // namespace vedette::sync
