// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/api/searchterm.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// The column map of the search language: what every key of contract section 11 means here. A key that is in
/// no table is a tag. Negation is done. Errors: Usage, in the contract's words.
[[nodiscard]] core::Result<SearchTerm> compileFilter(const search::Filter& filter, const SearchScope& scope);

} // namespace vedette::collector::api
