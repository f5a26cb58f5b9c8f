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
    [[nodiscard]] domain::CollectorStatus status() const override { return m_status; }
    [[nodiscard]] QList<ProjectWithKeys> projects() const override { return m_projects; }
    [[nodiscard]] QList<domain::Actor> members() const override { return m_members; }
    [[nodiscard]] FeedState state() const override { return m_state; }
    void refresh() override;
    void setFollowed(bool followed) override;
    QFuture<core::Result<domain::Actor>> addMember(const QString& name, const QString& email) override;
    QFuture<core::Result<domain::Project>> addProject(const QString& name, const QString& platform) override;
    QFuture<core::Result<domain::Project>> renameProject(const QString& slug, const QString& name) override;
    QFuture<core::Result<domain::ProjectKey>> addKey(const QString& slug, const QString& label) override;
    QFuture<core::Result<domain::ProjectKey>> setKeyActive(
        const QString& slug, const QString& keyId, bool isActive) override;
    QFuture<core::Result<domain::ProjectSettings>> projectSettings(const QString& slug) override;
    QFuture<core::Result<domain::ProjectSettings>> setProjectSettings(
        const QString& slug, const domain::ProjectSettings& settings) override;
    QFuture<core::Result<domain::CollectorSettings>> settings() override;
    QFuture<core::Result<domain::CollectorSettings>> setSettings(
        const domain::CollectorSettings& settings) override;

private:
    /// Asks the collector; `call(Client&, organization)` does. Where `changes`, the page is brought up to
    /// date then.
    template<class T, class Call>
    QFuture<core::Result<T>> ask(bool changes, Call call);
    void askProjects(Session& session);
    void partDone(const std::optional<core::Error>& error);
    [[nodiscard]] Session* readySession() const;

    const Surroundings& m_around;
    AccountBook& m_book;
    PollTimer m_timer;
    domain::CollectorStatus m_status;
    QList<ProjectWithKeys> m_projects;
    QList<ProjectWithKeys> m_incoming;
    QList<domain::Actor> m_members;
    FeedState m_state;
    int m_open = 0;
    bool m_isAskedAgain = false;
    std::optional<core::Error> m_roundError;
};

} // namespace vedette::sync
