// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "app/collector/api/sql.h"
#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// What a search needs to know beside its text.
struct SearchScope
{
    core::TimePoint now;
    std::int64_t self = 0; ///< users.id for `me`
};

/// Compiles an issue search to a condition on the table `issues i` (contract section 11). Values are always
/// bound. Keys that are no field are tags. Errors: Usage, with the text that a 400 carries.
[[nodiscard]] core::Result<Sql> compileSearch(const search::Query& query, const SearchScope& scope);

} // namespace vedette::collector::api
