// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/commitrow.h"

#include "app/collector/api/issuerow.h"
#include "app/collector/api/releaserow.h"

namespace vedette::collector::api {
namespace {

constexpr int maxReleases = 10;
constexpr int maxAuthors = 100;

std::string inReleases(const std::vector<std::int64_t>& releases)
{
    return "release_id IN (" + placeholders(releases.size()) + ")";
}

void bindReleases(SQLite::Statement& query, const std::vector<std::int64_t>& releases)
{
    int index = 0;
    for (const std::int64_t id : releases)
        query.bind(++index, id);
}

void writeAuthor(json::Writer& out, SQLite::Database& db, const std::string& name, const std::string& email)
{
    if (!email.empty()) {
        SQLite::Statement query(db, "SELECT id FROM users WHERE email = ? AND active = 1");
        query.bind(1, email);
        if (query.executeStep()) {
            if (const auto user = loadUser(db, query.getColumn(0).getInt64())) {
                writeUser(out, *user);
                return;
            }
        }
    }
    out.beginObject();
    if (!name.empty() || !email.empty())
        out.fieldOrNull("name", name).fieldOrNull("email", email);
    out.endObject();
}

} // namespace

RepositoryRow repositoryFrom(SQLite::Statement& query, int column)
{
    return {query.getColumn(column).getInt64(), query.getColumn(column + 1).getString(),
        query.getColumn(column + 2).getString(), query.getColumn(column + 3).getString(),
        query.getColumn(column + 4).getInt64()};
}

CommitRow commitFrom(SQLite::Statement& query)
{
    return {query.getColumn(0).getInt64(), query.getColumn(1).getString(), query.getColumn(2).getString(),
        query.getColumn(3).getString(), query.getColumn(4).getString(), query.getColumn(5).getInt64(),
        repositoryFrom(query, 6)};
}

std::vector<CommitRow> releaseCommits(
    SQLite::Database& db, const std::vector<std::int64_t>& releases, std::int64_t limit, std::int64_t offset)
{
    SQLite::Statement query(
        db, std::string("SELECT ") + commitColumns +
                " FROM (SELECT commit_id, min(position) AS position FROM release_commits WHERE " +
                inReleases(releases) +
                " GROUP BY commit_id) l JOIN commits c ON c.id = l.commit_id"
                " JOIN repositories p ON p.id = c.repository_id ORDER BY l.position, c.id LIMIT ? OFFSET ?");
    bindReleases(query, releases);
    query.bind(static_cast<int>(releases.size()) + 1, limit);
    query.bind(static_cast<int>(releases.size()) + 2, offset);
    std::vector<CommitRow> out;
    while (query.executeStep())
        out.push_back(commitFrom(query));
    return out;
}

std::int64_t countCommits(SQLite::Database& db, const std::vector<std::int64_t>& releases)
{
    SQLite::Statement query(
        db, "SELECT COUNT(DISTINCT commit_id) FROM release_commits WHERE " + inReleases(releases));
    bindReleases(query, releases);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void writeRepository(json::Writer& out, const RepositoryRow& row)
{
    out.beginObject().field("id", std::to_string(row.id)).field("name", row.name);
    out.fieldOrNull("url", row.url).key("provider").beginObject();
    out.field("id", row.provider.empty() ? "unknown" : row.provider);
    out.field("name", row.provider.empty() ? "Unknown Provider" : row.provider).endObject();
    out.field("status", "active").field("dateCreated", dateText(row.created)).nullField("integrationId");
    out.nullField("externalSlug").nullField("externalId").endObject();
}

void writeCommit(json::Writer& out, const Call& call, const CommitRow& row)
{
    out.beginObject().field("id", row.sha).fieldOrNull("message", row.message);
    out.field("dateCreated", dateText(row.created)).nullField("pullRequest").field("suspectCommitType", "");
    out.key("repository");
    writeRepository(out, row.repository);
    out.key("author");
    writeCommitAuthor(out, call.db, row);
    out.key("releases").beginArray();
    SQLite::Statement query(call.db,
        "SELECT r.version, max(r.ref), max(r.url), max(r.released), min(r.created) FROM release_commits l"
        " JOIN releases r ON r.id = l.release_id WHERE l.commit_id = ? GROUP BY r.version"
        " ORDER BY 5 DESC LIMIT ?");
    query.bind(1, row.id);
    query.bind(2, maxReleases);
    while (query.executeStep()) {
        const std::string version = query.getColumn(0).getString();
        out.beginObject().field("version", version).field("shortVersion", shortVersion(version));
        out.fieldOrNull("ref", query.getColumn(1).getString())
            .fieldOrNull("url", query.getColumn(2).getString());
        if (query.getColumn(3).isNull())
            out.nullField("dateReleased");
        else
            out.field("dateReleased", dateText(query.getColumn(3).getInt64()));
        out.field("dateCreated", dateText(query.getColumn(4).getInt64())).endObject();
    }
    out.endArray().endObject();
}

void writeCommitAuthor(json::Writer& out, SQLite::Database& db, const CommitRow& row)
{
    writeAuthor(out, db, row.authorName, row.authorEmail);
}

void writeAuthors(json::Writer& out, SQLite::Database& db, const std::vector<std::int64_t>& releases)
{
    // By address where there is one: people spell their names differently from machine to machine.
    SQLite::Statement query(db,
        "SELECT max(c.author_name), c.author_email FROM release_commits l JOIN commits c ON c.id = "
        "l.commit_id"
        " WHERE l." +
            inReleases(releases) +
            " AND (c.author_name <> '' OR c.author_email <> '')"
            " GROUP BY iif(c.author_email = '', c.author_name, lower(c.author_email)) ORDER BY 1, 2 LIMIT ?");
    bindReleases(query, releases);
    query.bind(static_cast<int>(releases.size()) + 1, maxAuthors);
    out.beginArray();
    while (query.executeStep())
        writeAuthor(out, db, query.getColumn(0).getString(), query.getColumn(1).getString());
    out.endArray();
}

} // namespace vedette::collector::api
