// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/directory.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <vector>

#include <pwd.h>
#include <sys/random.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/shortid.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

struct Person
{
    std::string username = "you";
    std::string name = "You";
};

/// The login user, as the system's user list has it.
Person loginUser()
{
    Person person;
    std::vector<char> buffer(16'384);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return person;
    if (found->pw_name && *found->pw_name)
        person.username = found->pw_name;
    // The first field of GECOS is the full name.
    const std::string gecos = found->pw_gecos ? found->pw_gecos : "";
    const std::string full = gecos.substr(0, gecos.find(','));
    person.name = full.empty() ? person.username : full;
    return person;
}

bool slugIsTaken(SQLite::Database& db, const std::string& slug)
{
    SQLite::Statement find(db, "SELECT 1 FROM projects WHERE slug = ?");
    find.bind(1, slug);
    return find.executeStep();
}

/// Short ids are made of a slug and the project's own count. Where issues of another project, which had that
/// slug before, carry such ids, this one counts on from beyond all of them.
void keepShortIdsApart(SQLite::Database& db, std::int64_t project, const std::string& slug)
{
    std::string from = shortId(slug, 0);
    from.pop_back();
    std::string to = from;
    ++to.back();
    SQLite::Statement used(db,
        "SELECT EXISTS (SELECT 1 FROM issues WHERE short_id >= ?1 AND short_id < ?2) OR "
        "EXISTS (SELECT 1 FROM issue_redirects WHERE short_id >= ?1 AND short_id < ?2)");
    used.bind(1, from);
    used.bind(2, to);
    used.executeStep();
    if (used.getColumn(0).getInt() == 0)
        return;
    SQLite::Statement skip(
        db, "UPDATE projects SET next_short_id = (SELECT max(next_short_id) FROM projects) WHERE id = ?");
    skip.bind(1, project);
    skip.exec();
}

} // namespace

std::string randomHex(std::size_t bytes)
{
    std::string raw(bytes, '\0');
    std::size_t got = 0;
    while (got < bytes) {
        const ssize_t n = ::getrandom(raw.data() + got, bytes - got, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            throw std::runtime_error("the system has no random bytes");
        got += static_cast<std::size_t>(n);
    }
    return hexOfBytes(raw);
}

std::string slugOf(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c + ('a' - 'A'));
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    if (out.size() > 50)
        out.resize(50);
    while (out.ends_with('-'))
        out.pop_back();
    return out.empty() ? "project" : out;
}

void seedDirectory(SQLite::Database& db, core::TimePoint now, const std::vector<ProjectSeed>& projects)
{
    if (db.execAndGet("SELECT count(*) FROM organization").getInt() > 0)
        return;
    const Person person = loginUser();
    SQLite::Statement organization(
        db, "INSERT INTO organization (id, slug, name, created) VALUES (1, 'local', 'Local', ?)");
    organization.bind(1, std::int64_t(msOf(now)));
    organization.exec();
    SQLite::Statement user(db, "INSERT INTO users (username, name, is_self, created) VALUES (?, ?, 1, ?)");
    user.bind(1, person.username);
    user.bind(2, person.name);
    user.bind(3, std::int64_t(msOf(now)));
    user.exec();
    const std::int64_t userId = db.getLastInsertRowid();
    SQLite::Statement team(db, "INSERT INTO teams (slug, name, created) VALUES ('everyone', 'Everyone', ?)");
    team.bind(1, std::int64_t(msOf(now)));
    team.exec();
    const std::int64_t teamId = db.getLastInsertRowid();
    SQLite::Statement member(db, "INSERT INTO team_members (team_id, user_id) VALUES (?, ?)");
    member.bind(1, teamId);
    member.bind(2, userId);
    member.exec();
    for (const ProjectSeed& project : projects)
        addProject(db, project, now);
}

ProjectKey addProject(SQLite::Database& db, const ProjectSeed& seed, core::TimePoint now)
{
    ProjectKey out;
    out.slug = slugOf(seed.slug.empty() ? seed.name : seed.slug);
    const std::string base = out.slug;
    for (int n = 2; slugIsTaken(db, out.slug); ++n)
        out.slug = base + '-' + std::to_string(n);
    SQLite::Statement project(
        db, "INSERT INTO projects (id, slug, name, platform, colour, created) VALUES (?, ?, ?, ?, ?, ?)");
    if (seed.id != 0)
        project.bind(1, seed.id);
    project.bind(2, out.slug);
    project.bind(3, seed.name.empty() ? out.slug : seed.name);
    project.bind(4, seed.platform);
    project.bind(5, seed.colour);
    project.bind(6, std::int64_t(msOf(now)));
    project.exec();
    out.project = db.getLastInsertRowid();
    keepShortIdsApart(db, out.project, out.slug);
    SQLite::Statement team(
        db, "INSERT INTO team_projects SELECT min(id), ? FROM teams HAVING min(id) IS NOT NULL");
    team.bind(1, out.project);
    team.exec();
    out.key = seed.key.empty() ? randomHex(16) : seed.key;
    SQLite::Statement key(db, "INSERT INTO project_keys (public, project_id, created) VALUES (?, ?, ?)");
    key.bind(1, out.key);
    key.bind(2, out.project);
    key.bind(3, std::int64_t(msOf(now)));
    key.exec();
    return out;
}

void renameProject(SQLite::Database& db, std::int64_t project, const std::string& slug)
{
    SQLite::Statement update(db, "UPDATE projects SET slug = ? WHERE id = ?");
    update.bind(1, slug);
    update.bind(2, project);
    update.exec();
    keepShortIdsApart(db, project, slug);
}

std::string addKey(SQLite::Database& db, std::int64_t project, const std::string& label, core::TimePoint now,
    const std::string& key)
{
    std::string out = key.empty() ? randomHex(16) : key;
    SQLite::Statement insert(
        db, "INSERT INTO project_keys (public, project_id, label, created) VALUES (?, ?, ?, ?)");
    insert.bind(1, out);
    insert.bind(2, project);
    insert.bind(3, label);
    insert.bind(4, std::int64_t(msOf(now)));
    insert.exec();
    return out;
}

std::optional<ProjectKey> firstProject(SQLite::Database& db)
{
    SQLite::Statement find(db, "SELECT p.id, p.slug, k.public FROM projects p JOIN project_keys k ON "
                               "k.project_id = p.id AND k.active "
                               "ORDER BY p.id, k.created, k.public LIMIT 1");
    if (!find.executeStep())
        return std::nullopt;
    return ProjectKey{
        find.getColumn(0).getInt64(), find.getColumn(1).getString(), find.getColumn(2).getString()};
}

std::optional<ProjectKey> projectBySlug(SQLite::Database& db, const std::string& slug)
{
    SQLite::Statement find(db, "SELECT p.id, p.slug, k.public FROM projects p JOIN project_keys k ON "
                               "k.project_id = p.id AND k.active "
                               "WHERE p.slug = ? ORDER BY k.created, k.public LIMIT 1");
    find.bind(1, slug);
    if (!find.executeStep())
        return std::nullopt;
    return ProjectKey{
        find.getColumn(0).getInt64(), find.getColumn(1).getString(), find.getColumn(2).getString()};
}

std::unordered_map<std::string, std::int64_t> activeKeys(SQLite::Database& db)
{
    std::unordered_map<std::string, std::int64_t> out;
    SQLite::Statement find(db, "SELECT public, project_id FROM project_keys WHERE active");
    while (find.executeStep())
        out.emplace(find.getColumn(0).getString(), find.getColumn(1).getInt64());
    return out;
}

std::string organizationSlug(SQLite::Database& db)
{
    return db.execAndGet("SELECT slug FROM organization").getString();
}

std::string organizationName(SQLite::Database& db)
{
    return db.execAndGet("SELECT name FROM organization").getString();
}

} // namespace vedette::collector
