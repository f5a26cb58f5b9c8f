// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// One part of an envelope. `payload` is a view into the envelope's bytes.
struct EnvelopeItem
{
    std::string type;
    std::string contentType;
    std::string filename;
    std::string attachmentType;
    std::int64_t count = 1; ///< item_count: of logs and spans, which come many in one item; 1 to 1,000,000
    std::string_view payload;
    std::string_view raw; ///< header and payload, without the newline at their end
};

/// An envelope taken apart by the framing rules of contract section 12.
struct Envelope
{
    std::string eventId; ///< 32 lower-case hex digits, or empty
    std::string dsn;     ///< as sent, or empty
    std::optional<core::TimePoint> sentAt;
    std::vector<EnvelopeItem> items;

    /// Set where the envelope ends inside its last item although its event is whole: what was left out, in
    /// words. An event is worth more than the attachment that was cut off, so it is kept and the damage
    /// noted.
    std::string damage;
    std::string damagedType; ///< the type of the item that was cut off

    [[nodiscard]] const EnvelopeItem* firstOf(std::string_view type) const;
};

/// Takes an envelope apart. Pure: a function of the bytes, which must outlive the result. Unknown item types
/// and header keys are passed over. Errors: Malformed, TooLarge (more than 1,000 items); `detail` is fit to
/// be sent back.
[[nodiscard]] core::Result<Envelope> parseEnvelope(std::string_view bytes);

/// `text` as 32 lower-case hex digits, if it is a UUID with or without dashes.
[[nodiscard]] std::optional<std::string> normalisedEventId(std::string_view text);

/// What a DSN names, contract section 12.
struct Dsn
{
    std::string key;
    std::string project;
};

/// Reads a DSN. The secret and the host are ignored, a path before the project is kept out.
[[nodiscard]] std::optional<Dsn> parseDsn(std::string_view text);

} // namespace vedette::collector
