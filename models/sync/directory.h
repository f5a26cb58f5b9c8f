// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include <optional>

#include "models/domain/account.h"
#include "models/domain/project.h"
#include "models/sync/feedstate.h"

namespace vedette::sync {

/// Projects, environments and people of each account's organizations: cache first, then the server. What is
/// known of the first organization is kept up to date; others are asked once somebody wants to know, and then
/// too. GUI thread. Built by Hub.
class Directory : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual QList<domain::Project> projects(const domain::Scope& scope) const = 0;
    [[nodiscard]] virtual QStringList environments(const domain::Scope& scope) const = 0;
    /// Who an issue of that project can be assigned to, yourself first; all known people where `project` is
    /// empty.
    [[nodiscard]] virtual QList<domain::Actor> assignees(
        const domain::Scope& scope, const domain::ProjectId& project) const = 0;
    /// The person behind the token; nothing where the server does not tell.
    [[nodiscard]] virtual std::optional<domain::Actor> me(const domain::AccountId& account) const = 0;
    [[nodiscard]] virtual FeedState state(const domain::Scope& scope) const = 0;

    /// Reads everything of the organization again.
    virtual void refresh(const domain::Scope& scope) = 0;

signals:
    /// Of one of its organizations.
    void changed(const vedette::domain::AccountId& account);
};

} // namespace vedette::sync
