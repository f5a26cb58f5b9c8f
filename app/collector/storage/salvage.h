// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// What came of a salvage.
struct SalvageFacts
{
    std::int64_t events = 0; ///< that are in the new database, with their payloads
    std::int64_t issues = 0;
    std::int64_t rows = 0;           ///< of all tables
    std::int64_t gaps = 0;           ///< places where something could not be read
    std::int64_t orphans = 0;        ///< rows that were dropped because what they belong to is gone
    std::vector<std::string> tables; ///< that have gaps
};

/// Copies all rows that can be read of a damaged database at `path` into a new one at `to`, of the newest
/// schema. Where a page cannot be read it goes on behind it; what refers to rows that are lost is mended (an
/// issue is made again from its events) or dropped. Errors: NewerData, Storage (the list of tables itself
/// cannot be read, or `to` cannot be written; then `to` is of no use).
[[nodiscard]] core::Result<SalvageFacts> salvageDatabase(
    const std::string& path, const std::string& to, core::TimePoint now);

} // namespace vedette::collector
