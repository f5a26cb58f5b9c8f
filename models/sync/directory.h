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

/// Projects, environments and people of each account: cache first, then the server. GUI thread. Built by Hub.
class Directory : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual QList<domain::Project> projects(const domain::AccountId& account) const = 0;
    [[nodiscard]] virtual QStringList environments(const domain::AccountId& account) const = 0;
    /// Who an issue of that project can be assigned to, yourself first; all known people where `project` is
    /// empty.
    [[nodiscard]] virtual QList<domain::Actor> assignees(
        const domain::AccountId& account, const domain::ProjectId& project) const = 0;
    /// The person behind the token; nothing where the server does not tell.
    [[nodiscard]] virtual std::optional<domain::Actor> me(const domain::AccountId& account) const = 0;
    [[nodiscard]] virtual FeedState state(const domain::AccountId& account) const = 0;

    /// Reads everything of the account again.
    virtual void refresh(const domain::AccountId& account) = 0;

signals:
    void changed(const vedette::domain::AccountId& account);
};

} // namespace vedette::sync
