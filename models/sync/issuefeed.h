// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include "models/domain/issue.h"
#include "models/sync/feedstate.h"
#include "models/sync/issuequery.h"

namespace vedette::sync {

/// The rows of one issue list: cache first, then network, then every poll interval while it is followed. Rows
/// carry the optimistic changes that the outbox holds. Answers of an older query are dropped. GUI thread.
class IssueFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual const IssueQuery& query() const = 0;
    /// Shows another list. Emits rowsReset with what the cache has, maybe nothing, then asks the server.
    virtual void setQuery(const IssueQuery& query) = 0;
    /// All rows in the query's order, pages so far joined and without doubles.
    [[nodiscard]] virtual QList<domain::Issue> rows() const = 0;
    [[nodiscard]] virtual FeedState state() const = 0;

    /// Asks the server for the shown pages again.
    virtual void refresh() = 0;
    /// Asks for the next page, if there is one and none is under way.
    virtual void fetchMore() = 0;
    /// Polls while true (the page is visible); a hidden feed keeps its rows.
    virtual void setFollowed(bool followed) = 0;

signals:
    /// Another query: forget selection and scroll.
    void rowsReset(const QList<vedette::domain::Issue>& rows);
    /// The same query: merge by id, keep selection and scroll. These are all rows; what is missing has left.
    void rowsMerged(const QList<vedette::domain::Issue>& rows);
    void stateChanged(const vedette::sync::FeedState& state);
};

} // namespace vedette::sync
