// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/bodies/bodymaker.h"

namespace vedette::bench {

/// What the disk and zstd allow: each body packed at the collector's level and inserted by one statement,
/// `batch` of them in a transaction, with the collector's PRAGMAs, in a folder of its own below `folder`.
/// Returns events in a second.
double baseline(
    const BodyMaker& bodies, const std::string& folder, std::uint64_t events, std::uint64_t batch);

/// What the disk alone makes senders wait: so many appends of 16 KB, a sync behind each, one every two
/// milliseconds, in a file below `folder` whose blocks are there already. In milliseconds.
std::vector<double> syncWaits(const std::string& folder, int appends);

} // namespace vedette::bench
