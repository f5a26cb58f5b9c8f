// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include <optional>

#include "models/sync/collectorfeed.h"
#include "models/sync/pace.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class Session;

/// CollectorFeed over HTTP. Nothing of it is cached: the collector is on this machine, or there is nothing to
/// tell. GUI thread.
class LiveCollector final : public CollectorFeed
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveCollector)

public:
    LiveCollector(const Surroundings& around, AccountBook& book);

    [[nodiscard]] bool isAvailable() const override;
    [[nodiscard]] CollectorStatus status() const override { return m_status; }
    [[nodiscard]] QList<ProjectWithKeys> projects() const override { return m_projects; }
    [[nodiscard]] QList<domain::Actor> members() const override { return m_members; }
    [[nodiscard]] FeedState state() const override { return m_state; }
    void refresh() override;
    void setFollowed(bool followed) override;
    QFuture<core::Result<domain::Actor>> addMember(const QString& name, const QString& email) override;
    QFuture<core::Result<domain::Project>> addProject(const QString& name, const QString& platform) override;

private:
    void askProjects(Session& session);
    void partDone(const std::optional<core::Error>& error);
    [[nodiscard]] Session* readySession() const;

    const Surroundings& m_around;
    AccountBook& m_book;
    PollTimer m_timer;
    CollectorStatus m_status;
    QList<ProjectWithKeys> m_projects;
    QList<ProjectWithKeys> m_incoming;
    QList<domain::Actor> m_members;
    FeedState m_state;
    int m_open = 0;
    bool m_isAskedAgain = false;
    std::optional<core::Error> m_roundError;
};

} // namespace vedette::sync
