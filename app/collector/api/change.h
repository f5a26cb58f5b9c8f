// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "app/collector/api/assignment.h"
#include "app/collector/api/context.h"
#include "app/collector/api/flagchange.h"
#include "app/collector/api/statuschange.h"
#include "app/collector/storage/merge.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// What the body of a PUT on issues asks for (contract section 8): read and checked whole before anything
/// changes. Its parts have files of their own; merging and discarding are here.
class Change final
{
public:
    /// Reads the body of a change of `issues`. The error is the 400 to answer.
    static tl::expected<Change, Response> read(const Call& call, const std::vector<std::int64_t>& issues);

    /// They are thrown away, with all that is yet to come of them: the answer has no body.
    [[nodiscard]] bool isDiscard() const { return m_discard; }
    [[nodiscard]] bool isMerge() const { return m_merge; }

    /// Carries it out on the issues it was read for. Within the caller's transaction.
    void apply(const Call& call, const std::vector<std::int64_t>& issues);

    /// The body of the answer to a bulk change: only what was asked for.
    void writeEcho(json::Writer& out, const Call& call, const std::vector<std::int64_t>& issues) const;

private:
    [[nodiscard]] std::optional<Response> readMerge(
        const Call& call, const std::vector<std::int64_t>& issues);
    [[nodiscard]] std::optional<Response> readDiscard(
        const Call& call, const std::vector<std::int64_t>& issues);

    std::optional<StatusChange> m_status;
    std::optional<Assignment> m_assignment;
    FlagChange m_flags;
    bool m_discard = false;
    bool m_merge = false;
    Merged m_merged;
};

} // namespace vedette::collector::api
