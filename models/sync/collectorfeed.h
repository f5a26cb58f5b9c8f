// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QList>
#include <QObject>

#include "models/core/result.h"
#include "models/domain/account.h"
#include "models/domain/project.h"
#include "models/sync/feedstate.h"

namespace vedette::sync {

/// What the built-in collector is doing.
struct CollectorStatus
{
    QUrl url;
    QString dataFolder;
    QString version;
    qint64 acceptedLastHour = 0;
    qint64 acceptedTotal = 0;
    qint64 refusedLastHour = 0;
    qint64 droppedLastHour = 0;
    double eventsPerMinute = 0; ///< over the last five minutes
    qint64 diskBytes = 0;
    QList<std::pair<QString, qint64>> refusedByReason; ///< since start of the store, most frequent first

    friend bool operator==(const CollectorStatus&, const CollectorStatus&) = default;
};

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
    [[nodiscard]] virtual CollectorStatus status() const = 0;
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

signals:
    void changed();
    void stateChanged(const vedette::sync::FeedState& state);
};

} // namespace vedette::sync
