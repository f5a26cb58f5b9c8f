// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The journal alone: what was appended and not filed is there again, in order, whatever became of the rest of
// the files.

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/collector/storage/journal.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace vedette::collector;
using namespace vedette::tests;
using namespace Qt::Literals::StringLiterals;

class TestJournal final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsWhatIsNotFiled();
    void beginsAnewInPlace();
    void turnsToTheOtherFile();
    void aTornEnd();
    void behindADamagedPlace();
    void ofAnotherDatabase();
    void afterAFailure();
    void nothingOfAFailedAppendComesBack();
    void leavesNothingWhereAllIsFiled();
    void movesAside();

private:
    std::unique_ptr<Journal> open(std::uint64_t filed, std::uint64_t salt = 7);
    /// What a crash leaves: the journal goes without a word.
    void crash(std::unique_ptr<Journal> journal);
    [[nodiscard]] QString file(int index) const;
    [[nodiscard]] std::vector<std::pair<int, std::string>> left() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_vfs;
    std::vector<Journal::Record> m_left;
};

void TestJournal::init()
{
    FaultVfs::disarm();
    m_vfs.clear();
    m_dir = std::make_unique<QTemporaryDir>();
    QFile database(m_dir->filePath(u"db"_s)); // whose permissions the files get
    QVERIFY(database.open(QIODevice::WriteOnly));
}

QString TestJournal::file(int index) const
{
    return m_dir->filePath(u"db-arrivals%1"_s.arg(index));
}

std::unique_ptr<Journal> TestJournal::open(std::uint64_t filed, std::uint64_t salt)
{
    auto journal = Journal::open({m_dir->filePath(u"db"_s).toStdString(), m_vfs, salt}, filed, m_left);
    if (!journal)
        qFatal("%s", qPrintable(journal.error().detail));
    return std::move(*journal);
}

void TestJournal::crash(std::unique_ptr<Journal> journal)
{
    for (int i = 0; i < 2; ++i)
        QVERIFY(QFile::copy(file(i), file(i) + u".kept"_s));
    journal.reset();
    for (int i = 0; i < 2; ++i) {
        QFile::remove(file(i));
        QVERIFY(QFile::rename(file(i) + u".kept"_s, file(i)));
    }
}

std::vector<std::pair<int, std::string>> TestJournal::left() const
{
    std::vector<std::pair<int, std::string>> out;
    for (const Journal::Record& record : m_left)
        out.emplace_back(int(record.number), record.body.substr(0, 8));
    return out;
}

using Left = std::vector<std::pair<int, std::string>>;

void TestJournal::keepsWhatIsNotFiled()
{
    auto journal = open(0);
    QVERIFY(m_left.empty());
    QCOMPARE(journal->append({"one", "two"}).value(), 1U);
    QCOMPARE(journal->append({std::string(200'000, 'x'), ""}).value(), 3U);
    crash(std::move(journal));
    journal = open(1);
    QCOMPARE(left(), (Left{{2, "two"}, {3, "xxxxxxxx"}, {4, ""}}));
    QCOMPARE(m_left[1].body.size(), std::size_t(200'000));
    QCOMPARE(journal->append({"five"}).value(), 5U); // behind them
    crash(std::move(journal));
    (void)open(2);
    QCOMPARE(left(), (Left{{3, "xxxxxxxx"}, {4, ""}, {5, "five"}}));
}

void TestJournal::beginsAnewInPlace()
{
    auto journal = open(0);
    const std::string large(100'000, 'x');
    std::uint64_t last = 0;
    for (int i = 0; i < 200; ++i) {
        last = journal->append({large}).value();
        journal->setFiled(last);
    }
    QVERIFY(QFile(file(0)).size() < Journal::turnBytes + 500'000);
    QCOMPARE(QFile(file(1)).size(), 0);
    (void)journal->append({"the last"}).value();
    crash(std::move(journal));
    (void)open(last);
    QCOMPARE(left(), (Left{{int(last) + 1, "the last"}}));
}

void TestJournal::turnsToTheOtherFile()
{
    auto journal = open(0);
    const std::string large(100'000, 'x');
    // Filing lags behind by some: neither file is ever free at once.
    for (std::uint64_t n = 1; n <= 300; ++n) {
        QCOMPARE(journal->append({large + std::to_string(n)}).value(), n);
        if (n > 10)
            journal->setFiled(n - 10);
    }
    QVERIFY(QFile(file(0)).size() > 0 && QFile(file(1)).size() > 0);
    QVERIFY(QFile(file(0)).size() + QFile(file(1)).size() < 3 * Journal::turnBytes);
    crash(std::move(journal));
    (void)open(290);
    QCOMPARE(m_left.size(), std::size_t(10));
    for (std::size_t i = 0; i < 10; ++i)
        QCOMPARE(m_left[i].body.substr(100'000), std::to_string(291 + i));
}

void TestJournal::aTornEnd()
{
    auto journal = open(0);
    (void)journal->append({"one"}).value();
    (void)journal->append({std::string(10'000, 'x')}).value();
    crash(std::move(journal));
    QFile torn(file(0));
    QVERIFY(torn.open(QIODevice::ReadWrite) && torn.seek(5'000));
    torn.write(QByteArray(5'000, '\0'));
    torn.close();
    journal = open(0);
    QCOMPARE(left(), (Left{{1, "one"}}));
    QVERIFY(journal->append({"next"}).value() > 1);
    crash(std::move(journal));
    (void)open(0);
    QCOMPARE(m_left.size(), std::size_t(2));
    QCOMPARE(m_left[1].body, std::string("next"));
}

void TestJournal::behindADamagedPlace()
{
    auto journal = open(0);
    for (const char* body : {"one", "two", "three"})
        (void)journal->append({body}).value();
    crash(std::move(journal));
    QFile damaged(file(0));
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    const qint64 at = damaged.readAll().indexOf("two");
    QVERIFY(at > 0 && damaged.seek(at));
    damaged.write("xxx");
    damaged.close();
    (void)open(0);
    QCOMPARE(left(), (Left{{1, "one"}, {3, "three"}}));
}

void TestJournal::ofAnotherDatabase()
{
    auto journal = open(0);
    (void)journal->append({"one"}).value();
    crash(std::move(journal));
    QCOMPARE(Journal::saltBeside(m_dir->filePath(u"db"_s).toStdString()), 7U);
    journal = open(0, 8);
    QVERIFY(m_left.empty());
    (void)journal->append({"ours"}).value();
    journal->setFiled(1);
    journal.reset();
    // It is kept for whoever misses it.
    QVERIFY(QFile::exists(file(0) + u"-former"_s));
    QVERIFY(QFile::remove(file(0)) || !QFile::exists(file(0)));
    QVERIFY(QFile::rename(file(0) + u"-former"_s, file(0)));
    (void)open(0);
    QCOMPARE(left(), (Left{{1, "one"}}));
}

void TestJournal::afterAFailure()
{
    m_vfs = FaultVfs::name();
    auto journal = open(0);
    QCOMPARE(journal->append({"one"}).value(), 1U);
    for (const auto how : {FaultVfs::Refusal::Full, FaultVfs::Refusal::ReadOnly, FaultVfs::Refusal::Broken}) {
        FaultVfs::refuseWrites(how);
        const auto failed = journal->append({std::string(300'000, 'f')});
        QVERIFY(!failed.has_value());
        QCOMPARE(failed.error().kind, core::ErrorKind::Storage);
        QVERIFY(failed.error().detail.contains(u"-arrivals0"_s));
    }
    FaultVfs::disarm();
    QVERIFY(journal->append({"two"}).value() > 1);
    crash(std::move(journal));
    (void)open(0);
    QCOMPARE(m_left.front().body, std::string("one"));
    QCOMPARE(m_left.back().body, std::string("two"));
}

void TestJournal::nothingOfAFailedAppendComesBack()
{
    m_vfs = FaultVfs::name();
    int failed = 0;
    for (long n = 0; n < 12; ++n) {
        init();
        m_vfs = FaultVfs::name();
        auto journal = open(0);
        QVERIFY(journal->append({"one"}).has_value());
        FaultVfs::failOnce(n);
        const bool taken = journal->append({"perhaps", "perhaps", std::string(70'000, 'p')}).has_value();
        FaultVfs::disarm();
        failed += taken ? 0 : 1;
        QVERIFY(journal->append({"two"}).has_value());
        crash(std::move(journal));
        (void)open(0);
        QCOMPARE(m_left.size(), std::size_t(taken ? 5 : 2));
        QCOMPARE(m_left.front().body, std::string("one"));
        QCOMPARE(m_left.back().body, std::string("two"));
    }
    QVERIFY(failed >= 3);
}

void TestJournal::leavesNothingWhereAllIsFiled()
{
    auto journal = open(0);
    (void)journal->append({"one", "two"}).value();
    journal->setFiled(1);
    journal.reset();
    QVERIFY(QFile::exists(file(0)));
    journal = open(1);
    QCOMPARE(left(), (Left{{2, "two"}}));
    QCOMPARE(Journal::newestIn({m_dir->filePath(u"db"_s).toStdString(), {}, 7}), 2U);
    journal->setFiled(2);
    journal.reset();
    QVERIFY(!QFile::exists(file(0)) && !QFile::exists(file(1)));
    QCOMPARE(Journal::newestIn({m_dir->filePath(u"db"_s).toStdString(), {}, 7}), 0U);
}

void TestJournal::movesAside()
{
    auto journal = open(0);
    (void)journal->append({"one"}).value();
    crash(std::move(journal));
    const std::string path = m_dir->filePath(u"db"_s).toStdString();
    QVERIFY(QFile::copy(m_dir->filePath(u"db"_s), m_dir->filePath(u"db.former"_s)));
    QVERIFY(Journal::moveAside(path, path + ".former").has_value());
    QVERIFY(!QFile::exists(file(0)));
    QCOMPARE(Journal::newestIn({path + ".former", {}, 7}), 1U);
    QVERIFY(Journal::moveAside(path, path + ".former").has_value()); // nothing is there
}

VEDETTE_TEST_MAIN(QCoreApplication, TestJournal)
#include "tst_journal.moc"
