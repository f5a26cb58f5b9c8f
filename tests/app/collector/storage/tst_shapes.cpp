// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/shapes.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;

/// Frames and aspects of issues: written once, bounded, and there again after a crash of the counters.
class TestShapes final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsEachOnce();
    void framesComeInTheOrderOfTheirHashes();
    void boundsWhatAnIssueKeeps();
    void updatesWhoAUserIs();
    void dropsTheTraceWithItsEvent();
    void deletedIssuesTakeTheirsAlong();

private:
    /// Stores an event with those packed texts.
    void add(int id, const std::string& frames, const std::string& aspects, const std::string& email = {});

    ManualClock m_clock{beginning()};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
    std::int64_t m_project = 0;
};

namespace {

std::string frame(const std::string& function)
{
    return "a.py\x1f/srv/a.py\x1f" + function + "\x1fmod\x1f\x1e";
}

} // namespace

void TestShapes::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    auto opened = Store::open({m_dir->filePath(QStringLiteral("c.sqlite")).toStdString()}, m_clock);
    QVERIFY(opened.has_value());
    m_store = std::move(*opened);
    m_project = *m_store->write([](SQLite::Database& db) {
        db.exec("INSERT INTO projects (slug, name, created) VALUES ('p', 'P', 0)");
        return db.getLastInsertRowid();
    });
}

void TestShapes::add(int id, const std::string& frames, const std::string& aspects, const std::string& email)
{
    EventSpec spec;
    spec.id = id;
    spec.user = 1;
    Incoming part = incoming(m_project, spec);
    part.event->facts.frames = frames;
    part.event->facts.aspects = aspects;
    part.event->facts.userEmail = email;
    part.event->facts.trace = std::string(16, 't');
    QVERIFY(submit(*m_store, std::move(part)).has_value());
}

void TestShapes::keepsEachOnce()
{
    const std::string aspects = "error.type\x1fTypeError\x1esdk.name\x1fsentry.python\x1e";
    for (int id = 1; id <= 3; ++id)
        add(id, frame("run") + frame("load"), aspects);
    add(4, frame("run") + frame("read"), aspects);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM frames"), 3);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_frames"), 3);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM aspects"), 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_aspects"), 2);
    QCOMPARE(
        textOf(*m_store, "SELECT value FROM aspects WHERE key = 'sdk.name'"), std::string("sentry.python"));
    QCOMPARE(
        textOf(*m_store, "SELECT abs_path FROM frames WHERE function = 'load'"), std::string("/srv/a.py"));
    // What is no record of five or two is left out.
    add(5, "half a frame\x1e", "lonely\x1e");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM frames"), 3);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM aspects"), 2);
}

void TestShapes::framesComeInTheOrderOfTheirHashes()
{
    const std::vector<NewShape> shapes = {{1, frame("run") + frame("load"), {}}, {2, {}, {}},
        {3, "half a frame\x1e" + frame("load") + frame("read"), {}}};
    const std::vector<ShapeFrame> frames = framesOf(shapes);
    QCOMPARE(frames.size(), 3);
    for (std::size_t i = 1; i < frames.size(); ++i)
        QVERIFY(frames[i - 1].hash < frames[i].hash);
    std::vector<std::string> records;
    for (const ShapeFrame& each : frames)
        records.push_back(std::string(each.record) + '\x1e');
    std::sort(records.begin(), records.end());
    QCOMPARE(records, (std::vector<std::string>{frame("load"), frame("read"), frame("run")}));
}

void TestShapes::boundsWhatAnIssueKeeps()
{
    for (int id = 1; id <= 40; ++id)
        add(id, frame("f" + std::to_string(id)), "error.type\x1f" + std::to_string(id) + "\x1e");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_frames"), 16);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_aspects"), 40);
    for (int id = 41; id <= 100; ++id)
        add(id, {}, "error.type\x1f" + std::to_string(id) + "\x1e");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_aspects"), 64);
}

void TestShapes::updatesWhoAUserIs()
{
    add(1, {}, {}, "old@example.org");
    add(2, {}, {}, "new@example.org");
    add(3, {}, {});
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM event_users"), 1);
    QCOMPARE(textOf(*m_store, "SELECT email FROM event_users"), std::string("new@example.org"));
}

void TestShapes::dropsTheTraceWithItsEvent()
{
    add(1, {}, {});
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM event_traces"), 1);
    QVERIFY(m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM events"); }).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM event_traces"), 0);
}

void TestShapes::deletedIssuesTakeTheirsAlong()
{
    add(1, frame("run"), "error.type\x1fX\x1e");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_frames"), 1);
    QVERIFY(m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM issues"); }).has_value());
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_frames"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_aspects"), 0);
    // The same event once more belongs to a new issue, which keeps them anew.
    add(2, frame("run"), "error.type\x1fX\x1e");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM issue_frames"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM frames"), 1);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestShapes)
#include "tst_shapes.moc"
