// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette::collector {

/// `WEB-2X`: the project's slug in capitals and the counter in base 32 without I, L, O and U.
[[nodiscard]] std::string shortId(std::string_view projectSlug, std::int64_t number);

/// 32 hexadecimal digits as the 16 bytes that the database holds; empty for anything else.
[[nodiscard]] std::string bytesOfHex(std::string_view hex);
/// The other way round, for any number of bytes.
[[nodiscard]] std::string hexOfBytes(std::string_view bytes);

} // namespace vedette::collector
