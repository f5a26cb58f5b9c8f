// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::collector {

/// What a release's name says: `package@1.2.3-beta.1+build7`, where all but the first number may be missing,
/// or a commit's hash, or any text. Read as Sentry's release parser reads it, but for one thing: `1.2.3`
/// without a package is a version here, too.
struct ReleaseVersion
{
    /// What stands in a version that is made of numbers.
    struct Numbers
    {
        std::int64_t major = 0, minor = 0, patch = 0, revision = 0;
        int components = 1;       ///< how many of them were written
        std::string preRelease;   ///< beta.1
        std::string buildCode;    ///< build7
        std::string withoutBuild; ///< 1.2.3-beta.1, as written
    };

    std::string package; ///< empty: none
    std::string raw;     ///< the release without its package
    std::optional<Numbers> numbers;
    std::string buildHash; ///< the build code, or all of `raw`, where that is a commit's hash

    /// What people see: `1.2.3 (build7)`, twelve digits of a hash, or the text as it is.
    [[nodiscard]] std::string description() const;
};

/// Never fails: what is no version is a text.
[[nodiscard]] ReleaseVersion parseRelease(std::string_view release);

/// A release's version as it has a place in an order: `package@1.2.3-rc.1+build` (semver.org 2.0.0, with one
/// to four numbers as Sentry allows them). Stricter than ReleaseVersion: `1a2b3c4` and `1.0b1` are shown as
/// versions there, but a short hash that begins with a digit must not be taken for a late or an early
/// release. Views into the text.
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

} // namespace vedette::collector
