// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/collector/api/context.h"
#include "models/core/result.h"

namespace vedette::collector::api {

/// An event's row with what hangs on it; its payload is read apart, and only where it is needed.
struct StoredEvent
{
    std::int64_t id = 0; ///< events.id: order of arrival
    std::int64_t issue = 0;
    std::int64_t project = 0;
    std::string eventId; ///< 32 hex digits
    std::int64_t timestamp = 0;
    std::int64_t received = 0;
    std::optional<std::int64_t> sent;
    std::string type, level, platform, title, culprit, message, environment, release, userKey;
    std::string userAgent, remote;
    std::string metadata;
    std::int64_t size = 0;
    std::vector<std::pair<std::string, std::string>> tags;
};

/// The columns that eventFrom() reads, with their FROM; add WHERE on `e`.
extern const char* const eventColumns;

[[nodiscard]] StoredEvent eventFrom(SQLite::Database& db, SQLite::Statement& query);

/// The event's JSON as it was sent (UTF-8 mended). Errors: Storage.
[[nodiscard]] core::Result<std::string> loadPayload(SQLite::Database& db, std::int64_t id);

} // namespace vedette::collector::api
