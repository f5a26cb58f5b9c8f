// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Which collectors an envelope has come through, in the head of the request that passes it on:
/// `X-Vedette-Forwarded: 9f2c..., 77ab...`, by their own names. Whoever finds its own name keeps the envelope
/// and passes it on no further, so that two that lead to each other are no circle.
inline constexpr const char* forwardedHeader = "x-vedette-forwarded";

/// A request's body on its way to its project's upstream.
struct ForwardItem
{
    std::string door;                             ///< envelope store: where it came in, and goes to
    std::string body;                             ///< as it came over the wire
    std::string encoding, contentType, userAgent; ///< its headers
    std::string client;                           ///< the SDK, as its key's header told
    std::string via;                              ///< value of the header above, with our own name at its end
    bool noRoom = false; ///< the body is left out: it is too large, or memory is short. Only counted
    std::shared_ptr<const void> memory; ///< gives the room that the body takes back at its end, if any
};

/// How much may wait for one upstream.
struct ForwardLimits
{
    std::int64_t envelopes = 50'000;
    std::int64_t bytes = 268'435'456;   ///< on the wire, together
    std::size_t bodyBytes = 20'000'000; ///< of one body
};

/// What became of an attempt.
struct ForwardResult
{
    enum class Fate
    {
        Sent,
        Refused, ///< by upstream, for good
        Waits,   ///< stays the first of its project
    };

    std::int64_t project = 0;
    std::int64_t row = 0; ///< forward_queue.id; may be 0 for Waits
    Fate fate = Fate::Sent;
    std::string text;           ///< why it was refused or waits, in words
    std::int64_t notBefore = 0; ///< milliseconds since 1970: nothing more is sent to there until then
    std::int64_t attempts = 0;  ///< of the first in the queue
};

/// One that waits.
struct QueuedForward
{
    std::int64_t row = 0;
    std::int64_t created = 0; ///< milliseconds since 1970
    ForwardItem item;
};

/// How passing on stands, a row of forward_state.
struct ForwardState
{
    std::int64_t notBefore = 0;
    std::int64_t attempts = 0;
    std::int64_t waiting = 0;
};

/// The state of a project; all zero where it never passed anything on. Throws, like the next.
[[nodiscard]] ForwardState readForwardState(SQLite::Database& db, std::int64_t project);
/// The next in their order behind the row `after`: at most `most` of them, and no more than `bytes` unless
/// the first alone has more.
[[nodiscard]] std::vector<QueuedForward> readForwards(
    SQLite::Database& db, std::int64_t project, std::int64_t after, std::size_t most, std::size_t bytes);

} // namespace vedette::collector
