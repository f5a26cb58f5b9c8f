// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <deque>
#include <future>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/gathering.h"
#include "tests/app/collector/storage/storeworld.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Commits that wait for company, and counters that are written in slices.
class TestTally final : public QObject
{
    Q_OBJECT

private slots:
    void aLoneSenderNeverWaits();
    void waitsForAsManyAsThereWere();
    void neverWaitsLong();
    void slicesSurviveACrashAtAnyPoint();
    void readersSeeAllOfAHalfWrittenTally();
    void theLogDoesNotGrowWithTheEvents();
};

void TestTally::aLoneSenderNeverWaits()
{
    Gathering gathering;
    QCOMPARE(gathering.expected(), std::size_t(1));
    gathering.committed(1, 0, 4ms);
    QCOMPARE(gathering.expected(), std::size_t(1));
}

void TestTally::waitsForAsManyAsThereWere()
{
    Gathering gathering;
    gathering.committed(2, 14, 3ms);
    QCOMPARE(gathering.expected(), std::size_t(16));
    QCOMPARE(gathering.patience(), Gathering::Duration(3ms));
    gathering.committed(16, 0, 3ms);
    QCOMPARE(gathering.expected(), std::size_t(16));
    gathering.committed(3, 0, 3ms); // the others have gone: waited for once, and no more
    QCOMPARE(gathering.expected(), std::size_t(3));
}

void TestTally::neverWaitsLong()
{
    Gathering gathering;
    gathering.committed(8, 8, 2s);
    QVERIFY(gathering.patience() <= Gathering::maxPatience);
}

namespace {

struct World
{
    QTemporaryDir dir;
    ManualClock clock{beginning()};
    std::unique_ptr<Store> store;
    std::int64_t project = 0;

    [[nodiscard]] QString path(const QString& name) const { return dir.filePath(name); }
    void open(Store::Options options, const QString& name = u"a.sqlite"_s)
    {
        store.reset();
        options.path = path(name).toStdString();
        auto opened = Store::open(options, clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        store = std::move(*opened);
        const auto seeded = store->write([this](SQLite::Database& db) {
            seedDirectory(db, clock.now());
            return firstProject(db)->project;
        });
        project = *seeded;
    }
    void send(int id)
    {
        const auto done = submit(*store,
            incoming(project,
                {.id = id, .hashes = {id % 7 + 1}, .user = id % 5, .minutes = id, .environment = "e"}));
        if (!done)
            qFatal("%s", qPrintable(done.error().detail));
    }
};

} // namespace

void TestTally::slicesSurviveACrashAtAnyPoint()
{
    World world;
    Store::Options slow; // one issue a slice, begun with every seventh event
    slow.tallyEvents = 7;
    slow.tallyAge = 1h;
    slow.sliceBeside = slow.sliceAlone = 0ms;
    world.open(slow);
    int halfWritten = 0;
    for (int i = 1; i <= 60; ++i) {
        world.send(i);
        // The database itself does not change before there is a checkpoint, and the log only grows: a copy of
        // both is what a power cut leaves, also while the store goes on writing.
        const QString name = u"copy%1.sqlite"_s.arg(i);
        QVERIFY(QFile::copy(world.path(u"a.sqlite"_s), world.path(name)));
        QVERIFY(QFile::copy(world.path(u"a.sqlite-wal"_s), world.path(name + u"-wal"_s)));
        SQLite::Database look(world.path(name).toStdString(), SQLite::OPEN_READWRITE);
        halfWritten += look.execAndGet("SELECT value > 0 FROM meta WHERE key = 'counting_through'").getInt();
    }
    QVERIFY(halfWritten > 0);
    world.store.reset();
    for (int i = 1; i <= 60; ++i) {
        Store::Options options;
        options.path = world.path(u"copy%1.sqlite"_s.arg(i)).toStdString();
        auto again = Store::open(options, world.clock);
        QVERIFY(again);
        QCOMPARE(faultsIn(**again), QStringList());
        QCOMPARE(numberOf(**again, "SELECT sum(count) FROM issues"), i);
    }
}

void TestTally::readersSeeAllOfAHalfWrittenTally()
{
    World world;
    Store::Options slow;
    slow.tallyEvents = 5;
    slow.tallyAge = 1h;
    slow.sliceBeside = slow.sliceAlone = 0ms;
    world.open(slow);
    for (int i = 1; i <= 40; ++i) {
        world.send(i);
        QCOMPARE(numberOf(*world.store, "SELECT sum(count) FROM issues"), i);
    }
    QCOMPARE(faultsIn(*world.store), QStringList());
}

void TestTally::theLogDoesNotGrowWithTheEvents()
{
    World world;
    world.open({});
    std::deque<std::future<core::Result<Stored>>> waiting;
    const std::string payload(3'000, 'x'); // nobody reads it
    for (int i = 1; i <= 12'000; ++i) {    // a dozen at a time, so that there are many commits
        Incoming part = incoming(world.project, {.id = i, .hashes = {i % 300 + 1}});
        part.event->payload = payload;
        waiting.push_back(submitLater(*world.store, std::move(part)));
        if (waiting.size() > 12) {
            QVERIFY(waiting.front().get());
            waiting.pop_front();
        }
    }
    while (!waiting.empty()) {
        QVERIFY(waiting.front().get());
        waiting.pop_front();
    }
    const qint64 log = QFileInfo(world.path(u"a.sqlite-wal"_s)).size();
    const qint64 database = QFileInfo(world.path(u"a.sqlite"_s)).size();
    QVERIFY2(database > 36'000'000 && log < 40'000'000, qPrintable(u"%1, %2"_s.arg(database).arg(log)));
    QCOMPARE(numberOf(*world.store, "SELECT sum(count) FROM issues"), 12'000);
}

QTEST_GUILESS_MAIN(TestTally)
#include "tst_tally.moc"
