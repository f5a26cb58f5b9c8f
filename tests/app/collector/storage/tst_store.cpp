// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The collector's store: events, issues, counters, readers and writers, restarts and crashes.

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/payload.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestStore final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void keepsAnEvent();
    void groupsByAnyKnownHash();
    void keepsProjectsApart();
    void storesARepeatOnce();
    void reopensWhatWasResolved();
    void newIssuesBecomeOngoing();
    void leavesArchivedIssuesAlone();
    void countsExactly();
    void anOlderEventDoesNotChangeTheFace();
    void countsOutcomes();
    void oneBadEventDoesNotTakeOthersAlong();
    void writesAreWhole();
    void countsBeforeAWriteSeesTheDatabase();
    void idsNeverComeBack();
    void restartKeepsEverything();
    void aCrashLosesNothing_data();
    void aCrashLosesNothing();
    void refusesNewerData();
    void refusesWhatIsNoDatabase();
    void manyThreads();

private:
    void open(Store::Options options = {});
    [[nodiscard]] QString path(const QString& name = u"c.sqlite"_s) const { return m_dir->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Store> m_store;
    std::int64_t m_project = 0;
};

void TestStore::open(Store::Options options)
{
    m_store.reset();
    if (options.path.empty())
        options.path = path().toStdString();
    auto store = Store::open(options, *m_clock);
    QVERIFY2(store.has_value(), store ? "" : qPrintable(store.error().detail));
    m_store = std::move(*store);
    const auto project = m_store->write([this](SQLite::Database& db) {
        seedDirectory(db, m_clock->now());
        return firstProject(db)->project;
    });
    QVERIFY(project.has_value());
    m_project = *project;
}

void TestStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<ManualClock>(beginning());
    open();
}

void TestStore::cleanup()
{
    if (m_store)
        QCOMPARE(faultsIn(*m_store), QStringList());
    m_store.reset();
}

void TestStore::keepsAnEvent()
{
    const auto stored = submit(
        *m_store, incoming(m_project, {.id = 7, .user = 3, .release = "app@1", .environment = "prod"}));
    QVERIFY(stored.has_value());
    QVERIFY(stored->newIssue);
    QVERIFY(!stored->duplicate);
    QCOMPARE(textOf(*m_store, "SELECT lower(hex(event_id)) FROM events"), hexId(7));
    QCOMPARE(
        textOf(*m_store, "SELECT short_id || ' ' || title || ' ' || status || ' ' || substatus FROM issues"),
        std::string("DEFAULT-1 Error: 1 unresolved new"));
    QCOMPARE(
        textOf(*m_store, "SELECT group_concat(t.key || '=' || t.value) FROM events e, json_each(e.tags) j "
                         "JOIN tag_values t ON t.id = j.value"),
        std::string("level=error,n=1"));
    QCOMPARE(textOf(*m_store, "SELECT version FROM releases r JOIN issues i ON i.first_release = r.id"),
        std::string("app@1"));
    QCOMPARE(numberOf(*m_store, "SELECT new_issues FROM releases"), 1);
    QCOMPARE(textOf(*m_store, "SELECT name FROM environments e JOIN events v ON v.environment_id = e.id"),
        std::string("prod"));
    QCOMPARE(textOf(*m_store, "SELECT key FROM event_users u JOIN issue_users i ON i.user_id = u.id"),
        std::string("id:3"));
    const auto payload = m_store->read([](SQLite::Database& db) {
        return unpackPayload(db.execAndGet("SELECT data FROM payloads").getString());
    });
    QVERIFY(payload.has_value());
    QVERIFY2(payload->starts_with("{\"id\":7,"), payload->c_str());
}

void TestStore::groupsByAnyKnownHash()
{
    const auto first = submit(*m_store, incoming(m_project, {.id = 1, .hashes = {1, 2}}));
    const auto second = submit(*m_store, incoming(m_project, {.id = 2, .hashes = {3, 2}}));
    const auto third = submit(*m_store, incoming(m_project, {.id = 3, .hashes = {3}}));
    const auto other = submit(*m_store, incoming(m_project, {.id = 4, .hashes = {4}}));
    QCOMPARE(second->issue, first->issue);
    QCOMPARE(third->issue, first->issue);
    QVERIFY(other->issue != first->issue);
    // Where the hashes name two issues, the leading one decides.
    QCOMPARE(submit(*m_store, incoming(m_project, {.id = 5, .hashes = {4, 1}}))->issue, other->issue);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_hashes"), 4);
}

void TestStore::keepsProjectsApart()
{
    const auto made = m_store->write([this](SQLite::Database& db) {
        return addProject(db, {"web-shop", "Web Shop"}, m_clock->now());
    });
    QVERIFY(made.has_value());
    const auto first = submit(*m_store, incoming(m_project, {.id = 1}));
    const auto second = submit(*m_store, incoming(made->project, {.id = 1}));
    QVERIFY(second.has_value());
    QVERIFY(!second->duplicate); // the id is unique in a project only
    QVERIFY(first->issue != second->issue);
    QCOMPARE(textOf(*m_store, "SELECT short_id FROM issues WHERE id = " + std::to_string(second->issue)),
        std::string("WEB-SHOP-1"));
}

void TestStore::storesARepeatOnce()
{
    QVERIFY(!submit(*m_store, incoming(m_project, {.id = 1}))->duplicate);
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1}))->duplicate);
    open();
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1}))->duplicate);
    // Also within one commit.
    auto a = submitLater(*m_store, incoming(m_project, {.id = 2}));
    auto b = submitLater(*m_store, incoming(m_project, {.id = 2}));
    QCOMPARE(int(a.get()->duplicate) + int(b.get()->duplicate), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count FROM issues"), 2);
    QCOMPARE(numberOf(*m_store, "SELECT sum(quantity) FROM outcomes WHERE outcome = 'duplicate'"), 3);
}

void TestStore::reopensWhatWasResolved()
{
    const auto first = submit(*m_store, incoming(m_project, {.id = 1, .hashes = {1, 2}}));
    const auto resolved = m_store->write([](SQLite::Database& db) {
        return db.exec("UPDATE issues SET status = 'resolved', substatus = NULL");
    });
    QVERIFY(resolved.has_value());
    m_clock->advance(std::chrono::hours(1));
    const auto again = submit(*m_store, incoming(m_project, {.id = 2, .hashes = {2}, .release = "app@2"}));
    QCOMPARE(again->issue, first->issue);
    QVERIFY(again->regressed);
    QVERIFY(!submit(*m_store, incoming(m_project, {.id = 3, .hashes = {1}}))->regressed);
    QCOMPARE(textOf(*m_store, "SELECT status || ' ' || substatus FROM issues"),
        std::string("unresolved regressed"));
    QCOMPARE(
        numberOf(*m_store, "SELECT status_changed FROM issues"), m_clock->now().time_since_epoch().count());
    QCOMPARE(textOf(*m_store, "SELECT group_concat(type || ' ' || data) FROM activity"),
        "set_regression {\"event_id\":\"" + hexId(2) + "\",\"version\":\"app@2\"}");
    // A repeat of an event that is known is no news.
    QVERIFY(m_store->write(
        [](SQLite::Database& db) { return db.exec("UPDATE issues SET status = 'resolved'"); }));
    QVERIFY(!submit(*m_store, incoming(m_project, {.id = 2}))->regressed);
    QCOMPARE(textOf(*m_store, "SELECT status FROM issues"), std::string("resolved"));
}

void TestStore::newIssuesBecomeOngoing()
{
    const std::string substatuses = "SELECT group_concat(ifnull(substatus, '-')) FROM issues";
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1, .hashes = {1}})));
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 2, .hashes = {2}})));
    QVERIFY(m_store->write([](SQLite::Database& db) {
        return db.exec("UPDATE issues SET status = 'resolved', substatus = NULL WHERE id = 2");
    }));
    // An event from long ago: the issue is as old as that.
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 3, .hashes = {3}, .minutes = -8 * 24 * 60})));
    QCOMPARE(textOf(*m_store, substatuses), std::string("new,-,ongoing"));
    m_clock->advance(std::chrono::hours(7 * 24 - 1));
    open();
    QCOMPARE(textOf(*m_store, substatuses), std::string("new,-,ongoing"));
    m_clock->advance(std::chrono::hours(1));
    open();
    QCOMPARE(textOf(*m_store, substatuses), std::string("ongoing,-,ongoing"));
    open(); // said once
    QCOMPARE(textOf(*m_store, "SELECT group_concat(issue_id || type || data) FROM activity"),
        std::string(R"(3auto_set_ongoing{"after_days":7},1auto_set_ongoing{"after_days":7})"));
}

void TestStore::leavesArchivedIssuesAlone()
{
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1})));
    QVERIFY(m_store->write([](SQLite::Database& db) {
        return db.exec("UPDATE issues SET status = 'ignored', substatus = 'archived_forever'");
    }));
    QVERIFY(!submit(*m_store, incoming(m_project, {.id = 2}))->regressed);
    QCOMPARE(textOf(*m_store, "SELECT status FROM issues"), std::string("ignored"));
    QCOMPARE(numberOf(*m_store, "SELECT count FROM issues"), 2);
}

void TestStore::countsExactly()
{
    // Every counter is checked against the events in cleanup(); here they come in many shapes, in many
    // commits.
    Store::Options options;
    options.tallyEvents = 7;
    open(options);
    for (int i = 1; i <= 300; ++i) {
        const EventSpec spec{.id = i,
            .hashes = {i % 11 + 1, i % 5 + 100},
            .user = i % 4,
            .minutes = (i * 37) % 1'000 - 500,
            .release = i % 3 == 0 ? "app@" + std::to_string(i % 6) : "",
            .environment = i % 2 == 0 ? "prod" : "",
            .level = i % 7 == 0 ? "warning" : "error"};
        QVERIFY(submit(*m_store, incoming(m_project, spec)).has_value());
        if (i % 100 == 0)
            QCOMPARE(faultsIn(*m_store), QStringList());
    }
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 300);
}

void TestStore::anOlderEventDoesNotChangeTheFace()
{
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1, .minutes = 100, .level = "error"})));
    QCOMPARE(numberOf(*m_store, "SELECT count FROM issues"), 1);
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 2, .minutes = 50, .level = "warning"})));
    QCOMPARE(
        textOf(*m_store, "SELECT level || ' ' || metadata FROM issues"), std::string("error {\"event\":1}"));
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 3, .minutes = 150, .level = "fatal"})));
    QCOMPARE(
        textOf(*m_store, "SELECT level || ' ' || metadata FROM issues"), std::string("fatal {\"event\":3}"));
}

void TestStore::countsOutcomes()
{
    Incoming part;
    part.project = m_project;
    part.outcomes = {{"session", "dropped", "not_kept", 2}, {"attachment", "dropped", "not_kept", 1}};
    QVERIFY(submit(*m_store, part).has_value());
    QVERIFY(submit(*m_store, part).has_value());
    m_clock->advance(std::chrono::hours(1));
    QVERIFY(submit(*m_store, part).has_value());
    QCOMPARE(textOf(*m_store, "SELECT group_concat(category || ' ' || quantity) FROM (SELECT * FROM outcomes "
                              "ORDER BY hour, category)"),
        std::string("attachment 2,session 4,attachment 1,session 2"));
}

void TestStore::oneBadEventDoesNotTakeOthersAlong()
{
    // A batch is forced by holding up the lane.
    std::promise<void> go;
    std::thread holder([&] { (void)m_store->write([&](SQLite::Database&) { go.get_future().wait(); }); });
    Incoming bad = incoming(m_project, {.id = 2});
    bad.event->facts.hashes.clear();
    auto first = submitLater(*m_store, incoming(m_project, {.id = 1}));
    auto second = submitLater(*m_store, std::move(bad));
    auto third = submitLater(*m_store, incoming(m_project, {.id = 3}));
    auto gone = submitLater(*m_store, incoming(m_project + 99, {.id = 4}));
    go.set_value();
    holder.join();
    QVERIFY(first.get().has_value());
    QCOMPARE(second.get().error().kind, core::ErrorKind::Storage);
    QVERIFY(third.get().has_value());
    QCOMPARE(gone.get().error().kind, core::ErrorKind::Storage);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 2);
}

void TestStore::writesAreWhole()
{
    const std::uint64_t before = m_store->generation();
    const core::Result<void> refused = m_store->write([](SQLite::Database& db) -> core::Result<void> {
        db.exec("DELETE FROM project_keys");
        return core::fail(core::ErrorKind::Rejected, u"no"_s);
    });
    QCOMPARE(refused.error().kind, core::ErrorKind::Rejected);
    const auto thrown = m_store->write([](SQLite::Database& db) {
        db.exec("DELETE FROM project_keys");
        return db.exec("no SQL");
    });
    QCOMPARE(thrown.error().kind, core::ErrorKind::Storage);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM project_keys"), 1);
    QCOMPARE(m_store->generation(), before);
    const auto done = m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM project_keys"); });
    QVERIFY(done.has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM project_keys"), 0);
    QVERIFY(m_store->generation() > before);
    // Readers cannot write.
    QVERIFY(!m_store->read([](SQLite::Database& db) { return db.exec("DELETE FROM projects"); }).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM projects"), 1);
}

void TestStore::countsBeforeAWriteSeesTheDatabase()
{
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1})));
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 2, .hashes = {2}})));
    // Deleting an issue takes all of it along; nothing of it is counted afterwards.
    const auto count = m_store->write([](SQLite::Database& db) {
        const int seen = db.execAndGet("SELECT sum(count) FROM issues").getInt();
        db.exec("DELETE FROM issues WHERE title = 'Error: 1'");
        db.exec("UPDATE project_hours SET count = count - 1");
        db.exec("UPDATE outcomes SET quantity = quantity - 1");
        return seen;
    });
    QCOMPARE(count.value_or(0), 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 1);
    // The next event of that kind makes a new issue, also on the lane that knew the old one.
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 3}))->newIssue);
}

void TestStore::idsNeverComeBack()
{
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 1})));
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 2, .hashes = {2}})));
    QVERIFY(m_store->write([](SQLite::Database& db) {
        db.exec("DELETE FROM issues WHERE title = 'Error: 2'");
        db.exec("UPDATE project_hours SET count = count - 1");
        db.exec("UPDATE outcomes SET quantity = quantity - 1");
    }));
    open();
    QVERIFY(submit(*m_store, incoming(m_project, {.id = 3})));
    QCOMPARE(numberOf(*m_store, "SELECT max(id) FROM events"), 3);
}

void TestStore::restartKeepsEverything()
{
    for (int i = 1; i <= 20; ++i)
        QVERIFY(submit(*m_store, incoming(m_project, {.id = i, .hashes = {i % 3 + 1}, .user = i})));
    open();
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM events"), 20);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issues"), 3);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM projects"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM users WHERE is_self"), 1);
    QVERIFY(!submit(*m_store, incoming(m_project, {.id = 21, .hashes = {1}}))->newIssue);
}

void TestStore::aCrashLosesNothing_data()
{
    QTest::addColumn<bool>("facts");
    QTest::newRow("with the payloads understood again") << true;
    QTest::newRow("without") << false;
}

void TestStore::aCrashLosesNothing()
{
    QFETCH(const bool, facts);
    Store::Options options;
    options.tallyAge = std::chrono::hours(1);
    open(options);
    for (int i = 1; i <= 20; ++i) {
        QVERIFY(submit(*m_store,
            incoming(m_project,
                {.id = i, .hashes = {i % 3 + 1}, .user = i % 5, .minutes = i, .environment = "e"})));
    }
    // What is on disk at this moment: what a SIGKILL leaves.
    QVERIFY(QFile::copy(path(), path(u"copy.sqlite"_s)));
    QVERIFY(QFile::copy(path() + u"-wal"_s, path(u"copy.sqlite-wal"_s)));
    options.path = path(u"copy.sqlite"_s).toStdString();
    int asked = 0;
    if (facts) {
        options.readFacts = [&asked](json::Value payload,
                                const ReceiveContext& context) -> core::Result<EventFacts> {
            ++asked;
            auto out = worldFacts(payload, context);
            if (out && context.envelopeEventId != out->eventId)
                return core::fail(core::ErrorKind::Internal);
            if (out)
                out->logger = "again";
            return out;
        };
    }
    open(options);
    QCOMPARE(asked, facts ? 20 : 0);
    QCOMPARE(faultsIn(*m_store), QStringList());
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 20);
    // Rows of tags and users were not written yet.
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issue_users"), facts ? 16 : 0);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issue_tags"), facts ? 40 : 0);
    QCOMPARE(textOf(*m_store, "SELECT logger || metadata FROM issues WHERE title = 'Error: 3'"),
        std::string(facts ? "again{\"event\":20}" : "root{\"event\":2}"));
}

void TestStore::refusesNewerData()
{
    m_store.reset();
    {
        SQLite::Database db(path().toStdString(), SQLite::OPEN_READWRITE);
        db.exec("PRAGMA user_version = " + std::to_string(schemaVersion() + 1));
    }
    const QByteArray before = readFile(path());
    Store::Options options;
    options.path = path().toStdString();
    const auto store = Store::open(options, *m_clock);
    QVERIFY(!store.has_value());
    QCOMPARE(store.error().kind, core::ErrorKind::NewerData);
    QCOMPARE(readFile(path()), before);
}

void TestStore::refusesWhatIsNoDatabase()
{
    QFile file(path(u"text.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10'000, 'x'));
    file.close();
    Store::Options options;
    options.path = path(u"text.sqlite"_s).toStdString();
    const auto store = Store::open(options, *m_clock);
    QVERIFY(!store.has_value());
    QCOMPARE(store.error().kind, core::ErrorKind::Storage);
    QCOMPARE(readFile(path(u"text.sqlite"_s)), QByteArray(10'000, 'x'));
    options.path = path(u"no/such/folder/c.sqlite"_s).toStdString();
    QCOMPARE(Store::open(options, *m_clock).error().kind, core::ErrorKind::Storage);
}

void TestStore::manyThreads()
{
    std::atomic<int> stored = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i) {
                const auto result = submit(*m_store,
                    incoming(m_project, {.id = 1'000 * t + i + 1, .hashes = {i % 10 + 1}, .user = i % 7}));
                stored += result && !result->duplicate ? 1 : 0;
            }
        });
    }
    for (int t = 0; t < 2; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 30; ++i) {
                // Counters and events are always seen together.
                (void)m_store->read([](SQLite::Database& db) {
                    return db.execAndGet("SELECT coalesce(sum(count), 0) FROM issues").getInt();
                });
            }
        });
    }
    threads.emplace_back([&] {
        for (int i = 0; i < 30; ++i)
            (void)m_store->write(
                [](SQLite::Database& db) { db.exec("UPDATE issues SET priority = 'high'"); });
    });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(stored.load(), 400);
    QCOMPARE(numberOf(*m_store, "SELECT sum(count) FROM issues"), 400);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestStore)
#include "tst_store.moc"
