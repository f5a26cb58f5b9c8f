// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::demo {

/// Which values the tags of a project's templates have: what a rendered event may have instead of its own.
using TagValues = std::map<std::string, std::vector<std::string>, std::less<>>;

/// A recorded envelope, cut up once so that thousands of events are made of it by joining strings: each has
/// its own id, time, user, server and now and then another tag. All else stays as it was recorded. So do
/// transactions, which have their own duration too.
/// Immutable; any thread.
class EventTemplate final
{
public:
    /// What one event has of its own.
    struct Fill
    {
        std::string eventId; ///< 32 lower-case hex digits
        core::TimePoint at;
        core::TimePoint sentAt;
        std::string dsn;
        std::string key;        ///< the public key of `dsn`
        std::uint32_t user = 0; ///< who it happened to
        std::uint64_t dice = 0; ///< server and tags depend on it
        double stretch = 1;     ///< a transaction takes so many times as long as it did, its parts too
    };

    /// Reads an envelope with one event or one transaction. `tagValues` may be empty: then tags stay. Errors:
    /// Malformed.
    static core::Result<EventTemplate> compile(std::string_view envelope, const TagValues& tagValues);

    /// The tags of an envelope's event, added to `values`. Errors: Malformed.
    static core::Result<void> collectTags(std::string_view envelope, TagValues& values);

    /// How long the transaction took; nothing for an event.
    [[nodiscard]] std::chrono::milliseconds recordedDuration() const { return m_duration; }

    /// A whole envelope.
    [[nodiscard]] std::string render(const Fill& fill) const;

private:
    enum class Slot
    {
        Text, ///< as recorded
        EventId,
        SentAt, ///< quoted RFC 3339
        Dsn,
        Key,
        TimeText,   ///< quoted RFC 3339, `offset` from the event's, or from a transaction's end
        TimeWhole,  ///< seconds since 1970
        TimeNumber, ///< the same with a fraction
        UserId,     ///< after the letters in `text`
        UserName,
        UserEmail,
        UserAddress,
        Server, ///< the name in `text`, numbered
        Choice, ///< one of `choices`, mostly the first
        Length, ///< bytes of the payload
    };

    struct Piece
    {
        Slot slot = Slot::Text;
        std::string text = {};
        std::chrono::milliseconds offset{0};
        std::vector<std::string> choices = {}; ///< quoted
    };
    using Pieces = std::vector<Piece>;

    class Cutter;

    static void append(std::string& out, const Pieces& pieces, const Fill& fill, std::size_t payloadBytes);

    std::chrono::milliseconds m_duration{0};
    Pieces m_header;
    Pieces m_itemHeader;
    Pieces m_payload;
};

} // namespace vedette::demo
