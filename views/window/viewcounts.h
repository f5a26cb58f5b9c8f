// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

#include "models/sync/issuequery.h"

namespace vedette::sync {
class Hub;
class IssueFeed;
} // namespace vedette::sync

namespace vedette::views {

/// How many issues each view of the sidebar holds, in the window and environment that are shown. Asks a
/// moment after the list itself, again after an action was carried out, and now and then; it never polls at
/// the pace of the list. GUI thread; the hub outlives it.
class ViewCounts final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewCounts)

public:
    explicit ViewCounts(sync::Hub& hub, QObject* parent = nullptr);
    ~ViewCounts() override;

    /// Whose issues, in which window and environments; text, projects and order do not count here.
    void setScope(const sync::IssueQuery& scope);
    /// Nothing is asked while the window is hidden.
    void setFollowed(bool followed);
    /// "37", "1,000+", or nothing where it is not known.
    [[nodiscard]] QString text(const QString& viewKey) const;
    [[nodiscard]] qint64 number(const QString& viewKey) const;

signals:
    void changed();

private:
    struct Counted
    {
        QString key;
        std::unique_ptr<sync::IssueFeed> feed;
    };
    void ask();

    sync::Hub& m_hub;
    sync::IssueQuery m_scope;
    std::vector<Counted> m_views;
    QTimer m_soon;
    QTimer m_regularly;
    bool m_followed = false;
};

} // namespace vedette::views
