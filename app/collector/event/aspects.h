// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/collector/event/reading.h"

namespace vedette::collector {

/// What events are searched by beside their tags: frames and aspects (error.type, sdk.name, device.arch ...).
/// Both are packed texts, so that an event of a shape that is known already costs one comparison: records
/// that end in U+001E, of fields that are parted by U+001F. Any thread.

/// filename, abs_path, function, module, package of up to 30 frames: those of the application first, each
/// from the crash outwards.
[[nodiscard]] std::string packedFrames(const EventReading& event);

/// Search key and value, in the terms of contract section 11. `location` is the (titles.h).
[[nodiscard]] std::string packedAspects(const EventReading& event, std::string_view location);

/// The 16 bytes of the trace that the event belongs to; empty for none.
[[nodiscard]] std::string traceOf(const EventReading& event);

/// The fields of every record of a packed text.
[[nodiscard]] std::vector<std::vector<std::string_view>> unpackRecords(std::string_view packed);

} // namespace vedette::collector
