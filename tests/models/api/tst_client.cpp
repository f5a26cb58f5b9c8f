// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The transport half of the client against a real socket: calls end exactly once, with no reply left open,
// changes go out once, and the token goes nowhere else.

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
