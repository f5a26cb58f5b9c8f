// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/ingest/bodies.h"

namespace vedette::bench {

struct Sent
{
    double seconds = 0;
    std::uint64_t accepted = 0; ///< answered with 200
    std::uint64_t refused = 0;
    std::vector<double> latenciesMs;
};

/// Sends the events `first` to `first + count - 1` over so many keep-alive connections, each with one request
/// under way: the next one leaves when the last one is acknowledged. One thread with epoll.
Sent sendAll(const Bodies& bodies, std::uint16_t port, const std::string& key, std::uint64_t first,
    std::uint64_t count, unsigned connections);

} // namespace vedette::bench
