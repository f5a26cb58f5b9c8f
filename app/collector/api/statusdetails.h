// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/collector/api/issuerow.h"
#include "app/collector/storage/snooze.h"

namespace vedette::collector::api {

/// `statusDetails` of an issue as JSON (contract section 6): how it was resolved, or what ends its archiving.
/// `stored` is the issue's own column, which holds what needs no more than that.
[[nodiscard]] std::string statusDetails(
    const Call& call, std::int64_t issue, const std::string& status, const std::string& stored);

/// The members ignoreCount, ignoreUntil, ignoreUserCount, ignoreUserWindow and ignoreWindow.
void writeArchiving(json::Writer& out, const Snooze& snooze, const std::optional<std::int64_t>& count,
    const std::optional<std::int64_t>& users);

/// A commit as the API shows one, with its repository and author; null for one that is gone.
void writeCommit(json::Writer& out, const Call& call, std::int64_t commit);

/// Fills what people did with the issues into their rows: status details, subscription, locked priority,
/// links to trackers.
void loadTriage(const Call& call, std::vector<IssueRow>& rows);

} // namespace vedette::collector::api
