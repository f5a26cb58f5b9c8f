// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QSet>

#include "models/core/result.h"
#include "models/store/records.h"
#include "models/sync/directory.h"
#include "models/sync/surroundings.h"

namespace vedette::sync {

class AccountBook;
class Session;

/// Keeps the directory of every account: from the cache when the account opens, from its server when that can
/// be asked. Who can be assigned in one project is asked when somebody wants to know. GUI thread.
class DirectoryKeeper final : public Directory
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DirectoryKeeper)

public:
    DirectoryKeeper(const Surroundings& around, AccountBook& book, QObject* parent = nullptr);

    [[nodiscard]] QList<domain::Project> projects(const domain::Scope& scope) const override;
    [[nodiscard]] QStringList environments(const domain::Scope& scope) const override;
    [[nodiscard]] QList<domain::Actor> assignees(
        const domain::Scope& scope, const domain::ProjectId& project) const override;
    [[nodiscard]] std::optional<domain::Actor> me(const domain::AccountId& account) const override;
    [[nodiscard]] FeedState state(const domain::Scope& scope) const override;
    void refresh(const domain::Scope& scope) override;

private:
    struct Entry
    {
        store::DirectoryData data;
        FeedState state;
        int open = 0; ///< answers that are still to come
        bool isAskedAgain = false;
        QSet<domain::ProjectId> asked;
    };

    /// With the first organization's name where none is given, as far as it is known.
    [[nodiscard]] domain::Scope named(const domain::Scope& scope) const;
    /// What is known; null where nothing is yet, and then it is asked for soon.
    [[nodiscard]] const Entry* entry(const domain::Scope& scope) const;
    void open(const domain::Scope& scope);
    void load(const domain::Scope& scope);
    void keep(const domain::Scope& scope);
    void askAssignees(const domain::Scope& scope, const domain::ProjectId& project);
    /// One of the answers of a refresh: takes the value in, or the error down.
    template<class T, class Fn>
    void take(const domain::Scope& scope, const core::Result<T>& result, Fn set);

    const Surroundings& m_around;
    AccountBook& m_book;
    QHash<domain::Scope, Entry> m_entries; ///< with the organization's name
};

} // namespace vedette::sync
