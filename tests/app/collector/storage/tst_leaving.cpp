// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Large issues that are merged or deleted: out of sight at once, the rest in steps that a crash may part.

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/discard.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/snooze.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestLeaving final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void piecesAreSmall_data();
    void piecesAreSmall();
    void deletedOnesLeaveNothing();
    void deletedWhileOthersAreOnTheirWay();
    void mergedOnAndOn();
    void archivedParentsStaySo();
    void smallOnesAreGoneAtOnce();

private:
    void open();
    void add(int first, int count, int hash);
    [[nodiscard]] std::int64_t number(const std::string& sql) { return numberOf(*m_store, sql); }
    [[nodiscard]] std::int64_t leaving()
    {
        return number("SELECT count(*) FROM issues WHERE NOT (" VEDETTE_IS_SHOWN("issues") ")");
    }
    /// But for what history keeps of events that somebody deleted.
    [[nodiscard]] QStringList faults();

    static constexpr int many = int(movedAtOnce) + 200;
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{beginning()};
    std::unique_ptr<Store> m_store;
};

void TestLeaving::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    open();
    QVERIFY(m_store->write([](SQLite::Database& db) { seedDirectory(db, beginning()); }));
}

void TestLeaving::open()
{
    m_store.reset();
    Store::Options options;
    options.path = m_dir->filePath(u"c.sqlite"_s).toStdString();
    options.moveStep = std::chrono::milliseconds(0); // one piece each
    auto store = Store::open(options, m_clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    m_store = std::move(*store);
}

void TestLeaving::add(int first, int count, int hash)
{
    std::vector<std::future<core::Result<Stored>>> waiting;
    for (int i = first; i < first + count; ++i) {
        waiting.push_back(submitLater(*m_store,
            incoming(1, {.id = i, .hashes = {hash}, .user = i % 300 + 1, .minutes = i, .release = "r1"})));
    }
    for (auto& each : waiting)
        QVERIFY(each.get().has_value());
}

QStringList TestLeaving::faults()
{
    QStringList out;
    for (const QString& fault : faultsIn(*m_store)) {
        if (!fault.startsWith(u"outcomes say"_s) && !fault.startsWith(u"project hours"_s))
            out << fault;
    }
    return out;
}

void TestLeaving::piecesAreSmall_data()
{
    QTest::addColumn<bool>("merge");
    QTest::newRow("merged") << true;
    QTest::newRow("deleted") << false;
}

void TestLeaving::piecesAreSmall()
{
    QFETCH(const bool, merge);
    add(1, many, 1);
    add(10'000, many + 1, 2);
    m_store.reset(); // so that it does not go on by itself
    SQLite::Database db(m_dir->filePath(u"c.sqlite"_s).toStdString(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA foreign_keys = ON");
    {
        SQLite::Transaction transaction(db);
        if (merge)
            QCOMPARE(mergeIssues(db, {1, 2}, 1, beginning()).parent, 2);
        else
            deleteIssues(db, {1}, beginning());
        transaction.commit();
    }
    QVERIFY(hasLeaving(db));
    std::int64_t left = many;
    int steps = 0;
    for (bool more = true; more; ++steps) {
        QVERIFY(steps < 1'000);
        const std::int64_t before = db.getTotalChanges();
        SQLite::Transaction transaction(db);
        more = moveLeaving(db, beginning(), worldFacts, Counted::All, Deadline(std::chrono::seconds(0)));
        transaction.commit();
        QVERIFY2(db.getTotalChanges() - before <= 1'500, "a piece is small");
        const std::int64_t now = db.execAndGet("SELECT count(*) FROM events WHERE issue_id = 1").getInt64();
        QVERIFY2(left - now <= 64, "few events at once");
        left = now;
    }
    QVERIFY(steps > 10);
    QCOMPARE(left, 0);
    QCOMPARE(db.execAndGet("SELECT count(*) FROM issues").getInt(), 1);
    QCOMPARE(db.execAndGet("SELECT count(*) FROM events").getInt(), merge ? 2 * many + 1 : many + 1);
    open();
    QCOMPARE(faults(), QStringList());
}

void TestLeaving::deletedOnesLeaveNothing()
{
    add(1, many, 1);
    QVERIFY(m_store->write([](SQLite::Database& db) { deleteIssues(db, {1}, beginning()); }));
    // Its hash is free at once: the next event makes another issue.
    add(5'000, 1, 1);
    QCOMPARE(number("SELECT issue_id FROM events WHERE event_id = x'" + hexId(5'000) + "'"), 2);
    open(); // wherever it stands
    QTRY_COMPARE(leaving(), 0);
    QCOMPARE(number("SELECT count(*) FROM issues"), 1);
    QCOMPARE(number("SELECT count(*) FROM events"), 1);
    for (const char* table : {"issue_hours", "issue_users", "issue_tags", "texts", "issue_hashes"})
        QCOMPARE(number("SELECT count(*) FROM " + std::string(table) + " WHERE issue_id = 1"), 0);
    QCOMPARE(faults(), QStringList());
}

void TestLeaving::deletedWhileOthersAreOnTheirWay()
{
    add(1, many, 1);
    add(5'000, many + 1, 2);
    QVERIFY(m_store->write([](SQLite::Database& db) {
        mergeIssues(db, {1, 2}, 1, beginning());
        const Unmerged refused = unmergeIssue(db, 2, {bytesOfHex(hexId(1))}, 1, beginning(), worldFacts);
        if (refused.fault != UnmergeFault::StillMoving)
            qFatal("taken apart before it was whole");
        deleteIssues(db, {2}, beginning());
    }));
    QTRY_COMPARE(leaving(), 0);
    QCOMPARE(number("SELECT count(*) FROM issues"), 0);
    QCOMPARE(number("SELECT count(*) FROM issue_redirects"), 0);
    QCOMPARE(number("SELECT count(*) FROM events"), 0);
    QCOMPARE(faults(), QStringList());
}

void TestLeaving::mergedOnAndOn()
{
    add(1, many, 1);
    add(5'000, many + 1, 2);
    add(10'000, 2 * many + 2, 3);
    QVERIFY(m_store->write([](SQLite::Database& db) { mergeIssues(db, {1, 2}, 1, beginning()); }));
    QVERIFY(m_store->write([](SQLite::Database& db) { mergeIssues(db, {2, 3}, 1, beginning()); }));
    add(20'000, 1, 1);
    QTRY_COMPARE(leaving(), 0);
    QCOMPARE(number("SELECT count(*) FROM issues"), 1);
    const std::int64_t parent = number("SELECT id FROM issues");
    QCOMPARE(number("SELECT count FROM issues"), 4 * many + 4);
    QCOMPARE(number("SELECT count(*) FROM issue_redirects WHERE issue_id = " + std::to_string(parent)), 2);
    QCOMPARE(faults(), QStringList());
}

void TestLeaving::archivedParentsStaySo()
{
    add(1, many, 1);
    add(5'000, many + 1, 2);
    QVERIFY(m_store->write([](SQLite::Database& db) {
        db.exec(
            "UPDATE issues SET status = 'ignored', substatus = 'archived_until_condition_met' WHERE id = 2");
        Snooze snooze;
        snooze.count = 10;
        snooze.created = beginning().time_since_epoch().count();
        snooze.start(db, 2);
        mergeIssues(db, {1, 2}, 1, beginning());
    }));
    QTRY_COMPARE(leaving(), 0);
    add(20'000, 9, 1);
    QCOMPARE(textOf(*m_store, "SELECT status FROM issues WHERE id = 2"), std::string("ignored"));
    add(20'100, 1, 1);
    QCOMPARE(textOf(*m_store, "SELECT status FROM issues WHERE id = 2"), std::string("unresolved"));
    QCOMPARE(faults(), QStringList());
}

void TestLeaving::smallOnesAreGoneAtOnce()
{
    add(1, 10, 1);
    add(100, 11, 2);
    add(200, 12, 3);
    QVERIFY(m_store->write([](SQLite::Database& db) {
        mergeIssues(db, {1, 2}, 1, beginning());
        deleteIssues(db, {3}, beginning());
        if (hasLeaving(db))
            qFatal("something is left to do");
    }));
    QCOMPARE(number("SELECT count(*) FROM events"), 21);
    QCOMPARE(faults(), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLeaving)
#include "tst_leaving.moc"
