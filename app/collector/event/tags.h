// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/collector/event/reading.h"

namespace vedette::collector {

/// The tags of an event: those it was sent with and those that follow from it (contract section 12), sorted
/// by key. What the event says in a field of its own wins over a tag of that name; a tag of the SDK's wins
/// over one that follows from contexts or the user agent.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> tagsOf(
    const EventReading& event, Notes* notes = nullptr);

} // namespace vedette::collector
