// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <vector>

#include "app/collector/api/searchterm.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// A search compiled for lists of issues.
struct IssueSearch
{
    Sql condition;              ///< on `issues i`
    std::optional<Sql> events;  ///< on `events e`: what it says about events; nothing where it says nothing
    std::vector<Sql> ids;       ///< selects of issues: `condition` holds for issues of each of them alone
    bool namesCategory = false; ///< it says which categories it wants, also those that are left out otherwise
};

/// Compiles an issue search (contract section 11). All that it says about events must hold for one event
/// within the window. Values are always bound; keys that are no field are tags. Errors: Usage, with the text
/// that a 400 carries behind "Error parsing search query: ".
[[nodiscard]] core::Result<IssueSearch> compileSearch(const search::Query& query, const SearchScope& scope);

/// The same search as a condition on `events e`, the window left out.
[[nodiscard]] core::Result<Sql> compileEventSearch(const search::Query& query, const SearchScope& scope);

} // namespace vedette::collector::api
