// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// A project as lists show it.
struct ProjectRow
{
    std::int64_t id = 0;
    std::string slug, name, platform, colour;
    std::int64_t created = 0; ///< ms
    std::optional<std::int64_t> firstEvent;
};

/// The columns that projectFrom() reads, of `projects p`.
inline constexpr const char* projectColumns =
    "p.id, p.slug, p.name, p.platform, p.colour, p.created, p.first_event";
[[nodiscard]] ProjectRow projectFrom(SQLite::Statement& query);

/// The project that a path part means, by number or slug.
[[nodiscard]] std::optional<ProjectRow> loadProject(const Call& call, std::string_view part);
[[nodiscard]] std::vector<ProjectRow> teamProjects(SQLite::Database& db, std::int64_t team);

/// The members of the project object that is open.
void writeProjectMembers(json::Writer& out, const Call& call, const ProjectRow& row);
void writeProject(json::Writer& out, const Call& call, const ProjectRow& row);

} // namespace vedette::collector::api
