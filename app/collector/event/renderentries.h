// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/collector/event/reading.h"
#include "models/json/writer.h"

namespace vedette::collector {

/// Writes the list of `entries` of contract section 9, in the order in which servers answer them. Answers
/// their types in that order. What had to be left out goes to `notes`.
std::vector<std::string_view> writeEntries(json::Writer& out, const EventReading& event, Notes& notes);

/// The headers of the event's request as they are shown: `Content-Type` spelling, sorted, without cookies.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> shownHeaders(json::Value request);

/// Pairs of the request's query and cookies as they are shown, wherever the SDK put them.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> shownQuery(json::Value request);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> shownCookies(json::Value request);

/// The SDK's `_meta`, moved to where the values are in the API's event, with our own marks (metamarks.h).
/// `tags` as they were answered.
void writeMeta(json::Writer& whole, const EventReading& event, const Notes& notes,
    const std::vector<std::string_view>& entryTypes,
    const std::vector<std::pair<std::string, std::string>>& tags);

} // namespace vedette::collector
