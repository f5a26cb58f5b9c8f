// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QList>
#include <QObject>

#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/domain/collector.h"
#include "models/domain/project.h"
#include "models/sync/feedstate.h"

namespace vedette::sync {

/// The Collector page's data: projects with their DSNs, the people who can be assigned, the rate. It speaks
/// to the collector like to any server, over HTTP. GUI thread.
class CollectorFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    struct ProjectWithKeys
    {
        domain::Project project;
        QList<domain::ProjectKey> keys;

        friend bool operator==(const ProjectWithKeys&, const ProjectWithKeys&) = default;
    };

    /// False where no collector account is open.
    [[nodiscard]] virtual bool isAvailable() const = 0;
    [[nodiscard]] virtual domain::CollectorStatus status() const = 0;
    [[nodiscard]] virtual QList<ProjectWithKeys> projects() const = 0;
    [[nodiscard]] virtual QList<domain::Actor> members() const = 0;
    [[nodiscard]] virtual FeedState state() const = 0;

    virtual void refresh() = 0;
    virtual void setFollowed(bool followed) = 0;
    /// Adds a local user, so that assigning means something. Errors: Rejected (the address is there already).
    virtual QFuture<core::Result<domain::Actor>> addMember(const QString& name, const QString& email) = 0;
    /// Makes a project with a key. Errors: Rejected.
    virtual QFuture<core::Result<domain::Project>> addProject(
        const QString& name, const QString& platform) = 0;
    /// Gives a project another name. Errors: Rejected.
    virtual QFuture<core::Result<domain::Project>> renameProject(
        const QString& slug, const QString& name) = 0;
    /// Makes one more key for a project, with its own DSN. Errors: Rejected.
    virtual QFuture<core::Result<domain::ProjectKey>> addKey(const QString& slug, const QString& label) = 0;
    /// A key that is not active opens nothing.
    virtual QFuture<core::Result<domain::ProjectKey>> setKeyActive(
        const QString& slug, const QString& keyId, bool isActive) = 0;

    /// What a project lets in and passes on.
    virtual QFuture<core::Result<domain::ProjectSettings>> projectSettings(const QString& slug) = 0;
    /// Answers what is in force then. Errors: Rejected, with the collector's words; nothing was changed.
    virtual QFuture<core::Result<domain::ProjectSettings>> setProjectSettings(
        const QString& slug, const domain::ProjectSettings& settings) = 0;
    /// What is kept, and for how long; answered and set in the same way.
    virtual QFuture<core::Result<domain::CollectorSettings>> settings() = 0;
    virtual QFuture<core::Result<domain::CollectorSettings>> setSettings(
        const domain::CollectorSettings& settings) = 0;

signals:
    void changed();
    void stateChanged(const vedette::sync::FeedState& state);
};

} // namespace vedette::sync
