// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/sync/feedstate.h"

namespace vedette::sync {

/// One issue with its detail and one of its events: what the right-hand pane shows. Cache first, then
/// network; opening another issue drops answers to the former one. GUI thread.
class DetailFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Opens an issue of a list row with its latest event. The row itself is shown at once by detailChanged.
    virtual void open(const domain::Issue& issue) = 0;
    /// Nothing is open any more.
    virtual void close() = 0;
    /// The issue that is open, with as much detail as is known.
    [[nodiscard]] virtual domain::IssueDetail detail() const = 0;
    [[nodiscard]] virtual FeedState issueState() const = 0;
    [[nodiscard]] virtual FeedState eventState() const = 0;

    virtual void refresh() = 0;
    /// Steps to the neighbour, if the shown event has one.
    virtual void showOlder() = 0;
    virtual void showNewer() = 0;
    virtual void showLatest() = 0;

signals:
    void detailChanged(const vedette::domain::IssueDetail& detail);
    void eventChanged(const vedette::domain::Event& event);
    /// No event is shown (closed, none found): see eventState().
    void eventCleared();
    void issueStateChanged(const vedette::sync::FeedState& state);
    void eventStateChanged(const vedette::sync::FeedState& state);
};

} // namespace vedette::sync
