// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::collector {

/// What a minidump tells at first sight, without symbols: who crashed, of what, where.
struct MinidumpFacts
{
    struct Module
    {
        std::string path;
        std::uint64_t base = 0;
        std::uint64_t size = 0;
    };

    std::int64_t time = 0;                ///< seconds since 1970; 0 where not told
    std::string os, arch;                 ///< as Sentry names them; empty where not told
    std::string crash;                    ///< SIGSEGV, EXCEPTION_ACCESS_VIOLATION, 0xc0000417; or empty
    std::optional<std::uint64_t> address; ///< the instruction, or the memory that it wanted
    std::vector<Module> modules;          ///< at most 1,000

    /// The module that an address lies in.
    [[nodiscard]] const Module* moduleAt(std::uint64_t place) const;
};

/// True where the bytes begin as a minidump does (`MDMP`).
[[nodiscard]] bool isMinidump(std::string_view bytes);

/// Reads the head, the exception, the system and the module list of a minidump (Microsoft's minidumpapiset.h,
/// with Breakpad's platforms). Total: what is damaged is left out. Any thread.
[[nodiscard]] MinidumpFacts readMinidump(std::string_view bytes);

} // namespace vedette::collector
