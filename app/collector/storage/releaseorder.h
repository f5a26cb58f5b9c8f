// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// A release in the order of its project.
struct ReleaseInOrder
{
    std::int64_t id = 0;
    std::string version;
    std::int64_t date = 0; ///< ms: when it was released, else when it was first heard of
};

/// Which of two releases of a project is later; 0 for the same one. Both of one package and both semantic
/// versions: by version. Else by date, then by which was heard of first.
[[nodiscard]] int compareReleases(const ReleaseInOrder& a, const ReleaseInOrder& b);

/// Throws SQLite::Exception, as all below.
[[nodiscard]] std::optional<ReleaseInOrder> releaseInOrder(SQLite::Database& db, std::int64_t id);
/// The last release of the project in that order: what "the next release" is after. `latest` of the API is
/// the newest by date alone (newestReleaseByDate()).
[[nodiscard]] std::optional<ReleaseInOrder> lastRelease(SQLite::Database& db, std::int64_t project);
[[nodiscard]] std::optional<ReleaseInOrder> newestReleaseByDate(SQLite::Database& db, std::int64_t project);

} // namespace vedette::collector
