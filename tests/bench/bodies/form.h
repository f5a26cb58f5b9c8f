// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/bodies/recordings.h"
#include "tests/bench/bodies/words.h"

namespace vedette::bench {

/// What a value follows from.
enum class Scope : std::uint8_t
{
    Event,
    Issue,
    User
};

/// A value that is made anew for each event, always of the same width. One text that stands in several places
/// of a recording is one slot: what repeats itself in an event still does, as it did when it was recorded.
struct Slot
{
    enum class Kind : std::uint8_t
    {
        Word,
        Digits, ///< the first one is not 0
        Octet,  ///< of an IPv4 address
        Hex,
        EventId,
        UserId
    };
    Kind kind = Kind::Word;
    Scope scope = Scope::Event;
    std::uint16_t size = 0;
    std::uint32_t ordinal = 0; ///< of a word: its place among the words of its length and scope
    std::uint32_t choices = 0; ///< how many values there are; 0: as many as fit
    std::uint32_t scratch = 0; ///< where its value stands while an event is made
};

struct SlotUse
{
    std::uint32_t at = 0;
    std::uint16_t slot = 0;
    std::uint8_t size = 0;
    bool capital = false;
};

struct TimeUse
{
    enum class Form : std::uint8_t
    {
        Epoch,  ///< ten digits
        Date,   ///< 2026-11-20
        Instant ///< 2026-11-20?10:00:00
    };
    std::uint32_t at = 0;
    Form form = Form::Epoch;
    bool isSentAt = false;
    std::int64_t delta = 0; ///< seconds after the event's own time
};

/// A recording, and what varies in it from event to event.
struct BodyForm
{
    const RecordedEvent* recording = nullptr; ///< must outlive the form
    std::vector<Slot> values;                 ///< not `slots`, which is a macro of Qt
    std::vector<SlotUse> uses;
    std::vector<TimeUse> times;
    std::uint32_t scratchSize = 0;
};

/// Finds what varies in a recording. `words` is settled.
[[nodiscard]] BodyForm bodyForm(const RecordedEvent& recording, const Words& words);

/// The words of all recordings, settled.
[[nodiscard]] Words wordsOf(const std::vector<RecordedEvent>& recordings);

} // namespace vedette::bench
