// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `vedette collect` under load is killed with SIGKILL again and again. After each start: every acknowledged
// event is there, once, and the counters fit the events.

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/shortid.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/e2e/collect/collectprocess.h"
#include "tests/support/main.h"
#include "tests/support/rawhttp.h"

using namespace vedette::tests;

class TestKill final : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatItAcknowledged();
};

namespace {

constexpr int senders = 8;

/// Many with VEDETTE_FULL.
int kills()
{
    return qEnvironmentVariableIsSet("VEDETTE_FULL") ? 100 : 12;
}

/// Sends until the collector is gone, and keeps the ids that were acknowledged.
void sendUntilGone(const CollectProcess& process, int round, int sender, std::mutex& mutex,
    std::set<std::string>& acknowledged, std::atomic<int>& count)
{
    RawConnection connection(process.port());
    for (int i = 0; connection.isOpen(); ++i) {
        std::string id = std::to_string(1'000'000LL * (round * senders + sender + 1) + i);
        id.insert(0, 32 - id.size(), '0');
        const std::string body = "{\"event_id\":\"" + id + "\"}\n{\"type\":\"event\"}\n{\"message\":\"kind " +
                                 std::string(1, static_cast<char>('a' + i % 20)) +
                                 "\",\"user\":{\"id\":" + std::to_string(i % 50) +
                                 "},\"extra\":{\"padding\":\"" + std::string(3'000, 'x') + "\"}}\n";
        if (!connection.send(post("/api/1/envelope/?sentry_key=" + process.key(), body)))
            return;
        if (connection.answer().status != 200)
            return;
        ++count;
        const std::lock_guard lock(mutex);
        acknowledged.insert(id);
    }
}

std::set<std::string> storedIds(const std::string& path, std::size_t* rows)
{
    SQLite::Database db(path);
    SQLite::Statement all(db, "SELECT event_id FROM events");
    std::set<std::string> out;
    for (*rows = 0; all.executeStep(); ++*rows)
        out.insert(vedette::collector::hexOfBytes(all.getColumn(0).getString()));
    return out;
}

} // namespace

void TestKill::keepsWhatItAcknowledged()
{
    const QTemporaryDir dir;
    const std::string database = dir.path().toStdString() + "/collector/collector.sqlite";
    std::set<std::string> acknowledged;
    std::mutex mutex;
    std::minstd_rand random(20);
    for (int round = 0; round < kills(); ++round) {
        std::size_t before = acknowledged.size();
        {
            CollectProcess process(dir.path());
            QVERIFY2(process.isReady(), process.errorText().constData());
            std::atomic<int> count = 0;
            std::vector<std::thread> threads;
            for (int sender = 0; sender < senders; ++sender) {
                threads.emplace_back(
                    [&, sender] { sendUntilGone(process, round, sender, mutex, acknowledged, count); });
            }
            // Not by the clock: after so many acknowledgements, at a different point each time.
            const int after = 20 + static_cast<int>(random() % 400);
            while (count < after)
                std::this_thread::yield();
            process.kill();
            for (std::thread& thread : threads)
                thread.join();
        }
        QVERIFY(acknowledged.size() >= before + 20);
        // Started again, with time for nothing but to recover.
        {
            CollectProcess process(dir.path());
            QVERIFY2(process.isReady(), process.errorText().constData());
            QCOMPARE(process.terminate(), 0);
        }
        std::size_t rows = 0;
        const std::set<std::string> stored = storedIds(database, &rows);
        QCOMPARE(stored.size(), rows); // each once
        for (const std::string& id : acknowledged)
            QVERIFY2(stored.count(id) == 1, id.c_str());
        SQLite::Database db(database);
        // What was not acknowledged may be there (the answer was lost), but then it is counted like the rest.
        QCOMPARE(std::size_t(db.execAndGet("SELECT sum(count) FROM issues").getInt64()), rows);
        QCOMPARE(std::size_t(db.execAndGet("SELECT sum(count) FROM issue_hours").getInt64()), rows);
        QCOMPARE(std::size_t(db.execAndGet("SELECT sum(count) FROM issue_users").getInt64()), rows);
        QCOMPARE(db.execAndGet("SELECT count(*) FROM issues i WHERE count <> "
                               "(SELECT count(*) FROM events WHERE issue_id = i.id)")
                     .getInt(),
            0);
        QCOMPARE(db.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    }
    qInfo("%zu events acknowledged over %d kills", acknowledged.size(), kills());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestKill)
#include "tst_kill.moc"
