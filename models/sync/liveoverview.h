// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include <optional>

#include "models/sync/overviewfeed.h"
#include "models/sync/pace.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class Session;

/// OverviewFeed over cache and server: the projects first, then for each its unresolved issues and its hourly
/// events. That is two requests per project, so servers that others share are asked less often the more
/// projects there are. GUI thread.
class LiveOverview final : public OverviewFeed
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveOverview)

public:
    LiveOverview(const Surroundings& around, AccountBook& book);

    void setScope(const domain::Scope& scope) override;
    [[nodiscard]] QList<domain::ProjectSummary> summaries() const override { return m_summaries; }
    [[nodiscard]] FeedState state() const override { return m_state; }
    void refresh() override;
    void setFollowed(bool followed) override;

private:
    /// The organization by its name, as far as it is known.
    [[nodiscard]] domain::Scope named() const;
    void poll();
    void ask();
    void takeProjects(const QList<domain::Project>& projects);
    void askProject(Session& session, const domain::Project& project);
    domain::ProjectSummary* find(const domain::ProjectId& id);
    void partDone(const std::optional<core::Error>& error);
    void finish(const std::optional<core::Error>& error);
    void setState(const FeedState& state);

    const Surroundings& m_around;
    AccountBook& m_book;
    PollTimer m_timer;
    domain::Scope m_scope;
    QList<domain::ProjectSummary> m_summaries;
    QList<domain::ProjectSummary> m_incoming; ///< of the round under way
    FeedState m_state;
    quint64 m_generation = 0; ///< of the scope
    quint64 m_round = 0;      ///< answers of a former one are dropped
    int m_open = 0;
    std::optional<core::Error> m_roundError;
    bool m_isAsking = false;
};

} // namespace vedette::sync
