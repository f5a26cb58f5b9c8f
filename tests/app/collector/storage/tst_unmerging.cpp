// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Large issues that are taken apart: the hashes go at once, the events follow in steps that a crash may part.

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/discard.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/projectremoval.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/snooze.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestUnmerging final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void switchesAtOnce();
    void piecesAreSmall();
    void deletedMeanwhile_data();
    void deletedMeanwhile();
    void inVainIsUndone_data();
    void inVainIsUndone();
    void goesWithItsProject();
    void archivedSourcesStaySo();

private:
    void open();
    void close() { m_store.reset(); }
    [[nodiscard]] std::string path() const { return m_dir->filePath(u"c.sqlite"_s).toStdString(); }
    /// Makes one issue of events that these hashes lead in turn.
    void add(int first, int count, const std::vector<int>& hashes);
    /// Takes hash 1 out of issue 1.
    Unmerged unmerge();
    [[nodiscard]] std::int64_t number(const std::string& sql) { return numberOf(*m_store, sql); }
    [[nodiscard]] std::int64_t moving()
    {
        return number(
            "SELECT (SELECT count(*) FROM unmerges) + (SELECT count(*) FROM unmerge_seen) + (SELECT "
            "count(*) FROM issues WHERE NOT (" VEDETTE_IS_SHOWN("issues") "))");
    }
    /// But for what history keeps of events that somebody deleted.
    [[nodiscard]] QStringList faults();

    static constexpr int many = int(movedAtOnce) + 700;
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{beginning()};
    std::unique_ptr<Store> m_store;
};

void TestUnmerging::init()
{
    close();
    m_dir = std::make_unique<QTemporaryDir>();
    open();
    QVERIFY(m_store->write([](SQLite::Database& db) { seedDirectory(db, beginning()); }));
}

void TestUnmerging::open()
{
    close();
    Store::Options options;
    options.path = path();
    options.readFacts = worldFacts;
    options.moveStep = std::chrono::milliseconds(0); // one piece each
    auto store = Store::open(options, m_clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    m_store = std::move(*store);
}

void TestUnmerging::add(int first, int count, const std::vector<int>& hashes)
{
    std::vector<std::future<core::Result<Stored>>> waiting;
    for (int i = first; i < first + count; ++i) {
        EventSpec spec{.id = i, .hashes = {hashes[std::size_t(i) % hashes.size()], 77}};
        spec.user = i % 300 + 1;
        spec.minutes = i / 2; // some at one time
        spec.release = "r1";
        waiting.push_back(submitLater(*m_store, incoming(1, spec)));
    }
    for (auto& each : waiting)
        QVERIFY(each.get().has_value());
}

Unmerged TestUnmerging::unmerge()
{
    const auto done = m_store->write([](SQLite::Database& db) {
        return unmergeIssue(db, 1, {bytesOfHex(hexId(1))}, 1, beginning(), worldFacts);
    });
    if (!done)
        qFatal("%s", qPrintable(done.error().detail));
    return *done;
}

QStringList TestUnmerging::faults()
{
    QStringList out;
    for (const QString& fault : faultsIn(*m_store)) {
        if (!fault.startsWith(u"outcomes say"_s) && !fault.startsWith(u"project hours"_s))
            out << fault;
    }
    return out;
}

void TestUnmerging::switchesAtOnce()
{
    add(1, many, {1, 2});
    const Unmerged done = unmerge();
    QCOMPARE(done.issue, 2);
    close(); // so that it does not go on by itself
    {
        SQLite::Database db(path(), SQLite::OPEN_READWRITE);
        QVERIFY(hasLeaving(db));
        SQLite::Statement hash(db, "SELECT count(*) FROM issue_hashes WHERE issue_id = 2 AND hash = ?");
        const std::string bytes = bytesOfHex(hexId(1));
        hash.bind(1, bytes.data(), int(bytes.size()));
        QVERIFY(hash.executeStep());
        QCOMPARE(hash.getColumn(0).getInt(), 1);
        // It is there already, with its latest events.
        QVERIFY(db.execAndGet("SELECT count FROM issues WHERE id = 2").getInt() > 0);
        QCOMPARE(db.execAndGet("SELECT title FROM issues WHERE id = 2").getString(), std::string("Error: 1"));
        QCOMPARE(db.execAndGet("SELECT sum(count) FROM issues").getInt(), many);
        QCOMPARE(db.execAndGet("SELECT last_seen FROM issues WHERE id = 2").getInt64(),
            db.execAndGet("SELECT max(timestamp) FROM events WHERE issue_id = 2").getInt64());
        QVERIFY(db.execAndGet("SELECT count FROM issues WHERE id = 2").getInt() < many / 2);
    }
    open();
    // What comes now follows, and neither of the two is changed meanwhile.
    add(10'000, 1, {1});
    QCOMPARE(number("SELECT issue_id FROM events WHERE event_id = x'" + hexId(10'000) + "'"), 2);
    QTRY_COMPARE(moving(), 0);
    QCOMPARE(number("SELECT count FROM issues WHERE id = 1"), many / 2);
    QCOMPARE(number("SELECT count FROM issues WHERE id = 2"), many / 2 + 1);
    QCOMPARE(faults(), QStringList());
}

void TestUnmerging::piecesAreSmall()
{
    add(1, 2 * many, {1, 2, 3});
    close();
    SQLite::Database db(path(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA foreign_keys = ON");
    {
        SQLite::Transaction transaction(db);
        QCOMPARE(unmergeIssue(db, 1, {bytesOfHex(hexId(1))}, 1, beginning(), worldFacts).issue, 2);
        QCOMPARE(unmergeIssue(db, 1, {bytesOfHex(hexId(2))}, 1, beginning(), worldFacts).fault,
            UnmergeFault::StillMoving);
        QCOMPARE(unmergeIssue(db, 2, {bytesOfHex(hexId(1))}, 1, beginning(), worldFacts).fault,
            UnmergeFault::StillMoving);
        transaction.commit();
    }
    std::int64_t before = db.execAndGet("SELECT count(*) FROM events WHERE issue_id = 2").getInt64();
    int steps = 0;
    for (bool more = true; more; ++steps) {
        QVERIFY(steps < 1'000);
        const std::int64_t changes = db.getTotalChanges();
        SQLite::Transaction transaction(db);
        more = moveLeaving(db, beginning(), worldFacts, Counted::All, Deadline(std::chrono::seconds(0)));
        transaction.commit();
        QVERIFY2(db.getTotalChanges() - changes <= 1'500, "a piece is small");
        const std::int64_t now = db.execAndGet("SELECT count(*) FROM events WHERE issue_id = 2").getInt64();
        QVERIFY2(now - before <= 64, "few events at once");
        before = now;
    }
    QVERIFY(steps > 20);
    QCOMPARE(before, 2 * many / 3);
    open();
    QCOMPARE(faults(), QStringList());
}

void TestUnmerging::deletedMeanwhile_data()
{
    QTest::addColumn<int>("deleted");
    QTest::newRow("the source") << 1;
    QTest::newRow("the new one") << 2;
}

void TestUnmerging::deletedMeanwhile()
{
    QFETCH(const int, deleted);
    add(1, many, {1, 2, 1, 1});
    QVERIFY(m_store->write([deleted](SQLite::Database& db) {
        unmergeIssue(db, 1, {bytesOfHex(hexId(1))}, 1, beginning(), worldFacts);
        deleteIssues(db, {deleted}, beginning());
    }));
    open();
    QTRY_COMPARE(moving(), 0);
    QCOMPARE(number("SELECT count(*) FROM issues"), 1);
    QCOMPARE(number("SELECT count(*) FROM events"), deleted == 1 ? many * 3 / 4 : many / 4);
    QCOMPARE(number("SELECT count FROM issues"), number("SELECT count(*) FROM events"));
    QCOMPARE(faults(), QStringList());
}

void TestUnmerging::inVainIsUndone_data()
{
    QTest::addColumn<bool>("allLeave");
    QTest::newRow("none leaves") << false;
    QTest::newRow("none stays") << true;
}

void TestUnmerging::inVainIsUndone()
{
    // More than is looked at before it begins.
    QFETCH(const bool, allLeave);
    constexpr int enough = 4'200;
    add(1, enough, {allLeave ? 1 : 2});
    QVERIFY(m_store->write([](SQLite::Database& db) {
        SQLite::Statement hash(db, "INSERT OR IGNORE INTO issue_hashes VALUES (1, ?, 1)");
        const std::string bytes = bytesOfHex(hexId(1));
        hash.bind(1, bytes.data(), int(bytes.size()));
        hash.exec();
    }));
    const std::string title = textOf(*m_store, "SELECT title FROM issues");
    QCOMPARE(unmerge().issue, 2);
    QTRY_COMPARE_WITH_TIMEOUT(moving(), 0, 20'000);
    QCOMPARE(number("SELECT count(*) FROM issues"), 1);
    QCOMPARE(number("SELECT id FROM issues"), 1);
    QCOMPARE(number("SELECT count(*) FROM issue_hashes WHERE issue_id = 1"), allLeave ? 2 : 3);
    QCOMPARE(number("SELECT issue_id FROM issue_redirects WHERE old_id = 2"), 1);
    QCOMPARE(textOf(*m_store, "SELECT title FROM issues"), title);
    QCOMPARE(number("SELECT count(*) FROM events"), enough);
    QCOMPARE(faults(), QStringList());
}

void TestUnmerging::goesWithItsProject()
{
    add(1, many, {1, 2});
    QVERIFY(m_store->write([](SQLite::Database& db) {
        unmergeIssue(db, 1, {bytesOfHex(hexId(1))}, 1, beginning(), worldFacts);
        removeProject(db, 1);
    }));
    QTRY_COMPARE(number("SELECT count(*) FROM projects"), 0);
    QTRY_COMPARE(moving(), 0);
    QCOMPARE(number("SELECT count(*) FROM events"), 0);
    QCOMPARE(number("SELECT count(*) FROM issues"), 0);
}

void TestUnmerging::archivedSourcesStaySo()
{
    add(1, many, {1, 2});
    QVERIFY(m_store->write([](SQLite::Database& db) {
        db.exec(
            "UPDATE issues SET status = 'ignored', substatus = 'archived_until_condition_met' WHERE id = 1");
        Snooze snooze;
        snooze.count = 10;
        snooze.created = (beginning() + std::chrono::hours(24 * 365)).time_since_epoch().count();
        snooze.start(db, 1);
    }));
    QCOMPARE(unmerge().issue, 2);
    QTRY_COMPARE(moving(), 0);
    add(20'000, 9, {2});
    QCOMPARE(textOf(*m_store, "SELECT status FROM issues WHERE id = 1"), std::string("ignored"));
    add(20'100, 1, {2});
    QCOMPARE(textOf(*m_store, "SELECT status FROM issues WHERE id = 1"), std::string("unresolved"));
    QCOMPARE(faults(), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestUnmerging)
#include "tst_unmerging.moc"
