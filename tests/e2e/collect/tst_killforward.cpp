// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `vedette collect` is killed with SIGKILL in the midst of passing on, again and again: every envelope that
// it acknowledged reaches the upstream, in the order in which they came, and what is sent twice is what was
// on its way.

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include <SQLiteCpp/Database.h>

#include "models/json/document.h"
#include "tests/app/collector/collectorworld.h"
#include "tests/e2e/collect/collectprocess.h"
#include "tests/support/faultserver.h"
#include "tests/support/main.h"
#include "tests/support/rawhttp.h"

using namespace vedette;
using namespace vedette::tests;

namespace {

constexpr const char* path = "/api/7/envelope/";
constexpr int mostPerRound = 150; ///< more than are passed on before the kill

/// Many with VEDETTE_FULL.
int kills()
{
    return qEnvironmentVariableIsSet("VEDETTE_FULL") ? 40 : 8;
}

std::string idOf(int number)
{
    std::string id = std::to_string(number);
    id.insert(0, 32 - id.size(), '0');
    return id;
}

/// Sends one after the other until the collector is gone, or a queue is there; the ids that were acknowledged
/// come behind the others.
void sendUntilGone(
    const CollectProcess& process, int first, std::vector<std::string>& acknowledged, std::atomic<int>& count)
{
    RawConnection connection(process.port());
    for (int number = first; number < first + mostPerRound && connection.isOpen(); ++number) {
        const std::string id = idOf(number);
        if (!connection.send(
                post("/api/1/envelope/?sentry_key=" + process.key(), eventEnvelope(id, "lamp out"))) ||
            connection.answer().status != 200)
            return;
        acknowledged.push_back(id);
        ++count;
    }
}

/// What upstream was sent, in order.
std::vector<std::string> attempts(const FaultServer& upstream)
{
    std::vector<std::string> out;
    for (const FaultServer::Request& request : upstream.requestsTo(path)) {
        const qsizetype at = request.body.indexOf("\"event_id\":\"");
        out.push_back(request.body.mid(at + 12, 32).toStdString());
    }
    return out;
}

/// The first of each.
std::vector<std::string> firsts(const std::vector<std::string>& all)
{
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (const std::string& id : all) {
        if (seen.insert(id).second)
            out.push_back(id);
    }
    return out;
}

void passOnTo(const CollectProcess& process, const FaultServer& upstream)
{
    const QByteArray& line = process.readyLine();
    const auto ready = json::Document::parse(std::string_view(line.constData(), std::size_t(line.size())));
    QVERIFY(ready.has_value());
    const auto member = [&](const char* name) {
        return std::string(ready->root()[name].string().value_or(""));
    };
    const std::string body =
        "{\"upstream\":\"http://upkey@127.0.0.1:" + std::to_string(upstream.url().port()) + "/7\"}";
    const RawAnswer answer = request(process.port(),
        "PUT /api/0/projects/" + member("organization") +
            "/1/vedette/settings/ HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(process.port()) +
            "\r\nAuthorization: Bearer " + member("token") +
            "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body);
    QVERIFY2(answer.status == 200, answer.body.c_str());
}

} // namespace

class TestKillForward final : public QObject
{
    Q_OBJECT

private slots:
    void passesOnWhatItAcknowledged();
};

void TestKillForward::passesOnWhatItAcknowledged()
{
    const QTemporaryDir dir;
    FaultServer upstream;
    upstream.script(path, FaultServer::json("{}"));
    std::vector<std::string> acknowledged;
    std::minstd_rand random(8);
    for (int round = 0; round < kills(); ++round) {
        CollectProcess process(dir.path());
        QVERIFY2(process.isReady(), process.errorText().constData());
        if (round == 0)
            passOnTo(process, upstream);
        const qsizetype before = upstream.requests().size();
        const std::size_t had = acknowledged.size();
        std::atomic<int> count = 0;
        std::thread sender([&] { sendUntilGone(process, (round + 1) * 1'000'000, acknowledged, count); });
        // Not by the clock: after upstream has been asked so many times, at a different point each time.
        const qsizetype after = before + 1 + qsizetype(random() % 60);
        bool isPassingOn = false;
        if (round % 2 != 0)
            upstream.script(path, {FaultServer::json("{}"), FaultServer::json("{}"),
                                      FaultServer::json("{}", 503), FaultServer::json("{}")});
        isPassingOn =
            QTest::qWaitFor([&] { return upstream.requests().size() >= after && count > 0; }, 30'000);
        process.kill();
        sender.join();
        QVERIFY2(isPassingOn, qPrintable(QStringLiteral("round %1: %2 of %3, %4 acknowledged")
                                             .arg(round)
                                             .arg(upstream.requests().size())
                                             .arg(after)
                                             .arg(acknowledged.size())));
        QVERIFY(acknowledged.size() > had);
    }
    // The last start has only to pass on what there is.
    const std::set<std::string> wanted(acknowledged.begin(), acknowledged.end());
    {
        CollectProcess process(dir.path());
        QVERIFY2(process.isReady(), process.errorText().constData());
        const auto isEmpty = [&] {
            SQLite::Database db(dir.path().toStdString() + "/collector/collector.sqlite");
            return db.execAndGet("SELECT count(*) FROM forward_queue").getInt() == 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isEmpty(), 60'000);
        QCOMPARE(process.terminate(), 0);
    }
    const std::vector<std::string> all = attempts(upstream);
    std::vector<std::string> arrived = firsts(all);
    // What was not acknowledged may have come through: the answer was lost, not the envelope.
    const std::size_t distinct = arrived.size();
    arrived.erase(
        std::remove_if(arrived.begin(), arrived.end(), [&](const auto& id) { return wanted.count(id) == 0; }),
        arrived.end());
    QVERIFY2(arrived == acknowledged,
        qPrintable(QStringLiteral("%1 arrived of %2").arg(arrived.size()).arg(acknowledged.size())));
    QVERIFY(distinct <= acknowledged.size() + std::size_t(kills()));
    qInfo("%zu envelopes acknowledged over %d kills, %zu sent twice", acknowledged.size(), kills(),
        all.size() - distinct);
}

VEDETTE_TEST_MAIN(QCoreApplication, TestKillForward)
#include "tst_killforward.moc"
