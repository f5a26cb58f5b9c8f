// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The store on a disk that fails: at the n-th call for every n, and as a whole. Whatever was acknowledged is
// there, once; nothing is half-written; afterwards it goes on.

#include <filesystem>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/directory.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestStoreFaults final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void theNthCallFailsWhileStoring_data() { addWays(); }
    void theNthCallFailsWhileStoring();
    void theNthCallFailsWhileOpening_data() { addWays(); }
    void theNthCallFailsWhileOpening();
    void theNthCallFailsInAWrite();
    void aFullDiskIsSaidAndOutlived();
    void whatIsKeptHoldsNobodyUp();

private:
    [[nodiscard]] Store::Options options(const QString& path) const;
    /// A database with a project and one issue, and 5 events that are not counted yet, as a crash leaves it.
    void makeTemplate();
    [[nodiscard]] QString copyTemplate();
    std::unique_ptr<Store> reopened(const QString& path);
    /// The files of that database are, byte by byte, what an earlier case left: what a start makes of them is
    /// known.
    [[nodiscard]] bool wasSeen(const QString& path);

    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{beginning()};
    std::int64_t m_project = 1;
    int m_copies = 0;
    QSet<QByteArray> m_seen;
    bool m_journal = false;

    static void addWays();
};

Store::Options TestStoreFaults::options(const QString& path) const
{
    Store::Options out;
    out.path = path.toStdString();
    out.vfs = FaultVfs::name();
    out.tallyEvents = 3; // so that writing the counters is among what fails
    out.tallyAge = out.retryPeriod = std::chrono::milliseconds(10); // what failed comes again soon
    out.readFacts = worldFacts;
    out.journal = m_journal;
    return out;
}

void TestStoreFaults::init()
{
    FaultVfs::disarm();
    m_journal = false;
    m_seen.clear();
    m_dir = std::make_unique<QTemporaryDir>();
    makeTemplate();
}

void TestStoreFaults::makeTemplate()
{
    Store::Options uncounted = options(m_dir->filePath(u"first"_s));
    uncounted.tallyEvents = 1'000;
    uncounted.tallyAge = std::chrono::hours(1);
    auto store = Store::open(uncounted, m_clock);
    QVERIFY(store.has_value());
    QVERIFY((*store)->write([this](SQLite::Database& db) { seedDirectory(db, m_clock.now()); }));
    for (int i = 1; i <= 5; ++i)
        QVERIFY(
            submit(**store, incoming(m_project, {.id = i, .hashes = {i % 2 + 1}, .user = i})).has_value());
    QVERIFY(QFile::copy(m_dir->filePath(u"first"_s), m_dir->filePath(u"template"_s)));
    QVERIFY(QFile::copy(m_dir->filePath(u"first-wal"_s), m_dir->filePath(u"template-wal"_s)));
}

QString TestStoreFaults::copyTemplate()
{
    const QString path = m_dir->filePath(u"copy%1"_s.arg(++m_copies));
    // Not QFile::copy(): that waits for the disk, each time.
    for (const char* end : {"", "-wal"}) {
        std::filesystem::copy_file((m_dir->filePath(u"template"_s) + QLatin1String(end)).toStdString(),
            (path + QLatin1String(end)).toStdString());
    }
    return path;
}

bool TestStoreFaults::wasSeen(const QString& path)
{
    const QFileInfo database(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QStringList names =
        database.dir().entryList({database.fileName(), database.fileName() + u"-*"_s}, QDir::Files);
    for (const QString& name : names) {
        if (name.endsWith(u"-shm"_s))
            continue;
        QFile file(database.dir().filePath(name));
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            qFatal("cannot read %s", qPrintable(name));
        hash.addData(name.mid(database.fileName().size()).toUtf8());
    }
    const QByteArray whole = hash.result();
    const bool known = m_seen.contains(whole);
    m_seen.insert(whole);
    return known;
}

std::unique_ptr<Store> TestStoreFaults::reopened(const QString& path)
{
    auto store = Store::open(options(path), m_clock);
    if (!store)
        qFatal("cannot reopen: %s", qPrintable(store.error().detail));
    return std::move(*store);
}

void TestStoreFaults::addWays()
{
    QTest::addColumn<bool>("journal");
    QTest::newRow("with a journal") << true;
    QTest::newRow("without") << false;
}

void TestStoreFaults::theNthCallFailsWhileStoring()
{
    QFETCH(const bool, journal);
    m_journal = journal;
    int failed = 0;
    long calls = 0;
    for (long n = 0;; ++n) {
        const QString path = copyTemplate();
        QList<int> acknowledged;
        bool struck = false;
        {
            auto store = reopened(path);
            FaultVfs::failOnce(n);
            for (int id = 101; id <= 104; ++id) {
                const auto result = submit(
                    *store, incoming(m_project,
                                {.id = id, .hashes = {id, 1}, .user = id, .release = std::to_string(id)}));
                if (result)
                    acknowledged << id;
                else
                    QCOMPARE(result.error().kind, core::ErrorKind::Storage);
            }
            if (journal) // what is acknowledged is filed before it is read
                (void)store->read([](SQLite::Database& db) { return db.execAndGet("SELECT 1").getInt(); });
            struck = FaultVfs::disarm();
            for (const int id : std::as_const(acknowledged)) {
                const std::string there = "SELECT count(*) FROM events WHERE event_id = x'" + hexId(id) + "'";
                QCOMPARE(numberOf(*store, there), 1);
            }
            // It goes on as if nothing had been, with the events that were refused too.
            for (int id = 101; id <= 105; ++id)
                QVERIFY(submit(*store, incoming(m_project, {.id = id, .hashes = {id, 1}, .user = id}))
                            .has_value());
            QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 10);
            QCOMPARE(faultsIn(*store), QStringList());
        }
        failed += acknowledged.size() < 4 ? 1 : 0;
        calls = n;
        const auto store = reopened(path);
        QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 10);
        QCOMPARE(faultsIn(*store), QStringList());
        if (!struck)
            break;
    }
    // Where the journal fails, the database takes it, and the other way round.
    QVERIFY2(calls > 20 && (journal || failed > 5), "hardly any call of storing an event was made to fail");
}

void TestStoreFaults::theNthCallFailsWhileOpening()
{
    QFETCH(const bool, journal);
    m_journal = journal;
    int failed = 0;
    for (long n = 0;; ++n) {
        const QString path = copyTemplate();
        FaultVfs::failOnce(n);
        {
            const auto store = Store::open(options(path), m_clock);
            if (!store) {
                QCOMPARE(store.error().kind, core::ErrorKind::Storage);
                ++failed;
            }
        }
        const bool struck = FaultVfs::disarm();
        if (!wasSeen(path)) {
            const auto store = reopened(path);
            QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 5);
            QCOMPARE(faultsIn(*store), QStringList());
        }
        if (!struck)
            break;
    }
    QVERIFY2(failed > 5, "hardly any call of opening was made to fail");
}

void TestStoreFaults::theNthCallFailsInAWrite()
{
    int failed = 0;
    for (long n = 0;; ++n) {
        const QString path = copyTemplate();
        bool struck = false;
        bool done = false;
        {
            auto store = reopened(path);
            FaultVfs::failOnce(n);
            const auto result = store->write([this](SQLite::Database& db) {
                addProject(db, {"second", "Second"}, m_clock.now());
                return addProject(db, {"third", "Third"}, m_clock.now());
            });
            struck = FaultVfs::disarm();
            done = result.has_value();
        }
        failed += done ? 0 : 1;
        const auto store = reopened(path);
        // Both or none.
        QCOMPARE(numberOf(*store, "SELECT count(*) FROM projects"), done ? 3 : 1);
        QCOMPARE(numberOf(*store, "SELECT count(*) FROM project_keys"), done ? 3 : 1);
        QCOMPARE(faultsIn(*store), QStringList());
        if (!struck)
            break;
    }
    QVERIFY2(failed > 2, "hardly any call of a write was made to fail");
}

void TestStoreFaults::aFullDiskIsSaidAndOutlived()
{
    const QString path = copyTemplate();
    Store::Options slow = options(path);
    slow.tallyAge = std::chrono::hours(1);
    auto store = std::move(*Store::open(slow, m_clock));
    QVERIFY(submit(*store, incoming(m_project, {.id = 200})).has_value());
    FaultVfs::failWrites(true);
    for (int id = 201; id <= 205; ++id) {
        const auto result = submit(*store, incoming(m_project, {.id = id}));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, core::ErrorKind::Storage);
        QVERIFY(!result.error().detail.isEmpty());
    }
    // What is stored can still be read, though the last counts are not in the tables yet.
    QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 6);
    QCOMPARE(numberOf(*store, "SELECT sum(count) FROM issues"), 5);
    FaultVfs::failWrites(false);
    QVERIFY(submit(*store, incoming(m_project, {.id = 206})).has_value());
    QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 7);
    QCOMPARE(faultsIn(*store), QStringList());
}

/// The disk refuses when more events are acknowledged than are stored at once: others are refused, not held
/// up, reading and ending go on, and the next start files them.
void TestStoreFaults::whatIsKeptHoldsNobodyUp()
{
    m_journal = true;
    const QString path = copyTemplate();
    Store::Options small = options(path);
    small.batch = 2;
    {
        auto store = std::move(*Store::open(small, m_clock));
        QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 5);
        std::vector<std::future<core::Result<Stored>>> taken;
        for (int id = 301; id <= 308; ++id)
            taken.push_back(submitLater(*store, incoming(m_project, {.id = id})));
        for (auto& each : taken)
            QVERIFY(each.get().has_value());
        FaultVfs::failWrites(true); // before they are filed, or as many of them as are not
        for (int i = 0; i < 3; ++i) {
            Incoming counted;
            counted.project = m_project;
            counted.outcomes = {{"session", "dropped", "", 1}};
            QVERIFY(!submit(*store, std::move(counted)).has_value());
            QVERIFY(!submit(*store, incoming(m_project, {.id = 320 + i})).has_value());
            QVERIFY(store->read([](SQLite::Database& db) { return db.execAndGet("SELECT 1").getInt(); })
                        .has_value());
            QVERIFY(!store->write([](SQLite::Database& db) { db.exec("UPDATE projects SET name = 'x'"); })
                         .has_value());
        }
    }
    FaultVfs::disarm();
    const auto store = reopened(path);
    QCOMPARE(numberOf(*store, "SELECT count(*) FROM events"), 13);
    QCOMPARE(faultsIn(*store), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestStoreFaults)
#include "tst_storefaults.moc"
