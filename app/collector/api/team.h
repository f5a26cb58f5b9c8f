// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/api/context.h"
#include "app/collector/api/fielderrors.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// A team as the API shows one.
struct TeamRow
{
    std::int64_t id = 0;
    std::string slug, name;
    std::int64_t created = 0; ///< ms
    std::int64_t members = 0;
    bool isMember = false; ///< whoever asks is in it
};

/// The team that a path part means, by number or slug.
[[nodiscard]] std::optional<TeamRow> teamByPart(const Call& call, std::string_view part);

/// The teams that a list of slugs in the body names; an unknown one is noted.
[[nodiscard]] std::vector<std::int64_t> readTeams(
    const Call& call, std::string_view field, FieldErrors& errors);

void joinTeam(SQLite::Database& db, std::int64_t team, std::int64_t user);

/// The columns that teamFrom() reads, of `teams t`; the first question mark is for who asks.
inline constexpr const char* teamColumns =
    "t.id, t.slug, t.name, t.created, (SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id), "
    "EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.user_id = ?)";
[[nodiscard]] TeamRow teamFrom(SQLite::Statement& query);

void writeTeam(json::Writer& out, const TeamRow& row);
/// The same with the team's projects.
void writeTeamWithProjects(json::Writer& out, const Call& call, const TeamRow& row);
/// `{id, slug, name}`, as projects show theirs.
void writeTeamShort(json::Writer& out, const TeamRow& row);

} // namespace vedette::collector::api
