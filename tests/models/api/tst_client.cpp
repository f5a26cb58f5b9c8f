// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The transport half of the client against a real socket: every fault ends in its kind of error, once, with
// no reply left open, and the token goes nowhere else.

#include <QSignalSpy>
#include <QTest>

#include "models/core/ondone.h"
#include "tests/models/api/clientbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using tests::ClientBench;
using tests::FaultServer;
using tests::outcome;
using Fault = FaultServer::Reply::Fault;

namespace {

const domain::OrganizationId org{u"acme"_s};
constexpr const char* projectsPath = "/api/0/organizations/acme/projects/";
constexpr const char* oneProject = R"([{"id":"7","slug":"web","name":"Web"}])";

} // namespace

class TestClient final : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void nobodyListens();
    void anAnswerThatGrowsIsCutOff();
    void rateLimitsSayHowLong_data();
    void rateLimitsSayHowLong();
    void cancelAbortsTheReply();
    void cancelInTheQueueSendsNothing();
    void dyingFinishesEveryCall();
    void fourAtOnce();
    void sendsWhatItShould();
    void aTokenThatIsNoneIsNotSent();
    void aChangeIsNotSentTwice_data();
    void aChangeIsNotSentTwice();
    void aRedirectToAnotherOriginCarriesNoToken();
    void aRedirectWithinTheOriginIsFollowed();
    void aRedirectLoopEnds();
    void aRenamedProjectTellsItsName();
    void signInElsewhereIsNotTheToken();
    void aRedirectedChangeIsNotFollowed();
    void regionsGetTheTokenStrangersDoNot();
    void pagesAreWalkedOnOurOwnHost();
    void aCursorThatStandsStillEnds();
    void logsHoldNoSecrets();
};

void TestClient::faults_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const FaultServer::Reply& reply, ErrorKind kind, int status) {
        QTest::newRow(name) << reply << int(kind) << status;
    };
    row("hang", FaultServer::fault(Fault::Hang), ErrorKind::Timeout, 0);
    row("head only", FaultServer::fault(Fault::HeadOnly), ErrorKind::Timeout, 0);
    FaultServer::Reply drip = FaultServer::fault(Fault::Drip, QByteArray(100'000, ' '));
    drip.every = std::chrono::milliseconds(20);
    row("drip for ever", drip, ErrorKind::Timeout, 0);
    row("closed at once", FaultServer::fault(Fault::Reset, {}, -1), ErrorKind::Offline, 0);
    row("reset in the body", FaultServer::fault(Fault::Reset, oneProject, 10), ErrorKind::Offline, 200);
    row("truncated", FaultServer::fault(Fault::Truncate, oneProject, 10), ErrorKind::Offline, 200);
    row("length too long", FaultServer::fault(Fault::LieLong, oneProject, 10), ErrorKind::Timeout, 0);
    row("length too short", FaultServer::fault(Fault::LieShort, oneProject, 10), ErrorKind::Malformed, 200);
    // Qt tells no more than that the connection was of no use.
    row("not HTTP", FaultServer::fault(Fault::Raw, "220 mail.example ESMTP\r\n\r\n"), ErrorKind::Offline, 0);
    row("nothing at all", FaultServer::json({}), ErrorKind::Malformed, 200);
    row("page for people", FaultServer::html(), ErrorKind::NotSentry, 200);
    row("page, 404", FaultServer::html(404), ErrorKind::NotSentry, 404);
    row("page, 401", FaultServer::html(401), ErrorKind::NotSentry, 401);
    row("page, 502", FaultServer::html(502), ErrorKind::Server, 502);
    row("page, 429", FaultServer::html(429), ErrorKind::RateLimited, 429);
    row("half a document", FaultServer::json(R"([{"id":"7","sl)"), ErrorKind::Malformed, 200);
    row("another shape", FaultServer::json(R"({"projects":[]})"), ErrorKind::Malformed, 200);
    row("too deep", FaultServer::json(QByteArray(3'000, '[') + QByteArray(3'000, ']')), ErrorKind::TooLarge,
        200);
    FaultServer::Reply gzip = FaultServer::json("this is not gzip at all");
    gzip.with("Content-Encoding", "gzip");
    row("broken gzip", gzip, ErrorKind::Malformed, 200);
    row("400", FaultServer::json(R"({"detail":"no"})", 400), ErrorKind::Rejected, 400);
    row("401", FaultServer::json(R"({"detail":"Invalid token"})", 401), ErrorKind::Unauthorized, 401);
    FaultServer::Reply challenge = FaultServer::json(R"({"detail":"Invalid token"})", 401);
    challenge.with("WWW-Authenticate", "Basic realm=\"api\"");
    row("401 with a challenge", challenge, ErrorKind::Unauthorized, 401);
    row("403", FaultServer::json(R"({"detail":"no"})", 403), ErrorKind::Forbidden, 403);
    row("404", FaultServer::json(R"({"detail":"no"})", 404), ErrorKind::NotFound, 404);
    row("404 empty", FaultServer::json({}, 404), ErrorKind::NotFound, 404);
    row("405", FaultServer::json({}, 405), ErrorKind::Unsupported, 405);
    row("408", FaultServer::json({}, 408), ErrorKind::Timeout, 408);
    row("409", FaultServer::json(R"({"detail":"no"})", 409), ErrorKind::Rejected, 409);
    row("410", FaultServer::json(R"({"message":"This API no longer exists."})", 410), ErrorKind::Gone, 410);
    row("413", FaultServer::json({}, 413), ErrorKind::TooLarge, 413);
    row("422", FaultServer::json(R"({"detail":[]})", 422), ErrorKind::Rejected, 422);
    row("429", FaultServer::json(R"({"detail":"slow"})", 429), ErrorKind::RateLimited, 429);
    row("500", FaultServer::json(R"({"detail":"Internal Error","errorId":null})", 500), ErrorKind::Server,
        500);
    row("503", FaultServer::json({}, 503), ErrorKind::Server, 503);
    row("302 without a place", FaultServer::json(R"({"detail":{"code":"resource-moved"}})", 302),
        ErrorKind::Redirected, 302);
}

void TestClient::faults()
{
    QFETCH(FaultServer::Reply, reply);
    QFETCH(int, kind);
    QFETCH(int, status);
    ClientBench bench;
    bench.server.script(projectsPath, reply);
    auto options = bench.options();
    if (ErrorKind(kind) == ErrorKind::Timeout && status == 0) {
        options.timeout = std::chrono::milliseconds(300);
        options.deadline = std::chrono::milliseconds(900);
    }
    bench.open(options);
    const auto result = outcome(bench.client->projects(org));
    QVERIFY(!result);
    QCOMPARE(core::errorKindName(result.error().kind), core::errorKindName(ErrorKind(kind)));
    QCOMPARE(result.error().httpStatus, status);
    QVERIFY(!result.error().detail.isEmpty());
    QCOMPARE(bench.client->openRequests(), 0);
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClient::nobodyListens()
{
    ClientBench bench;
    auto options = bench.options();
    {
        const FaultServer gone;
        options.baseUrl = gone.url();
    }
    bench.open(options);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::Offline);
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClient::anAnswerThatGrowsIsCutOff()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Endless));
    bench.server.script(
        "/api/0/organizations/acme/environments/", FaultServer::json(QByteArray(60'000, ' ')));
    auto options = bench.options();
    options.maxAnswerBytes = 50'000;
    bench.open(options);
    QCOMPARE(outcome(bench.client->projects(org)).error().kind, ErrorKind::TooLarge);
    QCOMPARE(outcome(bench.client->environments(org)).error().kind, ErrorKind::TooLarge);
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClient::rateLimitsSayHowLong_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("wait");
    QTest::newRow("reset") << QByteArray("X-Sentry-Rate-Limit-Reset") << QByteArray("1760000007") << 7;
    QTest::newRow("seconds") << QByteArray("Retry-After") << QByteArray("12") << 12;
    QTest::newRow("date") << QByteArray("Retry-After") << QByteArray("Thu, 09 Oct 2025 08:54:40 GMT") << 80;
    QTest::newRow("quota") << QByteArray("X-Sentry-Rate-Limits") << QByteArray("60:error:org, 90::org") << 90;
    QTest::newRow("silence") << QByteArray("X-Other") << QByteArray("1") << -1;
}

void TestClient::rateLimitsSayHowLong()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, wait);
    ClientBench bench;
    FaultServer::Reply reply = FaultServer::json(R"({"detail":"slow down"})", 429);
    reply.contentType = "text/html";
    bench.server.script(projectsPath, reply.with(name, value));
    bench.open(domain::ServerKind::Sentry);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::RateLimited);
    QCOMPARE(result.error().detail, u"slow down"_s);
    const auto seconds = result.error().retryAfter.value_or(std::chrono::seconds(-1)).count();
    QCOMPARE(int(seconds), wait);
}

void TestClient::cancelAbortsTheReply()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hang));
    auto options = bench.options();
    options.timeout = options.deadline = std::chrono::hours(1);
    bench.open(options);
    QSignalSpy requested(&bench.server, &FaultServer::requested);
    QObject context;
    std::optional<ErrorKind> kind;
    QFuture<core::Result<QList<domain::Project>>> future = bench.client->projects(org);
    core::onDone(future, &context,
        [&kind](const core::Result<QList<domain::Project>>& result) { kind = result.error().kind; });
    QVERIFY(requested.wait());
    future.cancel();
    QTRY_VERIFY(kind.has_value());
    QCOMPARE(*kind, ErrorKind::Cancelled);
    QVERIFY(future.isFinished());
    QCOMPARE(future.resultCount(), 0);
    QCOMPARE(bench.client->openRequests(), 0);
    QTRY_COMPARE(bench.network.openReplies(), 0);
    QTRY_COMPARE(bench.server.openConnections(), 0);
}

void TestClient::cancelInTheQueueSendsNothing()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hold, oneProject));
    bench.server.script("/api/0/organizations/acme/environments/", FaultServer::json("[]"));
    auto options = bench.options();
    options.timeout = options.deadline = std::chrono::hours(1);
    bench.open(options);
    QList<QFuture<core::Result<QList<domain::Project>>>> open;
    for (int i = 0; i < 4; ++i)
        open << bench.client->projects(org);
    auto waiting = bench.client->environments(org);
    QTRY_COMPARE(bench.server.held(), 4);
    QCOMPARE(bench.client->openRequests(), 5);
    waiting.cancel();
    QTRY_VERIFY(waiting.isFinished());
    QCOMPARE(bench.client->openRequests(), 4);
    bench.server.release();
    for (const auto& future : open)
        QVERIFY(outcome(future));
    QVERIFY(bench.server.requestsTo("/api/0/organizations/acme/environments/").isEmpty());
}

void TestClient::dyingFinishesEveryCall()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hold, oneProject));
    bench.open(domain::ServerKind::Sentry);
    QList<QFuture<core::Result<QList<domain::Project>>>> open;
    for (int i = 0; i < 7; ++i)
        open << bench.client->projects(org);
    QTRY_COMPARE(bench.server.held(), 4);
    bench.client.reset();
    for (const auto& future : open) {
        QVERIFY(future.isFinished());
        QCOMPARE(future.resultCount(), 1);
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    }
    QTRY_COMPARE(bench.network.openReplies(), 0);
    QCOMPARE(bench.server.requests().size(), 4); // the queue was not let go by the dying ones
}

void TestClient::fourAtOnce()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::fault(Fault::Hold, oneProject));
    auto options = bench.options();
    options.timeout = options.deadline = std::chrono::hours(1);
    bench.open(options);
    QList<QFuture<core::Result<QList<domain::Project>>>> open;
    for (int i = 0; i < 10; ++i)
        open << bench.client->projects(org);
    for (const int left : {10, 6, 2}) {
        QTRY_COMPARE(bench.server.held(), std::min(4, left));
        QCOMPARE(bench.client->openRequests(), left);
        bench.server.release();
        QTRY_COMPARE(bench.client->openRequests(), std::max(0, left - 4));
    }
    for (const auto& future : open)
        QCOMPARE(outcome(future).value().size(), 1);
    QCOMPARE(bench.server.mostHeld(), 4);
}

void TestClient::sendsWhatItShould()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.open(domain::ServerKind::Sentry);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().size(), 1);
    const FaultServer::Request& request = bench.server.requests().first();
    QCOMPARE(request.method, QByteArray("GET"));
    QCOMPARE(request.header("Authorization"), QByteArray("Bearer ") + ClientBench::token);
    QCOMPARE(request.header("Accept"), QByteArray("application/json"));
    QVERIFY(request.header("User-Agent").startsWith("Vedette/0.0-test ("));
    // An Origin header invites an origin check (contract section 2); cookies are nobody's business.
    QVERIFY(request.header("Origin").isEmpty());
    QVERIFY(request.header("Cookie").isEmpty());
}

void TestClient::aTokenThatIsNoneIsNotSent()
{
    ClientBench bench;
    auto options = bench.options();
    options.token = u"abc\r\nX-Evil: 1"_s;
    bench.open(options);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::Unauthorized);
    QVERIFY(bench.server.requests().isEmpty());
}

void TestClient::aChangeIsNotSentTwice_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::newRow("reset, nothing said") << FaultServer::fault(Fault::Reset, {}, -1);
    QTest::newRow("reset in the body") << FaultServer::fault(Fault::Reset, "{\"id\":\"1\"}", 4);
    QTest::newRow("truncated") << FaultServer::fault(Fault::Truncate, "{\"id\":\"1\"}", 4);
}

void TestClient::aChangeIsNotSentTwice()
{
    QFETCH(FaultServer::Reply, reply);
    ClientBench bench;
    bench.server.script(projectsPath, {FaultServer::json(oneProject)});
    bench.server.script("POST", projectsPath, {reply});
    bench.open(domain::ServerKind::Collector);
    // On a fresh connection and on one that was used before.
    for (const int before : {0, 1}) {
        for (int i = 0; i < before; ++i)
            QVERIFY(outcome(bench.client->projects(org)));
        bench.server.forget();
        QCOMPARE(outcome(bench.client->createProject(org, u"x"_s, {})).error().kind, ErrorKind::Offline);
        QCOMPARE(bench.server.requests().size(), 1);
    }
}

void TestClient::aRedirectToAnotherOriginCarriesNoToken()
{
    ClientBench bench;
    FaultServer stranger;
    QUrl elsewhere = stranger.url();
    elsewhere.setPath(u"/api/0/organizations/acme/projects/"_s);
    for (const int status : {301, 302, 303, 307, 308}) {
        bench.server.script(projectsPath, FaultServer::redirect(elsewhere, status));
        bench.open(domain::ServerKind::Sentry);
        const auto result = outcome(bench.client->projects(org));
        QCOMPARE(result.error().kind, ErrorKind::Redirected);
        QCOMPARE(result.error().cause, core::ErrorCause::OtherServer);
        QCOMPARE(result.error().about, stranger.url().toString());
    }
    QVERIFY(stranger.requests().isEmpty());
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClient::aRedirectWithinTheOriginIsFollowed()
{
    ClientBench bench;
    QUrl there = bench.server.url();
    there.setPath(u"/moved/"_s);
    bench.server.script(projectsPath, FaultServer::redirect(there));
    bench.server.script("/moved/", FaultServer::json(oneProject));
    bench.open(domain::ServerKind::Sentry);
    QCOMPARE(outcome(bench.client->projects(org)).value().size(), 1);
}

void TestClient::aRedirectLoopEnds()
{
    ClientBench bench;
    QUrl there = bench.server.url();
    there.setPath(QString::fromLatin1(projectsPath));
    bench.server.script(projectsPath, FaultServer::redirect(there));
    bench.open(domain::ServerKind::Sentry);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::Redirected);
    QCOMPARE(result.error().cause, core::ErrorCause::EndlessLoop);
    QCOMPARE(bench.server.requests().size(), 1 + 5);
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClient::aRenamedProjectTellsItsName()
{
    ClientBench bench;
    FaultServer::Reply moved = FaultServer::json(
        R"({"detail":{"code":"resource-moved","message":"Resource moved","extra":{"slug":"shop"}}})", 302);
    moved.with("Location", "/api/0/projects/acme/shop/");
    bench.server.script("/api/0/projects/acme/web/", moved);
    bench.open(domain::ServerKind::Collector);
    const auto result = outcome(bench.client->renameProject(org, u"web"_s, u"Shop"_s));
    QCOMPARE(result.error().kind, ErrorKind::Redirected);
    QCOMPARE(result.error().cause, core::ErrorCause::Renamed);
    QCOMPARE(result.error().about, u"shop"_s);
    QCOMPARE(bench.server.requests().size(), 1);
}

void TestClient::signInElsewhereIsNotTheToken()
{
    ClientBench bench;
    bench.server.script(projectsPath,
        FaultServer::json(
            R"({"detail":{"code":"sso-required","message":"m","extra":{"loginUrl":"/auth/login/acme/"}}})",
            401));
    bench.open(domain::ServerKind::Sentry);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(result.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(result.error().cause, core::ErrorCause::SsoRequired);
    QCOMPARE(result.error().about, bench.server.url().toString() + u"/auth/login/acme/"_s);
}

void TestClient::aRedirectedChangeIsNotFollowed()
{
    ClientBench bench;
    QUrl there = bench.server.url();
    there.setPath(u"/moved/"_s);
    bench.server.script("/api/0/organizations/acme/issues/1/", FaultServer::redirect(there));
    bench.open(domain::ServerKind::Sentry);
    const auto result =
        outcome(bench.client->update(org, domain::IssueId(u"1"_s), {domain::Action::Kind::Resolve, {}}));
    QCOMPARE(result.error().kind, ErrorKind::Redirected);
    QCOMPARE(bench.server.requests().size(), 1);
}

void TestClient::regionsGetTheTokenStrangersDoNot()
{
    ClientBench bench;
    FaultServer region;
    region.script(projectsPath, FaultServer::json(oneProject));
    bench.server.script("/api/0/organizations/",
        FaultServer::json(
            R"([{"slug":"acme","name":"Acme","links":{"organizationUrl":"https://x/","regionUrl":")" +
            region.url().toEncoded() + R"("}},{"slug":"home","name":"Home"},
            {"slug":"file","links":{"regionUrl":"file:///etc/passwd"}}])"));
    bench.open(domain::ServerKind::Sentry);
    const auto organizations = outcome(bench.client->organizations());
    QVERIFY(organizations);
    QCOMPARE(organizations->size(), 3);
    QCOMPARE(organizations->at(0).regionUrl, region.url());
    QCOMPARE(organizations->at(1).regionUrl, bench.server.url());
    QCOMPARE(organizations->at(2).regionUrl, bench.server.url());
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(region.requests().size(), 1);
    QCOMPARE(region.requests().first().header("Authorization"), QByteArray("Bearer ") + ClientBench::token);

    // The same answer from a former run is as good; an address that no server named is not a region.
    auto options = bench.options();
    options.organizations = *organizations;
    bench.open(options);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(region.requests().size(), 2);
}

void TestClient::pagesAreWalkedOnOurOwnHost()
{
    ClientBench bench;
    FaultServer stranger;
    const QByteArray evil = stranger.url().toEncoded() + "/api/0/organizations/acme/projects/?&cursor=";
    FaultServer::Reply first = FaultServer::json(oneProject);
    first.with("Link", "<" + evil + "0:0:1>; rel=\"previous\"; results=\"false\"; cursor=\"0:0:1\", <" +
                           evil + "0:100:0>; rel=\"next\"; results=\"true\"; cursor=\"0:100:0\"");
    FaultServer::Reply second = FaultServer::json(R"([{"id":"8","slug":"api","name":"API"}])");
    second.with("Link", "<" + evil + "0:200:0>; rel=\"next\"; results=\"false\"; cursor=\"0:200:0\"");
    bench.server.script(projectsPath, {first, second});
    bench.open(domain::ServerKind::Sentry);
    const auto projects = outcome(bench.client->projects(org));
    QVERIFY(projects);
    QCOMPARE(projects->size(), 2);
    QCOMPARE(projects->at(1).slug, u"api"_s);
    QCOMPARE(bench.server.requests().size(), 2);
    QVERIFY(bench.server.requests().at(1).query().contains("cursor=0%3A100%3A0"));
    QVERIFY(stranger.requests().isEmpty());
}

void TestClient::aCursorThatStandsStillEnds()
{
    ClientBench bench;
    FaultServer::Reply same = FaultServer::json(oneProject);
    same.with("Link", "<http://x/?cursor=a>; rel=\"next\"; results=\"true\"; cursor=\"a\"");
    bench.server.script(projectsPath, same);
    bench.open(domain::ServerKind::Sentry);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().size(), 2);
}

namespace {
QStringList logged;
void keep(QtMsgType, const QMessageLogContext&, const QString& text)
{
    logged << text;
}
} // namespace

void TestClient::logsHoldNoSecrets()
{
    ClientBench bench;
    bench.server.script(
        projectsPath, FaultServer::json(R"({"detail":"the secret is sntryu_00112233"})", 400));
    bench.server.script("/api/0/organizations/acme/issues/", FaultServer::json("[]"));
    bench.open(domain::ServerKind::Sentry);
    logged.clear();
    const auto former = qInstallMessageHandler(keep);
    const auto refused = outcome(bench.client->projects(org));
    api::IssueListRequest request;
    request.organization = org;
    request.query = u"user.email:ada@example.org"_s;
    const auto issues = outcome(bench.client->issues(request));
    qInstallMessageHandler(former);
    QVERIFY(issues);
    QCOMPARE(refused.error().detail, u"the secret is sntryu_[hidden]"_s);
    const QString all = logged.join(u'\n');
    QVERIFY2(all.contains(u"GET /api/0/organizations/acme/issues/?query&"_s), qPrintable(all));
    QVERIFY(all.contains(u"-> 200 in "_s));
    QVERIFY(!all.contains(QString::fromLatin1(ClientBench::token)));
    QVERIFY(!all.contains(u"ada"_s));
    QVERIFY(!all.contains(u"00112233"_s));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClient)
#include "tst_client.moc"
