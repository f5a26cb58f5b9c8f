// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Retention deletes events while their issues are merged or taken apart, a step of each in turn: nothing that
// may stay is lost, and what was counted stays counted.

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/retention.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/space.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestTrimmedMeanwhile final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void inTurn_data();
    void inTurn();

private:
    void open();
    void add(int first, int count, int hash);
    [[nodiscard]] std::int64_t number(const std::string& sql) { return m_db->execAndGet(sql).getInt64(); }
    void merge();
    void unmerge();

    static constexpr int many = int(movedAtOnce) + 300;
    static constexpr int all = 2 * many + 1;
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{beginning()};
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SQLite::Database> m_db;
};

void TestTrimmedMeanwhile::open()
{
    Store::Options options;
    options.path = m_dir->filePath(u"c.sqlite"_s).toStdString();
    auto store = Store::open(options, m_clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    m_store = std::move(*store);
}

void TestTrimmedMeanwhile::init()
{
    m_db.reset();
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    open();
    QVERIFY(m_store->write([](SQLite::Database& db) { seedDirectory(db, beginning()); }));
}

void TestTrimmedMeanwhile::add(int first, int count, int hash)
{
    std::vector<std::future<core::Result<Stored>>> waiting;
    for (int i = first; i < first + count; ++i) {
        EventSpec spec{.id = i, .hashes = {hash}, .user = i % 100 + 1};
        spec.minutes = i;
        waiting.push_back(submitLater(*m_store, incoming(1, spec, 600)));
    }
    for (auto& each : waiting)
        QVERIFY(each.get().has_value());
}

void TestTrimmedMeanwhile::merge()
{
    SQLite::Transaction transaction(*m_db);
    QCOMPARE(mergeIssues(*m_db, {1, 2}, 1, m_clock.now()).parent, 2);
    transaction.commit();
}

void TestTrimmedMeanwhile::unmerge()
{
    SQLite::Transaction transaction(*m_db);
    QCOMPARE(unmergeIssue(*m_db, 2, {bytesOfHex(hexId(1))}, 1, m_clock.now(), worldFacts).issue, 3);
    transaction.commit();
}

void TestTrimmedMeanwhile::inTurn_data()
{
    QTest::addColumn<bool>("apart");
    QTest::addColumn<bool>("byAge");
    QTest::newRow("merged, by age") << false << true;
    QTest::newRow("merged, by size") << false << false;
    QTest::newRow("taken apart, by age") << true << true;
    QTest::newRow("taken apart, by size") << true << false;
}

void TestTrimmedMeanwhile::inTurn()
{
    QFETCH(const bool, apart);
    QFETCH(const bool, byAge);
    // Both issues' events in turn, the second's one more.
    for (int part = 0; part < 4; ++part) {
        add(1 + part * 400, 200, 1);
        add(201 + part * 400, 200, 2);
    }
    add(all, 1, 2);
    m_store.reset();
    auto opened = openWriter(m_dir->filePath(u"c.sqlite"_s).toStdString(), {});
    QVERIFY(opened.has_value());
    m_db = std::move(*opened);
    m_db->exec("PRAGMA foreign_keys = ON");
    if (apart) {
        merge();
        while (moveLeaving(*m_db, m_clock.now(), worldFacts, Counted::All, Deadline())) {
        }
        QCOMPARE(number("SELECT count FROM issues"), all);
        unmerge();
    } else {
        merge();
    }
    // Half of the events may stay.
    const std::int64_t half = number("SELECT received FROM events ORDER BY id LIMIT 1 OFFSET 800");
    const std::string limit =
        byAge ? "('retention_days', 30)"
              : "('retention_bytes', " + std::to_string(spaceUse(*m_db).usedBytes() * 2 / 3) + ')';
    m_db->exec("INSERT OR REPLACE INTO meta (key, value) VALUES " + limit);
    m_clock.set(core::TimePoint(std::chrono::milliseconds(half)) + std::chrono::hours(24 * 30));
    Retention retention(*m_db, m_clock.now());
    bool moving = true;
    bool trimming = true;
    int both = 0;
    for (int step = 0; moving || trimming; ++step) {
        QVERIFY(step < 2'000);
        if (moving) {
            SQLite::Transaction transaction(*m_db);
            moving = moveLeaving(
                *m_db, m_clock.now(), worldFacts, Counted::All, Deadline(std::chrono::seconds(0)));
            transaction.commit();
        }
        if (trimming && step % 2 == 1) {
            trimming = retention.step(m_clock.now(), 0).isMore;
            both += moving ? 1 : 0;
        }
    }
    QVERIFY2(both > 0, "they did not meet");
    // The latest are there, without a gap, where they belong.
    const std::int64_t left = number("SELECT count(*) FROM events");
    if (byAge)
        QCOMPARE(left, all - 800);
    QVERIFY(left > 100 && left < all);
    QCOMPARE(number("SELECT max(id) - min(id) + 1 FROM events"), left);
    QCOMPARE(number("SELECT max(id) FROM events"), all);
    QCOMPARE(number("SELECT count(*) FROM payloads"), left);
    QCOMPARE(number("SELECT count(*) FROM events e JOIN issue_hashes h ON h.hash = e.hash WHERE h.issue_id = "
                    "e.issue_id"),
        left);
    QCOMPARE(number("SELECT count(*) FROM issues"), apart ? 2 : 1);
    // All that ever came is counted once.
    QCOMPARE(number("SELECT sum(count) FROM issues"), all);
    QCOMPARE(number("SELECT sum(count) FROM issue_hours"), all);
    QCOMPARE(number("SELECT sum(count) FROM issue_users"), all);
    QCOMPARE(number("SELECT sum(count) FROM issue_tags"), 2 * all);
    QCOMPARE(number("SELECT count(*) FROM issues i WHERE count <> (SELECT sum(count) FROM issue_hours WHERE "
                    "issue_id = i.id) OR user_count <> (SELECT count(*) FROM issue_users WHERE issue_id = "
                    "i.id)"),
        0);
    // No time is narrower than what is there says.
    for (const char* key : {"user_id", "tag_id"}) {
        const std::string column(key);
        const std::string table = column == "user_id" ? "issue_users" : "issue_tags";
        const std::string rows = column == "user_id"
                                     ? "SELECT issue_id, user_id AS k, timestamp FROM events"
                                     : "SELECT issue_id, j.value AS k, timestamp FROM events, "
                                       "json_each(tags) j";
        QCOMPARE(number("SELECT count(*) FROM (" + rows + ") e WHERE NOT EXISTS (SELECT 1 FROM " + table +
                        " c WHERE c.issue_id = e.issue_id AND c." + column +
                        " = e.k AND e.timestamp BETWEEN c.first_seen AND c.last_seen)"),
            0);
    }
    QCOMPARE(number("SELECT count(*) FROM issues i WHERE last_seen <> (SELECT max(timestamp) FROM events "
                    "WHERE issue_id = i.id) OR first_seen > (SELECT min(timestamp) FROM events WHERE "
                    "issue_id = i.id)"),
        0);
    QCOMPARE(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    QCOMPARE(number("SELECT (SELECT count(*) FROM unmerges) + (SELECT count(*) FROM unmerge_seen)"), 0);
    // And it goes on.
    m_db.reset();
    open();
    add(50'000, 1, 1);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), all + 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestTrimmedMeanwhile)
#include "tst_trimmedmeanwhile.moc"
