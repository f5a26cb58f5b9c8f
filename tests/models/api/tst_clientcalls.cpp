// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The calls of the client: which routes they ask, with which bodies, and how they get by with servers that
// lack one or speak GlitchTip's dialect.

#include <QTest>

#include "tests/models/api/clientbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using domain::ServerKind;
using tests::ClientBench;
using tests::FaultServer;
using tests::outcome;
using tests::value;
using tests::values;

namespace {

const domain::OrganizationId org{u"acme"_s};
const domain::IssueId issue{u"101"_s};

constexpr const char* issuePath = "/api/0/organizations/acme/issues/101/";
constexpr const char* bareIssuePath = "/api/0/issues/101/";
constexpr const char* listPath = "/api/0/organizations/acme/issues/";
constexpr const char* wholeIssue =
    R"({"id":"101","shortId":"WEB-1","status":"resolved","count":"3","project":{"id":"7","slug":"web"}})";
constexpr const char* wholeEvent = R"({"eventID":"aaaa","groupID":"101","entries":[],"title":"T"})";

} // namespace

class TestClientCalls final : public QObject
{
    Q_OBJECT

private slots:
    void issuesOnSentry();
    void issuesOnGlitchTip();
    void issuesFindOutAboutGlitchTip();
    void issuesWithoutAuto();
    void assignees();
    void assigneesOnOlderServers();
    void assigneesOnGlitchTip();
    void issueFallsBackToItsTwinAndRemembers();
    void aMissingIssueIsNotFoundOnce();
    void aRetiredTwinIsLeft();
    void glitchTipIsAskedByTwinsFirst();
    void eventsByWord();
    void oldestIsWalkedTo();
    void eventLists();
    void stats();
    void statsV2();
    void membersProjectsKeys();
};

void TestClientCalls::issuesOnSentry()
{
    ClientBench bench;
    FaultServer::Reply reply =
        FaultServer::json(R"([{"id":"1","count":"5"},{"no":"id"},{"id":2,"count":7}])");
    reply.with("Link", R"(<http://x/?cursor=0:2:0>; rel="next"; results="true"; cursor="0:2:0")")
        .with("X-Hits", "1000")
        .with("X-Max-Hits", "1000");
    bench.server.script(listPath, reply);
    bench.open(ServerKind::Sentry);
    api::IssueListRequest request;
    request.organization = org;
    request.query = u"is:unresolved level:error"_s;
    request.environments = {u"prod"_s, QString()};
    request.statsPeriod = u"14d"_s;
    request.sort = api::IssueSort::Users;
    request.limit = 500;
    request.cursor = u"0:0:0"_s;
    request.shortIdLookup = true;
    const auto page = outcome(bench.client->issues(request));
    QVERIFY(page);
    QCOMPARE(page->items.size(), 2);
    QCOMPARE(page->items.at(1).id.value(), u"2"_s);
    QCOMPARE(page->items.at(1).count, 7);
    QCOMPARE(page->nextCursor, u"0:2:0"_s);
    QCOMPARE(page->hits, std::optional<qint64>(1000));
    QVERIFY(page->hitsAreCapped);
    QVERIFY(!page->directHit);
    const FaultServer::Request& sent = bench.server.requests().first();
    QCOMPARE(value(sent, u"query"_s), request.query);
    QCOMPARE(value(sent, u"project"_s), u"-1"_s);
    QCOMPARE(values(sent, u"environment"_s), request.environments);
    QCOMPARE(value(sent, u"statsPeriod"_s), u"14d"_s);
    QCOMPARE(value(sent, u"groupStatsPeriod"_s), u"24h"_s);
    QCOMPARE(value(sent, u"sort"_s), u"user"_s);
    QCOMPARE(value(sent, u"limit"_s), u"100"_s);
    QCOMPARE(value(sent, u"cursor"_s), u"0:0:0"_s);
    QCOMPARE(value(sent, u"shortIdLookup"_s), u"1"_s);

    FaultServer::Reply direct = FaultServer::json(R"([{"id":"1"}])");
    bench.server.script(listPath, direct.with("X-Sentry-Direct-Hit", "1"));
    request.projects = {domain::ProjectId(u"12"_s), domain::ProjectId(u"13"_s)};
    const auto hit = outcome(bench.client->issues(request));
    QVERIFY(hit->directHit);
    QVERIFY(!hit->hasNext());
    QVERIFY(!hit->hits);
    QCOMPARE(values(bench.server.requests().last(), u"project"_s), QStringList({u"12"_s, u"13"_s}));
}

void TestClientCalls::issuesOnGlitchTip()
{
    ClientBench bench;
    bench.server.script(listPath, FaultServer::json("[]"));
    bench.open(ServerKind::GlitchTip);
    const QList<std::pair<api::IssueSort, QString>> sorts = {{api::IssueSort::Events, u"-count"_s},
        {api::IssueSort::LastSeen, u"-last_seen"_s}, {api::IssueSort::FirstSeen, u"-first_seen"_s},
        {api::IssueSort::Users, u"-count"_s}};
    for (const auto& [sort, word] : sorts) {
        api::IssueListRequest request;
        request.organization = org;
        request.sort = sort;
        QVERIFY(outcome(bench.client->issues(request)));
        const FaultServer::Request& sent = bench.server.requests().last();
        QCOMPARE(value(sent, u"sort"_s), word);
        QVERIFY(values(sent, u"project"_s).isEmpty());
        QCOMPARE(value(sent, u"limit"_s), u"50"_s);
    }
}

void TestClientCalls::issuesFindOutAboutGlitchTip()
{
    ClientBench bench;
    bench.server.script(
        listPath, {FaultServer::json(R"({"detail":[{"loc":["query","sort"],"msg":"no"}]})", 422),
                      FaultServer::json("[]")});
    bench.open(ServerKind::Unknown);
    api::IssueListRequest request;
    request.organization = org;
    QVERIFY(outcome(bench.client->issues(request)));
    QVERIFY(outcome(bench.client->issues(request)));
    QCOMPARE(bench.server.requests().size(), 3);
    QCOMPARE(value(bench.server.requests().at(2), u"sort"_s), u"-count"_s);
    QCOMPARE(bench.client->kind(), ServerKind::GlitchTip);
}

void TestClientCalls::issuesWithoutAuto()
{
    ClientBench bench;
    bench.server.script(
        listPath, {FaultServer::json(R"({"detail":"Invalid stats_period."})", 400), FaultServer::json("[]")});
    bench.open(ServerKind::Sentry);
    api::IssueListRequest request;
    request.organization = org;
    request.groupStatsPeriod = u"auto"_s;
    QVERIFY(outcome(bench.client->issues(request)));
    QCOMPARE(value(bench.server.requests().last(), u"groupStatsPeriod"_s), u"14d"_s);
    // A bad query is a bad query: once, with the server's words.
    bench.server.script(listPath, FaultServer::json(R"({"detail":"Error parsing search query: x"})", 400));
    bench.server.forget();
    request.groupStatsPeriod = u"24h"_s;
    const auto refused = outcome(bench.client->issues(request));
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, u"Error parsing search query: x"_s);
    QCOMPARE(bench.server.requests().size(), 1);
}

void TestClientCalls::assignees()
{
    ClientBench bench;
    bench.server.script("/api/0/", FaultServer::json(R"({"version":"0","user":{"id":"5","name":"Ada"}})"));
    bench.server.script("/api/0/organizations/acme/users/",
        FaultServer::json(
            R"([{"id":"900","user":{"id":"4","name":"Bea"}},{"id":"901","user":{"id":"5","name":"Ada"}},
            {"id":"902","user":null,"pending":true,"email":"c@x"},{"id":"903","user":{"id":"6","isActive":false}},
            {"id":"904","user":{"id":"4","name":"Bea again"}}])"));
    bench.server.script(
        "/api/0/projects/acme/web/teams/", FaultServer::json(R"([{"id":"2","slug":"core","name":"Core"}])"));
    bench.open(ServerKind::Sentry);
    QVERIFY(outcome(bench.client->whoAmI()));
    const auto actors = outcome(bench.client->assignees(org, {domain::ProjectId(u"7"_s), u"web"_s, {}}));
    QVERIFY(actors);
    QStringList ids;
    for (const domain::Actor& actor : *actors)
        ids << actor.id.value();
    QCOMPARE(ids, QStringList({u"user:5"_s, u"user:4"_s, u"team:2"_s}));
    QVERIFY(actors->first().isMe);
    QVERIFY(!actors->at(1).isMe);
    QCOMPARE(actors->last().kind, domain::Actor::Kind::Team);
    QCOMPARE(actors->last().name, u"#core"_s);
    QCOMPARE(
        value(bench.server.requestsTo("/api/0/organizations/acme/users/").first(), u"project"_s), u"7"_s);
}

void TestClientCalls::assigneesOnOlderServers()
{
    ClientBench bench; // neither users/ nor teams are served
    bench.server.script("/api/0/projects/acme/web/members/",
        FaultServer::json(R"([{"id":"900","user":{"id":"4","name":"Bea"}}])"));
    bench.open(ServerKind::Sentry);
    const auto actors = outcome(bench.client->assignees(org, {domain::ProjectId(u"7"_s), u"web"_s, {}}));
    QVERIFY(actors);
    QCOMPARE(actors->size(), 1);
    // A failing server is another matter than an absent route.
    bench.server.script("/api/0/organizations/acme/users/", FaultServer::json("{}", 500));
    QCOMPARE(outcome(bench.client->assignees(org, {})).error().kind, ErrorKind::Server);
}

void TestClientCalls::assigneesOnGlitchTip()
{
    ClientBench bench;
    bench.open(ServerKind::GlitchTip);
    QVERIFY(outcome(bench.client->assignees(org, {}))->isEmpty());
    QVERIFY(bench.server.requests().isEmpty());
}

void TestClientCalls::issueFallsBackToItsTwinAndRemembers()
{
    for (const int status : {404, 405}) {
        ClientBench bench;
        bench.server.script(issuePath, FaultServer::json("{}", status));
        bench.server.script(bareIssuePath, FaultServer::json(wholeIssue));
        bench.open(ServerKind::Unknown);
        QCOMPARE(outcome(bench.client->issue(org, issue))->issue.shortId, u"WEB-1"_s);
        QVERIFY(outcome(bench.client->issue(org, issue)));
        QCOMPARE(bench.server.requestsTo(issuePath).size(), 1);
        QCOMPARE(bench.server.requestsTo(bareIssuePath).size(), 2);
    }
}

void TestClientCalls::aMissingIssueIsNotFoundOnce()
{
    ClientBench bench;
    bench.server.script(
        issuePath, {FaultServer::json(wholeIssue), FaultServer::json(R"({"detail":"gone"})", 404)});
    bench.open(ServerKind::Sentry);
    QVERIFY(outcome(bench.client->issue(org, issue)));
    // The route is known to be there, so a 404 is about the issue.
    QCOMPARE(outcome(bench.client->issue(org, issue)).error().kind, ErrorKind::NotFound);
    QCOMPARE(bench.server.requests().size(), 2);
}

void TestClientCalls::aRetiredTwinIsLeft()
{
    ClientBench bench;
    bench.server.script(
        bareIssuePath, {FaultServer::json(wholeIssue),
                           FaultServer::json(R"({"message":"This API no longer exists."})", 410)});
    bench.server.script(issuePath, {FaultServer::json("{}", 404), FaultServer::json(wholeIssue)});
    bench.open(ServerKind::Sentry);
    QVERIFY(outcome(bench.client->issue(org, issue))); // 404, then the twin
    QVERIFY(outcome(bench.client->issue(org, issue))); // the twin is retired, back to the first
    bench.server.forget();
    QVERIFY(outcome(bench.client->issue(org, issue)));
    QCOMPARE(bench.server.requests().size(), 1);
    QCOMPARE(bench.server.requests().first().path(), QByteArray(issuePath));
}

void TestClientCalls::glitchTipIsAskedByTwinsFirst()
{
    ClientBench bench;
    bench.server.script(bareIssuePath, FaultServer::json(wholeIssue));
    bench.server.script("/api/0/issues/101/events/latest/", FaultServer::json(wholeEvent));
    bench.server.script("/api/0/issues/101/tags/", FaultServer::json("[]"));
    bench.open(ServerKind::GlitchTip);
    QVERIFY(outcome(bench.client->issue(org, issue)));
    QVERIFY(outcome(bench.client->event(org, issue, api::EventSelector::latest())));
    QVERIFY(outcome(bench.client->event(org, issue, api::EventSelector::recommended())));
    QVERIFY(outcome(bench.client->issueTags(org, issue)));
    QCOMPARE(bench.server.requests().size(), 4);
}

void TestClientCalls::eventsByWord()
{
    ClientBench bench;
    const QByteArray events = QByteArray(issuePath) + "events/";
    bench.server.script(events + "latest/", FaultServer::json(wholeEvent));
    bench.server.script(events + "oldest/", FaultServer::json(wholeEvent));
    bench.server.script(events + "bbbb/", FaultServer::json(wholeEvent));
    bench.open(ServerKind::Sentry);
    QCOMPARE(outcome(bench.client->event(org, issue, api::EventSelector::latest(), {u"prod"_s}))->id.value(),
        u"aaaa"_s);
    QCOMPARE(value(bench.server.requests().last(), u"environment"_s), u"prod"_s);
    QVERIFY(outcome(bench.client->event(org, issue, api::EventSelector::oldest())));
    QVERIFY(outcome(bench.client->event(org, issue, api::EventSelector::byId(domain::EventId(u"bbbb"_s)))));
    QVERIFY(outcome(bench.client->event(org, issue, api::EventSelector::recommended()))); // 404 -> latest
    QCOMPARE(bench.server.requests().last().path(), events + "latest/");
    const auto bad =
        outcome(bench.client->event(org, issue, api::EventSelector::byId(domain::EventId(u".."_s))));
    QCOMPARE(bad.error().kind, ErrorKind::Usage);
}

void TestClientCalls::oldestIsWalkedTo()
{
    ClientBench bench;
    FaultServer::Reply first =
        FaultServer::json(R"([{"event_id":"f1","date_created":"2026-01-02T00:00:00Z"}])");
    first.with("Link", R"({'<http://x/?cursor=cD0y>; rel="next"; results="true"; cursor="cD0y"'})");
    FaultServer::Reply last = FaultServer::json(R"([{"event_id":"f2"},{"event_id":"f3"}])");
    last.with("Link", R"({'<http://x/>; rel="next"; results="false"'})");
    bench.server.script("/api/0/issues/101/events/", {first, last});
    bench.server.script("/api/0/issues/101/events/f3/", FaultServer::json(wholeEvent));
    bench.open(ServerKind::GlitchTip);
    QVERIFY(outcome(bench.client->event(org, issue, api::EventSelector::oldest())));
    QCOMPARE(value(bench.server.requests().at(1), u"cursor"_s), u"cD0y"_s);
    QCOMPARE(value(bench.server.requests().at(1), u"limit"_s), u"100"_s);

    // A list without an end is left after a bounded number of pages.
    FaultServer::Reply endless = first;
    QList<FaultServer::Reply> pages;
    for (int i = 0; i < 80; ++i) {
        FaultServer::Reply page = FaultServer::json(R"([{"event_id":"f1"}])");
        pages << page.with(
            "Link", "<http://x/>; rel=\"next\"; results=\"true\"; cursor=\"" + QByteArray::number(i) + '"');
    }
    bench.server.script("/api/0/issues/101/events/", pages);
    bench.server.forget();
    const auto event = outcome(bench.client->event(org, issue, api::EventSelector::oldest()));
    QCOMPARE(event.error().kind, ErrorKind::Unsupported);
    QCOMPARE(bench.server.requests().size(), 50);
}

void TestClientCalls::eventLists()
{
    ClientBench bench;
    FaultServer::Reply reply = FaultServer::json(R"([{"eventID":"aa","title":"T","user":{"email":"e@x"},
        "tags":[{"key":"level","value":"error"}],"dateCreated":"2026-01-02T03:04:05Z"}])");
    reply.with("Link", R"(<http://x/>; rel="next"; results="true"; cursor="0:100:0")");
    bench.server.script(QByteArray(issuePath) + "events/", reply);
    bench.open(ServerKind::Sentry);
    const auto page = outcome(bench.client->events(org, issue, {}, 25));
    QVERIFY(page);
    QCOMPARE(page->items.size(), 1);
    QCOMPARE(page->items.first().user, u"e@x"_s);
    QCOMPARE(page->nextCursor, u"0:100:0"_s);
    QCOMPARE(value(bench.server.requests().last(), u"per_page"_s), u"25"_s);
}

void TestClientCalls::stats()
{
    ClientBench bench;
    using std::chrono::hours;
    const core::TimePoint start{std::chrono::seconds(1'760'000'400)}; // 09:00:00 UTC
    bench.server.script("/api/0/projects/acme/web/stats/",
        FaultServer::json("[[1760000400,5],[1760004000,0],[1760007600,7],[1759000000,99]]"));
    bench.open(ServerKind::Sentry);
    const domain::ProjectRef project{domain::ProjectId(u"7"_s), u"web"_s, {}};
    const auto series = outcome(bench.client->projectStats(org, project, start, start + hours(3)));
    QVERIFY(series);
    QCOMPARE(series->step, std::chrono::seconds(3600));
    QList<qint64> counts;
    for (const auto& point : series->points)
        counts << point.count;
    QCOMPARE(counts, QList<qint64>({5, 0, 7, 0}));
    const FaultServer::Request& sent = bench.server.requests().first();
    QCOMPARE(value(sent, u"since"_s), u"1760000400"_s);
    QCOMPARE(value(sent, u"resolution"_s), u"1h"_s);
    QCOMPARE(value(sent, u"stat"_s), u"received"_s);
}

void TestClientCalls::statsV2()
{
    ClientBench bench;
    const core::TimePoint start{std::chrono::seconds(1'760'000'400)};
    bench.server.script("/api/0/organizations/acme/stats_v2/",
        FaultServer::json(R"j({"intervals":["2025-10-09T09:00:00Z","2025-10-09T10:00:00Z"],
            "groups":[{"by":{"outcome":"accepted"},"series":{"sum(quantity)":[3,null]}},
                      {"by":{"outcome":"filtered"},"series":{"sum(quantity)":[100,100]}}]})j"));
    const domain::ProjectRef project{domain::ProjectId(u"7"_s), u"web"_s, {}};
    for (const ServerKind kind : {ServerKind::Sentry, ServerKind::GlitchTip}) {
        bench.open(kind);
        const auto series =
            outcome(bench.client->projectStats(org, project, start, start + std::chrono::hours(1)));
        QVERIFY(series);
        QCOMPARE(series->points.size(), 2);
        QCOMPARE(series->total(), 3);
    }
    QCOMPARE(bench.server.requestsTo("/api/0/projects/acme/web/stats/").size(), 1); // not by GlitchTip
}

void TestClientCalls::membersProjectsKeys()
{
    ClientBench bench;
    bench.server.script("/api/0/organizations/acme/members/",
        {FaultServer::json(R"({"id":"31","email":"ada@example.org","user":{"id":"3","name":"Ada"}})", 201),
            FaultServer::json(R"({"id":"32","email":"bea@example.org","user":null,"pending":true})", 201),
            FaultServer::json(R"({"email":["already a member"]})", 400)});
    bench.server.script("POST", "/api/0/organizations/acme/projects/",
        {FaultServer::json(R"({"id":"7","slug":"web","name":"Web","platform":"python"})", 201)});
    bench.server.script("/api/0/projects/acme/web/keys/",
        FaultServer::json(
            R"([{"id":"k","public":"abc","isActive":true,"dsn":{"public":"http://abc@h/7"}}])"));
    bench.server.script("/api/0/organizations/acme/environments/",
        FaultServer::json(
            R"([{"id":"1","name":"prod"},{"id":"2","name":""},{"name":null},{"name":"prod"}])"));
    bench.open(ServerKind::Collector);
    const auto ada = outcome(bench.client->createMember(org, u"Ada"_s, u"ada@example.org"_s));
    QCOMPARE(ada->id.value(), u"user:3"_s);
    QCOMPARE(bench.server.requests().first().body,
        QByteArray(R"({"email":"ada@example.org","name":"Ada","orgRole":"member"})"));
    const auto bea = outcome(bench.client->createMember(org, u"Bea"_s, u"bea@example.org"_s));
    QVERIFY(bea->id.isEmpty());
    QCOMPARE(bea->name, u"Bea"_s);
    QCOMPARE(outcome(bench.client->createMember(org, u"Ada"_s, u"ada@example.org"_s)).error().kind,
        ErrorKind::Rejected);
    const auto project = outcome(bench.client->createProject(org, u"Web \"2\""_s, u"python"_s));
    QCOMPARE(project->slug, u"web"_s);
    const QByteArray projectBody = "{\"name\":\"Web \\\"2\\\"\",\"platform\":\"python\"}";
    QCOMPARE(bench.server.requests().last().body, projectBody);
    QCOMPARE(outcome(bench.client->keys(org, u"web"_s))->first().dsn, u"http://abc@h/7"_s);
    QCOMPARE(outcome(bench.client->environments(org)).value(), QStringList({u"prod"_s, QString()}));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientCalls)
#include "tst_clientcalls.moc"
