// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "app/collector/storage/resolution.h"
#include "app/collector/storage/snooze.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// What `status`, `substatus` and `statusDetails` of a change ask for: resolve now, in a release, in the next
/// one or in a commit; archive for good or until something happens; reopen (contract section 8).
class StatusChange final
{
public:
    /// Reads the body; nothing where it names no status. What is bound to a release is looked up in the
    /// project of `issues`, which must be one. The error is the 400 to answer.
    static tl::expected<std::optional<StatusChange>, Response> read(
        const Call& call, const std::vector<std::int64_t>& issues);

    /// With an activity where something really changes.
    void apply(const Call& call, std::int64_t issue) const;
    /// status, substatus and statusDetails of the answer to a bulk change of `issues`.
    void writeEcho(json::Writer& out, const Call& call, const std::vector<std::int64_t>& issues) const;

    [[nodiscard]] bool leavesInbox() const { return m_status != "unresolved"; }

private:
    /// The issue before the change.
    struct Before
    {
        std::string status, substatus;
        std::int64_t firstSeen = 0;
    };

    [[nodiscard]] std::optional<Response> readResolution(
        const Call& call, json::Value details, const std::vector<std::int64_t>& issues);
    [[nodiscard]] std::optional<Response> readCommit(const Call& call, json::Value value);
    [[nodiscard]] std::optional<Response> readArchiving(const Call& call, json::Value details);

    [[nodiscard]] std::string substatusFor(const Call& call, const Before& before) const;
    [[nodiscard]] bool isSame(
        const Call& call, std::int64_t issue, const Before& before, const std::string& substatus) const;
    void addResolvedActivity(const Call& call, std::int64_t issue) const;
    void addArchivedActivity(const Call& call, std::int64_t issue) const;

    std::string m_status;
    std::string m_substatus; ///< asked for; empty: as the rules say
    std::optional<Resolution> m_resolution;
    std::string m_version; ///< of the release that it is resolved in
    std::optional<Snooze> m_snooze;
    std::optional<std::int64_t> m_minutes; ///< of an archiving for a time, for the activity
};

} // namespace vedette::collector::api
