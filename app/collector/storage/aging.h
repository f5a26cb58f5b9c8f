// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// So long an issue counts as new (contract section 13, rule 15).
inline constexpr std::chrono::hours newFor{7 * 24};

/// Makes unresolved issues that were first seen longer ago ongoing, with the activity `auto_set_ongoing`, and
/// returns how many. Throws SQLite::Exception; to be run within a writing transaction.
int settleNewIssues(SQLite::Database& db, core::TimePoint now);

} // namespace vedette::collector
