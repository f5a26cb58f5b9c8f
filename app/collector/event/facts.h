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

/// What is known of an event's way here, beside its payload.
struct ReceiveContext
{
    core::TimePoint received;
    std::optional<core::TimePoint> sentAt; ///< the envelope header's sent_at, by the sender's clock
    std::string userAgent;
    std::string remoteAddress;
    std::string envelopeEventId; ///< 32 lower-case hex digits, or empty; wins over the payload's own
};

/// What an event means, as far as storing, grouping and searching go.
struct EventFacts
{
    std::string eventId; ///< 32 lower-case hex digits, always set
    core::TimePoint timestamp, received;
    std::string type, level, platform, title, culprit, location, message, logger, release, dist, environment,
        transaction;
    std::string metadataJson;
    std::vector<std::pair<std::string, std::string>> tags; ///< sorted by key, derived ones included
    std::string userKey;                                   ///< `id:7`, `email:a@b` ... or empty
    std::vector<std::string> hashes; ///< of grouping, 32 hex digits each, the leading one first
    bool unhandled = false;
};

/// Reads an event payload. Pure. Errors: Malformed where it is no event at all.
core::Result<EventFacts> extractFacts(json::Value payload, const ReceiveContext& context);

} // namespace vedette::collector
