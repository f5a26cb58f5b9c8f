// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Releases with their commits, and the repositories that those come from. A release that several projects
/// share is one row of `releases` for each of them, all of one version; what is said of a release is said of
/// each row. Functions on a connection, to be run within Store::write(); they throw SQLite::Exception.

struct CommitFile
{
    std::string path;
    std::string type; ///< A M D
};

struct Commit
{
    std::string sha;
    std::string repository; ///< its name; empty: one that stands for "not told"
    std::string message;
    std::string authorName;
    std::string authorEmail;
    std::int64_t created = 0; ///< milliseconds since 1970
    std::vector<CommitFile> files;
};

struct ReleaseId
{
    std::int64_t id = 0;
    bool created = false; ///< it was not there before
};

/// The release of that project, made where there is none; then it is told what other projects' releases of
/// that version are: date, URL, commits.
ReleaseId addRelease(
    SQLite::Database& db, std::int64_t project, std::string_view version, core::TimePoint now);

/// Tells a new row what other projects' releases of its version are: date, URL, commits.
void inheritRelease(SQLite::Database& db, std::int64_t release);

/// The repository of that name, made where there is none. An empty name is the one for commits that name
/// none.
std::int64_t addRepository(SQLite::Database& db, std::string_view name, core::TimePoint now);

/// Gives the releases exactly these commits, newest first; a commit that is known already learns what is new.
void replaceCommits(SQLite::Database& db, const std::vector<std::int64_t>& releases,
    const std::vector<Commit>& commits, core::TimePoint now);

/// Puts the commits of `heads` at the top of the releases' lists, where they are not in them yet. What is
/// known of a commit stays.
void addHeads(SQLite::Database& db, const std::vector<std::int64_t>& releases,
    const std::vector<Commit>& heads, core::TimePoint now);

} // namespace vedette::collector
