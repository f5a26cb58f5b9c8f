// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>

#include <string>

#include "models/core/clock.h"
#include "models/domain/account.h"
#include "models/store/connection.h"
#include "models/store/records.h"

namespace vedette::store {

/// How much of each account the cache may keep, as its steps need it.
struct CacheBounds
{
    qint64 bytes = 0;       ///< of the file, indexes included
    core::TimePoint oldest; ///< what was not asked for since goes
    core::TimePoint now;
    int lists = 0;
    std::string pinned; ///< pinnedText() of the issues that stay whatever their age
};

/// Issues as the steps below take them.
[[nodiscard]] std::string pinnedText(const QList<domain::IssueKey>& issues);

/// What each account takes of the file. Exact in sum; each one's share is by what is stored of it.
[[nodiscard]] QHash<domain::AccountId, qint64> bytesOfAccounts(Connection& connection);

/// Steps of tidying, each short enough to let others have the lane in between. They answer whether there is
/// more of the same to do. Each can be repeated. On the lane; they throw SQLite::Exception.

/// Events, details, lists and documents that are too old.
[[nodiscard]] bool dropOldRows(Connection& connection, const CacheBounds& bounds);
/// Lists beyond the number that is kept, the least used ones.
[[nodiscard]] bool dropSpareLists(Connection& connection, const CacheBounds& bounds);
/// Issues that stand in no list and of which nothing else is kept.
[[nodiscard]] bool dropLooseIssues(Connection& connection, const CacheBounds& bounds);
/// The oldest of all of an account that is too large. The list that was used last stays.
[[nodiscard]] bool dropToSize(Connection& connection, const CacheBounds& bounds);
/// Gives some free pages back to the disk.
[[nodiscard]] bool vacuumSome(Connection& connection);

} // namespace vedette::store
