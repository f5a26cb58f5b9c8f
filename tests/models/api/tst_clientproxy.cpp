// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Through a proxy: plain and in a tunnel, with a name and a password, and what goes wrong there is told
// apart from what goes wrong at the server.

#include <QTest>

#include "tests/models/api/clientbench.h"
#include "tests/support/certificates.h"
#include "tests/support/faultproxy.h"
#include "tests/support/main.h"

using namespace vedette;
using namespace Qt::Literals::StringLiterals;
using core::ErrorCause;
using core::ErrorKind;
using tests::Certificates;
using tests::ClientBench;
using tests::FaultProxy;
using tests::FaultServer;
using tests::outcome;

namespace {

const domain::OrganizationId org{u"acme"_s};
constexpr const char* projectsPath = "/api/0/organizations/acme/projects/";
constexpr const char* oneProject = R"([{"id":"7","slug":"web","name":"Web"}])";

api::Transport through(const FaultProxy& proxy, const QString& user = {}, const QString& password = {})
{
    api::Transport transport;
    transport.proxy = {api::Transport::Proxy::Kind::Http, u"127.0.0.1"_s, proxy.port(), user, password};
    return transport;
}

} // namespace

class TestClientProxy final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_made.make(u"right"_s, u"IP:127.0.0.1"_s); }
    void passesOn();
    void tunnels();
    void asksForAPassword_data();
    void asksForAPassword();
    void itsFaultsAreItsOwn();
    void oneThatHangsUpEndsInTime();
    void nobodyListens();
    void neverForThisMachine();

private:
    const Certificates m_made;
};

void TestClientProxy::passesOn()
{
    FaultProxy proxy;
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.open(bench.options(), through(proxy));
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(proxy.passed(), 1);
    QCOMPARE(bench.server.requests().size(), 1);
    // A server that cannot be reached directly is no fault of the proxy: it answers for it.
    bench.server.script(projectsPath, FaultServer::html(502));
    QCOMPARE(core::errorKindName(outcome(bench.client->projects(org)).error().kind), u"server"_s);
}

void TestClientProxy::tunnels()
{
    FaultProxy proxy(FaultProxy::Mood::WantsPassword);
    proxy.setPassword("ada", "open sesame");
    ClientBench bench(m_made.server(u"right"_s));
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    api::Transport transport = through(proxy, u"ada"_s, u"open sesame"_s);
    transport.authorities = m_made.authority();
    transport.headers = {{"X-Gate", "key"}};
    bench.open(bench.options(), transport);
    QVERIFY(outcome(bench.client->projects(org)));
    QCOMPARE(bench.server.requests().size(), 1);
    QCOMPARE(bench.server.requests().first().header("X-Gate"), QByteArray("key"));
    QCOMPARE(bench.server.requests().first().header("Proxy-Authorization"), QByteArray());
    // What the proxy reads in clear is where to, and its own password.
    for (const QByteArray& head : proxy.heads()) {
        QVERIFY(head.startsWith("CONNECT 127.0.0.1:"));
        QVERIFY(!head.contains(ClientBench::token));
        QVERIFY(!head.contains("X-Gate"));
    }
}

void TestClientProxy::asksForAPassword_data()
{
    QTest::addColumn<bool>("isTunnel");
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("works");
    for (const bool isTunnel : {false, true}) {
        const char* how = isTunnel ? "tunnel" : "plain";
        QTest::addRow("%s, right", how) << isTunnel << u"open sesame"_s << true;
        QTest::addRow("%s, wrong", how) << isTunnel << u"open barley"_s << false;
        QTest::addRow("%s, none", how) << isTunnel << QString() << false;
    }
}

void TestClientProxy::asksForAPassword()
{
    QFETCH(bool, isTunnel);
    QFETCH(QString, password);
    QFETCH(bool, works);
    FaultProxy proxy(FaultProxy::Mood::WantsPassword);
    proxy.setPassword("ada", "open sesame");
    const auto bench =
        isTunnel ? std::make_unique<ClientBench>(m_made.server(u"right"_s)) : std::make_unique<ClientBench>();
    bench->server.script(projectsPath, FaultServer::json(oneProject));
    api::Transport transport = through(proxy, password.isEmpty() ? QString() : u"ada"_s, password);
    transport.authorities = m_made.authority();
    bench->open(bench->options(), transport);
    const auto result = outcome(bench->client->projects(org));
    QCOMPARE(result.has_value(), works);
    QCOMPARE(bench->server.requests().size(), works ? 1 : 0);
    if (works)
        return;
    QCOMPARE(core::errorKindName(result.error().kind), u"proxy"_s);
    QCOMPARE(core::errorCauseName(result.error().cause), u"proxy-password"_s);
    QVERIFY(!result.error().detail.contains(u"barley"_s));
    QTRY_COMPARE(bench->way->openReplies(), 0);
}

void TestClientProxy::itsFaultsAreItsOwn()
{
    FaultProxy proxy(FaultProxy::Mood::Refuses);
    ClientBench bench(m_made.server(u"right"_s));
    api::Transport transport = through(proxy);
    transport.authorities = m_made.authority();
    bench.open(bench.options(), transport);
    const auto result = outcome(bench.client->projects(org));
    QCOMPARE(core::errorKindName(result.error().kind), u"proxy"_s);
    QCOMPARE(core::errorCauseName(result.error().cause), u"proxy-away"_s);
    QVERIFY(bench.server.requests().isEmpty());
    QTRY_COMPARE(bench.way->openReplies(), 0);
}

void TestClientProxy::oneThatHangsUpEndsInTime()
{
    // Qt tells nothing of a tunnel that is closed before it is there: our own clock ends it.
    FaultProxy proxy(FaultProxy::Mood::HangsUp);
    ClientBench bench(m_made.server(u"right"_s));
    auto options = bench.options();
    options.timeout = std::chrono::milliseconds(500);
    bench.open(options, through(proxy));
    QCOMPARE(core::errorKindName(outcome(bench.client->projects(org)).error().kind), u"timeout"_s);
    QVERIFY(bench.server.requests().isEmpty());
    QTRY_COMPARE(bench.way->openReplies(), 0);
}

void TestClientProxy::nobodyListens()
{
    for (const bool isTunnel : {false, true}) {
        const auto bench = isTunnel ? std::make_unique<ClientBench>(m_made.server(u"right"_s))
                                    : std::make_unique<ClientBench>();
        api::Transport transport;
        {
            const FaultProxy gone;
            transport = through(gone);
        }
        bench->open(bench->options(), transport);
        const auto result = outcome(bench->client->projects(org));
        QCOMPARE(core::errorKindName(result.error().kind), u"proxy"_s);
        QCOMPARE(core::errorCauseName(result.error().cause), u"proxy-away"_s);
    }
}

void TestClientProxy::neverForThisMachine()
{
    // The environment names a proxy where nobody listens; the built-in collector is reached all the same.
    const QByteArray before = qgetenv("http_proxy");
    {
        const FaultProxy gone;
        qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(gone.port()));
    }
    ClientBench bench;
    bench.server.script(projectsPath, FaultServer::json(oneProject));
    bench.open(bench.options(), {});
    const auto result = outcome(bench.client->projects(org));
    if (before.isEmpty())
        qunsetenv("http_proxy");
    else
        qputenv("http_proxy", before);
    QVERIFY(result);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientProxy)
#include "tst_clientproxy.moc"
