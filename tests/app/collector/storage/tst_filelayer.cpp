// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The file system layer that gathers what is appended to the log: fewer writes, nothing else is different.

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include "app/collector/storage/filelayer.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestFileLayer final : public QObject
{
    Q_OBJECT

private slots:
    void writesSeldom();
    void readsBackWhatItHolds();
    void othersSeeWhatIsCommitted();
    void anyWriteMayFail();
    void isTheLayerBelowWhereThatIsUnknown();
};

namespace {

constexpr int pages = 1'000;
constexpr int pageBytes = 4096;

class Small final
{
public:
    /// Through the gathering layer, or through the one below alone.
    explicit Small(bool gathers = true)
        : m_db(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0,
              gathers ? committingLayer(FaultVfs::name()) : FaultVfs::name())
    {
        m_db.exec("PRAGMA journal_mode = WAL");
        m_db.exec("PRAGMA synchronous = FULL");
        m_db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB)");
        m_db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    ~Small() { FaultVfs::disarm(); }
    Q_DISABLE_COPY_MOVE(Small)

    [[nodiscard]] std::string path() const { return m_dir.filePath(u"db.sqlite"_s).toStdString(); }
    [[nodiscard]] SQLite::Database& db() { return m_db; }
    /// A row fills a page.
    void add(int rows)
    {
        SQLite::Statement insert(m_db, "INSERT INTO t (data) VALUES (randomblob(?))");
        for (int i = 0; i < rows; ++i) {
            insert.bind(1, pageBytes * 3 / 4);
            insert.exec();
            insert.reset();
        }
    }
    void commit(int rows)
    {
        SQLite::Transaction transaction(m_db);
        add(rows);
        transaction.commit();
    }
    [[nodiscard]] int rows() { return m_db.execAndGet("SELECT count(*) FROM t").getInt(); }
    [[nodiscard]] bool isSound() { return m_db.execAndGet("PRAGMA integrity_check").getString() == "ok"; }

private:
    QTemporaryDir m_dir;
    SQLite::Database m_db;
};

} // namespace

void TestFileLayer::writesSeldom()
{
    constexpr long few = pages / 10;
    {
        Small world;
        FaultVfs::refuseWrites(FaultVfs::Refusal::Full, few);
        world.commit(pages);
        FaultVfs::disarm();
        QCOMPARE(world.rows(), pages);
    }
    Small plain(false); // so many writes are not enough without it
    FaultVfs::refuseWrites(FaultVfs::Refusal::Full, few);
    QVERIFY_THROWS_EXCEPTION(SQLite::Exception, plain.commit(pages));
}

void TestFileLayer::readsBackWhatItHolds()
{
    Small world;
    world.db().exec("PRAGMA cache_size = 10"); // pages of the transaction fall out and are read again
    {
        SQLite::Transaction transaction(world.db());
        world.add(pages);
        SQLite::Statement read(world.db(), "SELECT id, length(data) FROM t");
        int seen = 0;
        for (; read.executeStep(); ++seen)
            QCOMPARE(read.getColumn(1).getInt(), pageBytes * 3 / 4);
        QCOMPARE(seen, pages);
        read.reset();
        world.db().exec(
            "UPDATE t SET data = zeroblob(3000) WHERE id % 3 = 0"); // frames that are written again
        transaction.commit();
    }
    QCOMPARE(world.db().execAndGet("SELECT count(*) FROM t WHERE data = zeroblob(3000)").getInt(), pages / 3);
    world.db().exec("PRAGMA wal_checkpoint(TRUNCATE)");
    QVERIFY(world.isSound());
}

void TestFileLayer::othersSeeWhatIsCommitted()
{
    Small world;
    SQLite::Database other(world.path(), SQLite::OPEN_READONLY);
    for (int i = 1; i <= 20; ++i) {
        world.commit(i);
        QCOMPARE(other.execAndGet("SELECT count(*) FROM t").getInt(), i * (i + 1) / 2);
        QCOMPARE(
            other.execAndGet("SELECT count(*) FROM t WHERE length(data) = 3072").getInt(), i * (i + 1) / 2);
    }
}

void TestFileLayer::anyWriteMayFail()
{
    int failed = 0;
    for (long after = 0;; ++after) {
        Small world;
        world.db().exec("PRAGMA cache_size = 10");
        world.commit(20);
        FaultVfs::refuseWrites(FaultVfs::Refusal::Full, after);
        bool isThrough = true;
        try {
            world.commit(100);
        } catch (const SQLite::Exception&) {
            isThrough = false;
            ++failed;
        }
        FaultVfs::disarm();
        QCOMPARE(world.rows(), isThrough ? 120 : 20);
        world.commit(10); // over what the failure has left
        QCOMPARE(world.rows(), isThrough ? 130 : 30);
        QVERIFY(world.isSound());
        SQLite::Database other(world.path(), SQLite::OPEN_READONLY);
        QCOMPARE(other.execAndGet("SELECT count(*) FROM t").getInt(), world.rows());
        if (isThrough)
            break;
    }
    QVERIFY(failed >= 3);
}

void TestFileLayer::isTheLayerBelowWhereThatIsUnknown()
{
    QCOMPARE(committingLayer("no such layer"), "no such layer");
    QCOMPARE(committingLayer(""), committingLayer(""));
    QVERIFY(sqlite3_vfs_find(committingLayer("").c_str()) != nullptr);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestFileLayer)
#include "tst_filelayer.moc"
