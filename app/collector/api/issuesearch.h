// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/collector/api/context.h"
#include "app/collector/api/sql.h"
#include "models/core/result.h"

namespace vedette::collector::api {

/// The condition on `issues i` that a search text and the request's `project` parameters make. Errors: Usage
/// with the text of the 400.
[[nodiscard]] core::Result<Sql> issueCondition(const Call& call, std::string_view search);

/// The 32 lower-case hex digits of an event id, dashed or not; nothing for any other text.
[[nodiscard]] std::optional<std::string> eventIdText(std::string_view text);

/// The bytes that hex digits stand for, and back. The text must be an even number of hex digits.
[[nodiscard]] std::string blobOfHex(std::string_view hex);
[[nodiscard]] std::string hexOfBlob(std::string_view blob);

} // namespace vedette::collector::api
