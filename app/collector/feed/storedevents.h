// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/collector/feed/changefeed.h"

namespace vedette::collector {

class Store;

/// The events behind `row` (events.id), at most `most`, oldest first, each as an envelope in the form of
/// Spotlight's stream: JSON on one line, `[header, [[item header, payload]]]`, whose header names the row.
/// What cannot be read is left out; nothing where the store cannot be read at all. Any thread.
[[nodiscard]] std::vector<ChangeFeed::ReadEvent> storedEvents(
    Store& store, std::int64_t row, std::size_t most);

/// The row of the newest event; 0 where there is none.
[[nodiscard]] std::int64_t newestEvent(Store& store);

} // namespace vedette::collector
