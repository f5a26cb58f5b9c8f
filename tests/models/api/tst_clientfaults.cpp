// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Everything that an answer can be but right (contract section 4, and what networks do), against a real
// socket: each fault ends in its kind of error, once, with no reply left open. Rate limits are
// tst_clientbudget's, certificates tst_clienttls's, proxies tst_clientproxy's.

#include <QTest>

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

class TestClientFaults final : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void packedAnswersAreRead();
    void nobodyListens();
    void anAnswerThatGrowsIsCutOff();
};

void TestClientFaults::faults_data()
{
    QTest::addColumn<FaultServer::Reply>("reply");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("orElse"); // a second kind that is right, or -1
    const auto row = [](const char* name, const FaultServer::Reply& reply, ErrorKind kind, int status) {
        QTest::newRow(name) << reply << int(kind) << status << -1;
    };
    // Qt notices only sometimes that a chunked or packed body was cut; what came of it is no JSON then.
    const auto cut = [](const char* name, const FaultServer::Reply& reply) {
        QTest::newRow(name) << reply << int(ErrorKind::Offline) << 200 << int(ErrorKind::Malformed);
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
    // Packed, and cut: where the length agrees only the packing tells, else the connection does.
    const QByteArray list = "[" + QByteArray(oneProject).mid(1).chopped(1) + QByteArray(5'000, ' ') + "]";
    row("gzip, cut", FaultServer::gzip(list, 20), ErrorKind::Malformed, 200);
    row("gzip, head alone", FaultServer::gzip(list, FaultServer::gzip(list).body.size() - 8),
        ErrorKind::Malformed, 200);
    FaultServer::Reply broken = FaultServer::gzip(list);
    broken.fault = Fault::Truncate;
    broken.bytes = broken.body.size() / 2;
    cut("gzip, connection cut", broken);
    FaultServer::Reply changed = FaultServer::gzip(list);
    changed.body.replace(12, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
    row("gzip, changed on the way", changed, ErrorKind::Malformed, 200);
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                               "chunked\r\n\r\n";
    cut("chunk, cut inside", FaultServer::fault(Fault::RawCut, chunked + "40\r\n[{\"id\":\"7\","));
    cut("chunks, cut between", FaultServer::fault(Fault::RawCut, chunked + "8\r\n[{\"id\":\"\r\n"));
    row("chunks that stop coming", FaultServer::fault(Fault::Raw, chunked + "8\r\n[{\"id\":\"\r\n"),
        ErrorKind::Timeout, 0);
    row("400", FaultServer::json(R"({"detail":"no"})", 400), ErrorKind::Rejected, 400);
    row("401", FaultServer::json(R"({"detail":"Invalid token"})", 401), ErrorKind::Unauthorized, 401);
    FaultServer::Reply challenge = FaultServer::json(R"({"detail":"Invalid token"})", 401);
    challenge.with("WWW-Authenticate", "Basic realm=\"api\"");
    row("401 with a challenge", challenge, ErrorKind::Unauthorized, 401);
    row("403", FaultServer::json(R"({"detail":"no"})", 403), ErrorKind::Forbidden, 403);
    row("404", FaultServer::json(R"({"detail":"no"})", 404), ErrorKind::NotFound, 404);
    row("404 empty", FaultServer::json({}, 404), ErrorKind::NotFound, 404);
    row("405", FaultServer::json({}, 405), ErrorKind::Unsupported, 405);
    row("407, a page", FaultServer::html(407), ErrorKind::Proxy, 407);
    row("401 sso",
        FaultServer::json(R"({"detail":{"code":"sso-required","message":"Must login via SSO"}})", 401),
        ErrorKind::Unauthorized, 401);
    row("401 2fa", FaultServer::json(R"({"detail":{"code":"2fa-required","message":"Needs 2FA"}})", 401),
        ErrorKind::Unauthorized, 401);
    row("401 sudo", FaultServer::json(R"({"detail":{"code":"sudo-required"}})", 401), ErrorKind::Forbidden,
        401);
    row("401 over limit", FaultServer::json(R"({"detail":{"code":"member-disabled-over-limit"}})", 401),
        ErrorKind::Forbidden, 401);
    row("403 superuser", FaultServer::json(R"({"detail":{"code":"superuser-required"}})", 403),
        ErrorKind::Forbidden, 403);
    row("400 by field", FaultServer::json(R"({"statusDetails":{"inRelease":["none"]}})", 400),
        ErrorKind::Rejected, 400);
    row("400, feature missing", FaultServer::json(R"({"detail":["no"]})", 400), ErrorKind::Rejected, 400);
    row("400, bare text", FaultServer::json(R"("Invalid origin: x")", 400), ErrorKind::Rejected, 400);
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

void TestClientFaults::faults()
{
    QFETCH(FaultServer::Reply, reply);
    QFETCH(int, kind);
    QFETCH(int, status);
    QFETCH(int, orElse);
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
    if (int(result.error().kind) != orElse)
        QCOMPARE(core::errorKindName(result.error().kind), core::errorKindName(ErrorKind(kind)));
    QCOMPARE(result.error().httpStatus, status);
    QVERIFY(!result.error().detail.isEmpty());
    QCOMPARE(bench.client->openRequests(), 0);
    QTRY_COMPARE(bench.network.openReplies(), 0);
}

void TestClientFaults::packedAnswersAreRead()
{
    // So that the packed faults are known to be faults of the cut, not of the packing.
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::gzip(oneProject));
    bench.open(domain::ServerKind::Sentry);
    const auto result = outcome(bench.client->projects(org));
    QVERIFY(result);
    QCOMPARE(result->size(), 1);
}

void TestClientFaults::nobodyListens()
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

void TestClientFaults::anAnswerThatGrowsIsCutOff()
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

VEDETTE_TEST_MAIN(QCoreApplication, TestClientFaults)
#include "tst_clientfaults.moc"
