// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/window.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// Where tags are counted: a select of tag_id, count, first_seen and last_seen, one row a value; and one of
/// user_id and the same, for people are the values of `user` (EventFacts::tags). Sums where they are kept,
/// the events themselves where only those know.
struct TagSource
{
    Sql rows;
    Sql people;

    /// Of one issue within the window.
    static TagSource ofIssue(std::int64_t issue, const Window& window);
    /// Of all issues of those projects (none: of all) within the window.
    static TagSource ofProjects(const std::vector<std::int64_t>& projects, const Window& window);
};

/// `[{key, name, totalValues, uniqueValues}]`: the keys without their values.
void writeTagKeys(json::Writer& out, const Call& call, const TagSource& source);

/// One list with the most frequent values of each key; all keys where `keys` is empty. `readable` adds what
/// people read in place of the value.
void writeTagDistributions(json::Writer& out, const Call& call, const TagSource& source,
    const std::vector<std::string>& keys, std::int64_t limit, bool readable);

/// One key. False (and nothing written) where there is no such tag.
[[nodiscard]] bool writeTagDistribution(
    json::Writer& out, const Call& call, const TagSource& source, const std::string& key, std::int64_t limit);

/// How a list of values is ordered and which part of it is wanted.
struct TagValueRequest
{
    std::string order = "t.last_seen DESC"; ///< SQL of ours
    std::string contains;                   ///< part of the value; empty: all
    std::int64_t limit = 100, offset = 0;

    /// Reads `sort` (count, date, age, id, - for descending) and `query`; nothing for an unknown sort.
    static std::optional<TagValueRequest> from(const Request& request);
};

/// A page of values as objects in the list that is open; answers whether there are more.
bool writeTagValues(json::Writer& out, const Call& call, const TagSource& source, const std::string& key,
    const TagValueRequest& request);

/// The name of a tag as people read it: `server_name` is "Server Name".
[[nodiscard]] std::string tagName(const std::string& key);

} // namespace vedette::collector::api
