// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// What a change marks issues with: seen, bookmarked, followed, shared, in or out of the inbox, priority
/// (contract section 8).
class FlagChange final
{
public:
    /// Reads the body into this. Answers the 400 of what cannot be taken.
    [[nodiscard]] std::optional<Response> read(const Call& call);
    void apply(const Call& call, std::int64_t issue);
    /// `leavesInbox`: another part of the change took them out of it.
    void writeEcho(json::Writer& out, bool leavesInbox) const;

private:
    void applyShare(const Call& call, std::int64_t issue);
    void applyInbox(const Call& call, std::int64_t issue) const;
    void applyPriority(const Call& call, std::int64_t issue) const;

    std::optional<bool> m_seen;
    std::optional<bool> m_bookmarked;
    std::optional<bool> m_subscribed;
    std::optional<bool> m_public;
    std::optional<bool> m_inbox;
    std::string m_priority;
    std::string m_shareId; ///< the last one made, for the answer
};

} // namespace vedette::collector::api
