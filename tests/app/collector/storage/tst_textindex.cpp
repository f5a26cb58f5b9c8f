// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/directory.h"
#include "app/collector/storage/textindex.h"
#include "tests/app/collector/storage/storeworld.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;

/// The full text index beside its events: what comes, goes and moves with them.
class TestTextIndex final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void indexesEachShapeOnce();
    void goesWithItsEvent();
    void movesWithItsEvents();
    void fillsWhatWasThereBefore();

private:
    void open();
    void send(int id, const std::string& title, int hash = 1);
    std::int64_t matches(const std::string& table, const std::string& word);

    QTemporaryDir m_dir;
    ManualClock m_clock{beginning()};
    std::unique_ptr<Store> m_store;
    std::int64_t m_project = 0;
    int m_world = 0;
};

void TestTextIndex::init()
{
    ++m_world;
    open();
    m_project = *m_store->write([this](SQLite::Database& db) {
        seedDirectory(db, m_clock.now());
        return firstProject(db)->project;
    });
}

void TestTextIndex::open()
{
    m_store.reset();
    Store::Options options;
    options.path = m_dir.filePath(QString::number(m_world)).toStdString();
    auto opened = Store::open(options, m_clock);
    QVERIFY(opened);
    m_store = std::move(*opened);
}

void TestTextIndex::send(int id, const std::string& title, int hash)
{
    Incoming part = incoming(m_project, {.id = id, .hashes = {hash}});
    part.event->facts.title = title;
    part.event->facts.message = title;
    QVERIFY(submit(*m_store, std::move(part)));
}

std::int64_t TestTextIndex::matches(const std::string& table, const std::string& word)
{
    return numberOf(
        *m_store, "SELECT count(*) FROM " + table + " WHERE " + table + " MATCH '\"" + word + "\"'");
}

void TestTextIndex::indexesEachShapeOnce()
{
    for (int i = 1; i <= 9; ++i)
        send(i, "order " + std::to_string(100 + i % 3) + " is late");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts"), 1);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM text_words"), 2);
    open(); // what is known is on disk, but for words
    send(10, "order 101 is late");
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts"), 1);
    QCOMPARE(matches("text_index", "ord"), 1);
    QCOMPARE(matches("text_word_index", "r 1"), 3);
}

void TestTextIndex::goesWithItsEvent()
{
    send(1, "order 101 is late");
    send(2, "order 102 is late");
    QCOMPARE(matches("text_word_index", "102"), 1);
    QVERIFY(m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM events WHERE id = 2"); }));
    QCOMPARE(matches("text_word_index", "102"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM text_words"), 0);
    send(3, "order 102 is late"); // known until then
    QCOMPARE(matches("text_word_index", "102"), 1);
    QVERIFY(m_store->write([](SQLite::Database& db) { db.exec("DELETE FROM issues"); }));
    QCOMPARE(matches("text_word_index", "102"), 0);
    QCOMPARE(matches("text_index", "ord"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts"), 0);
}

void TestTextIndex::movesWithItsEvents()
{
    send(1, "order is late", 1);
    send(2, "order is gone", 2);
    QVERIFY(m_store->write([](SQLite::Database& db) {
        db.exec("UPDATE events SET issue_id = 1 WHERE issue_id = 2");
        indexAgain(db, 1);
        indexAgain(db, 2);
    }));
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts WHERE issue_id = 1"), 2);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts"), 2);
}

void TestTextIndex::fillsWhatWasThereBefore()
{
    for (int i = 1; i <= 250; ++i)
        send(i, "order " + std::to_string(i) + (i % 2 == 0 ? " is late" : " is gone"), i % 5);
    const std::int64_t words = numberOf(*m_store, "SELECT count(*) FROM text_words");
    QVERIFY(m_store->write([](SQLite::Database& db) {
        db.exec("DELETE FROM texts");
        db.exec("DELETE FROM text_words");
        db.exec("UPDATE meta SET value = (SELECT max(id) + 1 FROM events) WHERE key = 'texts_below'");
    }));
    open();
    send(251, "order 251 is gone"); // stored while the others are still being indexed
    QTRY_COMPARE(numberOf(*m_store, "SELECT value FROM meta WHERE key = 'texts_below'"), 0);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM texts"), 10);
    QCOMPARE(numberOf(*m_store, "SELECT count(*) FROM text_words"), words + 1);
    QCOMPARE(faultsIn(*m_store), QStringList());
}

QTEST_GUILESS_MAIN(TestTextIndex)
#include "tst_textindex.moc"
