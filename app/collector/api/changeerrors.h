// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/collector/api/context.h"
#include "app/collector/api/fielderrors.h"

namespace vedette::collector::api {

/// The 400s of details that cannot be taken (contract section 4): `{"statusDetails": {"field": ["text"]}}`.
[[nodiscard]] Response detailsError(std::string_view field, std::string_view text);
/// `{"statusDetails": {"inCommit": {"field": ["text"]}}}`
[[nodiscard]] Response commitError(std::string_view field, std::string_view text);

/// Reads a flag into `to`; absent and null leave it as it is. Answers the error of any other type.
[[nodiscard]] std::optional<Response> readFlag(const Call& call, const char* name, std::optional<bool>& to);

/// The id that `sql` finds for the text, if any.
[[nodiscard]] std::optional<std::int64_t> idOf(
    SQLite::Database& db, const char* sql, const std::string& text);

} // namespace vedette::collector::api
