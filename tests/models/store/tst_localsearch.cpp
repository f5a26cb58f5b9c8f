// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The search language without the server finds what the server finds: each query runs on the collector and on
// a cache that was filled from it. Where it cannot, it says so.

#include <QTest>

#include <algorithm>
#include <vector>

#include "tests/models/store/searchworld.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using tests::SearchWorld;

namespace {

/// What is found alike on both sides.
std::vector<const char*> sameOnBothSides()
{
    std::vector<const char*> out;
    const auto rows = [&out](std::initializer_list<const char*> queries) {
        for (const char* query : queries)
            out.push_back(query);
    };
    // The issue itself.
    rows({"", "is:unresolved", "is:resolved", "is:archived", "is:ignored", "is:muted", "is:archived_forever",
        "is:archived_until_escalating", "is:archived_until_condition_met", "is:new", "is:ongoing",
        "is:escalating", "is:regressed", "is:assigned", "is:unassigned", "!is:resolved", "is:!=resolved",
        "IS:resolved", "is:RESOLVED"});
    rows({"assigned:me", "assigned:ME", "assigned_to:ann@example.org", "assigned:[me, none]", "assigned:none",
        "assigned:Ann", "assigned:#nobody", "!assigned:[me, ann]", "assigned:nobody-here", "bookmarks:me",
        "!bookmarked_by:me"});
    rows({"issue.priority:high", "issue.priority:[high, low]", "!issue.priority:high", "issue.category:error",
        "issue.category:[error, feedback]", "issue.type:error", "issue.category:feedback"});
    rows({"project:mobile", "project:MOBILE", "!project:mobile", "project:mob*", "project:[mobile, nowhere]",
        "project.id:1", "!project.id:1", "issue:MOBILE-1", "issue:mobile-1", "issue:[MOBILE-1, MOBILE-9]",
        "issue:MOBILE-*", "id:1", "id:>2", "issue.id:[1, 2]", "id:c0000000000000000000000000000002",
        "d0000000-0000-0000-0000-000000000001", "is:unresolved c0000000000000000000000000000003"});
    // Times and numbers.
    rows({"firstSeen:-1d", "age:+14d", "age:-24h", "age:+24h", "first_seen:2026-11-10",
        "first_seen:!=2026-11-10", "!first_seen:2026-11-10", "firstSeen:>2026-11-10",
        "firstSeen:>=2026-11-10", "firstSeen:<=2026-11-10", "firstSeen:<2026-11-10T09:00:00",
        "firstSeen:2026-11-10T10:00:00+01:00", "firstSeen:2026-11-10T09:00:00.000000Z", "lastSeen:-2h",
        "lastSeen:+2h", "lastSeen:-90m", "last_seen:-2w", "lastSeen:>2026-11-20T08:30:00",
        "event.timestamp:2026-11-19", "timestamp:>2026-11-20T09:30:00", "date:<2026-11-06",
        "!event.timestamp:2026-11-20", "event.timestamp:-1h"});
    rows({"timesSeen:3", "times_seen:>1", "timesSeen:<=2", "timesSeen:<1k", "timesSeen:!=3", "!timesSeen:3",
        "timesSeen:[1, 3]", "timesSeen:>=1.0", "timesSeen:>1m"});
    // Releases, environments and tags, with their negations.
    rows({"release:shop@1.1.0", "release:SHOP@1.1.0", "release:shop*", "release:[shop@1.1.0, app@3]",
        "release:\"\"", "!release:shop@1.2.0", "!release:shop@2.0.0-beta.1+77", "!release:shop*",
        "has:release", "!has:release", "firstRelease:shop@1.10.0", "first-release:shop*",
        "!first_release:shop@1.10.0", "environment:staging", "environment:prod*",
        "environment:[staging, production]", "environment:\"\"", "!environment:production", "has:environment",
        "dist:42", "!dist:42", "logger:jobs", "!logger:jobs", "transaction:/basket", "transaction:*bask*"});
    rows({"level:warning", "level:[info, warning]", "!level:error", "level:error", "level:fatal",
        "tags[level]:info"});
    rows({"zone:eu", "zone:EU", "ZONE:eu", "!zone:eu", "tags[zone]:us", "tags[zone]:[us, eu]",
        "\"my key\":yes", "retry:>2", "retry:>3", "retry:>=3", "spent:>500ms", "spent:<1kb", "star:a\\*b",
        "star:a*", "star:a\\*", "no.such.key:1", "!no.such.key:1", "has:zone", "!has:zone",
        "server_name:web-1", "url:*example.org/basket", "zone:\"\"", "zone:>a"});
    // What only events tell.
    rows({"platform.name:javascript", "platform:cocoa", "!platform.name:python", "location:auth.js",
        "event.type:default", "event.type:error", "error.type:Login", "error.type:[login, crash]",
        "!error.type:login", "error.value:\"sum is empty: 50% off\"", "error.value:\"sum is gone\"",
        "error.value:sum*", "error.value:sum", "error.mechanism:django", "error.mechanism:generic",
        "error.handled:true", "error.handled:false", "error.unhandled:1", "error.unhandled:no",
        "!error.unhandled:true", "!error.handled:true"});
    rows({"stack.filename:shop/basket.py", "stack.filename:*.js", "stack.abs_path:/srv/*",
        "stack.function:[handle, signIn]", "stack.function:TOTAL", "stack.module:lib.base",
        "stack.package:libauth", "!stack.function:total", "has:stack.package", "!has:stack.package",
        "stack.filename:\"\""});
    rows({"user.id:8", "user.email:ANN@example.org", "user.email:*@example.org", "user.username:ann",
        "user.ip:10.0.0.7", "user:\"id:7\"", "!user.id:8", "!user.email:bob@example.org", "has:user",
        "!has:user", "has:user.email", "user.email:nobody*"});
    rows({"http.method:POST", "http.url:https://shop.example.org/basket", "http.status_code:503",
        "http.status_code:>=500", "http.status_code:>503", "geo.city:Lyon", "geo.country_code:fr",
        "device.arch:x86_64", "device.family:PC", "os.name:Linux", "os.version:6.1", "sdk.name:sentry.python",
        "sdk.version:2.0.0", "has:os.name", "flags[\"new-basket\"]:true", "flags[\"old-basket\"]:true",
        "trace:0123456789abcdef0123456789abcdef", "trace:ffffffffffffffffffffffffffffffff", "has:trace"});
    // Texts.
    rows({"title:\"Basket: sum was lost\"", "title:*LOST", "title:Basket", "title:*deni*", "culprit:*bask*",
        "culprit:nothing", "message:\"was lost\"", "message:*was*lost*", "!message:sum", "message:WAS",
        "!message:denied"});
    rows({"was lost", "lost was", "\"bad access\"", "(nothing)", "(is:resolved)", "50%", "s_m", "message:s*m",
        "b*k*t", "su", "da", "%", "_", "denied is:unresolved level:error", "is:resolved day",
        "is:unresolved assigned:me level:error", "zone:us level:warning was lost",
        "zone:us environment:staging", "release:shop* is:unresolved !is:assigned",
        "!project:mobile timesSeen:1 is:unresolved", "nothing at all like it"});
    return out;
}

} // namespace

class TestLocalSearch final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_world = std::make_unique<SearchWorld>(); }
    void cleanupTestCase();
    void findsTheSame_data();
    void findsTheSame();
    void mostQueriesFindSomething();
    void saysWhatItDoesNotKnow_data();
    void saysWhatItDoesNotKnow();
    void differsByWhatItSays_data();
    void differsByWhatItSays();
    void refusesTheSame_data();
    void refusesTheSame();
    void looksIntoTagsAndPeople();

private:
    std::unique_ptr<SearchWorld> m_world;
};

void TestLocalSearch::cleanupTestCase()
{
    m_world.reset();
}

void TestLocalSearch::findsTheSame_data()
{
    QTest::addColumn<QString>("query");
    for (const char* query : sameOnBothSides())
        QTest::newRow(query) << QString::fromUtf8(query);
}

void TestLocalSearch::findsTheSame()
{
    QFETCH(QString, query);
    const auto part = m_world->search(query);
    QVERIFY(part.has_value());
    QCOMPARE(SearchWorld::words(*part), m_world->online(query));
    QCOMPARE(part->unknown, QStringList());
}

void TestLocalSearch::mostQueriesFindSomething()
{
    // The table would be worth little if it compared nothing with nothing.
    const std::vector<const char*> queries = sameOnBothSides();
    const auto found = std::count_if(queries.begin(), queries.end(),
        [this](const char* query) { return !m_world->offline(QString::fromUtf8(query)).isEmpty(); });
    QVERIFY2(found > 150, qPrintable(QString::number(found)));
}

void TestLocalSearch::saysWhatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("unknown");
    const auto row = [](const char* query, const char* unknown) {
        QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(unknown).split(u' ');
    };
    row("assigned_or_suggested:me", "assigned_or_suggested");
    row("is:unresolved is:for_review", "is:for_review");
    row("is:linked", "is:linked");
    row("!is:unlinked", "is:unlinked");
    row("assigned:my_teams", "assigned:my_teams");
    row("bookmarks:ann", "bookmarks:ann");
    row("subscribed:me", "subscribed");
    row("release:latest", "release:latest");
    row("firstRelease:latest", "firstRelease:latest");
    row("regressed_in_release:shop@1.2.0", "regressed_in_release");
    row("release.version:>1.2.0", "release.version");
    row("release.package:app release.build:77 release.stage:adopted",
        "release.package release.build release.stage");
    row("issue.category:performance", "issue.category:performance");
}

void TestLocalSearch::saysWhatItDoesNotKnow()
{
    QFETCH(QString, query);
    QFETCH(QStringList, unknown);
    const auto part = m_world->search(query);
    QVERIFY(part.has_value());
    QCOMPARE(part->unknown, unknown);
    // All that the server finds is among the rows: what is not known leaves nothing out.
    const QStringList offline = SearchWorld::words(*part);
    const QStringList online = m_world->online(query);
    for (const QString& title : online)
        QVERIFY2(offline.contains(title), qPrintable(title));
}

void TestLocalSearch::differsByWhatItSays_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("offline");
    const auto row = [](const char* query, const char* offline) {
        QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(offline).split(u' ');
    };
    // The zone is of one event and the environment of another.
    row("zone:us environment:production", "Basket");
    row("user.id:7 !zone:eu", "Basket");
}

void TestLocalSearch::differsByWhatItSays()
{
    QFETCH(QString, query);
    QFETCH(QStringList, offline);
    QCOMPARE(m_world->offline(query), offline);
    QCOMPARE(m_world->online(query), QStringList());
    QVERIFY(m_world->search(query)->isApart);
}

void TestLocalSearch::refusesTheSame_data()
{
    QTest::addColumn<QString>("query");
    for (const char* query : {"a OR b", "level:error AND level:info", "(a OR b)", "is: x", "level:", "a:\"b",
             "a:[b, c", "a:[b,,c]", "a:[]", "a:[b*]", "is:[resolved, ignored]", "is:lost", "firstSeen:soon",
             "age:-1y", "event.timestamp:[2026-08-01]", "timesSeen:many", "timesSeen:[1, many]",
             "project.id:x", "id:x", "error.handled:maybe", "error.main_thread:x", "issue.category:weather",
             "issue.type:weather", "issue.priority:urgent"})
        QTest::newRow(query) << QString::fromUtf8(query);
}

void TestLocalSearch::refusesTheSame()
{
    QFETCH(QString, query);
    const QStringList online = m_world->online(query);
    QVERIFY2(online.value(0).startsWith(u"Error parsing"_s), qPrintable(online.value(0)));
    QCOMPARE(m_world->offline(query), online);
}

void TestLocalSearch::looksIntoTagsAndPeople()
{
    // Free text without the server is a wider net: also tags and the people it happened to.
    QCOMPARE(m_world->offline(u"bob@example.org"_s), QStringList(u"Login"_s));
    QCOMPARE(m_world->offline(u"web-1"_s), QStringList(u"Basket"_s));
    QCOMPARE(m_world->offline(u"ann"_s), QStringList(u"Basket"_s));
    QCOMPARE(m_world->offline(u"message:web-1"_s), QStringList());
}

VEDETTE_TEST_MAIN(QCoreApplication, TestLocalSearch)
#include "tst_localsearch.moc"
