// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>

namespace vedette::demo {

/// Random numbers that are the same for the same seed on every machine, which the distributions of the
/// standard library are not: splitmix64 (Steele, Lea, Flood 2014).
class Dice final
{
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed)
    {}

    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    /// From 0 up to, but not including, 1.
    double fraction() { return double(next() >> 11) * 0x1.0p-53; }

    /// From 0 up to, but not including, `count`, which must not be 0.
    std::size_t below(std::size_t count) { return std::size_t(next() % count); }

private:
    std::uint64_t m_state;
};

} // namespace vedette::demo
