// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/json/value.h"

namespace vedette::collector {

/// What is known of how an event arrived.
struct ReceiveContext
{
    core::TimePoint received;
    std::optional<core::TimePoint> sentAt; ///< the envelope's sent_at, by the sender's clock
    std::string userAgent;                 ///< of the HTTP request that brought it
    std::string remoteAddress;
    std::string envelopeEventId; ///< wins over the event's own (contract section 12)
};

/// All of an event that the store keeps in columns: what lists, searches and groups are made of.
struct EventFacts
{
    std::string eventId; ///< 32 lower-case hex digits, always set
    core::TimePoint timestamp;
    core::TimePoint received;
    std::string type; ///< error, default, csp, ...
    std::string level, platform, title, culprit, location;
    std::string message; ///< search text: function, type, value, file, culprit
    std::string logger, release, dist, environment, transaction;
    std::string metadataJson;
    /// Sorted by key, derived ones included; but for `user` where userKey tells it: most events would have a
    /// value of their own, and the store counts people apart.
    std::vector<std::pair<std::string, std::string>> tags;
    std::string userKey;             ///< `id:7`, `email:a@b`, `username:x`, `ip:10.0.0.1`, or empty
    std::vector<std::string> hashes; ///< 32 hex digits each, the leading one first; at least one
    bool unhandled = false;
    std::string userEmail, userName, userIp; ///< beside the key, for searches
    std::string frames, aspects;             ///< packed (aspects.h)
    std::string trace;                       ///< 16 bytes, or empty
};

/// Reads an event as an SDK sent it. Total: wrong types are dropped (renderFullEvent() tells which),
/// everything is cut to the limits of contract section 12. Errors: Malformed, for what is no JSON object. Any
/// thread.
[[nodiscard]] core::Result<EventFacts> extractFacts(json::Value payload, const ReceiveContext& context);

} // namespace vedette::collector
