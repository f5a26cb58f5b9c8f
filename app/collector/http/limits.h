// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstddef>

namespace vedette::collector {

/// What the collector's door lets through: design section 8. Tests make them smaller.
struct HttpLimits
{
    std::size_t plainBytes = 100'000'000;     ///< a body without Content-Encoding, and any body once unpacked
    std::size_t compressedBytes = 20'000'000; ///< a body with one, on the wire
    std::size_t spoolAfterBytes = 1'000'000;  ///< larger bodies go to a file
    std::size_t memoryBytes = 64'000'000;     ///< all bodies that are in memory at one time
    unsigned connections = 1'500;             ///< more wait in the kernel's queue until one ends
    std::chrono::seconds idle{30};            ///< without a byte for so long: closed
    std::chrono::seconds request{300};        ///< a whole body must be here by then, however it drips
};

} // namespace vedette::collector
