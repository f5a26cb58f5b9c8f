// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/bench/bodies/recordings.h"

namespace vedette::bench {

/// What a text of an event means, as far as it decides what may vary in it.
enum class Zone
{
    Code,   ///< names and source lines of the application's frames, exception types, transaction, fingerprint
    Line,   ///< line and column numbers of the application's frames
    Title,  ///< what an exception or a message says
    Data,   ///< breadcrumbs, locals, extra, contexts, request
    User,   ///< who it happened to
    Tag,    ///< values of tags
    Server, ///< server_name
    Time    ///< a point in time, number or text
};

/// A text or number of an event that may vary, by where it stands in the envelope.
struct ZonedText
{
    Zone zone = Zone::Data;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isNumber = false;
    bool groups =
        false; ///< a title that events are grouped by, for want of frames: numbers alone may vary in it
};

struct ZonedEvent
{
    std::vector<ZonedText> texts;
    std::string eventId; ///< as recorded, these are found anywhere in the envelope
    std::string release;
    std::string userId;
    std::string userName;
    ZonedText time;   ///< of the event
    ZonedText sentAt; ///< in the envelope's header
};

/// What may vary in a recording. What is not named stays as it was recorded: keys, what the SDK says of
/// itself and of the machine, frames of libraries, levels, methods, status codes. Throws as jsonSpans() does.
[[nodiscard]] ZonedEvent zonesOf(const RecordedEvent& event);

} // namespace vedette::bench
