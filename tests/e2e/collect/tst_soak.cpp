// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// 2,000 envelopes a second for a minute: none is lost, none is there twice, and the memory does not grow with
// them. Only with VEDETTE_FULL.

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include <SQLiteCpp/Database.h>

#include "tests/e2e/collect/collectprocess.h"
#include "tests/support/main.h"
#include "tests/support/rawhttp.h"

using namespace vedette::tests;
using namespace std::chrono_literals;

class TestSoak final : public QObject
{
    Q_OBJECT

private slots:
    void twoThousandASecondForAMinute();
};

namespace {

constexpr int perSecond = 2'000;
constexpr int seconds = 60;
constexpr int senders = 32; // each has its own connection and 16 ms for an answer
constexpr int perSender = perSecond * seconds / senders;
/// What may be resident at most, in millions of bytes: that of an idle one and room for what is under way,
/// but far from the 300 MB that the events take on the disk.
constexpr double mostResidentMb = 100;

double residentMb(qint64 pid, const char* field)
{
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field))
            return double(std::stoll(line.substr(line.find(':') + 1))) * 1'024 / 1e6;
    }
    return 0;
}

std::string eventOf(int sender, int i)
{
    std::string id = std::to_string(std::int64_t(sender) * 1'000'000 + i);
    id.insert(0, 32 - id.size(), '0');
    // 10 KB that differ: what compresses to nothing would prove nothing about the memory.
    std::uint64_t state = std::uint64_t(sender) << 32U | std::uint64_t(i);
    std::string noise;
    while (noise.size() < 10'000) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        noise += "word" + std::to_string(state >> 52U) + ' ';
    }
    return "{\"event_id\":\"" + id +
           "\"}\n{\"type\":\"event\"}\n{\"exception\":{\"values\":[{\"type\":\"Error" +
           std::to_string(i % 1'000) +
           "\",\"value\":\"went wrong\"}]},\"user\":{\"id\":" + std::to_string(i % 5'000) +
           "},\"extra\":{\"noise\":\"" + noise + "\"}}\n";
}

} // namespace

void TestSoak::twoThousandASecondForAMinute()
{
    const QTemporaryDir dir;
    CollectProcess process(dir.path());
    QVERIFY2(process.isReady(), process.errorText().constData());
    const double before = residentMb(process.pid(), "VmRSS");
    std::atomic<int> accepted = 0;
    std::atomic<int> refused = 0;
    std::vector<double> slowest(senders, 0);
    QElapsedTimer timer;
    timer.start();
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (int sender = 0; sender < senders; ++sender) {
        threads.emplace_back([&, sender] {
            RawConnection connection(process.port());
            for (int i = 0; i < perSender; ++i) {
                std::this_thread::sleep_until(
                    began + std::chrono::microseconds(1'000'000LL * senders / perSecond * i));
                const std::string bytes =
                    post("/api/1/envelope/?sentry_key=" + process.key(), eventOf(sender, i));
                const auto sent = std::chrono::steady_clock::now();
                const int status = connection.send(bytes) ? connection.answer().status : 0;
                ++(status == 200 ? accepted : refused);
                slowest[std::size_t(sender)] = std::max(slowest[std::size_t(sender)],
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent)
                        .count());
                if (status == 0)
                    return;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    const double took = double(timer.elapsed()) / 1'000;
    const double most = residentMb(process.pid(), "VmHWM");
    std::printf("%d envelopes in %.1f s (%.0f/s), the slowest answer after %.0f ms; resident %.1f MB at the "
                "start, %.1f "
                "MB at most (limit %.0f)\n",
        accepted.load(), took, accepted / took, *std::max_element(slowest.begin(), slowest.end()), before,
        most, mostResidentMb);
    QCOMPARE(refused.load(), 0);
    QCOMPARE(accepted.load(), perSecond * seconds);
    QVERIFY2(most < mostResidentMb, "too much memory");
    QVERIFY2(took < seconds * 1.25, "the rate was not held");
    QCOMPARE(process.terminate(), 0);
    SQLite::Database db(dir.path().toStdString() + "/collector/collector.sqlite");
    QCOMPARE(db.execAndGet("SELECT count(*) FROM events").getInt(), perSecond * seconds);
    QCOMPARE(db.execAndGet("SELECT count(DISTINCT event_id) FROM events").getInt(), perSecond * seconds);
    QCOMPARE(db.execAndGet("SELECT sum(count) FROM issues").getInt(), perSecond * seconds);
    QCOMPARE(db.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
}

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("VEDETTE_FULL")) {
        std::puts("skipped: takes a minute and more; ./dev test --full runs it");
        return 77;
    }
    const World world;
    const QCoreApplication app(argc, argv);
    TestSoak test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_soak.moc"
