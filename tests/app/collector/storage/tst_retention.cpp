// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is too old or too much goes, the oldest first and in small steps; counters, series, short ids and
// issues stay; the disk gets its space back.

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <random>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/retention.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/space.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestRetention final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void byAge();
    void theLimitsCanBeSet();
    void byDiskCap();
    void aProjectsOwnCap();
    void attachmentsWithoutTheirEvent();
    void outcomesAreAddedUp();
    void tagsAndUsersGoWithTheirEvents();
    void doesNotStallIngest();
    void aFileFromBeforeCanShrink();

private:
    void open();
    void close() { m_store.reset(); }
    /// Runs a round on the closed store; returns how many steps it took.
    int runRound();
    /// Stores an event whose payload takes about so many bytes on disk.
    void storeLarge(int id, std::int64_t minutes, std::int64_t project = 1, int bytes = 20'000);
    [[nodiscard]] qint64 fileSize() const { return QFileInfo(QString::fromStdString(m_options.path)).size(); }
    [[nodiscard]] std::vector<int> storedIds();

    std::unique_ptr<QTemporaryDir> m_dir;
    Store::Options m_options;
    ManualClock m_clock{beginning()};
    std::unique_ptr<Store> m_store;
    std::minstd_rand m_random{7};
};

namespace {

/// Fields as event/aspects.h packs them.
std::string packRecord(std::initializer_list<std::string> fields)
{
    std::string out;
    for (const std::string& field : fields)
        out += (&field == fields.begin() ? "" : "\x1f") + field;
    return out + '\x1e';
}

} // namespace

void TestRetention::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.path = m_dir->filePath(u"collector.sqlite"_s).toStdString();
    m_clock.set(beginning());
    open();
    QVERIFY(m_store->write([this](SQLite::Database& db) {
        seedDirectory(db, m_clock.now(), {{"one", "One"}, {"two", "Two"}});
    }));
}

void TestRetention::open()
{
    auto store = Store::open(m_options, m_clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    m_store = std::move(*store);
}

int TestRetention::runRound()
{
    close();
    auto db = openWriter(m_options.path);
    if (!db)
        qFatal("%s", qPrintable(db.error().detail));
    Retention retention(**db, m_clock.now());
    int steps = 1;
    while (retention.step(m_clock.now(), 0).isMore)
        ++steps;
    if ((*db)->execAndGet("PRAGMA foreign_keys").getInt() != 1)
        qFatal("foreign keys were left off");
    db->reset();
    open();
    return steps;
}

void TestRetention::storeLarge(int id, std::int64_t minutes, std::int64_t project, int bytes)
{
    Incoming part =
        incoming(project, {.id = id, .hashes = {id % 3 + 1}, .user = id % 5 + 1, .minutes = minutes});
    part.event->payload.resize(std::size_t(bytes));
    for (char& byte : part.event->payload)
        byte = static_cast<char>(m_random());
    if (!submit(*m_store, std::move(part)))
        qFatal("not stored");
}

std::vector<int> TestRetention::storedIds()
{
    const auto ids = m_store->read([](SQLite::Database& db) {
        std::vector<int> out;
        SQLite::Statement query(db, "SELECT event_id FROM events ORDER BY id");
        while (query.executeStep())
            out.push_back(std::stoi(hexOfBytes(query.getColumn(0).getString())));
        return out;
    });
    return *ids;
}

void TestRetention::byAge()
{
    constexpr std::int64_t day = 24 * 60;
    for (int i = 1; i <= 100; ++i)
        storeLarge(i, i * day, 1, 200);
    QVERIFY(m_store->write([](SQLite::Database& db) {
        for (const int id : {1, 99}) {
            SQLite::Statement attachment(db,
                "INSERT INTO attachments (project_id, event_id, name, type, size, sha1, created) "
                "SELECT project_id, event_id, 'log.txt', 'event.attachment', 3, '', received FROM events "
                "WHERE id = ?");
            attachment.bind(1, id);
            attachment.exec();
            SQLite::Statement parts(db,
                "INSERT INTO attachment_parts SELECT (SELECT max(id) FROM attachments), value, "
                "'abc' FROM json_each('[0,1,2,3,4,5,6]')");
            parts.exec();
            SQLite::Statement report(db,
                "INSERT INTO user_reports (project_id, event_id, comments, created) "
                "SELECT project_id, event_id, 'it broke', received FROM events WHERE id = ?");
            report.bind(1, id);
            report.exec();
        }
    }));
    const std::string counters = textOf(*m_store, "SELECT group_concat(id || ' ' || short_id || ' ' || count "
                                                  "|| ' ' || user_count || ' ' || first_seen || ' ' "
                                                  "|| last_seen || ' ' || title, ';') FROM issues");
    const std::int64_t hours = numberOf(*m_store, "SELECT sum(count) FROM issue_hours");
    const std::int64_t projectHours = numberOf(*m_store, "SELECT sum(count) FROM project_hours");
    QCOMPARE(hours, 100);

    m_clock.set(beginning() + 24h * 89);
    runRound();
    QCOMPARE(storedIds().size(), std::size_t(100)); // none is too old

    m_clock.set(beginning() + 24h * (90 + 60));
    runRound();
    QCOMPARE(storedIds().size(), std::size_t(41)); // the 60th is exactly as old as may be
    QCOMPARE(storedIds().front(), 60);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM payloads"), 41);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachment_parts"), 7);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM user_reports"), 1);

    m_clock.set(beginning() + 24h * 1'000);
    runRound();
    QCOMPARE(storedIds().size(), std::size_t(0));
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachment_parts"), 0);
    QCOMPARE(textOf(*m_store, "SELECT group_concat(id || ' ' || short_id || ' ' || count || ' ' || "
                              "user_count || ' ' || first_seen "
                              "|| ' ' || last_seen || ' ' || title, ';') FROM issues"),
        counters);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issue_hours"), hours);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM project_hours"), projectHours);
    QCOMPARE(textOf(*m_store, "PRAGMA integrity_check"), std::string("ok"));
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);

    // The next event of an issue without events: the same issue, counted on.
    storeLarge(1'000, 1'000 * day, 1, 200);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issues"), 3);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 101);
}

void TestRetention::theLimitsCanBeSet()
{
    for (int i = 1; i <= 10; ++i)
        storeLarge(i, i * 24 * 60, 1, 200);
    m_clock.set(beginning() + 24h * 1'000);
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { db.exec("INSERT INTO meta VALUES ('retention_days', 0)"); }));
    runRound();
    QCOMPARE(storedIds().size(), std::size_t(10));
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { db.exec("UPDATE meta SET value = '995' WHERE key = 'retention_days'"); }));
    runRound();
    QCOMPARE(storedIds().size(), std::size_t(6));
}

void TestRetention::byDiskCap()
{
    for (int i = 1; i <= 400; ++i)
        storeLarge(i, i);
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { db.exec("INSERT INTO meta VALUES ('retention_bytes', 4000000)"); }));
    m_clock.set(beginning() + 8h);
    const int steps = runRound();
    const std::vector<int> kept = storedIds();
    QVERIFY2(kept.size() > 100 && kept.size() < 200, qPrintable(QString::number(kept.size())));
    QCOMPARE(kept.back(), 400);
    QCOMPARE(kept.front(), int(401 - kept.size())); // the oldest went, and no other
    QVERIFY(steps > 1);
    const auto used = m_store->read([](SQLite::Database& db) { return spaceUse(db).usedBytes(); });
    QVERIFY(*used <= 4'000'000);
    close();
    QVERIFY2(fileSize() < 5'200'000, qPrintable(QString::number(fileSize())));
    open();
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 400);
    QCOMPARE(textOf(*m_store, "PRAGMA integrity_check"), std::string("ok"));
    // Below the cap nothing goes.
    runRound();
    QCOMPARE(storedIds(), kept);
    // A cap that the tables alone pass: all events go, and it comes to an end.
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { db.exec("UPDATE meta SET value = 1000 WHERE key = 'retention_bytes'"); }));
    runRound();
    QCOMPARE(storedIds().size(), std::size_t(0));
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 400);
}

void TestRetention::aProjectsOwnCap()
{
    for (int i = 1; i <= 100; ++i)
        storeLarge(i, i, 1 + i % 2, 10'000);
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { db.exec("UPDATE projects SET max_bytes = 200000 WHERE id = 2"); }));
    m_clock.set(beginning() + 8h);
    runRound();
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events WHERE project_id = 1"), 50);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events WHERE project_id = 2"), 19);
    QCOMPARE(numberOf(*m_store, "SELECT min(timestamp) FROM events WHERE project_id = 2"),
        (beginning() + 63min).time_since_epoch().count());

    // The sums are kept from round to round: also of what comes, and of what others delete.
    close();
    auto db = std::move(*openWriter(m_options.path));
    Retention retention(*db, m_clock.now());
    std::uint64_t generation = 0;
    const auto round = [&] {
        while (retention.step(m_clock.now(), generation).isMore) {
        }
        return db->execAndGet("SELECT count(*) FROM events WHERE project_id = 2").getInt();
    };
    QCOMPARE(round(), 19);
    db->exec(
        "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE project_id = 2 ORDER BY id LIMIT 9)");
    ++generation;
    db->exec("INSERT INTO events SELECT id + 1000, 2, issue_id, randomblob(16), timestamp, received, sent, "
             "type, level, "
             "platform, title, culprit, message, environment_id, release_id, user_id, unhandled, size, tags, "
             "user_agent, "
             "remote, hash FROM events WHERE project_id = 1 ORDER BY id LIMIT 12");
    db->exec("INSERT INTO payloads SELECT id, randomblob(10000) FROM events WHERE id > 1000");
    db->exec("UPDATE meta SET value = (SELECT max(id) FROM events) WHERE key = 'counted_through'");
    // 10 + 12 are too many by two, not by eleven.
    QCOMPARE(round(), 19);
}

void TestRetention::attachmentsWithoutTheirEvent()
{
    storeLarge(1, 0, 1, 200);
    QVERIFY(m_store->write([this](SQLite::Database& db) {
        for (const int days : {0, 50}) {
            SQLite::Statement attachment(db,
                "INSERT INTO attachments (project_id, event_id, name, type, size, sha1, created) "
                "VALUES (1, randomblob(16), 'core', 'event.minidump', 3, '', ?)");
            attachment.bind(1, std::int64_t((m_clock.now() + 24h * days).time_since_epoch().count()));
            attachment.exec();
            db.exec("INSERT INTO attachment_parts VALUES (last_insert_rowid(), 0, 'abc')");
        }
    }));
    m_clock.set(beginning() + 24h * 100);
    runRound();
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachments"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM attachment_parts"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 0);
}

void TestRetention::outcomesAreAddedUp()
{
    QVERIFY(m_store->write([this](SQLite::Database& db) {
        const std::int64_t now = m_clock.now().time_since_epoch().count() / 3'600'000;
        for (int hour = 0; hour < 300; ++hour) {
            SQLite::Statement insert(db, "INSERT INTO outcomes VALUES (?, 1, 'error', 'accepted', '', 2)");
            insert.bind(1, now + hour);
            insert.exec();
            SQLite::Statement hours(db, "INSERT INTO transaction_hours VALUES (1, ?, 'GET /', 1, x'00')");
            hours.bind(1, now + hour);
            hours.exec();
        }
    }));
    m_clock.set(beginning() + 24h * 90 + 200h);
    runRound();
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM outcomes"), 101);
    QCOMPARE(numberOf(*m_store, "SELECT sum(quantity) FROM outcomes"), 600);
    QCOMPARE(numberOf(*m_store, "SELECT quantity FROM outcomes WHERE hour = 0"), 400);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM transaction_hours"), 100);
}

void TestRetention::tagsAndUsersGoWithTheirEvents()
{
    constexpr std::int64_t day = 24 * 60;
    for (int i = 1; i <= 200; ++i) {
        const bool isOld = i <= 20; // of an issue and a release that no later event has
        Incoming part = incoming(1, {.id = i,
                                        .hashes = {isOld ? 99 : i % 3 + 1},
                                        .user = i,
                                        .minutes = i * day,
                                        .release = isOld ? "old" : "new"});
        part.event->facts.tags.emplace_back("number", std::to_string(i));
        const std::string age = isOld ? "old" : "new";
        part.event->facts.frames =
            packRecord({age + ".py", "", "main", "", ""}) + packRecord({"both.py", "", "main", "", ""});
        part.event->facts.aspects = packRecord({"age", age});
        QVERIFY(submit(*m_store, std::move(part)).has_value());
    }
    const std::int64_t users = numberOf(*m_store, "SELECT sum(user_count) FROM issues");
    m_clock.set(beginning() + 24h * (90 + 150));
    runRound(); // the first sweep comes a little after the start
    m_clock.set(m_clock.now() + 11min);
    close();
    {
        auto db = std::move(*openWriter(m_options.path));
        Retention retention(*db, m_clock.now() - 11min);
        bool lookupsGone = false;
        for (bool isMore = true; isMore;) {
            const auto step = retention.step(m_clock.now(), 0);
            isMore = step.isMore;
            lookupsGone = lookupsGone || step.lookupsGone;
        }
        QVERIFY(lookupsGone);
        QCOMPARE(db->execAndGet("PRAGMA foreign_keys").getInt(), 1);
    }
    open();
    const std::int64_t kept = numberOf(*m_store, "SELECT count(*) FROM events");
    QVERIFY(kept == 50 || kept == 51);
    // Of the events that are still there, every tag and every user.
    QCOMPARE(numberOf(*m_store,
                 "SELECT count(*) FROM events e, json_each(e.tags) t LEFT JOIN tag_values v ON v.id = "
                 "t.value WHERE v.id IS NULL"),
        0);
    QCOMPARE(numberOf(*m_store,
                 "SELECT count(*) FROM events e LEFT JOIN event_users u ON u.id = e.user_id WHERE u.id "
                 "IS NULL"),
        0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM tag_values WHERE key = 'number'"), kept);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM event_users"), kept);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_users"), kept);
    QCOMPARE(numberOf(*m_store, "SELECT sum(user_count) FROM issues"), users);
    QCOMPARE(textOf(*m_store, "SELECT group_concat(filename) FROM (SELECT filename FROM frames ORDER BY 1)"),
        std::string("both.py,new.py"));
    QCOMPARE(textOf(*m_store, "SELECT group_concat(value) FROM aspects"), std::string("new"));
    QCOMPARE(numberOf(*m_store, "SELECT count(DISTINCT issue_id) FROM issue_frames"), 3);
    QCOMPARE(textOf(*m_store, "SELECT group_concat(r.version) FROM release_environments x JOIN releases r ON "
                              "r.id = x.release_id"),
        std::string("new"));
    // Full text: one shape an issue, now that of an event that is still there.
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts WHERE id NOT IN (SELECT id FROM events)"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(DISTINCT issue_id) FROM texts"), 3);
    QCOMPARE(
        numberOf(*m_store, "SELECT count(*) FROM text_words WHERE id NOT IN (SELECT id FROM events)"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    QCOMPARE(textOf(*m_store, "PRAGMA integrity_check"), std::string("ok"));
}

void TestRetention::doesNotStallIngest()
{
    // The lane itself: events come while others go, and what was looked up is not remembered wrongly.
    for (int i = 1; i <= 300; ++i)
        storeLarge(i, i);
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { db.exec("INSERT INTO meta VALUES ('retention_bytes', 3000000)"); }));
    close();
    m_options.choresPeriod = 0ms;
    m_clock.set(beginning() + 8h);
    open();
    for (int i = 301; i <= 500; ++i)
        storeLarge(i, i);
    const auto over = [this] {
        return *m_store->read([](SQLite::Database& db) { return spaceUse(db).usedBytes(); }) > 3'000'000;
    };
    QTRY_VERIFY_WITH_TIMEOUT(!over(), 20'000);
    const std::vector<int> kept = storedIds();
    QVERIFY(kept.size() > 50 && kept.size() < 150);
    QCOMPARE(kept.back(), 500);
    QCOMPARE(kept.front(), int(501 - kept.size()));
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 500);
    QCOMPARE(textOf(*m_store, "PRAGMA integrity_check"), std::string("ok"));
}

void TestRetention::aFileFromBeforeCanShrink()
{
    for (int i = 1; i <= 50; ++i)
        storeLarge(i, i);
    close();
    {
        SQLite::Database db(m_options.path, SQLite::OPEN_READWRITE);
        db.exec("PRAGMA journal_mode = DELETE");
        db.exec("PRAGMA auto_vacuum = NONE");
        db.exec("VACUUM");
        QCOMPARE(db.execAndGet("PRAGMA auto_vacuum").getInt(), 0);
    }
    open();
    QCOMPARE(numberOf(*m_store, "PRAGMA auto_vacuum"), 2);
    QCOMPARE(storedIds().size(), std::size_t(50));
    QCOMPARE(faultsIn(*m_store), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRetention)
#include "tst_retention.moc"
