// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Headers that an account adds for a gateway before its server: to that origin and to no other, never in a
// log, and never one that would change what the request is.

#include <QTest>

#include "tests/models/api/clientbench.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorKind;
using tests::ClientBench;
using tests::FaultServer;
using tests::outcome;

namespace {

const domain::OrganizationId org{u"acme"_s};
constexpr const char* projectsPath = "/api/0/organizations/acme/projects/";
constexpr const char* oneProject = R"([{"id":"7","slug":"web","name":"Web"}])";

api::Transport withHeader(const QByteArray& name, const QByteArray& value)
{
    api::Transport transport;
    transport.headers = {{name, value}};
    return transport;
}

QStringList logged;
void keep(QtMsgType, const QMessageLogContext&, const QString& text)
{
    logged << text;
}

} // namespace

class TestClientHeaders final : public QObject
{
    Q_OBJECT

private slots:
    void areSentToTheServer();
    void areNotSentToRegions();
    void areNotSentElsewhere();
    void followWithinTheOrigin();
    void stayOutOfLogs();
    void refused_data();
    void refused();
};

void TestClientHeaders::areSentToTheServer()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.server.script("/api/0/", FaultServer::json(R"({"version":"0"})"));
    api::Transport transport;
    transport.headers = {{"CF-Access-Client-Id", "id.access"}, {"CF-Access-Client-Secret", "s3cr3t value"}};
    bench.open(bench.options(), transport);
    QVERIFY(outcome(bench.client->projects(org)));
    // The gateway stands before the questions without a token, too.
    QVERIFY(outcome(bench.client->probe()));
    QVERIFY(bench.server.requests().size() >= 2);
    for (const FaultServer::Request& request : bench.server.requests()) {
        QCOMPARE(request.header("CF-Access-Client-Id"), QByteArray("id.access"));
        QCOMPARE(request.header("CF-Access-Client-Secret"), QByteArray("s3cr3t value"));
    }
    QVERIFY(bench.server.requestsTo("/api/0/").first().header("Authorization").isEmpty());
}

void TestClientHeaders::areNotSentToRegions()
{
    ClientBench bench;
    FaultServer region;
    region.script(projectsPath, FaultServer::json(oneProject));
    auto options = bench.options();
    options.organizations = {{org, u"Acme"_s, region.url()}};
    bench.open(options, withHeader("X-Gate", "s3cr3t"));
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(region.requests().size(), 1);
    QCOMPARE(region.requests().first().header("Authorization"), QByteArray("Bearer ") + ClientBench::token);
    QCOMPARE(region.requests().first().header("X-Gate"), QByteArray());
}

void TestClientHeaders::areNotSentElsewhere()
{
    ClientBench bench;
    FaultServer stranger;
    bench.open(bench.options(), withHeader("X-Gate", "s3cr3t"));
    for (const int status : {301, 302, 303, 307, 308}) {
        bench.server.script(projectsPath, FaultServer::redirect(stranger.url(), status));
        QCOMPARE(outcome(bench.client->projects(org)).error().kind, ErrorKind::Redirected);
    }
    QVERIFY(stranger.requests().isEmpty());
    // A page is asked for at home, whatever host its link names.
    FaultServer::Reply first = FaultServer::json(oneProject);
    first.with(
        "Link", "<" + stranger.url().toEncoded() + "/x>; rel=\"next\"; results=\"true\"; cursor=\"0:100:0\"");
    bench.server.script(projectsPath, {first, FaultServer::json("[]")});
    bench.server.forget();
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().size(), 2);
    QCOMPARE(bench.server.requests().last().header("X-Gate"), QByteArray("s3cr3t"));
    QVERIFY(stranger.requests().isEmpty());
    // Past the client, too: the manager itself knows whose they are.
    stranger.script("/", FaultServer::json("{}"));
    std::unique_ptr<QNetworkReply> reply(bench.way->get(QNetworkRequest(stranger.url())));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(stranger.requests().size(), 1);
    QCOMPARE(stranger.requests().first().header("X-Gate"), QByteArray());
}

void TestClientHeaders::followWithinTheOrigin()
{
    ClientBench bench;
    QUrl there = bench.server.url();
    there.setPath(u"/moved/"_s);
    bench.server.script(projectsPath, FaultServer::redirect(there));
    bench.server.script("/moved/", FaultServer::json(oneProject));
    bench.open(bench.options(), withHeader("X-Gate", "s3cr3t"));
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requestsTo("/moved/").first().header("X-Gate"), QByteArray("s3cr3t"));
}

void TestClientHeaders::stayOutOfLogs()
{
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(R"({"detail":"no"})", 400));
    bench.open(bench.options(), withHeader("X-Gate", "s3cr3t"));
    logged.clear();
    const auto former = qInstallMessageHandler(keep);
    const auto refused = outcome(bench.client->projects(org));
    qInstallMessageHandler(former);
    QVERIFY(!refused);
    QVERIFY(!logged.isEmpty());
    QVERIFY(!logged.join(u'\n').contains(u"s3cr3t"_s));
    // A fault names the header, not what it holds.
    bench.open(bench.options(), withHeader("X-Gate", "s3cr3t\r\nX-Evil: 1"));
    const auto fault = outcome(bench.client->projects(org)).error();
    QVERIFY(fault.detail.contains(u"X-Gate"_s));
    QVERIFY(!fault.detail.contains(u"s3cr3t"_s));
}

void TestClientHeaders::refused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    for (const char* name : {"Authorization", "authorization", "Cookie", "Host", "Origin", "Content-Type",
             "Content-Length", "Proxy-Authorization", "Transfer-Encoding", "Connection", "Accept-Encoding",
             "User-Agent", "", "X Gate", "X-Gate:", "X-Gate\r\nX-Evil", "X-G\xc3\xa4te"})
        QTest::newRow(name) << QByteArray(name) << QByteArray("1");
    QTest::newRow("line break") << QByteArray("X-Gate") << QByteArray("1\r\nX-Evil: 1");
    QTest::newRow("zero") << QByteArray("X-Gate") << QByteArray("1\0 2", 4);
    QTest::newRow("too long") << QByteArray("X-Gate") << QByteArray(100'000, 'x');
    QTest::newRow("not ASCII") << QByteArray("X-Gate") << QByteArray("\xc3\xa4");
}

void TestClientHeaders::refused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.open(bench.options(), withHeader(name, value));
    QCOMPARE(outcome(bench.client->projects(org)).error().kind, ErrorKind::Usage);
    QVERIFY(bench.server.requests().isEmpty());
    QVERIFY(api::headerFault(name, value));
    QVERIFY(!api::headerFault("X-Gate", "a value, with = signs"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientHeaders)
#include "tst_clientheaders.moc"
