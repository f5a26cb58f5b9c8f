// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/api/searchterm.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// Filters about releases. `latest` is a project's newest one: by the date it was finalized, else made.

/// `release`: any event has it.
[[nodiscard]] SearchTerm releaseTerm(const search::Filter& filter, const SearchScope& scope);
[[nodiscard]] Sql firstReleaseCondition(const search::Filter& filter);
[[nodiscard]] Sql regressedCondition(const search::Filter& filter);

/// release.version (compares), .build, .package, .stage. Errors: Usage (not a version, no known stage).
[[nodiscard]] core::Result<SearchTerm> releasePartTerm(
    const search::Filter& filter, const SearchScope& scope, const std::string& part);

} // namespace vedette::collector::api
