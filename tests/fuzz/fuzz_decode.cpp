// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes through every decoder: never more than the limit comes out, however small the body that asks for
// it.

#include <cstdlib>
#include <string>

#include "app/collector/http/decode.h"

using namespace vedette;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    constexpr const char* encodings[] = {
        "gzip", "deflate", "br", "zstd", "x-gzip", "gzip, deflate", "identity", "nonsense"};
    constexpr std::size_t limit = 1'000'000;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::size_t total = 0;
    const auto done = collector::unpack(encodings[data[0] % 8], bytes, limit, [&](std::string_view piece) {
        total += piece.size();
        return core::Result<void>();
    });
    if (total > limit || (!done && done.error().detail.isEmpty()))
        std::abort();
    return 0;
}
