// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/core/clock.h"
#include "models/json/value.h"

namespace vedette::collector {

/// The forms in which SDKs write one and the same thing (contract section 12), read into one.

/// `{"values": [...]}`, a bare list, or one object: its objects, without nulls.
[[nodiscard]] std::vector<json::Value> valuesOf(json::Value value);

/// Frames of a stack trace, oldest call first, without nulls.
[[nodiscard]] std::vector<json::Value> framesOf(json::Value stacktrace);

/// A map, a list of pairs, or a list of {key, value}: text pairs in their order. Nulls are left out; maps of
/// lists give one pair an item.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> pairsOf(json::Value value);

/// Pairs of `a=1&b=2`, percent-decoded.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> queryPairs(std::string_view text);

/// The message of an event: `logentry` or `message`, each a text or an object.
struct Message
{
    std::string formatted; ///< what is shown
    std::string raw;       ///< the template, where there is one
    json::Value params;
};
[[nodiscard]] Message messageOf(json::Value payload);

/// Seconds since 1970 as a number, or an ISO 8601 text.
[[nodiscard]] std::optional<core::TimePoint> timeOf(json::Value value);

/// A scalar as text without spaces around it, at most `maxBytes`; empty for anything else.
[[nodiscard]] std::string textOf(json::Value value, std::size_t maxBytes);

/// At most `maxBytes`, cut between characters, ending in an ellipsis where something was cut.
[[nodiscard]] std::string cut(std::string_view text, std::size_t maxBytes);
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Up to the first line break.
[[nodiscard]] std::string_view firstLine(std::string_view text);

/// The event's level in the five words of the API; `fallback` for what is none.
[[nodiscard]] std::string levelOf(json::Value value, std::string_view fallback);

/// A request header by name, in any case; the first one.
[[nodiscard]] std::string requestHeader(json::Value request, std::string_view name);

} // namespace vedette::collector
