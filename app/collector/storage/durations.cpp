// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/durations.h"

#include <algorithm>
#include <cmath>

namespace vedette::collector {
namespace {

constexpr double growth = 1.05;
constexpr std::int64_t longest = 86'400'000'000; // a day in microseconds
constexpr std::uint32_t lastBucket = 520;

void putNumber(std::string& out, std::uint64_t number)
{
    while (number >= 0x80U) {
        out += static_cast<char>((number & 0x7FU) | 0x80U);
        number >>= 7U;
    }
    out += static_cast<char>(number);
}

bool takeNumber(std::string_view& bytes, std::uint64_t& number)
{
    number = 0;
    for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= std::uint64_t(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0)
            return true;
    }
    return false;
}

} // namespace

void Durations::add(std::chrono::microseconds duration)
{
    const auto us = static_cast<double>(std::clamp<std::int64_t>(duration.count(), 1, longest));
    ++m_buckets[static_cast<std::uint32_t>(std::ceil(std::log(us) / std::log(growth)))];
    ++m_count;
}

void Durations::add(const Durations& other)
{
    for (const auto& [bucket, count] : other.m_buckets)
        m_buckets[bucket] += count;
    m_count += other.m_count;
}

std::chrono::microseconds Durations::quantile(double q) const
{
    const auto rank = static_cast<std::int64_t>(std::ceil(q * static_cast<double>(m_count)));
    std::int64_t seen = 0;
    for (const auto& [bucket, count] : m_buckets) {
        seen += count;
        if (seen < rank)
            continue;
        // Within the bucket, the value whose relative error is the same towards both bounds.
        const double upper = std::pow(growth, static_cast<double>(bucket));
        return std::chrono::microseconds(std::llround(bucket == 0 ? 1.0 : 2.0 * upper / (growth + 1.0)));
    }
    return std::chrono::microseconds(0);
}

std::string Durations::pack() const
{
    std::string out;
    std::uint32_t before = 0;
    for (const auto& [bucket, count] : m_buckets) {
        putNumber(out, bucket - before);
        putNumber(out, static_cast<std::uint64_t>(count));
        before = bucket;
    }
    return out;
}

Durations Durations::unpack(std::string_view bytes)
{
    Durations out;
    std::uint64_t bucket = 0;
    std::uint64_t step = 0;
    std::uint64_t count = 0;
    constexpr std::uint64_t most = 1ULL << 53U;
    while (takeNumber(bytes, step) && takeNumber(bytes, count)) {
        bucket += std::min<std::uint64_t>(step, lastBucket + 1);
        if (bucket > lastBucket || count > most)
            break;
        out.m_buckets[static_cast<std::uint32_t>(bucket)] += static_cast<std::int64_t>(count);
        out.m_count += static_cast<std::int64_t>(count);
    }
    return out;
}

} // namespace vedette::collector
