// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ./dev bench ingest: `vedette collect` as a program of its own, fed over loopback, in turn with the baseline
// and a peer. Rounds, medians. Fails if an acknowledged event is not in the database afterwards.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>

#include "app/collector/storage/payload.h"
#include "tests/bench/common/baseline.h"
#include "tests/bench/common/figures.h"
#include "tests/bench/common/httpanswer.h"
#include "tests/bench/common/options.h"
#include "tests/bench/common/program.h"
#include "tests/bench/common/sender.h"

using namespace vedette;
using namespace vedette::bench;

namespace {

constexpr int rounds = 3;
/// Share of the measured rate at which answers are timed.
constexpr double calm = 0.7;
/// For so many seconds, so often: a shared disk stands still for half a second now and then, whoever writes.
constexpr int calmSeconds = 5;
constexpr int calmTimes = 5;

/// How well the bodies pack: all that tells whether they are like real ones.
void describe(const BodyMaker& bodies)
{
    double bytes = 0;
    double packed = 0;
    std::size_t smallest = SIZE_MAX;
    std::size_t largest = 0;
    std::string envelope;
    constexpr std::uint64_t some = 2'000;
    for (std::uint64_t n = 0; n < some; ++n) {
        const Body body = bodies.make(n, envelope);
        bytes += double(body.event.size());
        packed += double(collector::packPayload(body.event).size());
        smallest = std::min(smallest, body.event.size());
        largest = std::max(largest, body.event.size());
    }
    std::printf("%zu templates, %zu to %zu bytes, mean %.0f, zstd-%d ratio %.2f; %s\n",
        bodies.recordings().size(), smallest, largest, bytes / double(some), collector::payloadLevel,
        bytes / packed, machineLoad().c_str());
    std::fflush(stdout);
}

/// A port that nobody listens on at this moment.
std::uint16_t freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no free port");
    ::close(fd);
    return ntohs(address.sin_port);
}

/// npm's `sentry local serve`, which keeps envelopes in memory alone.
double peerRate(const BodyMaker& bodies, const std::string& script, std::uint64_t events)
{
    const std::uint16_t port = freePort();
    const Program peer(
        {"node", script, "local", "serve", "--quiet", "--host", "127.0.0.1", "--port", std::to_string(port)},
        false);
    for (int tries = 0;; ++tries) {
        try {
            ::close(connectTo(port));
            break;
        } catch (const std::runtime_error&) {
            if (tries == 600)
                throw std::runtime_error("the peer did not start");
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    SendPlan plan;
    plan.port = port;
    plan.path = "/stream";
    plan.count = events;
    const Sent sent = sendAll(bodies, plan);
    if (sent.refused > 0) { // counted all the same: refusing is quicker than taking
        std::printf("the peer refused %llu of %llu events (status %d)\n",
            static_cast<unsigned long long>(sent.refused), static_cast<unsigned long long>(events),
            sent.refusal);
    }
    return double(events) / sent.seconds;
}

/// What was acknowledged is there, and counted.
void check(const std::string& database, std::uint64_t accepted)
{
    SQLite::Database db(database);
    const auto number = [&db](const char* sql) {
        return static_cast<std::uint64_t>(db.execAndGet(sql).getInt64());
    };
    const std::uint64_t rows = number("SELECT count(*) FROM events");
    const std::uint64_t counted = number("SELECT sum(count) FROM issues");
    if (rows != accepted || counted != accepted)
        throw std::runtime_error("acknowledged " + std::to_string(accepted) + ", stored " +
                                 std::to_string(rows) + ", counted " + std::to_string(counted));
    std::printf("%llu events acknowledged, stored and counted, in %llu issues\n",
        static_cast<unsigned long long>(accepted),
        static_cast<unsigned long long>(number("SELECT count(*) FROM issues")));
}

/// The same events for every client key.
BodyMaker bodiesFor(const Options& options, const std::string& key = BodyOptions().key)
{
    return BodyMaker(loadRecordings(options.text("--bodies")), bodiesUntilNow(1'000, 50'000, 1, 1, key));
}

Sent sendTo(const Collect& collect, const BodyMaker& bodies, std::uint64_t first, std::uint64_t count,
    double rate = 0)
{
    SendPlan plan;
    plan.port = collect.port();
    plan.path = collect.ingestPath();
    plan.first = first;
    plan.count = count;
    plan.rate = rate;
    const auto began = std::chrono::steady_clock::now();
    Sent sent = sendAll(bodies, plan);
    if (rate == 0) { // all of the way, not only to the acknowledgement
        collect.waitUntilCounted();
        sent.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    }
    if (sent.refused > 0)
        throw std::runtime_error("the collector refused " + std::to_string(sent.refused) + " events");
    return sent;
}

int run(const Options& options)
{
    const std::uint64_t events = options.number("--events");
    const std::string& work = options.text("--work");
    const std::string& peer = options.text("--peer");
    const BodyMaker bodies = bodiesFor(options);
    describe(bodies);

    std::vector<double> rates;
    std::vector<double> base16;
    std::vector<double> base256;
    std::vector<double> peers;
    std::vector<double> cpu;
    for (int i = 0; i < rounds; ++i) {
        base16.push_back(baseline(bodies, work, events, 16));
        base256.push_back(baseline(bodies, work, events, 256));
        if (!peer.empty())
            peers.push_back(peerRate(bodies, peer, events / 4));
        const std::string folder = work + "/round" + std::to_string(i);
        std::string database;
        {
            const Collect collect(options.text("--program"), folder);
            database = collect.database();
            const BodyMaker own = bodiesFor(options, collect.key());
            const double before = collect.cpuSeconds();
            const Sent sent = sendTo(collect, own, 0, events);
            rates.push_back(double(sent.accepted) / sent.seconds);
            cpu.push_back((collect.cpuSeconds() - before) / double(events) * 1e6);
        }
        check(database, events);
        std::filesystem::remove_all(folder);
        std::printf(
            "round %d: %.0f/s, baseline %.0f/s (16), %.0f/s (256), peer %.0f/s, %.0f us of processor an "
            "event; %s\n",
            i + 1, rates.back(), base16.back(), base256.back(), peers.empty() ? 0 : peers.back(), cpu.back(),
            machineLoad().c_str());
        std::fflush(stdout);
    }

    // Longer, for memory; then calmer, for how long senders wait.
    const std::uint64_t many = options.number("--many");
    const std::string folder = work + "/long";
    double resident = 0;
    double mostResident = 0;
    std::vector<double> p50;
    std::vector<double> p99;
    std::vector<double> bare99;
    double longRate = 0;
    std::uint64_t bytes = 0;
    std::uint64_t accepted = 0;
    std::string database;
    {
        const Collect collect(options.text("--program"), folder);
        database = collect.database();
        const BodyMaker own = bodiesFor(options, collect.key());
        const Sent sent = sendTo(collect, own, 0, many);
        longRate = double(sent.accepted) / sent.seconds;
        resident = collect.residentMb();
        mostResident = collect.mostResidentMb();
        const double rate = calm * std::min(longRate, median(rates));
        bytes = sent.bytes;
        accepted = sent.accepted;
        std::printf("long: %.0f/s over %llu events; then %.0f/s\n", longRate,
            static_cast<unsigned long long>(many), rate);
        for (int i = 0; i < calmTimes; ++i) {
            const Sent calmly =
                sendTo(collect, own, accepted, static_cast<std::uint64_t>(rate * calmSeconds), rate);
            bytes += calmly.bytes;
            accepted += calmly.accepted;
            p50.push_back(percentile(calmly.latenciesMs, 0.5));
            p99.push_back(percentile(calmly.latenciesMs, 0.99));
            collect.waitUntilCounted();
            const std::vector<double> bare = syncWaits(work, 1'000);
            bare99.push_back(percentile(bare, 0.99));
            std::printf("answered after %.1f ms (p50), %.1f (p99), %.1f (p99.9); the disk alone %.1f, %.1f, "
                        "%.1f; %s\n",
                p50.back(), p99.back(), percentile(calmly.latenciesMs, 0.999), percentile(bare, 0.5),
                bare99.back(), percentile(bare, 0.999), machineLoad().c_str());
            std::fflush(stdout);
        }
    }
    check(database, accepted);
    const double stored = double(bytesIn(folder)) / double(bytes);
    std::filesystem::remove_all(folder);

    const double rate = median(rates);
    std::vector<Figure> figures = {
        {"ingest", rate, "events/s", median(base16), 0.45},
        {"ingest_beside_batch_256", rate, "events/s", median(base256), {}},
        {"ingest_over_200000", longRate, "events/s", median(base16), {}},
        {"processor", median(cpu), "us/event", {}, {}},
        {"resident", resident, "MB", {}, 80, Figure::Better::Less},
        {"resident_at_most", mostResident, "MB", {}, {}, Figure::Better::Less},
        {"acknowledged_p50", median(p50), "ms", {}, {}},
        {"acknowledged_p99", median(p99), "ms", {}, 20, Figure::Better::Less},
        {"disk_alone_p99", median(bare99), "ms", {}, {}},
        {"disk_bytes_per_json_byte", stored, "", {}, 0.5, Figure::Better::Less},
    };
    if (!peers.empty())
        figures.push_back({"ingest_beside_sentry_local", rate, "events/s", median(peers), 3});
    else
        std::printf("no peer: npm's sentry is not installed\n");
    return report(options.text("--out"), figures) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(Options(argc, argv,
            {{"--events", "30000"}, {"--many", "200000"}, {"--bodies", ""}, {"--program", ""},
                {"--work", "."}, {"--peer", ""}, {"--out", "ingest.json"}}));
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench_ingest: %s\n", fault.what());
        return 1;
    }
}
