// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The write-ahead log stays bounded while readers come one after the other, overlapping, without a pause.

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/readgate.h"
#include "app/collector/storage/walbound.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestWalBound final : public QObject
{
    Q_OBJECT

private slots:
    void staysBoundedUnderReaders();
    void outwaitsNobodyForLong();
};

namespace {

constexpr std::int64_t most = 2'000'000;

/// A reader is always within: each of two waits until the other has begun anew.
class Readers final
{
public:
    Readers(const std::string& path, ReadGate& gate)
    {
        for (int i = 0; i < 2; ++i)
            m_threads.emplace_back([this, i, &path, &gate] { run(i, path, gate); });
    }
    ~Readers()
    {
        m_stop = true;
        for (std::thread& thread : m_threads)
            thread.join();
    }
    Q_DISABLE_COPY_MOVE(Readers)
    [[nodiscard]] int rounds() const { return m_rounds[0] + m_rounds[1]; }

private:
    void run(int me, const std::string& path, ReadGate& gate)
    {
        const auto db = std::move(*openReader(path));
        while (!m_stop) {
            const ReadGate::Pass pass(gate);
            const SQLite::Transaction transaction(*db);
            db->execAndGet("SELECT count(*) FROM meta");
            const int others = m_rounds[1 - me];
            ++m_rounds[me];
            // For a while, no longer: the gate may hold the other one back.
            for (int i = 0; i < 200 && !m_stop && m_rounds[1 - me] == others; ++i)
                std::this_thread::yield();
        }
    }

    std::atomic<bool> m_stop = false;
    std::array<std::atomic<int>, 2> m_rounds = {0, 0};
    std::vector<std::thread> m_threads;
};

} // namespace

void TestWalBound::staysBoundedUnderReaders()
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"db"_s).toStdString();
    const auto db = std::move(*openWriter(path));
    db->exec("CREATE TABLE ballast (data BLOB)");
    ReadGate gate;
    WalBound bound(*db, most);
    std::int64_t largest = 0;
    {
        const Readers readers(path, gate);
        while (readers.rounds() < 2)
            std::this_thread::yield();
        for (int i = 0; i < 400; ++i) {
            SQLite::Transaction transaction(*db, SQLite::TransactionBehavior::IMMEDIATE);
            db->exec("INSERT INTO ballast VALUES (randomblob(50000))");
            transaction.commit();
            bound.check(gate, 5s);
            largest = std::max(largest, bound.walBytes());
        }
        QVERIFY(readers.rounds() > 10);
    }
    QVERIFY2(largest < 2 * most, qPrintable(QString::number(largest)));
    QCOMPARE(db->execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
}

void TestWalBound::outwaitsNobodyForLong()
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"db"_s).toStdString();
    const auto db = std::move(*openWriter(path));
    db->exec("CREATE TABLE ballast (data BLOB)");
    ReadGate gate;
    WalBound bound(*db, most);
    const auto write = [&] {
        for (int i = 0; i < 100; ++i) {
            db->exec("INSERT INTO ballast VALUES (randomblob(50000))");
            bound.check(gate, 1ms);
        }
    };
    {
        // One that reads for long: the log grows, everything else goes on, and others may read too.
        const auto slow = std::move(*openReader(path));
        const ReadGate::Pass pass(gate);
        const SQLite::Transaction transaction(*slow);
        QCOMPARE(slow->execAndGet("SELECT count(*) FROM ballast").getInt(), 0);
        write();
        QVERIFY(bound.walBytes() > most);
        const ReadGate::Pass another(gate);
        QCOMPARE(slow->execAndGet("SELECT count(*) FROM ballast").getInt(), 0);
    }
    const auto isBounded = [&] {
        write();
        return bound.walBytes() <= 2 * most;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isBounded(), 20'000);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestWalBound)
#include "tst_walbound.moc"
