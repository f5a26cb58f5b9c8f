// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A database of each former schema, with rows in every table, is brought up to date: no row and no number is
// lost, it is laid out like a fresh one, and it works. A newer one is left as it is.

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/database.h"
#include "tests/app/collector/storage/damage.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestMigrations final : public QObject
{
    Q_OBJECT

private slots:
    void keepsEveryRow_data();
    void keepsEveryRow();
    void leavesNewerDataAlone();
    void anUnfinishedMigrationIsRepeated();
    void peopleAreNoTagsAnyMore();
};

namespace {

struct Column
{
    std::string name;
    std::string type;
    bool isKey = false;
};

std::vector<std::string> tablesOf(SQLite::Database& db)
{
    SQLite::Statement query(db,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name "
        "NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    std::vector<std::string> out;
    while (query.executeStep())
        out.push_back(query.getColumn(0).getString());
    return out;
}

std::vector<Column> columnsOf(SQLite::Database& db, const std::string& table)
{
    SQLite::Statement query(db, "SELECT name, type, pk FROM pragma_table_info(?)");
    query.bind(1, table);
    std::vector<Column> out;
    while (query.executeStep())
        out.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
            query.getColumn(2).getInt() > 0});
    return out;
}

/// A value for row `row` of a column: what the schema's comments ask for where a migration may read it.
std::string valueOf(const std::string& table, const Column& column, int row)
{
    static const std::map<std::string, std::string> fixed = {{"issues.metadata", "'{}'"},
        {"issues.status_details", "'{}'"}, {"activity.data", "'{}'"}, {"events.tags", "'[1,2]'"},
        {"issue_forecasts.ceilings", "'[1,2]'"}, {"issues.status", "'unresolved'"},
        {"issues.substatus", "'ongoing'"}, {"projects.active", "1"}, {"project_keys.active", "1"}};
    const std::string number = std::to_string(row);
    if (const auto found = fixed.find(table + '.' + column.name); found != fixed.end())
        return found->second;
    if (column.name == "is_self")
        return row == 1 ? "1" : "0";
    // Also what refers to another table: its rows are 1 and 2 as well.
    if (column.type == "INTEGER")
        return number;
    if (column.type == "BLOB")
        return "CAST('" + column.name.substr(0, 10) +
               std::string(16 - std::min<std::size_t>(10, column.name.size()), '0') + number + "' AS BLOB)";
    return "'" + column.name + " " + number + "'";
}

/// Two rows for every table that has none, or one where the schema allows one.
void fill(SQLite::Database& db)
{
    db.exec("PRAGMA foreign_keys = OFF");
    for (const std::string& table : tablesOf(db)) {
        const std::vector<Column> columns = columnsOf(db, table);
        for (int row = 1; row <= (table == "organization" ? 1 : 2); ++row) {
            std::string names;
            std::string values;
            for (const Column& column : columns) {
                names += (names.empty() ? "\"" : ", \"") + column.name + '"';
                values += (values.empty() ? "" : ", ") + valueOf(table, column, row);
            }
            db.exec("INSERT INTO \"" + table + "\" (" + names + ") VALUES (" + values + ")");
        }
    }
    db.exec("UPDATE meta SET value = 2 WHERE key IN ('counted_through', 'last_issue')"); // the rows above
    db.exec("PRAGMA foreign_keys = ON");
    QCOMPARE(db.execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt(), 0);
}

/// Every row of a table as text, of these columns.
std::multiset<std::string> rowsOf(
    SQLite::Database& db, const std::string& table, const std::vector<Column>& columns)
{
    std::string list;
    for (const Column& column : columns)
        list += (list.empty() ? "" : " || ', ' || ") +
                ("'" + column.name + " = ' || quote(\"" + column.name + "\")");
    SQLite::Statement query(db, "SELECT " + list + " FROM \"" + table + '"');
    std::multiset<std::string> out;
    while (query.executeStep())
        out.insert(query.getColumn(0).getString());
    return out;
}

std::vector<std::string> schemaOf(SQLite::Database& db)
{
    SQLite::Statement query(db,
        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM "
        "sqlite_master ORDER BY type, name");
    std::vector<std::string> out;
    while (query.executeStep())
        out.push_back(query.getColumn(0).getString());
    return out;
}

} // namespace

void TestMigrations::keepsEveryRow_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < schemaVersion(); ++version)
        QTest::newRow(qPrintable(QString::number(version))) << version;
}

void TestMigrations::keepsEveryRow()
{
    QFETCH(const int, version);
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"old"_s).toStdString();
    std::map<std::string, std::vector<Column>> columns;
    std::map<std::string, std::multiset<std::string>> before;
    {
        SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrateTo(db, version);
        QCOMPARE(db.execAndGet("PRAGMA user_version").getInt(), version);
        fill(db);
        for (const std::string& table : tablesOf(db)) {
            columns[table] = columnsOf(db, table);
            before[table] = rowsOf(db, table, columns[table]);
            QVERIFY2(!before[table].empty(), table.c_str());
        }
    }
    {
        const auto db = openWriter(path);
        QVERIFY2(db.has_value(), db ? "" : qPrintable(db.error().detail));
        QCOMPARE((*db)->execAndGet("PRAGMA user_version").getInt(), schemaVersion());
        for (const auto& [table, rows] : before) {
            const auto after = rowsOf(**db, table, columns[table]);
            for (const std::string& row : rows)
                QVERIFY2(after.count(row) == 1, (table + ": " + row).c_str());
            if (table != "meta") // where later schemas put marks of their own
                QCOMPARE(after.size(), rows.size());
        }
        QCOMPARE((*db)->execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt(), 0);
        QCOMPARE((*db)->execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
        const auto fresh = openWriter(dir.filePath(u"fresh"_s).toStdString());
        QVERIFY(fresh.has_value());
        QCOMPARE(schemaOf(**db), schemaOf(**fresh));
        QCOMPARE((*db)->execAndGet("PRAGMA auto_vacuum").getInt(), 2);
    }
    // And it works.
    ManualClock clock(beginning());
    Store::Options options;
    options.path = path;
    auto store = Store::open(options, clock);
    QVERIFY2(store.has_value(), store ? "" : qPrintable(store.error().detail));
    const auto stored = submit(**store, incoming(1, {.id = 5, .hashes = {5}, .user = 1}));
    QVERIFY2(stored.has_value(), stored ? "" : qPrintable(stored.error().detail));
    QCOMPARE(numberOf(**store, "SELECT count(*) FROM events"), 3);
    QCOMPARE(numberOf(**store, "SELECT sum(count) FROM issues"), 1 + 2 + 1);
}

void TestMigrations::leavesNewerDataAlone()
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"newer"_s).toStdString();
    {
        const auto db = std::move(*openWriter(path));
        db->exec("CREATE TABLE of_tomorrow (id INTEGER)");
        db->exec("PRAGMA user_version = " + std::to_string(schemaVersion() + 1));
    }
    const std::string before = fileBytes(path);
    const auto refused = openWriter(path);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, core::ErrorKind::NewerData);
    QVERIFY(fileBytes(path) == before);
}

void TestMigrations::anUnfinishedMigrationIsRepeated()
{
    // A power cut between two migrations: the first is done, the rest follows at the next start.
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"db"_s).toStdString();
    {
        SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrateTo(db, 1);
        SQLite::Transaction unfinished(db, SQLite::TransactionBehavior::IMMEDIATE);
        db.exec("CREATE TABLE half (id INTEGER)");
        db.exec("PRAGMA user_version = 2");
    }
    const auto db = openWriter(path);
    QVERIFY(db.has_value());
    const auto fresh = std::move(*openWriter(dir.filePath(u"fresh"_s).toStdString()));
    QCOMPARE(schemaOf(**db), schemaOf(*fresh));
}

void TestMigrations::peopleAreNoTagsAnyMore()
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"db"_s).toStdString();
    {
        SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrateTo(db, 10);
        fill(db);
        // Two events of a user, and one whose SDK sent the same text as a tag, without a user.
        db.exec("INSERT INTO event_users (id, key) VALUES (7, 'id:7')");
        db.exec("INSERT INTO tag_values (id, key, value) VALUES (3, 'user', 'id:7'), (4, 'user', 'free')");
        db.exec("UPDATE events SET tags = '[1,3,2]', user_id = 7, issue_id = 1, timestamp = id * 10");
        db.exec(
            "INSERT INTO events SELECT 3, project_id, issue_id, CAST('third' AS BLOB), 50, received, sent, "
            "type, "
            "level, platform, title, culprit, message, environment_id, release_id, NULL, unhandled, size, "
            "'[2,3,4]', user_agent, remote, hash FROM events WHERE id = 1");
        db.exec("DELETE FROM issue_tags");
        db.exec("INSERT INTO issue_tags VALUES (1, 1, 2, 10, 20), (1, 2, 3, 10, 50), (1, 3, 3, 10, 50), "
                "(1, 4, 1, 50, 50)");
        db.exec("UPDATE meta SET value = 3 WHERE key = 'counted_through'");
    }
    const auto db = openWriter(path);
    QVERIFY2(db.has_value(), db ? "" : qPrintable(db.error().detail));
    const auto text = [&](const char* sql) { return (*db)->execAndGet(sql).getString(); };
    QCOMPARE(text("SELECT group_concat(tags, ' ') FROM (SELECT tags FROM events ORDER BY id)"),
        std::string("[1,2] [1,2] [2,3,4]"));
    QCOMPARE(text("SELECT group_concat(tag_id || '*' || count || '@' || first_seen, ' ') FROM (SELECT * FROM "
                  "issue_tags ORDER BY tag_id)"),
        std::string("1*2@10 2*3@10 3*1@50 4*1@50"));
    // Nobody else means the same text: the row goes.
    (*db)->exec("PRAGMA user_version = 10");
    (*db)->exec("DELETE FROM events WHERE id = 3");
    migrateTo(**db, 11);
    QCOMPARE(text("SELECT group_concat(id, ' ') FROM (SELECT id FROM tag_values ORDER BY id)"),
        std::string("1 2 4"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMigrations)
#include "tst_migrations.moc"
