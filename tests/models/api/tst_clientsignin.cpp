// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The first calls to a server: what it is, and whose the token is.

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

class TestClientSignIn final : public QObject
{
    Q_OBJECT

private slots:
    void probes_data();
    void probes();
    void probeNeedsNoToken();
    void aProbeThatIsLostDoesNotGuess();
    void whoAmI();
    void whoAmIWithoutAPerson();
    void aWrongTokenIsUnauthorized();
};

void TestClientSignIn::probes_data()
{
    QTest::addColumn<FaultServer::Reply>("root");
    QTest::addColumn<FaultServer::Reply>("settings");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("version");
    QTest::addColumn<int>("error");
    const FaultServer::Reply none = FaultServer::json(R"({"detail":"no"})", 404);
    const FaultServer::Reply root = FaultServer::json(R"({"version":"0","auth":null,"user":null})");
    FaultServer::Reply ours = root;
    ours.with("x-vedette-collector", "0.1.0");
    const auto row = [](const char* name, const FaultServer::Reply& rootReply,
                         const FaultServer::Reply& settings, ServerKind kind, const QString& version) {
        QTest::newRow(name) << rootReply << settings << int(kind) << version << -1;
    };
    const auto bad = [&none](const char* name, const FaultServer::Reply& rootReply, ErrorKind error) {
        QTest::newRow(name) << rootReply << none << 0 << QString() << int(error);
    };
    row("sentry", root, none, ServerKind::Sentry, {});
    row("sentry with a page there", root, FaultServer::html(200), ServerKind::Sentry, {});
    row("collector", ours, none, ServerKind::Collector, u"0.1.0"_s);
    row("glitchtip", root, FaultServer::json(R"({"version":"5.2.1","sentryDSN":null})"),
        ServerKind::GlitchTip, u"5.2.1"_s);
    bad("a page", FaultServer::html(), ErrorKind::NotSentry);
    bad("other JSON", FaultServer::json(R"({"hello":"world"})"), ErrorKind::NotSentry);
    bad("a list", FaultServer::json("[]"), ErrorKind::NotSentry);
    bad("nothing there", none, ErrorKind::NotSentry);
    bad("broken", FaultServer::json("{"), ErrorKind::NotSentry);
    bad("failing", FaultServer::json("{}", 500), ErrorKind::Server);
}

void TestClientSignIn::probes()
{
    QFETCH(FaultServer::Reply, root);
    QFETCH(FaultServer::Reply, settings);
    QFETCH(int, kind);
    QFETCH(QString, version);
    QFETCH(int, error);
    ClientBench bench;
    bench.server.script("/api/0/", root);
    bench.server.script("/api/settings/", settings);
    bench.open(ServerKind::Unknown);
    const auto info = outcome(bench.client->probe());
    if (error >= 0) {
        QCOMPARE(core::errorKindName(info.error().kind), core::errorKindName(ErrorKind(error)));
        return;
    }
    QVERIFY(info);
    QCOMPARE(int(info->kind), kind);
    QCOMPARE(info->version, version);
    QCOMPARE(info->baseUrl, bench.server.url());
    QCOMPARE(int(bench.client->kind()), kind);
}

void TestClientSignIn::probeNeedsNoToken()
{
    ClientBench bench;
    bench.server.script("/api/0/", FaultServer::json(R"({"version":"0"})"));
    bench.open(ServerKind::Unknown);
    QVERIFY(outcome(bench.client->probe()));
    QCOMPARE(bench.server.requests().size(), 2);
    for (const FaultServer::Request& request : bench.server.requests())
        QVERIFY(request.header("Authorization").isEmpty());
}

void TestClientSignIn::aProbeThatIsLostDoesNotGuess()
{
    ClientBench bench;
    bench.server.script("/api/0/", FaultServer::json(R"({"version":"0"})"));
    bench.server.script("/api/settings/", FaultServer::fault(FaultServer::Reply::Fault::Reset, {}, -1));
    bench.open(ServerKind::Unknown);
    QCOMPARE(outcome(bench.client->probe()).error().kind, ErrorKind::Offline);
    QCOMPARE(bench.client->kind(), ServerKind::Unknown);
}

void TestClientSignIn::whoAmI()
{
    ClientBench bench;
    bench.server.script(
        "/api/0/", FaultServer::json(R"({"version":"0","auth":{"scopes":["event:read","event:write"]},
            "user":{"id":"5","name":"Ada","email":"ada@example.org"}})"));
    bench.open(ServerKind::Sentry);
    const auto me = outcome(bench.client->whoAmI());
    QVERIFY(me);
    QCOMPARE(me->scopes, QStringList({u"event:read"_s, u"event:write"_s}));
    QCOMPARE(me->user->id.value(), u"user:5"_s);
    QVERIFY(me->user->isMe);
    QVERIFY(!bench.server.requests().first().header("Authorization").isEmpty());
}

void TestClientSignIn::whoAmIWithoutAPerson()
{
    ClientBench bench;
    bench.server.script(
        "/api/0/", FaultServer::json(R"({"version":"0","auth":{"scopes":["org:read"]},"user":null})"));
    bench.server.script("/api/0/users/me/", FaultServer::json(R"({"id":9,"username":"bot"})"));
    bench.open(ServerKind::Sentry);
    const auto me = outcome(bench.client->whoAmI()); // auth/ is not there: 404
    QVERIFY(me);
    QCOMPARE(me->user->id.value(), u"user:9"_s);
    QCOMPARE(me->user->name, u"bot"_s);
    QCOMPARE(me->scopes, QStringList(u"org:read"_s));
    QCOMPARE(bench.server.requestsTo("/api/0/auth/").size(), 1);
}

void TestClientSignIn::aWrongTokenIsUnauthorized()
{
    ClientBench bench;
    bench.server.script("/api/0/", FaultServer::json(R"({"version":"0","auth":null,"user":null})"));
    bench.server.script("/api/0/auth/", FaultServer::json(R"({"detail":"Invalid token"})", 401));
    bench.open(ServerKind::Sentry);
    const auto me = outcome(bench.client->whoAmI());
    QCOMPARE(me.error().kind, ErrorKind::Unauthorized);
    QCOMPARE(me.error().detail, u"Invalid token"_s);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientSignIn)
#include "tst_clientsignin.moc"
