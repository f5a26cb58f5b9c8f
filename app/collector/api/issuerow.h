// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "app/collector/api/rowparts.h"
#include "app/collector/api/window.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// A person as the API writes one, wherever it does.
struct UserRow
{
    std::int64_t id = 0;
    std::string username;
    std::string name;
    std::string email;
};

/// What a row of an issue list is written from.
struct IssueRow
{
    std::int64_t id = 0;
    std::int64_t projectId = 0;
    std::string projectSlug, projectName, projectPlatform;
    std::string shortId, title, culprit, level, type, platform, logger, metadata;
    std::string status, substatus, statusDetails, priority, shareId;
    std::int64_t firstSeen = 0, lastSeen = 0; ///< ms
    std::int64_t lifetimeCount = 0, lifetimeUsers = 0, comments = 0;
    std::int64_t count = 0, users = 0; ///< within the window
    bool unhandled = false, seen = false, bookmarked = false, subscribed = false;
    std::string subscriptionReason;
    std::optional<int> inboxReason;             ///< nothing: it does not wait to be looked at
    std::int64_t inboxAdded = 0;                ///< ms
    std::string inboxDetails;                   ///< JSON of the archiving that ended, or empty
    std::optional<std::int64_t> priorityLocked; ///< ms
    std::vector<std::pair<std::string, std::string>> annotations; ///< name and address of links
    std::optional<UserRow> assigneeUser;
    std::optional<std::pair<std::int64_t, std::string>> assigneeTeam; ///< id, slug
    std::vector<std::pair<std::int64_t, std::int64_t>> stats;         ///< epoch seconds, count
    std::int64_t statusChanged = 0;                                   ///< ms
    std::optional<FilteredCounts> filtered;   ///< where the search says something about events
    std::optional<bool> latestHasAttachments; ///< where it was asked for
};

/// Reads the issues of those ids, in that order; ids that are not there are left out. Counts refer to the
/// window, the series to the plan.
[[nodiscard]] std::vector<IssueRow> loadIssues(
    const Call& call, const std::vector<std::int64_t>& ids, const Window& window, const SeriesPlan& plan);

/// Gap-filled series of many issues in one pass: id -> points, epoch seconds.
[[nodiscard]] std::map<std::int64_t, std::vector<std::pair<std::int64_t, std::int64_t>>> loadSeries(
    SQLite::Database& db, const std::vector<std::int64_t>& ids, const Window& window, const SeriesPlan& plan);

/// Writes the members of the row (contract section 6) into the object that is open.
void writeIssueMembers(json::Writer& out, const Call& call, const IssueRow& row, const SeriesPlan& plan,
    const RowParts& parts = {});
/// The row as an object of its own.
void writeIssue(json::Writer& out, const Call& call, const IssueRow& row, const SeriesPlan& plan,
    const RowParts& parts = {});

/// `[[ts, n], ...]`
void writeStats(json::Writer& out, const std::vector<std::pair<std::int64_t, std::int64_t>>& points);

/// A user object; with `email` and what else clients look for.
void writeUser(json::Writer& out, const UserRow& user);
[[nodiscard]] std::optional<UserRow> loadUser(SQLite::Database& db, std::int64_t id);

} // namespace vedette::collector::api
