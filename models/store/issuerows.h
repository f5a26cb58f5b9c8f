// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSet>

#include <optional>
#include <string_view>

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
/// The same, unless something as new is there.
void writeIssueIfNewer(Connection& connection, const domain::Issue& issue, core::TimePoint asOf);

/// The columns of `issue i` that readIssue() reads, in its order.
inline constexpr std::string_view issueColumns =
    "i.organization, i.id, i.short_id, i.title, i.culprit, i.type, i.error_type, i.error_value, "
    "i.filename, i.function, i.platform, i.logger, i.permalink, i.level, i.status, i.substatus, "
    "i.status_text, i.status_details, i.project_id, i.project_slug, i.project_name, i.comment_count, "
    "i.assignee_kind, i.assignee_id, i.assignee_name, i.assignee_email, i.assignee_is_me, "
    "i.is_bookmarked, i.has_seen, i.is_unhandled, i.priority";
/// What an issue is, without what depends on a list.
[[nodiscard]] domain::Issue readIssue(Query& query, const domain::AccountId& account);

} // namespace vedette::store
