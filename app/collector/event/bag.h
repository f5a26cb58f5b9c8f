// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/event/notes.h"
#include "app/collector/event/step.h"
#include "models/json/value.h"
#include "models/json/writer.h"

namespace vedette::collector {

/// Limits of contract section 12 for what has no fixed shape. It names none for a frame's variables, a
/// breadcrumb's and a user's data: they are held like a context, which they are for their frame, their moment
/// and their person.
inline constexpr std::size_t maxPairs = 50; ///< of one map, at any depth
inline constexpr std::size_t maxContextBytes = 8UL * 1024;
inline constexpr std::size_t maxExtraItemBytes = 16UL * 1024;
inline constexpr std::size_t maxExtraBytes = 256UL * 1024;
inline constexpr std::size_t maxRequestBodyBytes = 8UL * 1024;
inline constexpr std::size_t maxFrameChars = 256; ///< of each of a frame's texts and lines of source
inline constexpr std::size_t maxMessageChars = 8192;

/// Where the contract is silent, the bag sizes of Sentry's Relay (relay-event-schema: request, mechanism,
/// logentry, event): small, medium, large.
inline constexpr std::size_t maxQueryBytes = 1024;
inline constexpr std::size_t maxCookieBytes = 2UL * 1024;
inline constexpr std::size_t maxMechanismBytes = 2UL * 1024; ///< of its data, and of its meta
inline constexpr std::size_t maxParamsBytes = 2UL * 1024;    ///< of a message
inline constexpr std::size_t maxHeaderBytes = 8UL * 1024;
inline constexpr std::size_t maxModuleBytes = 8UL * 1024;
/// Servers answer more modules than maxPairs: only their bytes count.
inline constexpr std::size_t anyNumber = std::numeric_limits<std::size_t>::max();

/// Copies free values of an event (contexts, variables) into the answer, so many bytes of them and so many
/// pairs a map. A text that is too long is cut; of a map or a list its end is left out; both with a note of
/// the original length, so that the event's `_meta` marks the place. Bytes are those of JSON, escapes
/// uncounted.
class Bag final
{
public:
    Bag(json::Writer& out, Notes& notes, std::size_t bytes, std::size_t pairs = maxPairs)
        : m_out(out)
        , m_notes(notes)
        , m_left(bytes)
        , m_mostPairs(pairs)
    {}

    /// The value itself; a JSON null for one that does not exist.
    void value(json::Value value, const Step& at);
    /// The members of a map, but for `skipped`, into an object that is open already.
    void members(json::Value map, const Step& at, std::string_view skipped = {});
    /// `[[name, value], ...]`. Notes name a pair by its name, marks stand at its value.
    void pairs(const std::vector<std::pair<std::string, std::string>>& pairs, const Step& at);
    /// What may still be written.
    [[nodiscard]] std::size_t left() const { return m_left; }

private:
    void text(std::string_view text, const Step& at);
    void spend(std::size_t bytes) { m_left -= bytes < m_left ? bytes : m_left; }
    [[nodiscard]] bool hasRoomFor(std::string_view key) const;

    json::Writer& m_out;
    Notes& m_notes;
    std::size_t m_left;
    std::size_t m_mostPairs;
};

/// `name: text`, at most `maxChars` of it, or null for none. A number or a boolean becomes its text; what is
/// no scalar is left out and noted as invalid_data.
void writeText(json::Writer& out, Notes& notes, std::string_view name, json::Value value, const Step& at,
    std::size_t maxChars);

/// The same of a text that was read already.
void writeText(json::Writer& out, Notes& notes, std::string_view name, std::string_view text, const Step& at,
    std::size_t maxChars);

} // namespace vedette::collector
