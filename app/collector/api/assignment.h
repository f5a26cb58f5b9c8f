// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// Whom `assignedTo` of a change gives issues to: a person, a team, or nobody (contract section 8).
class Assignment final
{
public:
    /// Reads the body; nothing where it does not name one. The error is the 400 to answer.
    static tl::expected<std::optional<Assignment>, Response> read(
        const Call& call, const std::vector<std::int64_t>& issues);

    /// With an activity where something really changes; who gets an issue follows it.
    void apply(const Call& call, std::int64_t issue) const;
    void writeEcho(json::Writer& out, const Call& call) const;

private:
    std::optional<std::int64_t> m_user;
    std::optional<std::int64_t> m_team;
};

} // namespace vedette::collector::api
