// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A damaged user.sqlite keeps nobody from working: what can be read of it goes into a new file, the damaged
// one stays beside it, and it is told once.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include "models/core/mailbox.h"
#include "models/store/rescue.h"
#include "models/store/userdatabase.h"
#include "tests/models/store/randomvalues.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using store::UserDatabase;
using tests::outcome;

namespace {

QByteArray bytesOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString& name, qint64 from, const QByteArray& bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(from));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// The page on which a table begins.
qint64 rootOf(const QString& name, const char* table)
{
    sqlite3* db = nullptr;
    sqlite3_stmt* query = nullptr;
    qint64 page = 0;
    if (sqlite3_open(name.toUtf8().constData(), &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &query, nullptr) ==
            SQLITE_OK) {
        sqlite3_bind_text(query, 1, table, -1, SQLITE_STATIC);
        if (sqlite3_step(query) == SQLITE_ROW)
            page = sqlite3_column_int64(query, 0);
    }
    sqlite3_finalize(query);
    sqlite3_close(db);
    return page;
}

} // namespace

class TestRescue final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { tests::FaultVfs::setDefault(true); }
    void init();
    void everyReadableRowIsKept();
    void aBrokenTableLosesNoOther();
    void rowsOnBothSidesOfTheDamage();
    void noDatabaseAtAll();
    void oldSchemasAreBroughtUpToDate();
    void killedBeforeTheNewFileIsInPlace();
    void anUnfinishedRescueIsDoneAgain();
    void theNthCallFails();
    void asideFilesAreNumbered();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"user.sqlite"_s); }
    core::Result<std::unique_ptr<UserDatabase>> open();
    /// Two accounts and `rows` waiting actions, all of it in the one file.
    void fill(int rows);

    std::unique_ptr<QTemporaryDir> m_folder;
    core::Mailbox m_home;
    QList<store::Rescued> m_told;
    tests::RandomValues m_random{7};
    QList<domain::Account> m_accounts;
    QList<store::OutboxRow> m_rows;
};

void TestRescue::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_told.clear();
}

core::Result<std::unique_ptr<UserDatabase>> TestRescue::open()
{
    return UserDatabase::open(
        file(), m_home, [this](const store::Rescued& rescued) { m_told.append(rescued); });
}

void TestRescue::fill(int rows)
{
    m_accounts = {m_random.account(u"a"_s), m_random.account(u"b"_s)};
    m_rows.clear();
    for (int i = 1; i <= rows; ++i) {
        m_rows.append(m_random.outboxRow(m_accounts.front().id, i));
        m_rows.back().state = domain::ActionState::Queued;
    }
    {
        const auto user = open();
        QVERIFY(user.has_value());
        for (const domain::Account& account : m_accounts)
            (*user)->saveAccount(account);
        QVERIFY(outcome((*user)->saveOutbox(m_rows)).has_value());
    }
    QVERIFY(!QFile::exists(file() + u"-wal"_s));
}

void TestRescue::everyReadableRowIsKept()
{
    fill(50);
    // An index is all that is broken: no row is lost.
    overwrite(file(), (rootOf(file(), "outbox_by_state") - 1) * 4'096, QByteArray(4'096, '\x5a'));
    const QByteArray before = bytesOf(file());
    {
        const auto user = open();
        QVERIFY(user.has_value());
        QCOMPARE((*user)->content().accounts, m_accounts);
        QCOMPARE((*user)->content().outbox, m_rows);
        QTRY_COMPARE(m_told.size(), 1);
        QVERIFY(m_told.front().isComplete);
        // Behind the first page, where SQLite counts how often a file was opened to be written.
        QCOMPARE(bytesOf(m_told.front().keptAs).mid(4'096), before.mid(4'096));
        QVERIFY(outcome((*user)->removeOutbox({1})).has_value());
    }
    const auto again = open();
    QVERIFY(again.has_value());
    QCOMPARE((*again)->content().outbox, m_rows.mid(1));
    QCoreApplication::processEvents();
    QCOMPARE(m_told.size(), 1); // once
}

void TestRescue::aBrokenTableLosesNoOther()
{
    fill(3);
    overwrite(file(), (rootOf(file(), "outbox") - 1) * 4'096, QByteArray(4'096, '\x5a'));
    const auto user = open();
    QVERIFY(user.has_value());
    QCOMPARE((*user)->content().accounts, m_accounts);
    QVERIFY((*user)->content().outbox.isEmpty());
    QTRY_COMPARE(m_told.size(), 1);
    QVERIFY(!m_told.front().isComplete);
}

void TestRescue::rowsOnBothSidesOfTheDamage()
{
    fill(400);
    // Some leaf in the middle of the table.
    const qint64 pages = QFile(file()).size() / 4'096;
    overwrite(file(), (pages / 2) * 4'096, QByteArray(4'096, '\x5a'));
    const auto user = open();
    QVERIFY(user.has_value());
    QTRY_COMPARE(m_told.size(), 1);
    const QList<store::OutboxRow> kept = (*user)->content().outbox;
    QVERIFY2(kept.size() > 300, qPrintable(QString::number(kept.size())));
    QCOMPARE(kept.first(), m_rows.first());
    QCOMPARE(kept.last(), m_rows.last());
    for (const store::OutboxRow& row : kept)
        QCOMPARE(row, m_rows[int(row.id) - 1]);
}

void TestRescue::noDatabaseAtAll()
{
    const QByteArray garbage(20'000, 'x');
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(garbage);
    broken.close();
    const auto user = open();
    QVERIFY(user.has_value());
    QVERIFY((*user)->content().accounts.isEmpty());
    QVERIFY(outcome((*user)->saveAccount(m_random.account(u"a"_s))).has_value());
    QTRY_COMPARE(m_told.size(), 1);
    QVERIFY(!m_told.front().isComplete);
    QCOMPARE(bytesOf(m_told.front().keptAs), garbage);
}

void TestRescue::oldSchemasAreBroughtUpToDate()
{
    const std::vector<store::Migration> all = store::migrationsOf(u"user"_s);
    {
        store::Connection old(file(), store::Connection::Durability::Full);
        QVERIFY(store::migrate(old, {all.front()}).has_value());
        old.database().exec("INSERT INTO account VALUES ('a', 1, 'A', 'https://a.example', 'sentry', '', 3)");
    }
    const auto done = store::rescue(file(), all);
    QVERIFY(done.has_value());
    QVERIFY(done->isComplete);
    QCOMPARE(done->rows, 1);
    QCOMPARE(store::schemaNumberOf(file()), int(all.size()));
    const auto user = open();
    QVERIFY(user.has_value());
    QCOMPARE((*user)->content().accounts.value(0).name, u"A"_s);
    QVERIFY(m_told.isEmpty());
}

void TestRescue::killedBeforeTheNewFileIsInPlace()
{
    fill(5);
    QVERIFY(QFile::rename(file(), file() + u".rescued"_s));
    const auto user = open();
    QVERIFY(user.has_value());
    QCOMPARE((*user)->content().outbox, m_rows);
}

void TestRescue::anUnfinishedRescueIsDoneAgain()
{
    fill(5);
    for (const QString& tail : {u".rescued"_s, u".reading"_s, u".rescued-wal"_s}) {
        QFile half(file() + tail);
        QVERIFY(half.open(QIODevice::WriteOnly));
        half.write("half of a file");
    }
    overwrite(file(), (rootOf(file(), "outbox_by_state") - 1) * 4'096, QByteArray(4'096, '\x5a'));
    const auto user = open();
    QVERIFY(user.has_value());
    QCOMPARE((*user)->content().outbox, m_rows);
    QVERIFY(!QFile::exists(file() + u".rescued"_s));
    QVERIFY(!QFile::exists(file() + u".reading"_s));
}

/// Whatever call to the disk fails while a file is rescued: the next start has all of it.
void TestRescue::theNthCallFails()
{
    fill(5);
    overwrite(file(), (rootOf(file(), "outbox_by_state") - 1) * 4'096, QByteArray(4'096, '\x5a'));
    const QTemporaryDir start;
    const QString original = start.filePath(u"user.sqlite"_s);
    QVERIFY(QFile::copy(file(), original));
    int failures = 0;
    // Each takes some forty syncs: of the later calls every third one will do.
    for (int n = 0;; n += n < 40 ? 1 : 3) {
        QVERIFY2(n < 5'000, "it never runs untouched");
        init();
        QVERIFY(QFile::copy(original, file()));
        tests::FaultVfs::failOnce(n);
        static_cast<void>(open());
        const bool hasFailed = tests::FaultVfs::disarm();
        const auto user = open();
        QVERIFY2(user.has_value(), qPrintable(QString::number(n)));
        QCOMPARE((*user)->content().outbox, m_rows);
        if (!hasFailed)
            break;
        ++failures;
    }
    QVERIFY(failures > 20);
}

void TestRescue::asideFilesAreNumbered()
{
    const auto make = [this](const QByteArray& content) {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    };
    for (const char* content : {"1", "2", "3", "4"}) {
        make(content);
        store::setAside(file(), u".set-aside"_s, 3);
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files),
        (QStringList{
            u"user.sqlite.set-aside"_s, u"user.sqlite.set-aside-2"_s, u"user.sqlite.set-aside-3"_s}));
    QCOMPARE(bytesOf(file() + u".set-aside"_s), "2"); // the oldest went
    QCOMPARE(bytesOf(file() + u".set-aside-3"_s), "4");
    for (int i = 0; i < 5; ++i) {
        make("x");
        store::setAside(file(), u".damaged"_s, 0);
    }
    QVERIFY(QFile::exists(file() + u".damaged-5"_s)); // none of these is removed
}

VEDETTE_TEST_MAIN(QCoreApplication, TestRescue)
#include "tst_rescue.moc"
