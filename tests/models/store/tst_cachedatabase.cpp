// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// cache.sqlite: it gives back what it got, keeps the order of lists, and is never in the way.

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include "models/core/mailbox.h"
#include "models/store/cachedatabase.h"
#include "tests/models/store/randomvalues.h"
#include "tests/support/faultvfs.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"
#include "tests/support/sharedfixtures.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using store::CacheDatabase;
using tests::outcome;

namespace {

constexpr core::TimePoint now{std::chrono::milliseconds(1'763'600'400'000)};

QStringList ids(const QList<domain::Issue>& rows)
{
    QStringList out;
    for (const domain::Issue& row : rows)
        out.append(row.id.value());
    return out;
}

} // namespace

class TestCacheDatabase final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { tests::FaultVfs::setDefault(true); }
    void init();
    void everythingComesBack();
    void whatIsNotThereIsNotFound();
    void aFreshHeadGoesBeforeTheRest();
    void laterPagesGoBehind();
    void oneIssueInTwoLists();
    void longListsComeInParts();
    void aDamagedFileIsSetAside();
    void aNewerFileIsSetAside();
    void damageInTheMiddleOfWork();
    void opensTwice();
    void accountsAreApart();
    void organizationsAreApart();
    void aFormerFileIsCarriedOver();
    void limitsAreKept();
    void anUnusableFolderOnlyCostsTheCache();
    void theNthCallFails();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"cache.sqlite"_s); }
    std::unique_ptr<CacheDatabase> open();
    QList<domain::Issue> issues(const QStringList& names);
    QStringList listed(CacheDatabase& cache);
    [[nodiscard]] domain::IssueKey key(const QString& id) const
    {
        return {m_account, m_organization, domain::IssueId(id)};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    core::Mailbox m_home;
    QStringList m_setAside;
    tests::RandomValues m_random{42};
    const domain::AccountId m_account{u"account-1"_s};
    const domain::OrganizationId m_organization{u"acme"_s};
    const domain::Scope m_scope{m_account, m_organization};
    const store::ListKey m_key{m_account, u"is:unresolved"_s};
    const store::ListHead m_head{now, true, 1'000, true};
};

void TestCacheDatabase::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_setAside.clear();
}

std::unique_ptr<CacheDatabase> TestCacheDatabase::open()
{
    return std::make_unique<CacheDatabase>(
        file(), m_home, [this](const QString& name) { m_setAside.append(name); });
}

QList<domain::Issue> TestCacheDatabase::issues(const QStringList& names)
{
    QList<domain::Issue> rows;
    for (const QString& name : names)
        rows.append(m_random.issue(m_scope, name));
    return rows;
}

QStringList TestCacheDatabase::listed(CacheDatabase& cache)
{
    const auto part = outcome(cache.list(m_key, 1'000));
    return part ? ids(part->rows) : QStringList{u"error"_s};
}

void TestCacheDatabase::everythingComesBack()
{
    const QList<domain::Issue> rows = issues({u"3"_s, u"1"_s, u"2"_s});
    const domain::IssueDetail detail = m_random.detail(m_scope, u"1"_s);
    const domain::Event older = [this] {
        domain::Event event = m_random.event(u"e1"_s, u"1"_s);
        event.dateCreated = now - std::chrono::hours(2);
        return event;
    }();
    const domain::Event newer = [this] {
        domain::Event event = m_random.event(u"e2"_s, u"1"_s);
        event.dateCreated = now - std::chrono::hours(1);
        return event;
    }();
    const store::DirectoryData directory = m_random.directory();
    const QList<domain::ProjectSummary> overview = m_random.overview();
    {
        const auto cache = open();
        cache->saveHead(m_key, m_head, rows, {});
        cache->saveDetail(detail, now);
        cache->saveEvent(m_scope, newer, now);
        cache->saveEvent(m_scope, older, now);
        cache->saveDirectory(m_scope, directory, now);
        QVERIFY(outcome(cache->saveOverview(m_scope, overview, now)).has_value());
    }
    const auto cache = open();
    const auto list = outcome(cache->list(m_key, 100));
    QVERIFY(list.has_value());
    QCOMPARE(list->head, std::optional(m_head));
    QCOMPARE(list->rows, rows);
    QVERIFY(!list->next);
    QCOMPARE(outcome(cache->detail(key(u"1"_s)))->value, detail);
    QCOMPARE(outcome(cache->event(m_scope, older.id))->value, older);
    QCOMPARE(outcome(cache->latestEvent(key(u"1"_s)))->value, newer);
    QCOMPARE(outcome(cache->latestEvent(key(u"1"_s)))->asOf, now);
    QCOMPARE(outcome(cache->directory(m_scope))->value, directory);
    QCOMPARE(outcome(cache->overview(m_scope))->value, overview);
    QVERIFY(m_setAside.isEmpty());
}

void TestCacheDatabase::whatIsNotThereIsNotFound()
{
    const auto cache = open();
    QVERIFY(!outcome(cache->list(m_key, 10))->head);
    QCOMPARE(outcome(cache->detail(key(u"1"_s))).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(cache->event(m_scope, domain::EventId(u"1"_s))).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(cache->latestEvent(key(u"1"_s))).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(cache->directory(m_scope)).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(cache->overview(m_scope)).error().kind, ErrorKind::NotFound);
}

void TestCacheDatabase::aFreshHeadGoesBeforeTheRest()
{
    const auto cache = open();
    cache->saveHead(m_key, m_head, issues({u"a"_s, u"b"_s, u"c"_s}), {});
    cache->append(m_key, m_head, issues({u"d"_s, u"e"_s}));
    QCOMPARE(listed(*cache), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}));
    // c moved down, x is new, e left.
    cache->saveHead(m_key, m_head, issues({u"x"_s, u"b"_s, u"a"_s}), {domain::IssueId(u"e"_s)});
    QCOMPARE(listed(*cache), (QStringList{u"x"_s, u"b"_s, u"a"_s, u"c"_s, u"d"_s}));
    cache->saveList(m_key, m_head, issues({u"d"_s, u"a"_s}));
    QCOMPARE(listed(*cache), (QStringList{u"d"_s, u"a"_s}));
    cache->saveList(m_key, m_head, {});
    QCOMPARE(listed(*cache), QStringList());
    QVERIFY(outcome(cache->list(m_key, 10))->head); // empty, but known to be
}

void TestCacheDatabase::laterPagesGoBehind()
{
    const auto cache = open();
    cache->saveHead(m_key, m_head, issues({u"a"_s, u"b"_s}), {});
    // b comes again: rows move between pages of live data.
    cache->append(m_key, m_head, issues({u"b"_s, u"c"_s}));
    QCOMPARE(listed(*cache), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void TestCacheDatabase::oneIssueInTwoLists()
{
    const auto cache = open();
    const store::ListKey other{m_account, u"other"_s};
    domain::Issue row = m_random.issue(m_scope, u"1"_s);
    row.count = 10;
    cache->saveHead(m_key, m_head, {row}, {});
    row.count = 20;
    row.status = domain::IssueStatus::Resolved;
    cache->saveHead(other, m_head, {row}, {});
    // The state belongs to the issue, the count to the list's window.
    const domain::Issue first = outcome(cache->list(m_key, 10))->rows.front();
    QCOMPARE(first.count, qint64(10));
    QCOMPARE(first.status, domain::IssueStatus::Resolved);
    QCOMPARE(outcome(cache->list(other, 10))->rows.front().count, qint64(20));
    row.count = 999;
    row.status = domain::IssueStatus::Archived;
    cache->saveIssue(row, now);
    QCOMPARE(outcome(cache->list(other, 10))->rows.front().count, qint64(20));
    QCOMPARE(outcome(cache->list(other, 10))->rows.front().status, domain::IssueStatus::Archived);
}

void TestCacheDatabase::longListsComeInParts()
{
    const auto cache = open();
    QStringList names;
    for (int i = 0; i < 1'000; ++i)
        names.append(QString::number(i * 7'919 % 1'000));
    QVERIFY(outcome(cache->saveList(m_key, m_head, issues(names))).has_value());
    QStringList read;
    int parts = 0;
    std::optional<qint64> from;
    do {
        const auto part = outcome(cache->list(m_key, 300, from));
        read += ids(part->rows);
        from = part->next;
        ++parts;
    } while (from);
    QCOMPARE(read, names);
    QCOMPARE(parts, 4);
}

void TestCacheDatabase::aDamagedFileIsSetAside()
{
    const QByteArray garbage(50'000, 'x');
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(garbage);
    damaged.close();
    const auto cache = open();
    QVERIFY(outcome(cache->saveHead(m_key, m_head, issues({u"a"_s}), {})).has_value());
    QCOMPARE(listed(*cache), QStringList{u"a"_s});
    QCOMPARE(m_setAside.size(), 1);
    QCOMPARE(tests::readFile(m_setAside.front()), garbage);
}

void TestCacheDatabase::aNewerFileIsSetAside()
{
    QVERIFY(outcome(open()->saveHead(m_key, m_head, issues({u"a"_s}), {})).has_value());
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(file()).constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
    const auto cache = open();
    QCOMPARE(listed(*cache), QStringList());
    QTRY_COMPARE(m_setAside.size(), 1);
    QVERIFY(QFile::exists(m_setAside.front()));
}

void TestCacheDatabase::damageInTheMiddleOfWork()
{
    QStringList names;
    for (int i = 0; i < 2'000; ++i)
        names.append(QString::number(i));
    QVERIFY(outcome(open()->saveList(m_key, m_head, issues(names))).has_value());
    // The header and the schema stay whole, what is behind them does not.
    constexpr int whole = 131'072;
    QFile file(this->file());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 size = file.size();
    QVERIFY(size > 2 * whole);
    file.seek(whole);
    file.write(QByteArray(int(size - whole), '\x5a'));
    file.close();
    const auto cache = open();
    QVERIFY(!outcome(cache->list(m_key, 5'000)).has_value());
    QTRY_COMPARE(m_setAside.size(), 1);
    QVERIFY(outcome(cache->saveHead(m_key, m_head, issues({u"a"_s}), {})).has_value());
    QCOMPARE(listed(*cache), QStringList{u"a"_s});
}

void TestCacheDatabase::opensTwice()
{
    const auto first = open();
    const auto second = open();
    QVERIFY(outcome(first->saveHead(m_key, m_head, issues({u"a"_s}), {})).has_value());
    QVERIFY(outcome(second->append(m_key, m_head, issues({u"b"_s}))).has_value());
    QCOMPARE(listed(*first), (QStringList{u"a"_s, u"b"_s}));
}

void TestCacheDatabase::accountsAreApart()
{
    const auto cache = open();
    const domain::AccountId other(u"account-2"_s);
    const domain::Issue foreign = m_random.issue(other, u"a"_s);
    cache->saveHead(m_key, m_head, issues({u"a"_s}), {});
    cache->saveHead({other, m_key.query}, m_head, {foreign}, {});
    cache->saveEvent(m_scope, m_random.event(u"e"_s, u"a"_s), now);
    cache->saveEvent(other, m_random.event(u"e"_s, u"a"_s), now);
    cache->saveDetail(m_random.detail(m_scope, u"a"_s), now);
    cache->saveDirectory(m_scope, m_random.directory(), now);
    cache->saveOverview(m_scope, m_random.overview(), now);
    QVERIFY(outcome(cache->removeAccount(m_account)).has_value());
    QVERIFY(!outcome(cache->list(m_key, 10))->head);
    QVERIFY(!outcome(cache->event(m_scope, domain::EventId(u"e"_s))).has_value());
    QVERIFY(!outcome(cache->detail(key(u"a"_s))).has_value());
    QVERIFY(!outcome(cache->directory(m_scope)).has_value());
    QVERIFY(!outcome(cache->overview(m_scope)).has_value());
    QCOMPARE(outcome(cache->list({other, m_key.query}, 10))->rows, QList<domain::Issue>{foreign});
    QVERIFY(outcome(cache->event(other, domain::EventId(u"e"_s))).has_value());
}

/// Two regions number their issues and events by themselves.
void TestCacheDatabase::organizationsAreApart()
{
    const auto cache = open();
    const domain::Scope other(m_account, domain::OrganizationId(u"other"_s));
    const store::ListKey otherKey{m_account, u"other organization"_s};
    const domain::Issue ours = m_random.issue(m_scope, u"7"_s);
    const domain::Issue theirs = m_random.issue(other, u"7"_s);
    cache->saveHead(m_key, m_head, {ours}, {});
    cache->saveHead(otherKey, m_head, {theirs}, {});
    const domain::IssueDetail ourDetail = m_random.detail(m_scope, u"7"_s);
    const domain::IssueDetail theirDetail = m_random.detail(other, u"7"_s);
    cache->saveDetail(ourDetail, now);
    cache->saveDetail(theirDetail, now);
    const domain::Event ourEvent = m_random.event(u"e"_s, u"7"_s);
    const domain::Event theirEvent = m_random.event(u"e"_s, u"7"_s);
    cache->saveEvent(m_scope, ourEvent, now);
    cache->saveEvent(other, theirEvent, now);
    const store::DirectoryData ourDirectory = m_random.directory();
    cache->saveDirectory(m_scope, ourDirectory, now);
    QCOMPARE(outcome(cache->list(m_key, 10))->rows, QList<domain::Issue>{ours});
    QCOMPARE(outcome(cache->list(otherKey, 10))->rows, QList<domain::Issue>{theirs});
    QCOMPARE(outcome(cache->detail(keyOf(ours)))->value, ourDetail);
    QCOMPARE(outcome(cache->detail(keyOf(theirs)))->value, theirDetail);
    QCOMPARE(outcome(cache->latestEvent(keyOf(ours)))->value, ourEvent);
    QCOMPARE(outcome(cache->event(other, theirEvent.id))->value, theirEvent);
    QCOMPARE(outcome(cache->directory(m_scope))->value, ourDirectory);
    QCOMPARE(outcome(cache->directory(other)).error().kind, ErrorKind::NotFound);
    // What stands in no list goes, and only that.
    cache->saveList(otherKey, m_head, {});
    QVERIFY(outcome(cache->trim({}, now + std::chrono::hours(25))).has_value());
    QCOMPARE(outcome(cache->list(m_key, 10))->rows, QList<domain::Issue>{ours});
    cache->append(otherKey, m_head, {});
    QVERIFY(outcome(cache->removeAccount(m_account)).has_value());
    QCOMPARE(outcome(cache->detail(keyOf(theirs))).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(cache->event(other, theirEvent.id)).error().kind, ErrorKind::NotFound);
}

/// A file of the first schema, with rows in it: they go, as nobody knows whose they were, and it works on.
void TestCacheDatabase::aFormerFileIsCarriedOver()
{
    QFile first(u":/store/migrations/cache/0001_first.sql"_s);
    static_cast<void>(open()); // the resource is there once a store was
    QFile::remove(file());
    QVERIFY(first.open(QIODevice::ReadOnly));
    const QByteArray sql =
        first.readAll() + "INSERT INTO issue_list VALUES (1, 'account-1', 'is:unresolved', 5, 5, 1, NULL, 0);"
                          "INSERT INTO issue_list_row VALUES (1, '7', 0, 1, 1, NULL, NULL, x'00');"
                          "INSERT INTO issue_detail VALUES ('account-1', '7', 5, x'00');"
                          "INSERT INTO event VALUES ('account-1', 'e', '7', 5, 5, 1, x'00');"
                          "INSERT INTO document VALUES ('account-1', 'directory', 5, x'00');"
                          "PRAGMA user_version = 1;";
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(file()).constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
    const auto cache = open();
    QVERIFY(!outcome(cache->list(m_key, 10))->head);
    QCOMPARE(outcome(cache->detail(key(u"7"_s))).error().kind, ErrorKind::NotFound);
    const QList<domain::Issue> rows = issues({u"7"_s, u"8"_s});
    QVERIFY(outcome(cache->saveHead(m_key, m_head, rows, {})).has_value());
    QCOMPARE(outcome(cache->list(m_key, 10))->rows, rows);
    QVERIFY(m_setAside.isEmpty());
}

void TestCacheDatabase::limitsAreKept()
{
    const auto cache = open();
    for (int i = 0; i < 20; ++i) {
        const core::TimePoint time = now - std::chrono::hours(20 - i);
        cache->saveEvent(m_scope, m_random.event(u"e%1"_s.arg(i), u"a"_s), time);
        const store::ListKey key{m_account, u"query %1"_s.arg(i)};
        cache->saveHead(key, {time, false, {}, false}, issues({u"row%1"_s.arg(i)}), {});
    }
    cache->saveEvent(m_scope, m_random.event(u"ancient"_s, u"a"_s), now - std::chrono::hours(1'000));
    CacheDatabase::Limits limits;
    limits.lists = 5;
    limits.age = std::chrono::hours(500);
    QVERIFY(outcome(cache->trim(limits, now)).has_value());
    QVERIFY(!outcome(cache->event(m_scope, domain::EventId(u"ancient"_s))).has_value());
    QVERIFY(outcome(cache->event(m_scope, domain::EventId(u"e0"_s))).has_value());
    QVERIFY(!outcome(cache->list({m_account, u"query 14"_s}, 10))->head);
    QCOMPARE(outcome(cache->list({m_account, u"query 15"_s}, 10))->rows.size(), 1);
}

void TestCacheDatabase::anUnusableFolderOnlyCostsTheCache()
{
    QFile blocked(m_folder->filePath(u"blocked"_s));
    QVERIFY(blocked.open(QIODevice::WriteOnly));
    CacheDatabase cache(m_folder->filePath(u"blocked/cache.sqlite"_s), m_home);
    QCOMPARE(outcome(cache.list(m_key, 10)).error().kind, ErrorKind::Storage);
    QCOMPARE(outcome(cache.saveHead(m_key, m_head, issues({u"a"_s}), {})).error().kind, ErrorKind::Storage);
}

/// Whatever call to the disk fails: every future ends, and the cache works afterwards.
void TestCacheDatabase::theNthCallFails()
{
    int failures = 0;
    const QList<domain::Issue> first = issues({u"a"_s, u"b"_s});
    const QList<domain::Issue> second = issues({u"c"_s});
    QVERIFY(outcome(open()->saveList(m_key, m_head, first)).has_value());
    const QTemporaryDir start;
    const QString original = start.filePath(u"cache.sqlite"_s);
    QVERIFY(QFile::copy(file(), original));
    for (int n = 0;; ++n) {
        QVERIFY2(n < 5'000, "it never runs untouched");
        init();
        QVERIFY(QFile::copy(original, file()));
        bool isPromised = false;
        tests::FaultVfs::failOnce(n);
        {
            const auto cache = open();
            const auto appended = cache->append(m_key, m_head, second);
            const auto detail = cache->saveDetail(m_random.detail(m_scope, u"a"_s), now);
            isPromised = outcome(appended).has_value();
            outcome(detail);
            outcome(cache->list(m_key, 10));
            outcome(cache->trim({}, now));
        }
        const bool hasFailed = tests::FaultVfs::disarm();
        const auto cache = open();
        const QStringList present = listed(*cache);
        // A read error alone is no reason to throw the cache away.
        QVERIFY2(m_setAside.isEmpty(), qPrintable(QString::number(n)));
        QCOMPARE(present.mid(0, 2), (QStringList{u"a"_s, u"b"_s}));
        if (isPromised)
            QCOMPARE(present.size(), 3);
        if (!hasFailed) {
            QVERIFY(isPromised);
            break;
        }
        ++failures;
    }
    QVERIFY(failures > 20);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestCacheDatabase)
#include "tst_cachedatabase.moc"
