// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "models/core/result.h"

namespace vedette::collector {

/// Where unpacked bytes go, piece by piece, so that nothing larger than one piece need be in memory.
using ByteSink = std::function<core::Result<void>(std::string_view)>;

/// Unpacks a body: gzip (also several members), deflate (zlib or raw), br, zstd; no encoding, `identity` and
/// an empty one pass the bytes on. Stops at `maxBytes` of output, whatever the input promises. Pure but for
/// the sink. Errors: TooLarge, Malformed (damaged, cut short, or more behind the end), Unsupported (an
/// encoding that nobody named), and the sink's own.
[[nodiscard]] core::Result<void> unpack(
    std::string_view encoding, std::string_view bytes, std::size_t maxBytes, const ByteSink& sink);

/// The same into one text, for small things.
[[nodiscard]] core::Result<std::string> unpacked(
    std::string_view encoding, std::string_view bytes, std::size_t maxBytes);

} // namespace vedette::collector
