// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/bodies/bodymaker.h"

namespace vedette::bench {

struct SendPlan
{
    std::uint16_t port = 0;
    std::string path;
    std::uint64_t first = 0; ///< number of the first event
    std::uint64_t count = 0;
    unsigned connections = 16;
    /// Events a second, sent when they are due whether or not earlier ones were answered, and timed from when
    /// they were due; 0: each connection sends the next one when the last one was answered.
    double rate = 0;
};

struct Sent
{
    double seconds = 0;
    std::uint64_t accepted = 0; ///< answered with 2xx
    std::uint64_t refused = 0;
    int refusal = 0;         ///< status of the last one that was refused
    std::uint64_t bytes = 0; ///< of the events' JSON
    std::vector<double> latenciesMs;
};

/// Sends events over keep-alive connections, each with one request under way. One thread with epoll. Throws
/// std::runtime_error where a connection breaks or stays silent for 30 s.
Sent sendAll(const BodyMaker& bodies, const SendPlan& plan);

} // namespace vedette::bench
