// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "app/collector/api/context.h"

namespace vedette::collector::api {

/// The dump or crash report of an event as the API writes an attachment (`crashFile`); empty where there is
/// none. `eventId` is 32 hex digits.
[[nodiscard]] std::string crashFileJson(
    SQLite::Database& db, std::int64_t project, const std::string& eventId);

} // namespace vedette::collector::api
