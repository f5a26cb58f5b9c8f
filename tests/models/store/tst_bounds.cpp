// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The cache stays within its bounds, the oldest goes first, the disk gets its room back, and what was stored
// before there was an index is found afterwards.

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "models/core/mailbox.h"
#include "models/search/parser.h"
#include "models/store/cachedatabase.h"
#include "models/store/codec.h"
#include "models/store/schema.h"
#include "tests/models/store/randomvalues.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using std::chrono::hours;
using store::CacheDatabase;
using tests::outcome;

namespace {

constexpr core::TimePoint now{std::chrono::milliseconds(1'763'600'400'000)};

} // namespace

class TestBounds final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void theOldestGoFirst();
    void whatIsToBeSentStays();
    void eachAccountHasItsOwn();
    void everyTableAges();
    void looseIssuesGo();
    void theDiskGetsItsRoomBack();
    void oldRowsAreIndexed();
    void indexingGoesOnAfterARestart();
    void textsAreFoundBeforeAndAfterIndexing();
    void closingInTheMiddleEndsTheTrim();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"cache.sqlite"_s); }
    std::unique_ptr<CacheDatabase> open() { return std::make_unique<CacheDatabase>(file(), m_home); }
    /// An event that takes some 20 KB even when packed.
    domain::Event largeEvent(const QString& id, const QString& issue);
    domain::Issue issue(const QString& id, const QString& title);
    QStringList found(CacheDatabase& cache, const QString& query);
    bool hasEvent(CacheDatabase& cache, const QString& id, const domain::Scope& scope);
    bool hasEvent(CacheDatabase& cache, const QString& id) { return hasEvent(cache, id, m_scope); }
    /// A file as it was before the index: an issue in a list, its detail and an event.
    void makeOldFile(int issues);

    std::unique_ptr<QTemporaryDir> m_folder;
    core::Mailbox m_home;
    tests::RandomValues m_random{11};
    const domain::AccountId m_account{u"account-1"_s};
    const domain::OrganizationId m_organization{u"acme"_s};
    const domain::Scope m_scope{m_account, m_organization};
    const domain::Scope m_other{domain::AccountId(u"account-2"_s), m_organization};
};

void TestBounds::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

domain::Event TestBounds::largeEvent(const QString& id, const QString& issue)
{
    domain::Event event = m_random.event(id, issue);
    QString noise;
    while (noise.size() < 20'000)
        noise += QString::number(m_random.number(), 36);
    event.extra.append({u"noise"_s, noise});
    return event;
}

domain::Issue TestBounds::issue(const QString& id, const QString& title)
{
    domain::Issue issue = m_random.issue(m_account, id);
    issue.organization = m_organization;
    issue.title = title;
    return issue;
}

QStringList TestBounds::found(CacheDatabase& cache, const QString& query)
{
    const auto part =
        outcome(cache.search({{m_account}}, *search::parse(query), store::SearchSort::LastSeen, now, 10'000));
    QStringList out;
    if (part) {
        for (const store::Dated<domain::Issue>& row : part->rows)
            out << row.value.id.value();
    }
    out.sort();
    return out;
}

bool TestBounds::hasEvent(CacheDatabase& cache, const QString& id, const domain::Scope& scope)
{
    return outcome(cache.event(scope, domain::EventId(id))).has_value();
}

void TestBounds::theOldestGoFirst()
{
    const auto cache = open();
    for (int i = 0; i < 100; ++i)
        cache->saveEvent(m_scope, largeEvent(u"e%1"_s.arg(i), u"a"_s), now - hours(100 - i));
    CacheDatabase::Limits limits;
    limits.bytes = 800'000;
    QVERIFY((*outcome(cache->usage()))[m_account] > 1'500'000);
    QVERIFY(outcome(cache->trim(limits, now)).has_value());
    const qint64 used = (*outcome(cache->usage()))[m_account];
    QVERIFY2(used <= limits.bytes && used > limits.bytes / 2, qPrintable(QString::number(used)));
    bool isKept = false;
    for (int i = 0; i < 100; ++i) {
        const bool isThere = hasEvent(*cache, u"e%1"_s.arg(i));
        QVERIFY2(isThere || !isKept, "a newer one went before an older one");
        isKept = isThere;
    }
    QVERIFY(isKept);
}

void TestBounds::whatIsToBeSentStays()
{
    const auto cache = open();
    const domain::IssueDetail detail = m_random.detail(m_scope, u"pinned"_s);
    cache->saveDetail(detail, now - hours(5'000));
    cache->saveEvent(m_scope, largeEvent(u"old"_s, u"pinned"_s), now - hours(5'000));
    cache->saveEvent(m_scope, largeEvent(u"other"_s, u"free"_s), now - hours(5'000));
    CacheDatabase::Limits limits;
    limits.bytes = 1;
    QVERIFY(outcome(cache->trim(limits, now, {domain::keyOf(detail.issue)})).has_value());
    QVERIFY(hasEvent(*cache, u"old"_s));
    QVERIFY(outcome(cache->detail(domain::keyOf(detail.issue))).has_value());
    QCOMPARE(found(*cache, u""_s), QStringList(u"pinned"_s));
    QVERIFY(!hasEvent(*cache, u"other"_s));
    QVERIFY(outcome(cache->trim(limits, now)).has_value());
    QVERIFY(!hasEvent(*cache, u"old"_s));
}

void TestBounds::eachAccountHasItsOwn()
{
    const auto cache = open();
    for (int i = 0; i < 60; ++i)
        cache->saveEvent(m_scope, largeEvent(u"e%1"_s.arg(i), u"a"_s), now);
    cache->saveEvent(m_other, largeEvent(u"small"_s, u"a"_s), now - hours(100));
    CacheDatabase::Limits limits;
    limits.bytes = 500'000;
    QVERIFY(outcome(cache->trim(limits, now)).has_value());
    QVERIFY(hasEvent(*cache, u"small"_s, m_other)); // older, but its account is small
    QVERIFY((*outcome(cache->usage()))[m_account] <= limits.bytes);
}

void TestBounds::everyTableAges()
{
    const auto cache = open();
    const core::TimePoint old = now - hours(24 * 40);
    const domain::Scope onlyDocument(domain::AccountId(u"document"_s), m_organization);
    const domain::IssueDetail onlyDetail =
        m_random.detail({domain::AccountId(u"detail"_s), m_organization}, u"d"_s);
    cache->saveDetail(onlyDetail, old);
    cache->saveDirectory(onlyDocument, m_random.directory(), old);
    cache->saveEvent(m_scope, m_random.event(u"e"_s, u"a"_s), old);
    cache->saveHead({m_account, u"q"_s}, {old, false, {}, false}, {issue(u"a"_s, u"Old"_s)}, {});
    QVERIFY(outcome(cache->trim({}, now)).has_value());
    QVERIFY(!outcome(cache->detail(domain::keyOf(onlyDetail.issue))).has_value());
    QVERIFY(!outcome(cache->directory(onlyDocument)).has_value());
    QVERIFY(!hasEvent(*cache, u"e"_s));
    QVERIFY(!outcome(cache->list({m_account, u"q"_s}, 10))->head);
    QVERIFY(outcome(cache->usage())->isEmpty());
}

void TestBounds::looseIssuesGo()
{
    const auto cache = open();
    const core::TimePoint yesterday = now - hours(30);
    cache->saveIssue(issue(u"loose"_s, u"Nowhere"_s), yesterday);
    cache->saveHead({m_account, u"q"_s}, {yesterday, false, {}, false}, {issue(u"listed"_s, u"Here"_s)}, {});
    cache->saveDetail(
        [this] {
            domain::IssueDetail detail = m_random.detail(m_scope, u"opened"_s);
            detail.issue.title = u"Opened"_s;
            return detail;
        }(),
        yesterday);
    cache->saveIssue(issue(u"fresh"_s, u"Just left its list"_s), now);
    QVERIFY(outcome(cache->trim({}, now)).has_value());
    QCOMPARE(found(*cache, u""_s), (QStringList{u"fresh"_s, u"listed"_s, u"opened"_s}));
    QCOMPARE(found(*cache, u"Nowhere"_s), QStringList());
    QCOMPARE(found(*cache, u"Opened"_s), QStringList(u"opened"_s));
}

void TestBounds::theDiskGetsItsRoomBack()
{
    {
        const auto cache = open();
        for (int i = 0; i < 300; ++i)
            cache->saveEvent(m_scope, largeEvent(u"e%1"_s.arg(i), u"a"_s), now - hours(1'000));
        QVERIFY(hasEvent(*cache, u"e299"_s));
    }
    const qint64 before = QFileInfo(file()).size();
    QVERIFY(before > 4'000'000); // more than one step gives back
    {
        const auto cache = open();
        QVERIFY(outcome(cache->trim({}, now)).has_value());
    }
    QVERIFY2(QFileInfo(file()).size() < before / 10, qPrintable(QString::number(QFileInfo(file()).size())));
}

void TestBounds::makeOldFile(int issues)
{
    const std::vector<store::Migration> all = store::migrationsOf(u"cache"_s);
    // A file from before there was an index: rows of today's code would be of today's schema.
    store::Connection connection(file(), store::Connection::Durability::Normal);
    QVERIFY(store::migrate(connection, {all[0], all[1]}).has_value());
    SQLite::Transaction transaction(connection.database());
    connection.database().exec("INSERT INTO issue_list VALUES (1, 'account-1', 'q', 1, 1, 0, NULL, 0)");
    for (int i = 0; i < issues; ++i) {
        const QString id = QString::number(i);
        store::Query(connection,
            "INSERT INTO issue (account, organization, id, short_id, title, culprit, type, error_type, "
            "error_value, filename, function, platform, logger, permalink, level, status, substatus, "
            "status_text, status_details, project_id, project_slug, project_name, comment_count, "
            "is_bookmarked, has_seen, is_unhandled, priority, stored_at) VALUES ('account-1', 'acme', ?, "
            "'WEB-1', ?, 'culprit', 'error', '', '', '', '', '', '', '', 'error', 'unresolved', 'new', "
            "'unresolved', '', '1', 'web', 'Web', 0, 0, 1, 0, '', ?)")
            .bind(id, u"Oldtimer %1"_s.arg(i), now)
            .run();
        store::Query(connection, "INSERT INTO issue_list_row VALUES (1, ?, 'acme', ?, ?, 2, 3, 4, x'')")
            .bind(id, i, 10 + i)
            .run();
    }
    domain::IssueDetail detail;
    detail.issue = issue(u"0"_s, u"Oldtimer 0"_s);
    detail.tags = {{u"zone"_s, u"Zone"_s, 5, {{u"north"_s, 5}}}};
    store::Query(connection, "INSERT INTO issue_detail VALUES ('account-1', 'acme', '0', ?, ?)")
        .bind(now)
        .bindBlob(store::packed(store::encode(detail)))
        .run();
    domain::Event event;
    event.id = domain::EventId(u"e"_s);
    event.issue = domain::IssueId(u"1"_s);
    event.message = u"seen by nobody"_s;
    store::Query(connection, "INSERT INTO event VALUES ('account-1', 'acme', 'e', '1', 1, ?, 9, ?)")
        .bind(now)
        .bindBlob(store::packed(store::encode(event)))
        .run();
    transaction.commit();
}

void TestBounds::oldRowsAreIndexed()
{
    makeOldFile(1'234);
    const auto cache = open();
    QVERIFY(found(*cache, u"Oldtimer"_s).isEmpty());
    QVERIFY(outcome(cache->trim({}, now)).has_value());
    QCOMPARE(found(*cache, u"Oldtimer"_s).size(), 1'234);
    QCOMPARE(found(*cache, u"timesSeen:1000"_s), QStringList(u"990"_s));
    QCOMPARE(found(*cache, u"zone:north"_s), QStringList(u"0"_s));
    QCOMPARE(found(*cache, u"seen by nobody"_s), QStringList(u"1"_s));
}

void TestBounds::indexingGoesOnAfterARestart()
{
    makeOldFile(2'000);
    {
        const auto cache = open();
        cache->trim({}, now);
        QTRY_VERIFY(found(*cache, u"Oldtimer"_s).size() > 0); // some steps were taken; now it ends
    }
    const auto cache = open();
    QVERIFY(outcome(cache->trim({}, now)).has_value());
    QCOMPARE(found(*cache, u"Oldtimer"_s).size(), 2'000);
}

void TestBounds::textsAreFoundBeforeAndAfterIndexing()
{
    const auto cache = open();
    const store::ListKey key{m_account, u"q"_s};
    cache->saveHead(key, {now, false, {}, false},
        {issue(u"1"_s, u"Harbour closed"_s), issue(u"2"_s, u"Harbour open"_s)}, {});
    const QStringList both{u"1"_s, u"2"_s};
    QCOMPARE(found(*cache, u"harbour"_s), both);
    QVERIFY(outcome(cache->trim({}, now)).has_value());
    QCOMPARE(found(*cache, u"harbour"_s), both);
    QCOMPARE(found(*cache, u"harbour closed"_s), QStringList(u"1"_s));
    // A text that changes is found by what it is, not by what it was; over and over.
    for (int i = 0; i < 3; ++i) {
        cache->saveHead(key, {now, false, {}, false}, {issue(u"1"_s, u"Lighthouse %1"_s.arg(i))}, {});
        QCOMPARE(found(*cache, u"harbour"_s), QStringList(u"2"_s));
        QCOMPARE(found(*cache, u"lighthouse %1"_s.arg(i)), QStringList(u"1"_s));
        QVERIFY(outcome(cache->trim({}, now)).has_value());
        QCOMPARE(found(*cache, u"harbour"_s), QStringList(u"2"_s));
        QCOMPARE(found(*cache, u"lighthouse %1"_s.arg(i)), QStringList(u"1"_s));
    }
    QVERIFY(outcome(cache->removeAccount(m_account)).has_value());
    QCOMPARE(found(*cache, u"harbour"_s), QStringList());
    store::Connection check(file(), store::Connection::Durability::Normal);
    check.database().exec("INSERT INTO issue_index (issue_index, rank) VALUES ('integrity-check', 1)");
}

void TestBounds::closingInTheMiddleEndsTheTrim()
{
    makeOldFile(2'000);
    QFuture<core::Result<void>> trim;
    {
        const auto cache = open();
        trim = cache->trim({}, now);
    }
    QCOMPARE(outcome(trim).error().kind, core::ErrorKind::Cancelled);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestBounds)
#include "tst_bounds.moc"
