// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The power goes at any moment while events are stored, counted, trimmed and the log is moved into the
// database: whatever the disk is left with, it opens, nothing that was acknowledged is missing, and all fits
// together.

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/shortid.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"
#include "tests/support/powercut.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestPowerCut final : public QObject
{
    Q_OBJECT

private slots:
    void nothingAcknowledgedIsLost_data();
    void nothingAcknowledgedIsLost();
    void duringTheFirstStart();
    void aDiskThatLiesIsFoundOut();

private:
    /// Stores events from that id on and notes when each was acknowledged.
    void storeEvents(Store& store, int from, int count, int payloadBytes);
    /// What is wrong with an image; empty: nothing.
    [[nodiscard]] QString faultOf(const std::string& path, std::size_t moment) const;
    [[nodiscard]] Store::Options options(const std::string& path) const;
    [[nodiscard]] std::vector<std::size_t> moments(int count, std::mt19937& random) const;

    ManualClock m_clock{beginning()};
    std::map<int, std::size_t> m_acknowledged; ///< event: moment
    std::size_t m_seeded = 0;
    bool m_journal = true;
};

namespace {

/// Many with VEDETTE_FULL.
int imageCount(int usual)
{
    return qEnvironmentVariableIsSet("VEDETTE_FULL") ? usual * 20 : usual;
}

} // namespace

void TestPowerCut::storeEvents(Store& store, int from, int count, int payloadBytes)
{
    std::vector<std::pair<int, std::future<core::Result<Stored>>>> under;
    for (int id = from; id < from + count; ++id) {
        Incoming part = incoming(1,
            {.id = id,
                .hashes = {id % 7 + 1},
                .user = id % 11,
                .minutes = id,
                .release = std::to_string(id % 3)},
            payloadBytes);
        under.emplace_back(id, submitLater(store, std::move(part)));
        // Now one by one, now several in one commit.
        if (under.size() < std::size_t(id % 5 + 1))
            continue;
        for (auto& [waiting, result] : under) {
            QVERIFY(result.get().has_value());
            m_acknowledged[waiting] = PowerCut::now();
        }
        under.clear();
    }
    for (auto& [waiting, result] : under) {
        QVERIFY(result.get().has_value());
        m_acknowledged[waiting] = PowerCut::now();
    }
}

Store::Options TestPowerCut::options(const std::string& path) const
{
    Store::Options out;
    out.path = path;
    out.readFacts = worldFacts;
    out.journal = m_journal;
    out.tallyEvents = 20;
    return out;
}

std::vector<std::size_t> TestPowerCut::moments(int count, std::mt19937& random) const
{
    std::vector<std::size_t> out;
    std::uniform_int_distribution<std::size_t> any(0, PowerCut::now());
    for (int i = 0; i < count; ++i)
        out.push_back(any(random));
    std::sort(out.begin(), out.end());
    return out;
}

QString TestPowerCut::faultOf(const std::string& path, std::size_t moment) const
{
    auto store = Store::open(options(path), m_clock);
    if (!store)
        return u"does not open: "_s + store.error().detail;
    const auto stored = (*store)->read([](SQLite::Database& db) {
        std::set<int> out;
        SQLite::Statement query(db, "SELECT event_id FROM events");
        while (query.executeStep()) {
            if (!out.insert(std::stoi(hexOfBytes(query.getColumn(0).getString()))).second)
                throw std::runtime_error("an event twice");
        }
        return out;
    });
    if (!stored)
        return stored.error().detail;
    for (const auto& [id, when] : m_acknowledged) {
        if (when <= moment && stored->count(id) == 0)
            return u"event %1 was acknowledged at %2 and is lost"_s.arg(id).arg(when);
    }
    if (m_seeded <= moment && numberOf(**store, "SELECT count(*) FROM projects") != 1)
        return u"the project is lost"_s;
    const QStringList faults = faultsIn(**store);
    return faults.join(u"; "_s);
}

void TestPowerCut::nothingAcknowledgedIsLost_data()
{
    QTest::addColumn<bool>("journal");
    QTest::newRow("with a journal") << true;
    QTest::newRow("without") << false;
}

void TestPowerCut::nothingAcknowledgedIsLost()
{
    QFETCH(const bool, journal);
    m_journal = journal;
    const QTemporaryDir dir;
    m_acknowledged.clear();
    PowerCut::record();
    Store::Options recorded = options(dir.filePath(u"collector.sqlite"_s).toStdString());
    recorded.vfs = PowerCut::name();
    {
        auto store = std::move(*Store::open(recorded, m_clock));
        QVERIFY(store->write([this](SQLite::Database& db) { seedDirectory(db, m_clock.now()); }));
        m_seeded = PowerCut::now();
        storeEvents(*store, 1, 150, 400);
        storeEvents(*store, 151, 250, 20'000); // several times the pages after which the log is moved
    }
    {
        auto store = std::move(*Store::open(recorded, m_clock)); // the log was removed, a new one begins
        storeEvents(*store, 401, 150, 9'000);
    }
    PowerCut::stop();

    std::mt19937 random(2026);
    const QTemporaryDir images;
    int withEvents = 0;
    const std::vector<std::size_t> cuts = moments(imageCount(40), random);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const QString folder = images.filePath(QString::number(i));
        QVERIFY(QDir().mkpath(folder));
        PowerCut::buildImage(cuts[i], folder.toStdString(), random);
        const QString fault = faultOf((folder + u"/collector.sqlite"_s).toStdString(), cuts[i]);
        QVERIFY2(fault.isEmpty(),
            qPrintable(u"cut at %1 of %2: %3"_s.arg(cuts[i]).arg(PowerCut::now()).arg(fault)));
        withEvents += m_acknowledged.begin()->second <= cuts[i] ? 1 : 0;
        QDir(folder).removeRecursively();
    }
    QVERIFY(withEvents > int(cuts.size()) / 2);
}

void TestPowerCut::duringTheFirstStart()
{
    m_journal = true;
    const QTemporaryDir dir;
    m_acknowledged.clear();
    PowerCut::record();
    Store::Options recorded = options(dir.filePath(u"collector.sqlite"_s).toStdString());
    recorded.vfs = PowerCut::name();
    {
        auto store = std::move(*Store::open(recorded, m_clock));
        QVERIFY(store->write([this](SQLite::Database& db) { seedDirectory(db, m_clock.now()); }));
        m_seeded = PowerCut::now();
    }
    PowerCut::stop();
    std::mt19937 random(3);
    const QTemporaryDir images;
    const std::vector<std::size_t> cuts = moments(imageCount(40), random);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const QString folder = images.filePath(QString::number(i));
        QVERIFY(QDir().mkpath(folder));
        PowerCut::buildImage(cuts[i], folder.toStdString(), random);
        const QString fault = faultOf((folder + u"/collector.sqlite"_s).toStdString(), cuts[i]);
        QVERIFY2(fault.isEmpty(), qPrintable(u"cut at %1: %2"_s.arg(cuts[i]).arg(fault)));
    }
}

/// The test of the test: without syncs something must be lost.
void TestPowerCut::aDiskThatLiesIsFoundOut()
{
    m_journal = true;
    const QTemporaryDir dir;
    m_acknowledged.clear();
    PowerCut::record(false);
    Store::Options recorded = options(dir.filePath(u"collector.sqlite"_s).toStdString());
    recorded.vfs = PowerCut::name();
    {
        auto store = std::move(*Store::open(recorded, m_clock));
        QVERIFY(store->write([this](SQLite::Database& db) { seedDirectory(db, m_clock.now()); }));
        m_seeded = PowerCut::now();
        storeEvents(*store, 1, 60, 400);
    }
    PowerCut::stop();
    std::mt19937 random(5);
    const QTemporaryDir images;
    int faulty = 0;
    std::vector<std::size_t> cuts = moments(40, random);
    cuts.erase(std::remove_if(cuts.begin(), cuts.end(),
                   [this](std::size_t cut) { return cut < m_acknowledged.begin()->second; }),
        cuts.end());
    QVERIFY(cuts.size() > 5);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const QString folder = images.filePath(QString::number(i));
        QVERIFY(QDir().mkpath(folder));
        PowerCut::buildImage(cuts[i], folder.toStdString(), random);
        faulty += faultOf((folder + u"/collector.sqlite"_s).toStdString(), cuts[i]).isEmpty() ? 0 : 1;
    }
    QVERIFY(faulty > int(cuts.size()) / 2);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestPowerCut)
#include "tst_powercut.moc"
