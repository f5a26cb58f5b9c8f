// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever page of a database is spoilt: what stands on the others is saved, and what is saved fits together.

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/backup.h"
#include "app/collector/storage/database.h"
#include "app/collector/storage/directory.h"
#include "app/collector/storage/salvage.h"
#include "tests/app/collector/storage/damage.h"
#include "tests/app/collector/storage/storeworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestSalvage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void anIntactOneIsCopiedWhole();
    void aSpoiltPageCostsLittle();
    void issuesAreMadeAgain();
    void theFirstPage();
    void theBadCanBeAnything();

private:
    [[nodiscard]] std::string copy();
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{beginning()};
    std::string m_path;
    int m_copies = 0;
};

void TestSalvage::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"whole"_s).toStdString();
    Store::Options options;
    options.path = m_path;
    auto store = std::move(*Store::open(options, m_clock));
    QVERIFY(store->write([this](SQLite::Database& db) { seedDirectory(db, m_clock.now()); }));
    for (int id = 1; id <= 200; ++id) {
        Incoming part = incoming(1, {.id = id, .hashes = {id % 5 + 1}, .user = id % 9 + 1, .minutes = id});
        part.event->payload += std::string(std::size_t(id % 10 * 700), 'x'); // some lie on pages of their own
        QVERIFY(submit(*store, std::move(part)).has_value());
    }
}

std::string TestSalvage::copy()
{
    const std::string to = m_dir->filePath(u"copy%1"_s.arg(++m_copies)).toStdString();
    if (!QFile::copy(QString::fromStdString(m_path), QString::fromStdString(to)))
        qFatal("cannot copy");
    return to;
}

void TestSalvage::anIntactOneIsCopiedWhole()
{
    const std::string to = m_dir->filePath(u"saved"_s).toStdString();
    const auto facts = salvageDatabase(m_path, to, m_clock.now());
    QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
    QCOMPARE(facts->events, 200);
    QCOMPARE(facts->issues, 5);
    QCOMPARE(facts->gaps, 0);
    QCOMPARE(facts->orphans, 0);
    Store::Options options;
    options.path = to;
    auto store = std::move(*Store::open(options, m_clock));
    QCOMPARE(faultsIn(*store), QStringList());
    QVERIFY(submit(*store, incoming(1, {.id = 1'000, .hashes = {1}})).has_value());
    QCOMPARE(numberOf(*store, "SELECT count(*) FROM issues"), 5);
}

void TestSalvage::aSpoiltPageCostsLittle()
{
    // Leaf pages of the events and of their payloads, wherever they lie.
    for (const char* table : {"events", "payloads"}) {
        std::vector<std::int64_t> pages;
        {
            SQLite::Database db(m_path);
            SQLite::Statement query(
                db, "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno");
            query.bind(1, table);
            while (query.executeStep())
                pages.push_back(query.getColumn(0).getInt64());
        }
        QVERIFY(pages.size() > 3);
        for (const std::size_t which : {std::size_t(0), pages.size() / 2, pages.size() - 1}) {
            const std::string path = copy();
            (void)spoilPage(path, pages[which]);
            const auto facts = salvageDatabase(path, path + ".saved", m_clock.now());
            QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
            QVERIFY(facts->gaps > 0);
            QVERIFY2(facts->events < 200 && facts->events > 120, qPrintable(QString::number(facts->events)));
            QCOMPARE(facts->issues, 5);
            QVERIFY(checkBackup(path + ".saved").has_value());
        }
    }
}

void TestSalvage::issuesAreMadeAgain()
{
    const std::string path = copy();
    (void)spoilPage(path, rootPage(path, "issues"));
    const std::string to = path + ".saved";
    const auto facts = salvageDatabase(path, to, m_clock.now());
    QVERIFY2(facts.has_value(), facts ? "" : qPrintable(facts.error().detail));
    QCOMPARE(facts->events, 200);
    QCOMPARE(facts->issues, 5);
    Store::Options options;
    options.path = to;
    auto store = std::move(*Store::open(options, m_clock));
    QCOMPARE(faultsIn(*store), QStringList());
    QCOMPARE(numberOf(*store, "SELECT count(*) FROM issues WHERE short_id LIKE 'RECOVERED-%'"), 5);
}

void TestSalvage::theFirstPage()
{
    const std::string path = copy();
    (void)spoilPage(path, 1);
    const auto facts = salvageDatabase(path, path + ".saved", m_clock.now());
    QVERIFY(!facts.has_value());
    QCOMPARE(facts.error().kind, core::ErrorKind::Storage);
}

/// Every page in turn: no crash, no endless walk, and what comes out is whole.
void TestSalvage::theBadCanBeAnything()
{
    const std::int64_t pages = SQLite::Database(m_path).execAndGet("PRAGMA page_count").getInt64();
    const std::int64_t step =
        qEnvironmentVariableIsSet("VEDETTE_FULL") ? 1 : std::max<std::int64_t>(1, pages / 15);
    int saved = 0;
    for (std::int64_t page = 2; page <= pages; page += step) {
        const std::string path = copy();
        (void)spoilPage(path, page);
        const auto facts = salvageDatabase(path, path + ".saved", m_clock.now());
        if (facts) {
            const auto whole = checkBackup(path + ".saved");
            QVERIFY2(whole.has_value(), whole ? "" : qPrintable(whole.error().detail));
            SQLite::Database db(path + ".saved");
            QCOMPARE(db.execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt(), 0);
            ++saved;
        } else {
            QCOMPARE(facts.error().kind, core::ErrorKind::Storage);
        }
        QFile::remove(QString::fromStdString(path));
        QFile::remove(QString::fromStdString(path + ".saved"));
    }
    QVERIFY(saved > int(pages / step) * 9 / 10);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestSalvage)
#include "tst_salvage.moc"
