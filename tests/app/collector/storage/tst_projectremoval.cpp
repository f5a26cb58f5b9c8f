// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A project that goes, with all that it holds, and nothing of the others'.

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <deque>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/projectremoval.h"
#include "app/collector/storage/releaseremoval.h"
#include "app/collector/storage/releases.h"
#include "app/collector/storage/store.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;

class TestProjectRemoval final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesPieceByPiece();
    void takesAllAndNothingElse();
    void goesOnAtTheNextStart();
    void aReleaseGoesInSteps();
    void whatIsQueuedAndAttachedGoesInSteps();
    void goesWhileEventsKeepComing();

private:
    void open();
    /// Rows with that project, over all tables that have the column; but for outcomes, which stay as history.
    std::int64_t rowsOf(std::int64_t project);
    QStringList faults();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Store> m_store;
};

void TestProjectRemoval::open()
{
    m_store.reset();
    Store::Options options;
    options.path = m_dir->filePath(QStringLiteral("c.sqlite")).toStdString();
    auto store = Store::open(options, *m_clock);
    QVERIFY2(store.has_value(), store ? "" : qPrintable(store.error().detail));
    m_store = std::move(*store);
}

void TestProjectRemoval::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<ManualClock>(beginning());
    open();
    // Two projects of the same shape: events of several issues, releases and users, a shared release.
    const auto made = m_store->write([](SQLite::Database& db) {
        seedDirectory(db, beginning(), {{"kept", "Kept"}, {"gone", "Gone"}});
        for (const std::int64_t project : {1, 2})
            (void)addRelease(db, project, "shared@1", beginning());
    });
    QVERIFY(made.has_value());
    std::vector<std::future<core::Result<Stored>>> waiting;
    for (const std::int64_t project : {1, 2}) {
        for (int i = 0; i < 500; ++i) {
            EventSpec spec;
            spec.id = static_cast<int>(project) * 10'000 + i;
            spec.hashes = {1 + i % 120};
            spec.user = 1 + i % 7;
            spec.release = "r" + std::to_string(i % 5);
            spec.environment = i % 2 == 0 ? "prod" : "dev";
            waiting.push_back(submitLater(*m_store, incoming(project, spec)));
        }
    }
    for (auto& stored : waiting)
        QVERIFY(stored.get().has_value());
}

std::int64_t TestProjectRemoval::rowsOf(std::int64_t project)
{
    const auto sum = m_store->read([project](SQLite::Database& db) {
        std::int64_t rows = 0;
        SQLite::Statement tables(db,
            "SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' AND m.name <> 'outcomes'"
            " AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'project_id')");
        while (tables.executeStep()) {
            SQLite::Statement count(
                db, "SELECT COUNT(*) FROM \"" + tables.getColumn(0).getString() + "\" WHERE project_id = ?");
            count.bind(1, project);
            count.executeStep();
            rows += count.getColumn(0).getInt64();
        }
        return rows;
    });
    return sum.value_or(-1);
}

QStringList TestProjectRemoval::faults()
{
    // What was accepted once stays so.
    return faultsIn(*m_store).filter(
        QRegularExpression(QStringLiteral("^(?!outcomes say what was accepted)")));
}

void TestProjectRemoval::goesPieceByPiece()
{
    // With a connection of its own, so that the store does not go on by itself.
    m_store.reset();
    SQLite::Database db(m_dir->filePath(QStringLiteral("c.sqlite")).toStdString(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA foreign_keys = ON");
    const auto events = [&db] {
        return db.execAndGet("SELECT COUNT(*) FROM events WHERE project_id = 2").getInt64();
    };
    removeProject(db, 2);
    QCOMPARE(db.execAndGet("SELECT COUNT(*) FROM projects WHERE slug = 'gone'").getInt(), 0);
    QCOMPARE(db.execAndGet("SELECT COUNT(*) FROM project_keys WHERE project_id = 2").getInt(), 0);
    QCOMPARE(events(), 500);
    std::int64_t left = 500;
    int steps = 0;
    bool more = true;
    for (; more; ++steps) {
        int asked = 0;
        SQLite::Transaction transaction(db);
        more = purgeRemovedProjects(db, [&asked] { return ++asked > 0; }); // one piece each time
        transaction.commit();
        QVERIFY2(left - events() <= 200, "one piece is small");
        left = events();
        QVERIFY(steps < 1000);
    }
    QVERIFY(steps >= 5);
    QVERIFY(!hasRemovedProjects(db));
    QCOMPARE(db.execAndGet("SELECT COUNT(*) FROM projects").getInt(), 1);
}

void TestProjectRemoval::takesAllAndNothingElse()
{
    const std::int64_t before = rowsOf(1);
    QVERIFY(rowsOf(2) > 500);
    QVERIFY(m_store->write([](SQLite::Database& db) { removeProject(db, 2); }).has_value());
    QTRY_COMPARE(numberOf(*m_store, "SELECT COUNT(*) FROM projects"), 1);
    QCOMPARE(rowsOf(2), 0);
    QCOMPARE(rowsOf(1), before);
    QCOMPARE(numberOf(*m_store, "SELECT COUNT(*) FROM events"), 500);
    QCOMPARE(numberOf(*m_store, "SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE '%for_removal%'"), 0);
    QCOMPARE(faults(), QStringList());
    // And events go on: known issues, new ones, a release that both had.
    for (int i = 0; i < 3; ++i) {
        EventSpec spec;
        spec.id = 50'000 + i;
        spec.hashes = {120 + i};
        spec.release = "shared@1";
        QVERIFY(submit(*m_store, incoming(1, spec)).has_value());
    }
    QCOMPARE(faults(), QStringList());
}

void TestProjectRemoval::goesOnAtTheNextStart()
{
    m_store.reset();
    {
        SQLite::Database db(
            m_dir->filePath(QStringLiteral("c.sqlite")).toStdString(), SQLite::OPEN_READWRITE);
        db.exec("PRAGMA foreign_keys = ON");
        SQLite::Transaction transaction(db);
        removeProject(db, 2);
        int asked = 0;
        QVERIFY(purgeRemovedProjects(db, [&asked] { return ++asked > 0; }));
        transaction.commit();
    }
    open();
    QTRY_COMPARE(numberOf(*m_store, "SELECT COUNT(*) FROM projects"), 1);
    QCOMPARE(rowsOf(2), 0);
    QCOMPARE(faults(), QStringList());
}

void TestProjectRemoval::aReleaseGoesInSteps()
{
    std::vector<std::future<core::Result<Stored>>> waiting;
    for (int i = 0; i < 3'000; ++i) // more than one step looks through
        waiting.push_back(submitLater(*m_store, incoming(1, {.id = 50'000 + i, .release = "r1"})));
    for (auto& stored : waiting)
        QVERIFY(stored.get().has_value());
    const std::int64_t release =
        numberOf(*m_store, "SELECT id FROM releases WHERE version = 'r1' AND project_id = 1");
    const std::int64_t others =
        numberOf(*m_store, "SELECT count(*) FROM events WHERE release_id <> " + std::to_string(release));
    m_store.reset();
    {
        SQLite::Database db(
            m_dir->filePath(QStringLiteral("c.sqlite")).toStdString(), SQLite::OPEN_READWRITE);
        db.exec("PRAGMA foreign_keys = ON");
        {
            SQLite::Transaction transaction(db);
            removeRelease(db, release, beginning());
            transaction.commit();
        }
        QVERIFY(wantsNoForeignKeys(db));
        db.exec("PRAGMA foreign_keys = OFF");
        const auto naming = [&] {
            return db.execAndGet("SELECT count(*) FROM events WHERE release_id = " + std::to_string(release))
                .getInt64();
        };
        const std::int64_t all = naming();
        QVERIFY(all > 3'000);
        SQLite::Transaction transaction(db);
        for (int step = 0; step < 2; ++step)
            QVERIFY(purgeRemovedProjects(db, [] { return true; }));
        transaction.commit();
        QVERIFY2(naming() < all && naming() > 1'000, "one piece is small");
    }
    open();
    QTRY_COMPARE(numberOf(*m_store, "SELECT COUNT(*) FROM projects"), 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM releases WHERE id = " + std::to_string(release)), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events WHERE release_id IS NOT NULL"), others);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM meta WHERE key LIKE 'release%'"), 0);
    QCOMPARE(faultsIn(*m_store), QStringList());
    // Events of that version make a new one.
    QVERIFY(submit(*m_store, incoming(1, {.id = 60'000, .release = "r1"})).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM releases WHERE version = 'r1' AND project_id = 1"), 1);
}

void TestProjectRemoval::whatIsQueuedAndAttachedGoesInSteps()
{
    m_store.reset();
    SQLite::Database db(m_dir->filePath(QStringLiteral("c.sqlite")).toStdString(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA foreign_keys = ON");
    // Few large ones and many small ones, of both projects in turn, some of events.
    db.exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO "
            "forward_queue (id, project_id, body, created) SELECT i, 1 + i % 2, zeroblob(iif(i < 20, "
            "1500000, 1000)), 0 FROM n");
    db.exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO "
            "attachments (id, project_id, event_id, name, type, size, sha1, created) SELECT i, 1 + i % 2, "
            "coalesce((SELECT event_id FROM events WHERE id = i), zeroblob(16)), 'n', 'event.attachment', 1, "
            "'', 0 FROM n");
    db.exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO "
            "attachment_parts (attachment_id, part, data) SELECT a.id, i, zeroblob(10) FROM attachments a, n "
            "WHERE a.id % 50 < 2 OR i = 1");
    removeProject(db, 2);
    QVERIFY2(db.execAndGet("SELECT count(*) FROM forward_queue WHERE project_id = 2").getInt() == 150,
        "it does not go at once");
    QCOMPARE(db.execAndGet("SELECT upstream FROM projects WHERE id = 2").getString(), std::string());
    const auto count = [&db](const char* what) {
        return db.execAndGet(std::string("SELECT count(*) FROM ") + what).getInt64();
    };
    const auto queued = [&db] {
        return db.execAndGet("SELECT coalesce(sum(length(body)), 0) FROM forward_queue WHERE project_id = 2")
            .getInt64();
    };
    int steps = 0;
    for (bool more = true; more; ++steps) {
        QVERIFY(steps < 1'000);
        const std::int64_t bytes = queued();
        const std::int64_t parts = count("attachment_parts");
        const std::int64_t attachments = count("attachments");
        const std::int64_t forwards = count("forward_queue");
        const bool off = wantsNoForeignKeys(db);
        if (off)
            db.exec("PRAGMA foreign_keys = OFF");
        SQLite::Transaction transaction(db);
        more = purgeRemovedProjects(db, [] { return true; }); // one piece each time
        transaction.commit();
        if (off)
            db.exec("PRAGMA foreign_keys = ON");
        QVERIFY2(parts - count("attachment_parts") <= 4, "few parts at once");
        QVERIFY2(attachments - count("attachments") <= 16, "few attachments at once");
        QVERIFY2(forwards - count("forward_queue") <= 64, "few envelopes at once");
        QVERIFY2(bytes - queued() < (4 << 20) + 1'500'000, "few bytes at once");
    }
    QCOMPARE(count("projects"), 1);
    QCOMPARE(count("forward_queue"), 150);
    QCOMPARE(count("attachments"), 150);
    QCOMPARE(count("attachment_parts WHERE attachment_id NOT IN (SELECT id FROM attachments)"), 0);
    QVERIFY(count("attachment_parts") > 150);
}

void TestProjectRemoval::goesWhileEventsKeepComing()
{
    QVERIFY(m_store->write([](SQLite::Database& db) { removeProject(db, 2); }).has_value());
    // The lane always has something to do; looked at from beside it, so that it is not asked to count.
    SQLite::Database db(m_dir->filePath(QStringLiteral("c.sqlite")).toStdString(), SQLite::OPEN_READONLY);
    std::deque<std::future<core::Result<Stored>>> waiting;
    bool isGone = false;
    int id = 50'000;
    for (; !isGone && id < 150'000; ++id) {
        waiting.push_back(submitLater(*m_store, incoming(1, {.id = id, .hashes = {1}})));
        if (waiting.size() < 1'000)
            continue;
        QVERIFY(waiting.front().get().has_value());
        waiting.pop_front();
        isGone = id % 256 == 0 && db.execAndGet("SELECT count(*) FROM projects").getInt() == 1;
    }
    for (auto& stored : waiting)
        QVERIFY(stored.get().has_value());
    QVERIFY2(isGone, "it never had its turn");
    QCOMPARE(rowsOf(2), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 500 + id - 50'000);
    QCOMPARE(faults(), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestProjectRemoval)
#include "tst_projectremoval.moc"
