// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Merging and taking apart at random, with events in between: afterwards every counter is what the events
// say.

#include <QTest>

#include <QTemporaryDir>

#include <map>
#include <random>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/shortid.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestMerge final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void atRandom_data();
    void atRandom();
    void keepsWhatRetentionLeft();
    void numbersAreNeverUsedAgain();
    void shortIdsOfARenamedProject();

private:
    [[nodiscard]] QStringList countersThatDiffer();
    [[nodiscard]] std::int64_t number(const std::string& sql) { return numberOf(*m_store, sql); }
    [[nodiscard]] std::vector<std::int64_t> issues();
    Merged merge(const std::vector<std::int64_t>& ids);
    Unmerged unmerge(std::int64_t issue, const std::vector<std::string>& hashes);
    void add(const EventSpec& spec);
    void open();
    /// What fits together while issues are on their way, too.
    [[nodiscard]] QStringList sumsThatDiffer();

    std::int64_t m_atOnce = movedAtOnce;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Store> m_store;
};

namespace {

/// The test's payloads do not tell the hash; the reader that the program uses has its own test.
core::Result<EventFacts> noFacts(json::Value, const ReceiveContext&)
{
    return core::fail(core::ErrorKind::Malformed, u"not here"_s);
}

} // namespace

void TestMerge::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<ManualClock>(beginning());
    m_atOnce = movedAtOnce;
    open();
    QVERIFY(m_store->write([&](SQLite::Database& db) { seedDirectory(db, beginning()); }));
}

void TestMerge::open()
{
    m_store.reset();
    Store::Options options;
    options.path = m_dir->filePath(u"c.sqlite"_s).toStdString();
    options.moveStep = std::chrono::milliseconds(0); // one piece each
    auto opened = Store::open(options, *m_clock);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_store = std::move(*opened);
}

QStringList TestMerge::sumsThatDiffer()
{
    const auto shown = m_store->read([](SQLite::Database& db) {
        QStringList faults;
        for (const char* sql :
            {
                "SELECT (SELECT sum(count) FROM issues) - (SELECT count(*) FROM events)",
                "SELECT (SELECT sum(count) FROM issue_hours) - (SELECT count(*) FROM events)",
                "SELECT count(*) FROM issues i WHERE count <> (SELECT coalesce(sum(count), 0) FROM "
                "issue_hours WHERE issue_id = i.id)",
                "SELECT count(*) FROM issues i WHERE user_count <> (SELECT count(*) FROM issue_users WHERE "
                "issue_id = i.id)",
                "SELECT (SELECT sum(count) FROM issue_users) - (SELECT count(*) FROM events WHERE user_id "
                "IS NOT NULL)",
                "SELECT (SELECT sum(count) FROM issue_tags) - (SELECT count(*) FROM events e, "
                "json_each(e.tags))",
                "SELECT count(*) FROM issue_hashes h JOIN issues i ON i.id = h.issue_id WHERE i.status LIKE "
                "'pending%'",
                "SELECT count(*) FROM issues i WHERE i.status LIKE 'pending%' AND NOT EXISTS (SELECT 1 FROM "
                "issue_redirects r JOIN issues p ON p.id = r.issue_id WHERE r.old_id = i.id AND p.status NOT "
                "LIKE 'pending%')",
            }) {
            if (const std::int64_t off = db.execAndGet(sql).getInt64(); off != 0)
                faults << u"%1: %2"_s.arg(QString::fromLatin1(sql)).arg(off);
        }
        return faults;
    });
    return shown ? *shown : QStringList(shown.error().detail);
}

std::vector<std::int64_t> TestMerge::issues()
{
    const auto out = m_store->read([](SQLite::Database& db) {
        std::vector<std::int64_t> ids;
        SQLite::Statement query(db, "SELECT id FROM issues WHERE " VEDETTE_IS_SHOWN("issues") " ORDER BY id");
        while (query.executeStep())
            ids.push_back(query.getColumn(0).getInt64());
        return ids;
    });
    return out ? *out : std::vector<std::int64_t>();
}

Merged TestMerge::merge(const std::vector<std::int64_t>& ids)
{
    const auto done = m_store->write(
        [&](SQLite::Database& db) { return mergeIssues(db, ids, 1, m_clock->now(), m_atOnce); });
    if (!done)
        qFatal("merge: %s", qPrintable(done.error().detail));
    return *done;
}

Unmerged TestMerge::unmerge(std::int64_t issue, const std::vector<std::string>& hashes)
{
    const auto done = m_store->write([&](SQLite::Database& db) {
        return unmergeIssue(db, issue, hashes, 1, m_clock->now(), noFacts, m_atOnce);
    });
    if (!done)
        qFatal("unmerge: %s", qPrintable(done.error().detail));
    return *done;
}

void TestMerge::add(const EventSpec& spec)
{
    const auto stored = submit(*m_store, incoming(1, spec));
    if (!stored || stored->duplicate)
        qFatal("event %d was not stored", spec.id);
}

/// More than faultsIn(): also when users and tags were seen, first and last releases.
QStringList TestMerge::countersThatDiffer()
{
    QStringList faults = faultsIn(*m_store);
    const std::map<const char*, const char*> rules = {
        {"users' times",
            "SELECT count(*) FROM issue_users u WHERE (first_seen, last_seen, count) IS NOT (SELECT "
            "min(timestamp), max(timestamp), count(*) FROM events e WHERE e.issue_id = u.issue_id AND "
            "e.user_id = "
            "u.user_id)"},
        {"tags' times",
            "SELECT count(*) FROM issue_tags t WHERE (first_seen, last_seen) IS NOT (SELECT "
            "min(e.timestamp), "
            "max(e.timestamp) FROM events e, json_each(e.tags) j WHERE e.issue_id = t.issue_id AND j.value = "
            "t.tag_id)"},
        {"all users are there", "SELECT count(*) FROM (SELECT DISTINCT issue_id, user_id FROM events WHERE "
                                "user_id IS NOT NULL EXCEPT "
                                "SELECT issue_id, user_id FROM issue_users)"},
        {"the latest event", "SELECT count(*) FROM issues i WHERE last_event IS NOT (SELECT id FROM events "
                             "WHERE issue_id = i.id "
                             "ORDER BY timestamp DESC, id DESC LIMIT 1)"},
        {"first release", // either of two that came at the same time
            "SELECT count(*) FROM issues i WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.issue_id = i.id "
            "AND e.timestamp = (SELECT min(timestamp) FROM events WHERE issue_id = i.id) AND e.release_id IS "
            "i.first_release)"},
        {"last release",
            "SELECT count(*) FROM issues i WHERE last_release IS NOT (SELECT release_id FROM events WHERE "
            "issue_id = i.id AND release_id IS NOT NULL ORDER BY timestamp DESC, id DESC LIMIT 1)"},
        {"new issues of releases",
            "SELECT count(*) FROM releases r WHERE new_issues <> (SELECT count(*) FROM "
            "issues WHERE first_release = r.id)"},
        {"first and last seen", "SELECT count(*) FROM issues i WHERE (first_seen, last_seen) IS NOT (SELECT "
                                "min(timestamp), max(timestamp) FROM events WHERE issue_id = i.id)"},
        {"texts", "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM texts t WHERE t.issue_id = "
                  "e.issue_id AND instr(lower(t.text), lower(e.title)) > 0) AND NOT EXISTS (SELECT 1 FROM "
                  "text_words w JOIN events o ON o.id = w.id WHERE o.issue_id = e.issue_id AND "
                  "instr(lower(w.text), lower(substr(e.title, 8))) > 0)"},
        {"an event is where its hash is", "SELECT count(*) FROM events e JOIN issue_hashes h ON h.hash = "
                                          "e.hash AND h.project_id = e.project_id "
                                          "WHERE h.issue_id <> e.issue_id"},
        {"comments",
            "SELECT count(*) FROM issues i WHERE comment_count <> (SELECT count(*) FROM activity WHERE "
            "issue_id = i.id AND type = 'note')"},
        {"a redirect leads somewhere and hides nothing",
            "SELECT count(*) FROM issue_redirects r WHERE old_id IN (SELECT id FROM issues) OR issue_id NOT "
            "IN "
            "(SELECT id FROM issues)"},
    };
    for (const auto& [name, sql] : rules) {
        if (const std::int64_t found = number(sql); found != 0)
            faults << u"%1: %2"_s.arg(QString::fromLatin1(name)).arg(found);
    }
    return faults;
}

void TestMerge::atRandom_data()
{
    QTest::addColumn<bool>("inSteps");
    QTest::newRow("at once") << false;
    QTest::newRow("in steps, cut off") << true;
}

void TestMerge::atRandom()
{
    QFETCH(const bool, inSteps);
    if (inSteps)
        m_atOnce = 0;
    const unsigned seed = qEnvironmentVariableIsSet("VEDETTE_SEED")
                              ? qEnvironmentVariable("VEDETTE_SEED").toUInt()
                              : std::random_device()();
    qInfo("seed %u (VEDETTE_SEED=%u repeats it)", seed, seed);
    std::mt19937 random(seed);
    const auto upTo = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    int next = 1;
    int minute = 0;
    std::map<std::int64_t, std::set<std::int64_t>> merged; // parent -> numbers that lead to it
    const auto addEvents = [&](int count) {
        for (int i = 0; i < count; ++i) {
            EventSpec spec;
            spec.id = next++;
            const int fault = upTo(11);
            spec.hashes = {100 + fault};
            if (fault % 3 == 0)
                spec.hashes.push_back(200 + fault); // the variant of all frames
            spec.user = upTo(6);
            minute += upTo(50);
            spec.minutes = minute;
            spec.release =
                std::string(upTo(3) == 0 ? "" : "app@1.") + (upTo(3) == 0 ? "" : std::to_string(upTo(2)));
            if (spec.release == "app@1.")
                spec.release.clear();
            spec.environment = upTo(1) == 0 ? "prod" : "";
            spec.level = upTo(2) == 0 ? "warning" : "error";
            add(spec);
        }
    };
    const auto goOn = [&](int round) {
        for (int cut = 0; inSteps && cut < 4; ++cut) {
            const QStringList faults = sumsThatDiffer();
            QVERIFY2(faults.isEmpty(), qPrintable(u"round %1: "_s.arg(round) + faults.join(u"; "_s)));
            if (upTo(1) == 0)
                open(); // wherever it stands
            addEvents(upTo(2));
        }
    };
    addEvents(60);
    for (int round = 0; round < 40; ++round) {
        m_clock->advance(std::chrono::minutes(upTo(100)));
        const auto all = issues();
        if (upTo(1) == 0 && all.size() > 1) {
            std::vector<std::int64_t> chosen;
            for (int i = 0; i <= 1 + upTo(2); ++i)
                chosen.push_back(all[std::size_t(upTo(int(all.size()) - 1))]);
            const Merged done = merge(chosen);
            goOn(round);
            for (const std::int64_t child : done.children) {
                merged[done.parent].insert(child);
                merged[done.parent].merge(merged[child]);
                merged.erase(child);
            }
            if (upTo(2) == 0) {
                QVERIFY(m_store->write([&](SQLite::Database& db) {
                    db.exec("INSERT INTO activity (issue_id, type, data, created) SELECT id, 'note', '{}', 0 "
                            "FROM "
                            "issues ORDER BY id DESC LIMIT 1");
                    db.exec(
                        "UPDATE issues SET comment_count = comment_count + 1 WHERE id = (SELECT max(id) FROM "
                        "issues)");
                }));
            }
        } else {
            const std::int64_t issue = all[std::size_t(upTo(int(all.size()) - 1))];
            const auto hashes = m_store->read([&](SQLite::Database& db) {
                std::vector<std::string> out;
                SQLite::Statement query(db, "SELECT hash FROM issue_hashes WHERE issue_id = ?");
                query.bind(1, issue);
                while (query.executeStep()) {
                    if (upTo(1) == 0)
                        out.push_back(query.getColumn(0).getString());
                }
                return out;
            });
            QVERIFY(hashes);
            const std::int64_t before = number("SELECT count(*) FROM issues");
            const Unmerged done = unmerge(issue, *hashes);
            QCOMPARE(number("SELECT count(*) FROM issues"), before + (done.issue != 0 ? 1 : 0));
            QCOMPARE(done.fault == UnmergeFault::UnknownHashes, hashes->empty());
            if (inSteps && done.issue != 0)
                QCOMPARE(merge({issue, done.issue}).children.size(), std::size_t(0)); // not while it is torn
            goOn(round);
        }
        addEvents(upTo(8));
        QTRY_COMPARE(number("SELECT count(*) FROM issues WHERE status LIKE 'pending%'"), 0);
        QTRY_COMPARE(
            number("SELECT (SELECT count(*) FROM unmerges) + (SELECT count(*) FROM unmerge_seen)"), 0);
        const QStringList faults = countersThatDiffer();
        QVERIFY2(faults.isEmpty(), qPrintable(u"round %1: "_s.arg(round) + faults.join(u"; "_s)));
    }
    for (const auto& [parent, numbers] : merged) {
        for (const std::int64_t old : numbers) {
            QCOMPARE(
                number("SELECT issue_id FROM issue_redirects WHERE old_id = " + std::to_string(old)), parent);
        }
    }
}

void TestMerge::keepsWhatRetentionLeft()
{
    // Events are deleted with time, what was counted of them is not.
    for (int i = 1; i <= 8; ++i) {
        EventSpec spec;
        spec.id = i;
        spec.hashes = {i <= 5 ? 1 : 2};
        spec.user = i % 3 + 1;
        spec.minutes = i * 30;
        add(spec);
    }
    QCOMPARE(number("SELECT count(*) FROM issues"), 2);
    QVERIFY(
        m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM events WHERE id IN (1, 2, 6)"); }));
    const Merged done = merge(issues());
    QCOMPARE(done.parent, 1);
    QCOMPARE(number("SELECT count FROM issues"), 8);
    QCOMPARE(number("SELECT user_count FROM issues"), 3);
    QCOMPARE(number("SELECT sum(count) FROM issue_hours"), 8);
    QCOMPARE(number("SELECT sum(count) FROM issue_users"), 8);
    const std::int64_t firstSeen = number("SELECT first_seen FROM issues");
    const Unmerged apart = unmerge(done.parent, {bytesOfHex(hexId(2))});
    QVERIFY(apart.issue != 0);
    // What is gone stays with the one it was counted in.
    QCOMPARE(number("SELECT count FROM issues WHERE id = 1"), 6);
    QCOMPARE(number("SELECT count FROM issues WHERE id <> 1"), 2);
    QCOMPARE(number("SELECT first_seen FROM issues WHERE id = 1"), firstSeen);
    QCOMPARE(number("SELECT sum(count) FROM issue_hours"), 8);
    QCOMPARE(number("SELECT sum(count) FROM issue_tags"), 16);
    QCOMPARE(number("SELECT user_count FROM issues WHERE id = 1"),
        number("SELECT count(*) FROM issue_users WHERE issue_id = 1"));
}

void TestMerge::numbersAreNeverUsedAgain()
{
    for (int i = 1; i <= 3; ++i)
        add({.id = i, .hashes = {i}});
    const std::string last = textOf(*m_store, "SELECT short_id FROM issues WHERE id = 3");
    QVERIFY(m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM issues WHERE id = 3"); }));
    merge({1, 2});
    add({.id = 4, .hashes = {4}});
    QCOMPARE(number("SELECT max(id) FROM issues"), 4);
    QVERIFY(textOf(*m_store, "SELECT short_id FROM issues WHERE id = 4") != last);
    const Unmerged apart = unmerge(1, {bytesOfHex(hexId(2))});
    QCOMPARE(apart.issue, 5);
    QCOMPARE(
        number("SELECT count(DISTINCT short_id) FROM (SELECT short_id FROM issues UNION ALL SELECT short_id "
               "FROM issue_redirects)"),
        4);
}

void TestMerge::shortIdsOfARenamedProject()
{
    add({.id = 1, .hashes = {1}});
    QVERIFY(m_store->write([](SQLite::Database& db) {
        db.exec("UPDATE projects SET slug = 'other' WHERE id = 1");
        addProject(db, {"default", "Default"}, beginning());
    }));
    const auto stored = submit(*m_store, incoming(2, {.id = 2, .hashes = {1}}));
    QVERIFY(stored && stored->newIssue);
    QCOMPARE(textOf(*m_store, "SELECT short_id FROM issues WHERE id = 1"), std::string("DEFAULT-1"));
    QCOMPARE(textOf(*m_store, "SELECT short_id FROM issues WHERE id = 2"), std::string("DEFAULT-2"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestMerge)
#include "tst_merge.moc"
