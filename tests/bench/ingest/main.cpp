// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ./dev bench ingest: `vedette collect` as a program of its own, fed over loopback, in turn with the
// baseline. Three rounds, medians. Fails if an acknowledged event is not in the database afterwards.

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>

#include "app/collector/envelope/envelope.h"
#include "app/collector/storage/payload.h"
#include "models/json/document.h"
#include "models/json/writer.h"
#include "tests/bench/ingest/baseline.h"
#include "tests/bench/ingest/bodies.h"
#include "tests/bench/ingest/sender.h"

using namespace vedette;
using namespace vedette::bench;

namespace {

constexpr int rounds = 3;
constexpr unsigned connections = 16;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double percentile(std::vector<double>& values, double share)
{
    const auto at = static_cast<std::size_t>(share * double(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

/// `vedette collect` on a folder of its own, ended with the object.
class Collect final
{
public:
    Collect(const std::string& program, std::string folder)
        : m_folder(std::move(folder))
    {
        int ends[2];
        if (::pipe(ends) != 0)
            throw std::runtime_error("no pipe");
        m_pid = ::fork();
        if (m_pid == 0) {
            ::dup2(ends[1], 1);
            ::close(ends[0]);
            ::execl(program.c_str(), "vedette", "collect", "--listen", "127.0.0.1:0", "--data-dir",
                m_folder.c_str(), static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(ends[1]);
        std::string line;
        char byte = 0;
        while (::read(ends[0], &byte, 1) == 1 && byte != '\n')
            line += byte;
        ::close(ends[0]);
        const auto ready = json::Document::parse(line);
        const auto dsn = ready ? ready->root()["dsn"].string() : std::nullopt;
        const auto parsed = dsn ? collector::parseDsn(*dsn) : std::nullopt;
        if (!parsed)
            throw std::runtime_error("vedette collect did not start");
        m_key = parsed->key;
        const std::string url(ready->root()["url"].string().value_or(""));
        m_port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    }

    ~Collect()
    {
        ::kill(m_pid, SIGTERM);
        int status = 0;
        ::waitpid(m_pid, &status, 0);
    }
    Collect(const Collect&) = delete;
    Collect& operator=(const Collect&) = delete;

    [[nodiscard]] const std::string& key() const { return m_key; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::string database() const { return m_folder + "/collector/collector.sqlite"; }

    /// The most that was resident so far. MB are millions of bytes.
    [[nodiscard]] double residentMb() const
    {
        std::ifstream status("/proc/" + std::to_string(m_pid) + "/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmHWM:"))
                return double(std::stoll(line.substr(6))) * 1024 / 1e6;
        }
        return 0;
    }

private:
    std::string m_folder;
    pid_t m_pid = -1;
    std::string m_key;
    std::uint16_t m_port = 0;
};

struct Figure
{
    std::string name;
    double value = 0;
    std::string unit;
    double baseline = 0; ///< 0: none
    double target = 0;   ///< of the ratio, or of the value where there is no baseline; 0: none
    bool met = true;
};

double round3(double number)
{
    return std::round(number * 1'000) / 1'000;
}

void write(const std::string& path, const std::vector<Figure>& figures)
{
    json::Writer out;
    out.beginObject().key("figures").beginArray();
    for (const Figure& figure : figures) {
        out.beginObject().field("name", figure.name).key("value").number(round3(figure.value));
        out.field("unit", figure.unit).key("baseline");
        if (figure.baseline > 0)
            out.number(round3(figure.baseline)).key("ratio").number(round3(figure.value / figure.baseline));
        else
            out.null().nullField("ratio");
        out.key("target");
        if (figure.target > 0)
            out.number(figure.target);
        else
            out.null();
        out.field("met", figure.met).endObject();
    }
    out.endArray().endObject();
    std::ofstream(path) << out.text() << '\n';
    for (const Figure& figure : figures) {
        std::printf("%-28s %10.2f %s", figure.name.c_str(), figure.value, figure.unit.c_str());
        if (figure.baseline > 0)
            std::printf("   baseline %.2f, ratio %.3f", figure.baseline, figure.value / figure.baseline);
        if (figure.target > 0)
            std::printf("   target %.2f: %s", figure.target, figure.met ? "met" : "NOT MET");
        std::printf("\n");
    }
}

int run(const std::map<std::string, std::string>& options)
{
    const std::uint64_t events = std::stoull(options.at("--events"));
    const std::string work = options.at("--work");
    const Bodies bodies(loadTemplates(options.at("--samples")));

    double bytes = 0;
    double packed = 0;
    std::size_t smallest = SIZE_MAX;
    std::size_t largest = 0;
    for (const Template& form : bodies.templates()) {
        const std::string_view payload =
            std::string_view(form.bytes).substr(form.payloadAt, form.payloadSize);
        bytes += double(form.bytes.size());
        packed += double(collector::packPayload(payload).size());
        smallest = std::min(smallest, payload.size());
        largest = std::max(largest, payload.size());
    }
    const double meanBytes = bytes / double(bodies.templates().size());
    std::printf("%zu templates, %zu to %zu bytes, mean %.0f, zstd-%d ratio %.2f; %llu events a round, %u "
                "connections\n",
        bodies.templates().size(), smallest, largest, meanBytes, collector::payloadLevel, bytes / packed,
        static_cast<unsigned long long>(events), connections);

    std::vector<double> rates;
    std::vector<double> base16;
    std::vector<double> base256;
    std::vector<double> p50s;
    std::vector<double> p99s;
    std::vector<double> resident;
    std::vector<double> stored;
    for (int i = 0; i < rounds; ++i) {
        base16.push_back(baseline(bodies, work, events, 16));
        base256.push_back(baseline(bodies, work, events, 256));
        const std::string folder = work + "/collect" + std::to_string(i);
        std::string database;
        std::uint64_t accepted = 0;
        {
            const Collect collect(options.at("--program"), folder);
            database = collect.database();
            Sent sent = sendAll(bodies, collect.port(), collect.key(), 0, events, connections);
            if (sent.refused > 0)
                throw std::runtime_error("the collector refused " + std::to_string(sent.refused) + " events");
            accepted = sent.accepted;
            rates.push_back(double(sent.accepted) / sent.seconds);
            p50s.push_back(percentile(sent.latenciesMs, 0.50));
            p99s.push_back(percentile(sent.latenciesMs, 0.99));
            resident.push_back(collect.residentMb());
        }
        SQLite::Database db(database);
        const auto rows = static_cast<std::uint64_t>(db.execAndGet("SELECT count(*) FROM events").getInt64());
        const auto counted =
            static_cast<std::uint64_t>(db.execAndGet("SELECT sum(count) FROM issues").getInt64());
        if (rows != accepted || counted != accepted)
            throw std::runtime_error("acknowledged " + std::to_string(accepted) + ", stored " +
                                     std::to_string(rows) + ", counted " + std::to_string(counted));
        stored.push_back(double(std::filesystem::file_size(database)) / double(rows) / meanBytes);
        std::printf("round %d: %.0f/s, baseline %.0f/s (16), %.0f/s (256), %lld issues\n", i + 1,
            rates.back(), base16.back(), base256.back(),
            static_cast<long long>(db.execAndGet("SELECT count(*) FROM issues").getInt64()));
        std::fflush(stdout);
    }

    std::vector<Figure> figures;
    const double rate = median(rates);
    figures.push_back({"ingest", rate, "events/s", median(base16), 0.30, rate / median(base16) >= 0.30});
    figures.push_back({"ingest_beside_batch_256", rate, "events/s", median(base256)});
    figures.push_back({"resident", median(resident), "MB", 0, 60, median(resident) <= 60});
    figures.push_back({"acknowledged_p50", median(p50s), "ms"});
    figures.push_back({"acknowledged_p99", median(p99s), "ms"});
    figures.push_back({"disk_bytes_per_json_byte", median(stored), ""});
    write(options.at("--out"), figures);
    return std::all_of(figures.begin(), figures.end(), [](const Figure& figure) { return figure.met; }) ? 0
                                                                                                        : 1;
}

} // namespace

int main(int argc, char** argv)
{
    std::map<std::string, std::string> options = {{"--events", "40000"}, {"--samples", ""}, {"--program", ""},
        {"--work", "."}, {"--out", "ingest.json"}};
    for (int i = 1; i + 1 < argc; i += 2)
        options[argv[i]] = argv[i + 1];
    try {
        return run(options);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench_ingest: %s\n", fault.what());
        return 1;
    }
}
