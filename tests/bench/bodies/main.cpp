// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the bodies of the benches are like. `bench_bodies --recordings FOLDER [--events N] [--issues N] [--out
// FILE]`.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "app/collector/event/facts.h"
#include "app/collector/storage/payload.h"
#include "models/json/document.h"
#include "models/json/writer.h"
#include "tests/bench/bodies/bodymaker.h"

namespace {

using namespace vedette;
using namespace vedette::bench;

struct Sizes
{
    std::size_t count = 0;
    std::size_t least = SIZE_MAX;
    std::size_t most = 0;
    std::size_t sum = 0;

    void add(std::size_t size)
    {
        ++count;
        least = std::min(least, size);
        most = std::max(most, size);
        sum += size;
    }
    [[nodiscard]] double mean() const { return double(sum) / double(std::max<std::size_t>(1, count)); }
};

void print(const std::string& name, const Sizes& sizes)
{
    std::printf("%-26s %6zu   %5zu to %5zu bytes, mean %6.0f\n", name.c_str(), sizes.count, sizes.least,
        sizes.most, sizes.mean());
}

double seconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

/// MB in a second: of events made, or with `copies` of recordings copied, which is the least that a maker can
/// do.
double speed(const BodyMaker& maker, std::uint64_t events, bool copies)
{
    std::string envelope;
    std::size_t bytes = 0;
    const auto began = std::chrono::steady_clock::now();
    for (std::uint64_t n = 0; n < events; ++n) {
        if (copies)
            envelope = maker.recordings()[n % maker.recordings().size()].envelope;
        else
            (void)maker.make(n, envelope);
        bytes += envelope.size();
    }
    return double(bytes) / 1e6 / seconds(began);
}

struct Figure
{
    const char* name;
    double value;
    const char* unit;
    double baseline; ///< 0: none
    double target;   ///< of the value; 0: none
    bool met;
};

void write(const std::string& path, const std::vector<Figure>& figures)
{
    json::Writer out;
    out.beginObject().key("figures").beginArray();
    for (const Figure& figure : figures) {
        out.beginObject().field("name", figure.name).key("value").number(figure.value);
        out.field("unit", figure.unit).key("baseline");
        if (figure.baseline > 0)
            out.number(figure.baseline).key("ratio").number(figure.value / figure.baseline);
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
}

int run(std::map<std::string, std::string> options)
{
    const std::uint64_t events = std::stoull(options["--events"]);
    BodyOptions how;
    how.issues = std::uint32_t(std::stoul(options["--issues"]));
    const BodyMaker maker(loadRecordings(options["--recordings"]), how);

    std::map<std::string, Sizes> templates;
    Sizes all;
    double recordedRatios = 0;
    for (const RecordedEvent& recording : maker.recordings()) {
        recordedRatios +=
            double(recording.eventSize) / double(collector::packPayload(recording.event()).size());
        templates[recording.sdk()].add(recording.eventSize);
        all.add(recording.eventSize);
    }
    std::printf("recorded\n");
    for (const auto& [sdk, sizes] : templates)
        print("  " + sdk, sizes);
    print("  all", all);
    std::printf("  zstd-%d: mean ratio %.2f\n", collector::payloadLevel, recordedRatios / double(all.count));

    std::map<std::string, Sizes> sent;
    Sizes made;
    Sizes packed;
    double ratios = 0;
    std::set<std::uint32_t> issues;
    std::set<std::uint32_t> users;
    std::map<std::uint32_t, std::size_t> perIssue;
    std::set<std::string> groups;
    std::string envelope;
    collector::ReceiveContext context;
    context.received = core::TimePoint(std::chrono::seconds(how.timeEnd));
    for (std::uint64_t n = 0; n < events; ++n) {
        const Body body = maker.make(n, envelope);
        const std::size_t size = collector::packPayload(body.event).size();
        made.add(body.event.size());
        packed.add(size);
        ratios += double(body.event.size()) / double(size);
        sent[body.recording->sdk()].add(body.event.size());
        issues.insert(body.issue);
        users.insert(body.user);
        ++perIssue[body.issue];
        const auto document = json::Document::parse(body.event);
        const auto facts = document ? collector::extractFacts(document->root(), context)
                                    : tl::make_unexpected(document.error());
        if (!facts)
            throw std::runtime_error(
                "event " + std::to_string(n) + " is none: " + facts.error().detail.toStdString());
        groups.insert(facts->hashes.front());
    }
    std::printf("made, %llu events\n", static_cast<unsigned long long>(events));
    for (const auto& [sdk, sizes] : sent)
        print("  " + sdk, sizes);
    print("  all", made);
    std::size_t most = 0;
    for (const auto& [issue, count] : perIssue)
        most = std::max(most, count);
    const double ratio = ratios / double(made.count);
    std::printf(
        "  %zu issues asked for, %zu met, %zu groups formed, the largest has %.1f %% of events; %zu users\n",
        std::size_t(how.issues), issues.size(), groups.size(), 100.0 * double(most) / double(made.count),
        users.size());
    std::printf("  zstd-%d: mean ratio %.2f, all bytes %.2f\n", collector::payloadLevel, ratio,
        double(made.sum) / double(packed.sum));

    const double copied = speed(maker, 20'000, true);
    const double making = speed(maker, 20'000, false);
    std::printf("  made at %.0f MB/s, copied at %.0f MB/s\n", making, copied);
    if (!options["--out"].empty())
        write(options["--out"],
            {{"templates", double(all.count), "", 0, 200, all.count >= 200},
                {"template_bytes_mean", all.mean(), "B", 0, 0, true},
                {"body_bytes_mean", made.mean(), "B", 0, 0, true}, {"zstd_ratio_mean", ratio, "", 0, 0, true},
                {"groups_per_issue", double(groups.size()) / double(issues.size()), "", 0, 0,
                    groups.size() == issues.size()},
                {"making", making, "MB/s", copied, 300, making >= 300}});
    return all.count >= 200 && groups.size() == issues.size() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    std::map<std::string, std::string> options = {
        {"--events", "20000"}, {"--issues", "1000"}, {"--recordings", ""}, {"--out", ""}};
    for (int i = 1; i + 1 < argc; i += 2)
        options[argv[i]] = argv[i + 1];
    try {
        return run(options);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "bench_bodies: %s\n", fault.what());
        return 1;
    }
}
