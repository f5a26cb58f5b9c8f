// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A project that goes, with all that it holds, and nothing of the others'.

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

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

VEDETTE_TEST_MAIN(QCoreApplication, TestProjectRemoval)
#include "tst_projectremoval.moc"
