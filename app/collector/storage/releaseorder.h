// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// A release's version read as `package@1.2.3-rc.1+build` (semver.org 2.0.0, with one to four numbers as
/// Sentry allows them). Views into the text.
struct SemanticVersion
{
    std::string_view package; ///< may be empty: then at least two numbers are needed
    std::vector<std::string_view> numbers;
    std::vector<std::string_view> prerelease;
    std::string_view build;

    /// Nothing where it is none: a commit's hash, a date, a word.
    static std::optional<SemanticVersion> parse(std::string_view version);
};

/// Precedence by semver.org section 11: negative where a < b. The build counts last, where both are numbers.
[[nodiscard]] int compareVersions(const SemanticVersion& a, const SemanticVersion& b);

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
