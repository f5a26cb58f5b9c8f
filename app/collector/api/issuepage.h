// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/api/context.h"
#include "app/collector/api/searchsql.h"
#include "app/collector/api/window.h"
#include "models/core/result.h"

namespace vedette::collector::api {

/// How far X-Hits counts.
inline constexpr std::int64_t maxHits = 10'000;

enum class IssueSort
{
    Date,      ///< last seen
    New,       ///< first seen
    Frequency, ///< events within the window
    Users,     ///< users within the window
    Inbox,     ///< when it came up for review; 7 days back
    Trends,    ///< contract section 14c, like the next
    Recommended,
};

/// Nothing for a name that is no sort.
[[nodiscard]] std::optional<IssueSort> issueSort(std::string_view name);

/// A place between two rows: what the row before it is sorted by, and its id. Rows that come and go do not
/// move it.
struct IssuePlace
{
    std::int64_t key = 0;
    std::int64_t id = 0;
};

/// What part of the list is asked for.
struct IssuePageRequest
{
    std::int64_t limit = 25;
    std::optional<IssuePlace> place; ///< nothing: from the start, or from `offset`
    bool backwards = false;          ///< the rows before the place, not those after it
    std::int64_t offset = 0;         ///< for the two orders by score, whose keys change by themselves

    /// Reads `limit` and `cursor`: `key.id:0:is_prev`, or `0:offset:is_prev`. Errors: Usage.
    static core::Result<IssuePageRequest> from(const Request& request);
};

struct IssuePage
{
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> keys; ///< what each is sorted by
    bool hasNext = false;
    bool hasPrevious = false;
    std::int64_t hits = 0; ///< maxHits at most
    bool byOffset = false;
};

/// The conditions of a list on `issues i`: the search, the window, and no feedback unless it is asked for.
[[nodiscard]] Sql listCondition(const Call& call, const IssueSearch& search, const Window& window);

/// Rows of the list in descending order; equal ones by id, so that the order is total.
[[nodiscard]] IssuePage loadIssuePage(const Call& call, const IssueSearch& search, const Window& window,
    IssueSort sort, const IssuePageRequest& request);

/// The Link header of such a page.
void addIssueLinks(
    Response& response, const Call& call, const IssuePage& page, const IssuePageRequest& request);

} // namespace vedette::collector::api
