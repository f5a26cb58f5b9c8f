// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "app/collector/api/context.h"

namespace vedette::collector::api {

/// How many reports are about events of the issue.
[[nodiscard]] std::int64_t userReportCount(SQLite::Database& db, std::int64_t issue);

/// The newest report about an event as the API writes one; empty where there is none. `eventId` is 32 hex
/// digits.
[[nodiscard]] std::string userReportJson(
    SQLite::Database& db, std::int64_t project, const std::string& eventId);

/// True for `POST projects/{org}/{project}/user-feedback/` with `Authorization: DSN <dsn>` whose key opens
/// that project: the one call that a program without a token may make (contract section 2).
[[nodiscard]] bool isAllowedByDsn(SQLite::Database& db, const Request& request);

} // namespace vedette::collector::api
