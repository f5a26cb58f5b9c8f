// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// What the body of a PUT on issues asks for (contract section 8): read and checked whole before anything
/// changes.
class Change final
{
public:
    /// Reads the body. The error is the 400 to answer.
    static tl::expected<Change, Response> read(const Call& call);

    /// Carries it out on the issues, with activity rows where something really changes. Within the caller's
    /// transaction.
    void apply(const Call& call, const std::vector<std::int64_t>& issues) const;

    /// The body of the answer to a bulk change: only what was asked for.
    void writeEcho(json::Writer& out, const Call& call) const;

private:
    /// Who an issue is given to: one of the two, or nobody.
    struct Assignee
    {
        std::optional<std::int64_t> user;
        std::optional<std::int64_t> team;
    };

    [[nodiscard]] std::optional<Response> readStatus(const Call& call);
    [[nodiscard]] std::optional<Response> readAssignee(const Call& call);
    [[nodiscard]] std::optional<Response> readFlags(const Call& call);

    void applyStatus(const Call& call, std::int64_t issue) const;
    void applyAssignee(const Call& call, std::int64_t issue) const;
    void applyFlags(const Call& call, std::int64_t issue) const;

    std::string m_status;    ///< empty: stays
    std::string m_substatus; ///< asked for; empty: as the rules say
    std::string m_details = "{}";
    std::string m_resolvedIn; ///< release of a release-bound resolution, for the activity
    std::optional<Assignee> m_assignee;
    std::optional<bool> m_seen;
    std::optional<bool> m_bookmarked;
    std::optional<bool> m_inbox;
    std::string m_priority;
};

} // namespace vedette::collector::api
