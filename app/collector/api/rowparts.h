// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "app/collector/http/message.h"

namespace vedette::collector::api {

/// What of an issue row is asked for: `collapse` takes parts away, `expand` adds some. Contract section 1
/// rule 7 and section 6; what is not known is left alone, as the server does.
struct RowParts
{
    bool base = true; ///< all but id, counts and series
    bool stats = true;
    bool lifetime = true;
    bool filtered = true;
    bool unhandled = true;

    bool inbox = false;
    bool owners = false;
    bool sessions = false;
    bool integrationIssues = false;
    bool sentryAppIssues = false;
    bool attachments = false; ///< latestEventHasAttachments

    /// Counts and dates at the top of the row.
    [[nodiscard]] bool hasCounts() const { return stats && lifetime; }

    static RowParts from(const Request& request);
};

/// What the events count that the search itself speaks of.
struct FilteredCounts
{
    std::int64_t count = 0, users = 0;
    std::optional<std::int64_t> firstSeen, lastSeen;          ///< ms
    std::vector<std::pair<std::int64_t, std::int64_t>> stats; ///< epoch seconds, count
};

} // namespace vedette::collector::api
