// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ./dev bench growth: fills a collector with events of many issues and users, then measures what it still
// does: its ingest in turn with that of an empty one, lists and searches, bytes on disk.
// ./dev bench query: the same, smaller, for every route that clients use, each beside plain SQL.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include <SQLiteCpp/Database.h>

#include "tests/bench/common/figures.h"
#include "tests/bench/common/options.h"
#include "tests/bench/common/program.h"
#include "tests/bench/common/queries.h"
#include "tests/bench/common/sender.h"

using namespace vedette::bench;

namespace {

constexpr int rounds = 3;
constexpr double gigabyte = 1e9;

/// Makes a collector's folder in which nothing is dropped for its size: a million events are more than the
/// cap that a collector begins with.
std::string withoutCap(const Options& options, const std::string& folder)
{
    std::string database;
    {
        const Collect first(options.text("--program"), folder);
        database = first.database();
    }
    SQLite::Database db(database, SQLite::OPEN_READWRITE);
    db.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('retention_bytes', 0)");
    return folder;
}

/// Fills one collector.
class Filler final
{
public:
    Filler(const Options& options, const std::string& folder)
        : m_collect(options.text("--program"), withoutCap(options, folder))
        , m_bodies(loadRecordings(options.text("--bodies")),
              bodiesUntilNow(static_cast<std::uint32_t>(options.number("--issues")), 50'000, 14,
                  options.number("--events"), m_collect.key()))
    {}

    /// Sends so many of the next events; answers the rate.
    double send(std::uint64_t count)
    {
        SendPlan plan;
        plan.port = m_collect.port();
        plan.path = m_collect.ingestPath();
        plan.first = m_sent;
        plan.count = count;
        const auto began = std::chrono::steady_clock::now();
        const Sent sent = sendAll(m_bodies, plan);
        m_collect.waitUntilCounted(); // all of the way, not only to the acknowledgement
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        if (sent.refused > 0)
            throw std::runtime_error("the collector refused " + std::to_string(sent.refused) + " events");
        m_sent += count;
        m_bytes += sent.bytes;
        return double(sent.accepted) / seconds;
    }
    [[nodiscard]] const Collect& collect() const { return m_collect; }
    [[nodiscard]] std::uint64_t sent() const { return m_sent; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

private:
    const Collect m_collect;
    const BodyMaker m_bodies;
    std::uint64_t m_sent = 0;
    std::uint64_t m_bytes = 0;
};

int run(const Options& options)
{
    const std::uint64_t events = options.number("--events");
    const std::uint64_t slice = options.number("--slice");
    const std::string& work = options.text("--work");
    const bool growth = options.text("--what") == "growth";
    const std::string folder = work + "/grown";
    std::optional<Filler> grown(std::in_place, options, folder);
    std::printf("%s\n", machineLoad().c_str());
    while (grown->sent() < events) {
        const std::uint64_t part = std::min<std::uint64_t>(100'000, events - grown->sent());
        const double rate = grown->send(part);
        std::printf("%llu events, %.0f/s, %.0f MB resident, %.2f GB on disk; %s\n",
            static_cast<unsigned long long>(grown->sent()), rate, grown->collect().mostResidentMb(),
            double(bytesIn(folder)) / gigabyte, machineLoad().c_str());
        std::fflush(stdout);
    }

    std::vector<Figure> figures;
    if (growth) {
        std::vector<double> atEmpty;
        std::vector<double> atGrown;
        for (int i = 0; i < rounds; ++i) {
            const std::string fresh = work + "/empty";
            {
                Filler empty(options, fresh);
                atEmpty.push_back(empty.send(slice));
            }
            std::filesystem::remove_all(fresh);
            atGrown.push_back(grown->send(slice));
            std::printf("round %d: %.0f/s empty, %.0f/s grown; %s\n", i + 1, atEmpty.back(), atGrown.back(),
                machineLoad().c_str());
            std::fflush(stdout);
        }
        figures.push_back({"ingest_when_grown", median(atGrown), "events/s", median(atEmpty), 0.8});
    }
    const std::vector<Question> questions =
        questionsAbout(grown->collect().database(), grown->collect().organization());
    for (Figure& figure : ask(grown->collect(), questions, growth ? 200 : 400)) {
        if (!growth)
            figure.target.reset(); // told by growth, at the size that they are meant for
        figures.push_back(std::move(figure));
    }
    figures.push_back(
        {"resident_at_most", grown->collect().mostResidentMb(), "MB", {}, {}, Figure::Better::Less});
    const std::string database = grown->collect().database();
    const std::uint64_t sent = grown->sent();
    const std::uint64_t bytes = grown->bytes();
    grown.reset(); // ends it, which moves the log into the database
    SQLite::Database db(database);
    const auto rows = static_cast<std::uint64_t>(db.execAndGet("SELECT count(*) FROM events").getInt64());
    const auto counted =
        static_cast<std::uint64_t>(db.execAndGet("SELECT sum(count) FROM issues").getInt64());
    if (rows != sent || counted != rows)
        throw std::runtime_error("sent " + std::to_string(sent) + ", stored " + std::to_string(rows) +
                                 ", counted " + std::to_string(counted));
    std::printf("%llu events stored and counted, in %lld issues\n", static_cast<unsigned long long>(rows),
        static_cast<long long>(db.execAndGet("SELECT count(*) FROM issues").getInt64()));
    figures.push_back({"disk_bytes_per_json_byte", double(bytesIn(folder)) / double(bytes), "", {}, 0.5,
        Figure::Better::Less});
    return report(options.text("--out"), figures) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(Options(argc, argv,
            {{"--what", "growth"}, {"--events", "200000"}, {"--issues", "100000"}, {"--slice", "15000"},
                {"--bodies", ""}, {"--program", ""}, {"--work", "."}, {"--out", "growth.json"}}));
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench_growth: %s\n", fault.what());
        return 1;
    }
}
