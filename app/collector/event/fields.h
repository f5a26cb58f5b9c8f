// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/event/notes.h"
#include "models/core/clock.h"
#include "models/json/value.h"

namespace vedette::collector {

/// Tolerant readers for the kinds of fields that events are made of, in every form that SDKs write them.

/// A scalar as text, trimmed, at most `maxChars` of it. What is neither scalar nor null is noted.
[[nodiscard]] std::string scalar(
    json::Value value, std::string_view name, std::size_t maxChars, Notes* notes = nullptr);

/// cut(), with a note of the original length where that shortens the text.
[[nodiscard]] std::string cutNoted(
    std::string_view text, std::string_view name, std::size_t maxChars, Notes* notes);

/// The value if it is an object, or nothing; anything else but null and PHP's empty map `[]` is noted.
[[nodiscard]] json::Value objectOnly(json::Value value, std::string_view name, Notes* notes = nullptr);

/// `{values: [...]}`, a bare list, or one object: the list of its items, or the one.
[[nodiscard]] std::vector<json::Value> valuesOf(json::Value value);

/// A time as SDKs write it: RFC 3339, or epoch seconds as number or text.
[[nodiscard]] std::optional<core::TimePoint> readTime(json::Value value);

/// 32 lower-case hex digits of an id with or without dashes; empty for anything else.
[[nodiscard]] std::string plainEventId(std::string_view text);

/// fatal error warning info debug, from all spellings; empty for others.
[[nodiscard]] std::string_view plainLevel(json::Value level);

/// The tags of the payload itself, in its order: map, list of pairs, or list of {key, value}.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> readTags(
    json::Value tags, Notes* notes = nullptr);

/// The value of a request header, whatever form the headers have.
[[nodiscard]] std::string_view requestHeader(json::Value request, std::string_view lowerCaseName);

/// A map, a list of pairs, or a list of {key, value}: text pairs in their order. Nulls are left out; a list
/// of values gives one pair an item.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> pairsOf(json::Value value);

/// Pairs of `?a=1&b=2`, percent-decoded.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> queryPairs(std::string_view text);

/// Pairs of `a=1; b=2`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> cookiePairs(std::string_view text);

} // namespace vedette::collector
