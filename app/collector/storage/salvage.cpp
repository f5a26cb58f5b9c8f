// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/salvage.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/journal.h"
#include "app/collector/storage/rowcopier.h"
#include "app/collector/storage/space.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

std::vector<std::string> tablesOf(SQLite::Database& db)
{
    // Tables that belong to a full text index are filled through it.
    SQLite::Statement query(db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                                "AND name NOT LIKE 'sqlite\\_%' "
                                "ESCAPE '\\'");
    std::vector<std::string> out;
    while (query.executeStep())
        out.push_back(query.getColumn(0).getString());
    return out;
}

void exec(SQLite::Database& db, const char* sql, core::TimePoint now)
{
    SQLite::Statement statement(db, sql);
    if (statement.getBindParameterCount() > 0)
        statement.bind(1, std::int64_t(now.time_since_epoch().count()));
    statement.exec();
}

/// Marks that are lost: what is there was counted and indexed, as far as that could be read, and numbers go
/// on behind the highest.
void mendMarks(SQLite::Database& db, const SalvageFacts& facts, const std::string& path)
{
    if (std::find(facts.tables.begin(), facts.tables.end(), "meta") != facts.tables.end()) {
        db.exec("UPDATE meta SET value = (SELECT coalesce(max(id), 0) FROM events) WHERE key = "
                "'counted_through'");
        // The journal beside it is taken in from its beginning: what is in the tables is known by its id.
        if (const std::uint64_t salt = Journal::saltBeside(path); salt != 0) {
            SQLite::Statement mark(db,
                "UPDATE meta SET value = iif(key = 'arrivals_salt', ?, 0) WHERE key IN "
                "('arrivals_salt', 'arrivals_filed')");
            mark.bind(1, static_cast<std::int64_t>(salt));
            mark.exec();
        }
    }
    db.exec(
        "UPDATE meta SET value = max(value, (SELECT coalesce(max(id), 0) FROM issues), (SELECT "
        "coalesce(max(old_id), 0) FROM issue_redirects), (SELECT coalesce(max(issue_id), 0) FROM events)) "
        "WHERE key = 'last_issue'");
}

/// Makes what stored events cannot do without: their project, their environment, their issue.
void mend(SQLite::Database& db, core::TimePoint now)
{
    exec(db,
        "INSERT INTO projects (id, slug, name, created) SELECT DISTINCT project_id, 'recovered-' || "
        "project_id, "
        "'Recovered ' || project_id, ?1 FROM events WHERE project_id NOT IN (SELECT id FROM projects)",
        now);
    exec(db,
        "INSERT INTO environments (id, name) SELECT DISTINCT environment_id, 'recovered-' || environment_id "
        "FROM "
        "events WHERE environment_id NOT IN (SELECT id FROM environments)",
        now);
    // As its latest event looks.
    exec(db,
        "INSERT INTO issues (id, project_id, short_id, type, title, culprit, level, platform, logger, "
        "message, "
        "substatus, unhandled, first_seen, last_seen, last_event, count, user_count, status_changed, "
        "created) "
        "SELECT issue_id, project_id, 'RECOVERED-' || issue_id, type, title, culprit, level, platform, '', "
        "message, "
        "'ongoing', unhandled, (SELECT min(timestamp) FROM events WHERE issue_id = e.issue_id), timestamp, "
        "id, "
        "(SELECT count(*) FROM events WHERE issue_id = e.issue_id AND id <= (SELECT value FROM meta WHERE "
        "key = "
        "'counted_through')), (SELECT count(DISTINCT user_id) FROM events WHERE issue_id = e.issue_id), ?1, "
        "?1 "
        "FROM events e WHERE issue_id NOT IN (SELECT id FROM issues) AND id = (SELECT id FROM events WHERE "
        "issue_id = e.issue_id ORDER BY timestamp DESC, id DESC LIMIT 1)",
        now);
    exec(db,
        "INSERT OR IGNORE INTO issue_hashes (project_id, hash, issue_id) SELECT DISTINCT project_id, hash, "
        "issue_id "
        "FROM events WHERE hash IS NOT NULL AND issue_id NOT IN (SELECT issue_id FROM issue_hashes)",
        now);
}

/// Drops, or sets to nothing where the schema does so, what refers to rows that are lost. Again and again:
/// what is dropped may have been referred to.
std::int64_t dropOrphans(SQLite::Database& db)
{
    struct Reference
    {
        std::string table, from, parent, to;
        bool isOptional = false;
    };
    std::vector<Reference> all;
    for (const std::string& table : tablesOf(db)) {
        SQLite::Statement query(
            db, "SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list(?)");
        query.bind(1, table);
        while (query.executeStep()) {
            const std::string to = query.getColumn(2).isNull() ? "id" : query.getColumn(2).getString();
            all.push_back({table, query.getColumn(0).getString(), query.getColumn(1).getString(), to,
                query.getColumn(3).getString() == "SET NULL"});
        }
    }
    // A user's key may be lost though the event that names it is there.
    for (Reference& reference : all)
        reference.isOptional =
            reference.isOptional || (reference.table == "events" && reference.from == "user_id");
    std::int64_t dropped = 0;
    for (bool again = true; again;) {
        again = false;
        for (const Reference& r : all) {
            const std::string where = " WHERE " + r.from + " IS NOT NULL AND " + r.from + " NOT IN (SELECT " +
                                      r.to + " FROM " + r.parent + ")";
            const int changed =
                db.exec(r.isOptional ? "UPDATE " + r.table + " SET " + r.from + " = NULL" + where
                                     : "DELETE FROM " + r.table + where);
            dropped += r.isOptional ? 0 : changed;
            again = again || changed > 0;
        }
    }
    return dropped;
}

void copyTables(SQLite::Database& from, SQLite::Database& to, SalvageFacts& facts)
{
    for (const std::string& table : tablesOf(to)) {
        SQLite::Statement there(from, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
        there.bind(1, table);
        if (!there.executeStep())
            continue;
        SQLite::Transaction transaction(to, SQLite::TransactionBehavior::IMMEDIATE);
        // A migration's own rows give way, but for marks whose page is lost.
        if (table != "meta")
            to.exec("DELETE FROM \"" + table + "\"");
        RowCopier copier(from, to, table);
        copier.run();
        transaction.commit();
        facts.rows += copier.rows();
        facts.gaps += copier.gaps();
        if (copier.gaps() > 0)
            facts.tables.push_back(table);
    }
}

} // namespace

core::Result<SalvageFacts> salvageDatabase(
    const std::string& path, const std::string& to, core::TimePoint now)
{
    SalvageFacts facts;
    int version = 0;
    std::unique_ptr<SQLite::Database> from;
    try {
        from = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READONLY, 5'000);
        version = from->execAndGet("PRAGMA user_version").getInt();
        from->execAndGet("SELECT count(*) FROM sqlite_master");
    } catch (const std::exception& fault) {
        return core::fail(core::ErrorKind::Storage,
            u"nothing of %1 can be read: its first page is lost (%2). Nothing was changed"_s.arg(
                QString::fromStdString(path), QString::fromUtf8(fault.what())));
    }
    if (version > schemaVersion()) {
        return core::fail(core::ErrorKind::NewerData,
            u"the collector's data was written by a newer Vedette (schema %1, this one knows %2)"_s
                .arg(version)
                .arg(schemaVersion()));
    }
    try {
        SQLite::Database db(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5'000);
        giveSpaceBackInSteps(db);
        // Of no use before it is finished, and synced as a whole then.
        db.exec("PRAGMA journal_mode = MEMORY");
        db.exec("PRAGMA synchronous = OFF");
        db.exec("PRAGMA foreign_keys = OFF");
        migrateTo(db, version); // the rows are of that schema; the rest of the way follows with them
        copyTables(*from, db, facts);
        migrateTo(db, schemaVersion());
        SQLite::Transaction mending(db, SQLite::TransactionBehavior::IMMEDIATE);
        mendMarks(db, facts, path);
        mend(db, now);
        facts.orphans = dropOrphans(db);
        mending.commit();
        facts.events =
            db.execAndGet("SELECT count(*) FROM events WHERE id IN (SELECT id FROM payloads)").getInt64();
        facts.issues = db.execAndGet("SELECT count(*) FROM issues").getInt64();
    } catch (const std::exception& fault) {
        return core::fail(openingError(to, fault));
    }
    return facts;
}

} // namespace vedette::collector
