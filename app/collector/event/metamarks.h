// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/event/notes.h"
#include "app/collector/event/reading.h"

namespace vedette::collector {

/// Notes where a value is what somebody put in place of another: the address filled in for `{{auto}}`, and
/// what the SDK scrubbed (`[Filtered]`) without saying so in its own `_meta`.
void noteSubstitutes(
    const EventReading& event, const std::vector<std::pair<std::string, std::string>>& tags, Notes& notes);

/// The `_meta` of a full event (contract section 9) with our own marks among the SDK's, which win: what was
/// cut, with its original length; what was dropped, with the reason and the value; what was put in place of
/// another. `meta` is that of the SDK as JSON, brought to the API's places.
[[nodiscard]] std::string markedMeta(std::string_view meta, const EventReading& event, const Notes& notes,
    const std::vector<std::string_view>& entryTypes,
    const std::vector<std::pair<std::string, std::string>>& tags);

} // namespace vedette::collector
