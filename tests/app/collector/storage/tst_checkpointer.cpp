// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The log is moved into the database beside the lane, which has little left to do.

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/checkpointer.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace Qt::Literals::StringLiterals;

class TestCheckpointer final : public QObject
{
    Q_OBJECT

private slots:
    void movesTheLogBesideTheLane();
    void movesNothingOnceStopped();
};

namespace {

constexpr qint64 pageBytes = 4096;

class Small final
{
public:
    Small()
        : m_db(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
    {
        m_db.exec("PRAGMA journal_mode = WAL");
        m_db.exec("CREATE TABLE t (data BLOB)");
    }
    [[nodiscard]] std::string path() const { return m_dir.filePath(u"db.sqlite"_s).toStdString(); }
    [[nodiscard]] SQLite::Database& db() { return m_db; }
    [[nodiscard]] qint64 bytes() const { return QFileInfo(QString::fromStdString(path())).size(); }
    [[nodiscard]] qint64 logBytes() const
    {
        return QFileInfo(QString::fromStdString(path() + "-wal")).size();
    }
    /// So many pages, at least.
    void write(int pages)
    {
        SQLite::Transaction transaction(m_db);
        SQLite::Statement insert(m_db, "INSERT INTO t VALUES (randomblob(3500))");
        for (int i = 0; i < pages; ++i) {
            insert.exec();
            insert.reset();
        }
        transaction.commit();
    }

private:
    QTemporaryDir m_dir;
    SQLite::Database m_db;
};

} // namespace

void TestCheckpointer::movesTheLogBesideTheLane()
{
    Small world;
    Checkpointer checkpointer(world.db().getHandle(), world.path(), {});
    world.write(Checkpointer::wantedPages);
    QVERIFY(world.bytes() < 10 * pageBytes);
    checkpointer.afterCommit(false);
    QTRY_VERIFY(checkpointer.wantsLane());
    QVERIFY(world.bytes() >= Checkpointer::wantedPages * pageBytes); // without the lane

    checkpointer.afterCommit(false);
    QVERIFY(!checkpointer.wantsLane());
    const qint64 log = world.logBytes();
    world.write(100); // from the beginning of the log again
    QCOMPARE(world.logBytes(), log);
    QCOMPARE(world.db().execAndGet("SELECT count(*) FROM t").getInt(), Checkpointer::wantedPages + 100);
}

void TestCheckpointer::movesNothingOnceStopped()
{
    Small world;
    Checkpointer checkpointer(world.db().getHandle(), world.path(), {});
    checkpointer.stop();
    world.write(Checkpointer::wantedPages);
    checkpointer.afterCommit(false);
    QVERIFY(world.bytes() < 10 * pageBytes);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCheckpointer)
#include "tst_checkpointer.moc"
