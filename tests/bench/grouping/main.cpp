// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>

#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/collector/event/facts.h"
#include "models/json/document.h"
#include "models/json/writer.h"
#include "tests/bench/grouping/recordings.h"

using namespace vedette;

namespace {

/// Issues as the collector makes them: an event joins the first issue that knows one of its hashes, and
/// teaches it the others.
class Issues final
{
public:
    void add(const std::string& project, const std::vector<std::string>& hashes, const std::string& fault)
    {
        std::size_t issue = m_events.size();
        for (const std::string& hash : hashes) {
            if (const auto known = m_byHash.find(project + ':' + hash); known != m_byHash.end()) {
                issue = known->second;
                break;
            }
        }
        if (issue == m_events.size()) {
            m_events.push_back(0);
            m_faults.emplace_back();
        }
        for (const std::string& hash : hashes)
            m_byHash.emplace(project + ':' + hash, issue);
        ++m_events[issue];
        ++m_all;
        if (!fault.empty()) {
            m_faults[issue].insert(project + ':' + fault);
            m_issuesOfFault[project + ':' + fault].insert(issue);
        }
    }

    [[nodiscard]] std::size_t issues() const { return m_events.size(); }
    [[nodiscard]] double mean() const
    {
        return m_events.empty() ? 0 : double(m_all) / double(m_events.size());
    }
    [[nodiscard]] std::size_t faults() const { return m_issuesOfFault.size(); }
    /// Faults that are not exactly one issue with nothing else in it.
    [[nodiscard]] std::vector<std::string> inexact() const
    {
        std::vector<std::string> out;
        for (const auto& [fault, issues] : m_issuesOfFault) {
            const std::size_t others = m_faults[*issues.begin()].size() - 1;
            if (issues.size() > 1 || others > 0) {
                out.push_back(fault + " (" + std::to_string(issues.size()) + " issues, " +
                              std::to_string(others) + " other faults in the first)");
            }
        }
        return out;
    }
    [[nodiscard]] std::size_t exact() const { return faults() - inexact().size(); }
    [[nodiscard]] std::size_t events() const { return m_all; }

private:
    std::unordered_map<std::string, std::size_t> m_byHash;
    std::vector<std::size_t> m_events;
    std::vector<std::set<std::string>> m_faults;
    std::map<std::string, std::set<std::size_t>> m_issuesOfFault;
    std::size_t m_all = 0;
};

double round3(double number)
{
    return std::round(number * 1000) / 1000;
}

void writeFigure(json::Writer& out, const std::string& name, double value, const char* unit, double baseline,
    double target = 0, bool met = true)
{
    out.beginObject().field("name", name).key("value").number(round3(value)).field("unit", unit);
    out.key("baseline").number(round3(baseline)).key("ratio");
    if (baseline > 0)
        out.number(round3(value / baseline));
    else
        out.null();
    out.key("target");
    if (target > 0)
        out.number(target);
    else
        out.null();
    out.field("met", met).endObject();
}

} // namespace

/// bench_grouping FILE: the figures go there.
int main(int argc, char** argv)
{
    if (argc != 2)
        qFatal("usage: bench_grouping FILE");
    json::Writer out;
    out.beginObject().key("figures").beginArray();
    bool allMet = true;
    std::printf("%-18s %7s %28s %28s\n", "", "", "the collector's grouping", "by title alone");
    std::printf("%-18s %7s %8s %19s %8s %19s\n", "events of", "events", "issues", "mean events/issue",
        "issues", "mean events/issue");
    for (const bench::RecordingSet& set :
        {bench::sampleRecordings(), bench::ownRecordings(), bench::sharedRecordings()}) {
        if (set.events.empty()) {
            std::printf("%-18s not there\n", set.name.c_str());
            continue;
        }
        Issues ours;
        Issues byTitle;
        for (const bench::Recording& event : set.events) {
            const auto document = json::Document::parse(event.json);
            collector::ReceiveContext context;
            context.received = *core::parseTime("2026-11-20T10:00:00Z");
            const auto facts =
                document ? collector::extractFacts(document->root(), context) : core::fail(document.error());
            if (!facts)
                continue; // what the collector refuses makes no issue
            ours.add(event.project, facts->hashes, event.fault);
            byTitle.add(event.project, {facts->title}, event.fault);
        }
        std::printf("%-18s %7zu %8zu %19.2f %8zu %19.2f\n", set.name.c_str(), set.events.size(),
            ours.issues(), ours.mean(), byTitle.issues(), byTitle.mean());
        writeFigure(out, set.name + ": issues", double(ours.issues()), "issues", double(byTitle.issues()));
        writeFigure(out, set.name + ": mean events per issue", ours.mean(), "events", byTitle.mean());
        if (ours.faults() == 0)
            continue;
        const bool met = ours.exact() == ours.faults();
        allMet = allMet && met;
        std::printf(
            "%-18s of %zu known faults exactly one issue: %zu, by title alone %zu (target: all, %s)\n", "",
            ours.faults(), ours.exact(), byTitle.exact(), met ? "met" : "NOT MET");
        for (const std::string& fault : ours.inexact())
            std::printf("%-18s   not so: %s\n", "", fault.c_str());
        writeFigure(out, set.name + ": faults that are exactly one issue", double(ours.exact()), "faults",
            double(byTitle.exact()), double(ours.faults()), met);
    }
    out.endArray().endObject();
    QFile file(QString::fromLocal8Bit(argv[1]));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(out.take() + "\n")) < 0)
        qFatal("cannot write %s", argv[1]);
    return allMet ? 0 : 1;
}
