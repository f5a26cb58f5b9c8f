// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>

#include "app/collector/door/ratelimit.h"
#include "app/collector/door/rules.h"
#include "app/collector/http/message.h"
#include "app/collector/ingest/reader.h"

namespace vedette::collector {

/// What a project lets in of a request that was understood: it may be switched off, filter events out, or
/// have had enough of them for now. What is turned away is taken out of the reading and counted there; the
/// other items of the envelope stay, except attachments of an event that is not wanted.
class Admission final
{
public:
    /// `clock` must outlive it.
    explicit Admission(const core::Clock& clock)
        : m_limiter(clock)
    {}

    /// Nothing where the events are let in, else what the sender is told in place of 200: 403 (filtered) or
    /// 429 (too many; contract section 12). A project that is switched off makes the reading a refusal.
    /// `key` is the one that opened the door, empty where it needed none. Any thread.
    [[nodiscard]] std::optional<Response> admit(
        IngestReading& reading, const DoorRules& rules, const std::string& key);

private:
    /// What the sender is told where this event is not wanted; counted in `incoming` then.
    [[nodiscard]] std::optional<Response> turnAway(const IncomingEvent& event, const ProjectRules& project,
        const DoorRules& rules, const std::string& key, Incoming& incoming);

    RateLimiter m_limiter;
};

} // namespace vedette::collector
