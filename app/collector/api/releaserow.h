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

/// A release in one project: a row of `releases`.
struct ReleaseProject
{
    std::int64_t row = 0; ///< releases.id
    std::int64_t id = 0;  ///< of the project
    std::string slug, name, platform;
    std::int64_t newGroups = 0;
};

/// A release as the API shows it: all rows of one version, or those of one project.
struct ReleaseRow
{
    std::int64_t id = 0; ///< the least of all its rows', so that every view of it tells the same
    std::string version, status, ref, url;
    std::int64_t created = 0; ///< ms, as all times
    std::optional<std::int64_t> released, firstEvent, lastEvent;
    std::vector<ReleaseProject> projects;

    [[nodiscard]] std::vector<std::int64_t> rows() const;
};

/// The release of that version, in all projects or in one; nothing where there is none.
[[nodiscard]] std::optional<ReleaseRow> loadRelease(
    SQLite::Database& db, std::string_view version, std::optional<std::int64_t> project = {});

/// The whole release object of contract section 5.
void writeRelease(json::Writer& out, const Call& call, const ReleaseRow& row);
/// The one of that version, or null.
void writeReleaseOrNull(json::Writer& out, const Call& call, std::string_view version);
/// What stands under `release` in an event: as above, only the version where the collector knows no such
/// release.
void writeEventRelease(json::Writer& out, const Call& call, std::string_view version);

/// `versionInfo` with its parts.
void writeVersionInfo(json::Writer& out, std::string_view version);
/// The version without its package, as lists show it.
[[nodiscard]] std::string shortVersion(std::string_view version);

} // namespace vedette::collector::api
