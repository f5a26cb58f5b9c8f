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
/// other items of the envelope stay, except attachments of an event that is not wanted, and crash dumps,
/// which are their event.
class Admission final
{
public:
    /// `clock` must outlive it.
    explicit Admission(const core::Clock& clock)
        : m_limiter(clock)
    {}

    struct Verdict
    {
        bool turnedAway = false;          ///< some event was
        std::optional<Response> response; ///< in place of 200, where none is left of those that there were
    };

    /// What the sender is told where its events are turned away: 403 (filtered) or 429 (too many; contract
    /// section 12). A project that is switched off makes the reading a refusal. `key` is the one that opened
    /// the door, empty where it needed none. Any thread.
    [[nodiscard]] Verdict admit(IngestReading& reading, const DoorRules& rules, const std::string& key);

private:
    struct Refused
    {
        Outcome outcome;
        Response response;
    };
    std::optional<Refused> check(const IncomingEvent& event, std::int64_t projectId,
        const ProjectRules& project, const std::string& key, const RateLimit& keyRate);

    RateLimiter m_limiter;
};

} // namespace vedette::collector
