// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The job queue of a database: order, shared transactions, and failures that stay alone.

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>

#include "models/core/mailbox.h"
#include "models/store/jobs.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using store::Connection;
using store::Jobs;
using store::Query;
using tests::outcome;

namespace {

/// Holds the lane until it is opened, so that jobs pile up behind it.
class Gate final
{
public:
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isOpen; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = false;
};

} // namespace

class TestJobs final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void runsInOrder();
    void writesThatWaitShareATransaction();
    void aFailedJobFailsAlone();
    void aLostTransactionIsRunAgainOneByOne();
    void exceptionsBecomeErrors();
    void closingFinishesWhatIsQueued();

private:
    static qint64 count(Connection& connection)
    {
        Query query(connection, "SELECT COUNT(*) FROM t");
        query.next();
        return query.integer();
    }
    static void insert(Connection& connection, qint64 value)
    {
        Query(connection, "INSERT INTO t (v) VALUES (?)").bind(value).run();
    }

    QTemporaryDir m_folder;
    core::Mailbox m_home;
    std::unique_ptr<Jobs> m_jobs;
    int m_files = 0;
};

void TestJobs::init()
{
    const QString file = m_folder.filePath(u"%1.sqlite"_s.arg(++m_files));
    m_jobs = std::make_unique<Jobs>(
        "test", m_home, Jobs::Policy{[file]() -> core::Result<std::unique_ptr<Connection>> {
            auto connection = std::make_unique<Connection>(file, Connection::Durability::Normal);
            connection->database().exec("CREATE TABLE IF NOT EXISTS t (v INTEGER UNIQUE)");
            return connection;
        }});
}

void TestJobs::runsInOrder()
{
    QList<QFuture<core::Result<qint64>>> counts;
    for (int i = 0; i < 50; ++i) {
        m_jobs->write([i](Connection& c) { insert(c, i); });
        counts.append(m_jobs->read([](Connection& c) { return count(c); }));
    }
    for (int i = 0; i < 50; ++i)
        QCOMPARE(outcome(counts.at(i)).value(), qint64(i + 1));
}

void TestJobs::writesThatWaitShareATransaction()
{
    Gate gate;
    m_jobs->read([&gate](Connection&) {
        gate.pass();
        return 0;
    });
    // In one transaction SQLite's change counter of the connection goes on, the data version of others not:
    // the second connection's view tells how many commits there were.
    QList<QFuture<core::Result<bool>>> inside;
    for (int i = 0; i < 100; ++i) {
        inside.append(m_jobs->write([i](Connection& c) {
            insert(c, i);
            // The second job of a transaction sees a savepoint around it and the first one's rows
            // uncommitted.
            sqlite3* handle = c.database().getHandle();
            return sqlite3_txn_state(handle, "main") == SQLITE_TXN_WRITE &&
                   sqlite3_total_changes(handle) == i + 1;
        }));
    }
    auto frames = m_jobs->read([](Connection& c) {
        // One commit, one pass through the WAL: far fewer frames than a hundred commits would write.
        int log = 0;
        int checkpointed = 0;
        sqlite3_wal_checkpoint_v2(
            c.database().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &log, &checkpointed);
        return log;
    });
    gate.open();
    for (const auto& future : inside)
        QVERIFY(outcome(future).value());
    QVERIFY2(outcome(frames).value() < 20, qPrintable(QString::number(outcome(frames).value())));
}

void TestJobs::aFailedJobFailsAlone()
{
    Gate gate;
    m_jobs->read([&gate](Connection&) {
        gate.pass();
        return 0;
    });
    const auto first = m_jobs->write([](Connection& c) { insert(c, 1); });
    const auto twice = m_jobs->write([](Connection& c) {
        insert(c, 2);
        insert(c, 1); // not unique
    });
    const auto last = m_jobs->write([](Connection& c) { insert(c, 3); });
    gate.open();
    QVERIFY(outcome(first).has_value());
    QCOMPARE(outcome(twice).error().kind, ErrorKind::Storage);
    QVERIFY(outcome(last).has_value());
    // The row that the failed job had put in before it failed is gone with it.
    QCOMPARE(outcome(m_jobs->read([](Connection& c) { return count(c); })).value(), qint64(2));
}

void TestJobs::aLostTransactionIsRunAgainOneByOne()
{
    Gate gate;
    m_jobs->read([&gate](Connection&) {
        gate.pass();
        return 0;
    });
    const auto first = m_jobs->write([](Connection& c) { insert(c, 1); });
    const auto spoiler = m_jobs->write([](Connection& c) {
        // As SQLite does by itself on a full disk: the whole transaction is over.
        c.database().exec("ROLLBACK");
        throw SQLite::Exception("disk full", SQLITE_FULL);
    });
    const auto last = m_jobs->write([](Connection& c) { insert(c, 3); });
    gate.open();
    QVERIFY(outcome(first).has_value());
    QVERIFY(!outcome(spoiler).has_value());
    QVERIFY(outcome(last).has_value());
    QCOMPARE(outcome(m_jobs->read([](Connection& c) { return count(c); })).value(), qint64(2));
}

void TestJobs::exceptionsBecomeErrors()
{
    const auto sql = m_jobs->read([](Connection& c) {
        Query query(c, "SELECT nothing FROM nowhere");
        return query.next();
    });
    QCOMPARE(outcome(sql).error().kind, ErrorKind::Storage);
    const auto other = m_jobs->write([](Connection&) { throw std::runtime_error("boom"); });
    QCOMPARE(outcome(other).error().kind, ErrorKind::Internal);
    const auto missing = m_jobs->read([](Connection&) -> int { throw store::NotThere(); });
    QCOMPARE(outcome(missing).error().kind, ErrorKind::NotFound);
    QVERIFY(outcome(m_jobs->write([](Connection& c) { insert(c, 1); })).has_value());
}

void TestJobs::closingFinishesWhatIsQueued()
{
    QList<QFuture<core::Result<void>>> futures;
    for (int i = 0; i < 100; ++i)
        futures.append(m_jobs->write([i](Connection& c) { insert(c, i); }));
    m_jobs.reset();
    for (const auto& future : futures)
        QVERIFY(outcome(future).has_value());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestJobs)
#include "tst_jobs.moc"
