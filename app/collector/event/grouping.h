// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/json/value.h"

namespace vedette::collector {

/// The hashes by which an event finds its issue (contract section 13): the leading one first. An event
/// belongs to an issue if any of them is known. Never empty. Each is the MD5 (RFC 1321, here only a
/// fingerprint) of what contributes, as 32 hex digits.
[[nodiscard]] std::vector<std::string> groupingHashes(json::Value payload, std::string_view platform);

} // namespace vedette::collector
