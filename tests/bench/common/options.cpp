// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/options.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace vedette::bench {

Options::Options(int count, char** words, std::map<std::string, std::string> defaults)
    : m_values(std::move(defaults))
{
    for (int i = 1; i < count; i += 2) {
        const auto known = m_values.find(words[i]);
        if (known == m_values.end() || i + 1 == count) {
            std::fprintf(stderr, "unknown option: %s\n", words[i]);
            std::exit(2); // NOLINT(concurrency-mt-unsafe): before any thread
        }
        known->second = words[i + 1];
    }
}

BodyOptions bodiesUntilNow(
    std::uint32_t issues, std::uint32_t users, int days, std::uint64_t events, const std::string& key)
{
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    BodyOptions out;
    out.issues = issues;
    out.users = users;
    out.key = key;
    out.timeEnd = now.count();
    out.timeBegin = out.timeEnd - std::int64_t(days) * 86'400;
    out.inOrderOver = events;
    return out;
}

} // namespace vedette::bench
