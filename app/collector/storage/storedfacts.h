// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>

#include "app/collector/storage/incoming.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What an event that is stored already means, read from its payload as it was the first time. Nothing where
/// the payload is gone or damaged. Throws SQLite::Exception.
[[nodiscard]] std::optional<EventFacts> storedFacts(
    SQLite::Database& db, std::int64_t eventRow, const FactsReader& readFacts);

} // namespace vedette::collector
