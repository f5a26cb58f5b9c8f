// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the client asks of our own collector alone.

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

namespace {

const domain::OrganizationId org{u"local"_s};
constexpr const char* projectSettingsPath = "/api/0/projects/local/web/vedette/settings/";

} // namespace

class TestClientCollector final : public QObject
{
    Q_OBJECT

private slots:
    void status();
    void statusOfAnotherKind();
    void collectorSettings();
    void projectSettings();
    void projectSettingsRefused();
    void keysAndNames();
};

void TestClientCollector::status()
{
    ClientBench bench;
    bench.server.script("/api/0/vedette/collector/",
        FaultServer::json(R"({"version":"0.1.0","dataFolder":"/d","acceptedLastHour":5,"acceptedTotal":"70",
            "refusedLastHour":2,"droppedLastHour":1,"eventsPerMinute":1.5,"diskBytes":4096,
            "problem":{"text":"the disk is full","since":"2026-11-20T10:30:00Z"},
            "notKept":[{"outcome":"refused","category":"error","reason":"a","quantity":1},
            {"outcome":"filtered","category":"error","reason":"b","quantity":9},7],
            "forwarding":[{"project":"web","waiting":4,"sent":"12","refused":1,"error":"busy",
            "refusal":"no such key","notQueued":3,"notBefore":"2026-11-20T10:45:00Z","lastSent":null}],
            "spotlight":{"on":true,"url":"http://elsewhere.example/","usualPort":false,"usualPortTaken":true},
            "origins":[{"project":"spotlight","origin":"http://localhost:3000","count":2}],
            "transactions":[{"project":"web","name":"GET /","p50":1.5,"p95":-3,"perHour":"x"}]})"));
    bench.open(ServerKind::Collector);
    const auto status = outcome(bench.client->collectorStatus());
    QVERIFY(status);
    QCOMPARE(status->acceptedTotal, 70);
    QCOMPARE(status->eventsPerMinute, 1.5);
    QCOMPARE(status->problem, u"the disk is full"_s);
    QCOMPARE(status->problemSince, core::parseTime("2026-11-20T10:30:00Z"));
    QCOMPARE(status->notKept.size(), 3);
    QCOMPARE(status->notKept.first(), (domain::NotKept{u"filtered"_s, u"error"_s, u"b"_s, 9}));
    QCOMPARE(status->forwarding.first(), (domain::Forwarding{u"web"_s, 4, 12, 1, u"busy"_s, u"no such key"_s,
                                             3, core::parseTime("2026-11-20T10:45:00Z"), {}}));
    QCOMPARE(status->spotlight, (domain::SpotlightDoor{true, false, true}));
    QCOMPARE(status->origins.first(), (domain::WebOrigin{u"spotlight"_s, u"http://localhost:3000"_s, 2}));
    QCOMPARE(status->slowest.first(), (domain::Endpoint{u"web"_s, u"GET /"_s, 1.5, 0, 0}));
}

void TestClientCollector::statusOfAnotherKind()
{
    ClientBench bench;
    bench.server.script("/api/0/vedette/collector/",
        {FaultServer::json(R"({"detail":"The requested resource does not exist"})", 404),
            FaultServer::json("[]"),
            FaultServer::json(R"({"problem":null,"notKept":{"a":1},"forwarding":7})")});
    bench.open(ServerKind::Collector);
    QCOMPARE(outcome(bench.client->collectorStatus()).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(bench.client->collectorStatus()).error().kind, ErrorKind::Malformed);
    const auto bare = outcome(bench.client->collectorStatus());
    QVERIFY(bare);
    QVERIFY(bare->problem.isEmpty() && bare->notKept.isEmpty() && bare->forwarding.isEmpty());
    QCOMPARE(bare->spotlight, domain::SpotlightDoor()); // no port is said to be taken that was not
}

void TestClientCollector::collectorSettings()
{
    ClientBench bench;
    bench.server.script("/api/0/vedette/settings/",
        {FaultServer::json(R"({"spotlight":true,"retentionDays":90,"retentionBytes":2147483648})"),
            FaultServer::json(R"({"spotlight":false,"retentionDays":99999999,"retentionBytes":5})")});
    bench.open(ServerKind::Collector);
    const auto before = outcome(bench.client->collectorSettings());
    QCOMPARE(*before, domain::CollectorSettings());
    domain::CollectorSettings wanted = *before;
    wanted.takesSpotlight = false;
    wanted.retentionDays = 30;
    const auto after = outcome(bench.client->setCollectorSettings(wanted));
    QCOMPARE(bench.server.requests().last().body,
        QByteArray(R"({"spotlight":false,"retentionDays":30,"retentionBytes":2147483648})"));
    QCOMPARE(after->retentionDays, 36'500); // what the server said, within reason
}

void TestClientCollector::projectSettings()
{
    ClientBench bench;
    const char* settings = R"({"active":true,"rateLimit":{"count":5,"window":60},"maxBytes":1000,)"
                           R"("upstream":"http://k@h/1","filters":{"errorTypes":["A*"],"messages":[],)"
                           R"("releases":["web@0.*"],"browserExtensions":true,"localhost":false}})";
    bench.server.script(projectSettingsPath, {FaultServer::json(settings), FaultServer::json(settings)});
    bench.open(ServerKind::Collector);
    const auto read = outcome(bench.client->projectSettings(org, u"web"_s));
    QVERIFY(read);
    QCOMPARE(read->rateCount, 5);
    QCOMPARE(read->filters.releases, QStringList(u"web@0.*"_s));
    QVERIFY(read->filters.browserExtensions);
    QCOMPARE(outcome(bench.client->setProjectSettings(org, u"web"_s, *read)), *read);
    QCOMPARE(bench.server.requests().last().body, QByteArray(settings));
}

void TestClientCollector::projectSettingsRefused()
{
    ClientBench bench;
    bench.server.script(projectSettingsPath,
        FaultServer::json(R"({"upstream":["Not a DSN."],"rateLimit":{"count":["No."]}})", 400));
    bench.open(ServerKind::Collector);
    const auto refused = outcome(bench.client->setProjectSettings(org, u"web"_s, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QVERIFY2(refused.error().detail.contains(u"Not a DSN."_s), qPrintable(refused.error().detail));
}

void TestClientCollector::keysAndNames()
{
    ClientBench bench;
    bench.server.script("POST", "/api/0/projects/local/web/keys/",
        {FaultServer::json(
            R"({"id":"k2","label":"Phone","isActive":true,"dsn":{"public":"http://k2@h/7"}})", 201)});
    bench.server.script("/api/0/projects/local/web/keys/k2/",
        {FaultServer::json(
             R"({"id":"k2","label":"Phone","isActive":false,"dsn":{"public":"http://k2@h/7"}})"),
            FaultServer::json(R"("gone")")});
    bench.server.script(
        "/api/0/projects/local/web/", FaultServer::json(R"({"id":"7","slug":"web","name":"Our web"})"));
    bench.open(ServerKind::Collector);
    const auto made = outcome(bench.client->addKey(org, u"web"_s, u"Phone"_s));
    QVERIFY(made);
    QCOMPARE(made->dsn, u"http://k2@h/7"_s);
    QCOMPARE(bench.server.requests().last().body, QByteArray(R"({"name":"Phone"})"));
    const auto off = outcome(bench.client->setKeyActive(org, u"web"_s, u"k2"_s, false));
    QVERIFY(off && !off->isActive);
    QCOMPARE(bench.server.requests().last().body, QByteArray(R"({"isActive":false})"));
    QCOMPARE(
        outcome(bench.client->setKeyActive(org, u"web"_s, u"k2"_s, true)).error().kind, ErrorKind::Malformed);
    QCOMPARE(outcome(bench.client->renameProject(org, u"web"_s, u"Our web"_s))->name, u"Our web"_s);
    QCOMPARE(bench.server.requests().last().body, QByteArray(R"({"name":"Our web"})"));
}

VEDETTE_TEST_MAIN(QCoreApplication, TestClientCollector)
#include "tst_clientcollector.moc"
