// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A list asked of the cache: another search text than any list that was stored, over several accounts, in
// parts, each row with its age.

#include <QTemporaryDir>
#include <QTest>

#include "models/core/mailbox.h"
#include "models/store/cachedatabase.h"
#include "models/sync/localsearch.h"
#include "tests/support/main.h"
#include "tests/support/outcome.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using std::chrono::hours;
using sync::IssueQuery;
using tests::outcome;

namespace {

constexpr core::TimePoint now{std::chrono::milliseconds(1'763'600'400'000)};

} // namespace

class TestOfflineList final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void narrowsAsTheListDoes();
    void mergesAccounts();
    void comesInParts();
    void organizationsAreApart();
    void badTextsAreToldInTheServersWords();
    void hostileQueriesEnd();

private:
    domain::Issue issue(const domain::Scope& scope, const QString& id, std::chrono::hours age);
    QStringList found(const IssueQuery& query);

    std::unique_ptr<QTemporaryDir> m_folder;
    core::Mailbox m_home;
    std::unique_ptr<store::CacheDatabase> m_cache;
    domain::Account m_first;
    domain::Account m_second;
    domain::Scope m_web;
    domain::Scope m_other;
};

void TestOfflineList::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_cache = std::make_unique<store::CacheDatabase>(m_folder->filePath(u"cache.sqlite"_s), m_home);
    m_first.id = domain::AccountId(u"first"_s);
    m_first.organizations = {
        {domain::OrganizationId(u"acme"_s), {}, {}}, {domain::OrganizationId(u"lab"_s), {}, {}}};
    m_second.id = domain::AccountId(u"second"_s);
    m_second.organizations = {{domain::OrganizationId(u"acme"_s), {}, {}}};
    m_web = {m_first.id, domain::OrganizationId(u"acme"_s)};
    m_other = {m_second.id, domain::OrganizationId(u"acme"_s)};
    domain::Issue staging = issue(m_web, u"staging"_s, hours(2));
    domain::Event event;
    event.id = domain::EventId(u"e"_s);
    event.issue = staging.id;
    event.environment = u"staging"_s;
    m_cache->saveHead({m_first.id, u"a list"_s}, {now - hours(3), false, {}, false},
        {issue(m_web, u"old"_s, hours(24 * 5)), staging}, {});
    m_cache->saveHead({m_first.id, u"another list"_s}, {now - hours(1), false, {}, false},
        {issue(m_web, u"new"_s, hours(1))}, {});
    m_cache->saveEvent(m_web, event, now);
    m_cache->saveHead(
        {m_second.id, u"a list"_s}, {now, false, {}, false}, {issue(m_other, u"new"_s, hours(3))}, {});
}

void TestOfflineList::cleanup()
{
    m_cache.reset();
}

domain::Issue TestOfflineList::issue(const domain::Scope& scope, const QString& id, std::chrono::hours age)
{
    domain::Issue issue;
    issue.account = scope.account;
    issue.organization = scope.organization;
    issue.id = domain::IssueId(id);
    issue.title = u"Title of "_s + id;
    issue.type = u"error"_s;
    issue.project = {domain::ProjectId(id == u"old" ? u"1"_s : u"2"_s), u"web"_s, {}};
    issue.lastSeen = now - age;
    issue.firstSeen = now - age;
    issue.count = age.count();
    return issue;
}

QStringList TestOfflineList::found(const IssueQuery& query)
{
    const auto part = outcome(sync::searchLocally(*m_cache, {m_first, m_second}, query, now, 100));
    if (!part)
        return {part.error().detail};
    QStringList out;
    for (const store::Dated<domain::Issue>& row : part->rows)
        out << row.value.account.value() + u'/' + row.value.id.value();
    return out;
}

void TestOfflineList::narrowsAsTheListDoes()
{
    IssueQuery query;
    query.scopes = {{m_first.id}}; // its first organization
    query.range = sync::Range::Days7;
    query.sort = sync::IssueSort::LastSeen;
    QCOMPARE(found(query), (QStringList{u"first/new"_s, u"first/staging"_s, u"first/old"_s}));
    query.sort = sync::IssueSort::Events;
    QCOMPARE(found(query), (QStringList{u"first/old"_s, u"first/staging"_s, u"first/new"_s}));
    query.range = sync::Range::Hours24;
    QCOMPARE(found(query), (QStringList{u"first/staging"_s, u"first/new"_s}));
    query.text = u"title of NEW"_s;
    QCOMPARE(found(query), QStringList(u"first/new"_s));
    query.text.clear();
    query.environments = {u"staging"_s};
    QCOMPARE(found(query), QStringList(u"first/staging"_s));
    query.environments = {u"stag*"_s}; // the name of an environment, not a pattern
    QCOMPARE(found(query), QStringList());
    query.environments.clear();
    query.range = sync::Range::Days7;
    query.projects = {domain::ProjectId(u"1"_s), domain::ProjectId(u"7"_s)};
    QCOMPARE(found(query), QStringList(u"first/old"_s));
}

void TestOfflineList::mergesAccounts()
{
    IssueQuery query;
    query.scopes = {{m_first.id}, {m_second.id}};
    query.sort = sync::IssueSort::LastSeen;
    QCOMPARE(found(query), (QStringList{u"first/new"_s, u"first/staging"_s, u"second/new"_s}));
    query.scopes.clear();
    QCOMPARE(found(query), QStringList());
}

void TestOfflineList::comesInParts()
{
    IssueQuery query;
    query.scopes = {{m_first.id}, {m_second.id}};
    query.range = sync::Range::Days90;
    query.sort = sync::IssueSort::LastSeen;
    QStringList titles;
    QList<core::TimePoint> ages;
    std::optional<store::SearchPlace> from;
    int parts = 0;
    do {
        const auto part = outcome(sync::searchLocally(*m_cache, {m_first, m_second}, query, now, 1, from));
        QVERIFY(part.has_value());
        QCOMPARE(part->rows.size(), 1);
        QCOMPARE(part->total, 4);
        titles << part->rows.first().value.id.value();
        ages << part->rows.first().asOf;
        from = part->next;
    } while (from && ++parts < 10);
    QCOMPARE(titles, (QStringList{u"new"_s, u"staging"_s, u"new"_s, u"old"_s}));
    QCOMPARE(ages, (QList<core::TimePoint>{now - hours(1), now - hours(3), now, now - hours(3)}));
}

void TestOfflineList::organizationsAreApart()
{
    const domain::Scope lab{m_first.id, domain::OrganizationId(u"lab"_s)};
    domain::Issue same = issue(lab, u"new"_s, hours(1)); // the number of an issue of the other region
    same.title = u"Of the laboratory"_s;
    m_cache->saveHead({m_first.id, u"lab list"_s}, {now, false, {}, false}, {same}, {});
    IssueQuery query;
    query.scopes = {lab};
    query.text = u"laboratory"_s;
    QCOMPARE(found(query), QStringList(u"first/new"_s));
    query.scopes = {m_web};
    QCOMPARE(found(query), QStringList());
    query.text = u"title of new"_s;
    QCOMPARE(found(query), QStringList(u"first/new"_s));
}

void TestOfflineList::badTextsAreToldInTheServersWords()
{
    IssueQuery query;
    query.scopes = {m_web};
    query.text = u"a OR b"_s;
    QVERIFY(found(query).first().startsWith(u"Error parsing search query: Boolean statements"_s));
    query.text = u"is:lost"_s;
    QVERIFY(found(query).first().contains(u"Invalid value for \"is\" search"_s));
}

void TestOfflineList::hostileQueriesEnd()
{
    IssueQuery query;
    query.scopes = {m_web};
    const QStringList hostile{u"a:b "_s.repeated(2'400), u"x:["_s + u"a,"_s.repeated(4'000) + u"a]"_s,
        u"*a"_s.repeated(4'900), QString(9'000, u'%'), u"'; DROP TABLE issue; --"_s, u"\"' OR 1=1"_s,
        QString(QChar(0)) + u"abc"_s, QString(QChar(0xD800)) + u"abcd"_s, u"\"\"\"\""_s,
        u"title:"_s + u"\\*"_s.repeated(4'000), u"NEAR(a b) AND col:x NOT"_s, u"has:has has:\"\" !has:is"_s,
        u"id:99999999999999999999999"_s};
    for (const QString& text : hostile) {
        query.text = text;
        const auto part = outcome(sync::searchLocally(*m_cache, {m_first}, query, now, 10));
        // Nothing found, or refused as a search; never a fault of the database.
        QVERIFY2(part.has_value() || part.error().kind == core::ErrorKind::Usage, qPrintable(text.left(80)));
        if (part && !text.contains(u"has:"_s) && text != u"\"\"\"\""_s) // those ask for next to nothing
            QVERIFY2(part->rows.isEmpty(), qPrintable(text.left(80)));
    }
    query.text.clear();
    QCOMPARE(found(query).size(), 2); // all is still there
}

VEDETTE_TEST_MAIN(QCoreApplication, TestOfflineList)
#include "tst_offlinelist.moc"
