// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// A repository as the API shows one.
struct RepositoryRow
{
    std::int64_t id = 0;
    std::string name, url, provider;
    std::int64_t created = 0; ///< ms
};

struct CommitRow
{
    std::int64_t id = 0; ///< of the database; people know `sha`
    std::string sha, message, authorName, authorEmail;
    std::int64_t created = 0; ///< ms, the commit's own date
    RepositoryRow repository;
};

/// The columns that repositoryFrom() and commitFrom() read, of `repositories p` and `commits c`.
inline constexpr const char* repositoryColumns = "p.id, p.name, p.url, p.provider, p.created";
inline constexpr const char* commitColumns =
    "c.id, c.sha, c.message, c.author_name, c.author_email, c.created, "
    "p.id, p.name, p.url, p.provider, p.created";
[[nodiscard]] RepositoryRow repositoryFrom(SQLite::Statement& query, int column = 0);
[[nodiscard]] CommitRow commitFrom(SQLite::Statement& query);

/// The commits of releases (rows of `releases`), newest first, each once.
[[nodiscard]] std::vector<CommitRow> releaseCommits(
    SQLite::Database& db, const std::vector<std::int64_t>& releases, std::int64_t limit, std::int64_t offset);
[[nodiscard]] std::int64_t countCommits(SQLite::Database& db, const std::vector<std::int64_t>& releases);

void writeRepository(json::Writer& out, const RepositoryRow& row);
/// The commit object: with its author, its repository and the releases it is in, at most ten.
void writeCommit(json::Writer& out, const Call& call, const CommitRow& row);
/// Who made it: a user of the collector where the address is theirs, else name and address, else {}.
void writeCommitAuthor(json::Writer& out, SQLite::Database& db, const CommitRow& row);
/// The people behind the commits of releases, each once, as writeCommitAuthor() shows them.
void writeAuthors(json::Writer& out, SQLite::Database& db, const std::vector<std::int64_t>& releases);

} // namespace vedette::collector::api
