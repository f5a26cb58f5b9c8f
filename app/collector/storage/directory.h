// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Who and what there is: organization, people, projects, keys. Functions on a connection, to be run within
/// Store::read() and Store::write(); they throw SQLite::Exception.

struct ProjectSeed
{
    std::string slug; ///< empty: made from the name, and made unique
    std::string name;
    std::string platform = {};
    std::string colour = {};
    std::int64_t id = 0;  ///< 0: the next free one
    std::string key = {}; ///< 32 hex digits; empty: a new one
};

struct ProjectKey
{
    std::int64_t project = 0;
    std::string slug;
    std::string key;
};

/// What the first start makes: the organization, one person named after the login user, one team, and
/// `projects` with a key each. Does nothing where there is an organization.
void seedDirectory(SQLite::Database& db, core::TimePoint now,
    const std::vector<ProjectSeed>& projects = {{"default", "Default"}});

/// Makes a project with one key, in the first team.
ProjectKey addProject(SQLite::Database& db, const ProjectSeed& seed, core::TimePoint now);

/// Gives a project another slug, which must be free. Short ids that there are stay as they are.
void renameProject(SQLite::Database& db, std::int64_t project, const std::string& slug);

/// Makes one more key for a project (`key`, 32 hex digits, or a new one) and returns its public part.
std::string addKey(SQLite::Database& db, std::int64_t project, const std::string& label, core::TimePoint now,
    const std::string& key = {});

/// The first project that has an active key.
std::optional<ProjectKey> firstProject(SQLite::Database& db);
/// The project of that slug with its oldest active key.
std::optional<ProjectKey> projectBySlug(SQLite::Database& db, const std::string& slug);

/// Active keys and the projects that they open.
std::unordered_map<std::string, std::int64_t> activeKeys(SQLite::Database& db);

/// The organization's slug.
std::string organizationSlug(SQLite::Database& db);
[[nodiscard]] std::string organizationName(SQLite::Database& db);

/// A name as part of a path: lower case, digits and hyphens; `project` where nothing is left.
std::string slugOf(std::string_view name);

/// So many random bytes from the system, as hex.
std::string randomHex(std::size_t bytes);

} // namespace vedette::collector
