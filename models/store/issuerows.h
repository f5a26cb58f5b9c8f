// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSet>

#include <optional>

#include "models/domain/issue.h"
#include "models/store/connection.h"
#include "models/store/records.h"

namespace vedette::store {

/// The issue lists of the cache, in SQL. On the lane; everything throws SQLite::Exception.

[[nodiscard]] ListPart readList(
    Connection& connection, const ListKey& key, int limit, const std::optional<qint64>& from);

/// Where the rows of a page go.
enum class Place
{
    Before, ///< the first page: before whatever the list holds
    After,  ///< a later page: behind it
    Only,   ///< nothing else is to be left
};

void writeList(Connection& connection, const ListKey& key, const ListHead& head,
    const QList<domain::Issue>& rows, Place place, const QSet<domain::IssueId>& gone = {});
void writeListHead(Connection& connection, const ListKey& key, const ListHead& head);
/// What an issue is, apart from any list.
void writeIssue(Connection& connection, const domain::Issue& issue, core::TimePoint asOf);

} // namespace vedette::store
