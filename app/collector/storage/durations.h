// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace vedette::collector {

/// Many durations in little space: how many fell into each of about 520 buckets, whose bounds grow by 5 % (as
/// DDSketch does, Masson and others, VLDB 2019). A quantile is right within 2.5 %, sketches add up. Durations
/// from one microsecond to a day; what lies outside counts at the bound.
class Durations final
{
public:
    void add(std::chrono::microseconds duration);
    void add(const Durations& other);

    [[nodiscard]] std::int64_t count() const { return m_count; }
    /// The duration that the part `q` (0 to 1) of all do not exceed; zero where there are none.
    [[nodiscard]] std::chrono::microseconds quantile(double q) const;

    /// As bytes: pairs of LEB128 numbers, the distance to the bucket before and the count in it.
    [[nodiscard]] std::string pack() const;
    /// Reads such bytes; what is damaged ends the reading.
    [[nodiscard]] static Durations unpack(std::string_view bytes);

private:
    std::map<std::uint32_t, std::int64_t> m_buckets;
    std::int64_t m_count = 0;
};

} // namespace vedette::collector
