// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/common/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <thread>

#include "models/json/writer.h"

namespace vedette::bench {
namespace {

double round3(double number)
{
    return std::round(number * 1'000) / 1'000;
}

double ratioOf(const Figure& figure)
{
    return figure.baseline && *figure.baseline > 0 ? figure.value / *figure.baseline : figure.value;
}

void number(json::Writer& out, const char* key, std::optional<double> value)
{
    if (value)
        out.key(key).number(round3(*value));
    else
        out.nullField(key);
}

} // namespace

bool Figure::met() const
{
    if (!target)
        return true;
    return better == Better::More ? ratioOf(*this) >= *target : ratioOf(*this) <= *target;
}

bool report(const std::string& path, const std::vector<Figure>& figures)
{
    json::Writer out;
    out.beginObject().key("figures").beginArray();
    bool all = true;
    for (const Figure& figure : figures) {
        out.beginObject().field("name", figure.name).key("value").number(round3(figure.value));
        out.field("unit", figure.unit);
        number(out, "baseline", figure.baseline);
        number(out, "ratio", figure.baseline ? std::optional(ratioOf(figure)) : std::nullopt);
        number(out, "target", figure.target);
        out.field("met", figure.met()).endObject();
        all = all && figure.met();

        std::printf("%-30s %10.3f %-9s", figure.name.c_str(), figure.value, figure.unit.c_str());
        if (figure.baseline)
            std::printf(" baseline %.3f, ratio %.3f", *figure.baseline, ratioOf(figure));
        if (figure.target) {
            std::printf("  target %s %.3f: %s",
                figure.better == Figure::Better::More ? ">=" : "<=", *figure.target,
                figure.met() ? "met" : "NOT MET");
        }
        std::printf("\n");
    }
    out.endArray().endObject();
    std::ofstream(path) << out.text() << '\n';
    return all;
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto at = static_cast<std::size_t>(share * double(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

std::string machineLoad()
{
    std::string first;
    std::ifstream("/proc/loadavg") >> first;
    return "load " + first + " on " + std::to_string(std::thread::hardware_concurrency()) + " cores";
}

} // namespace vedette::bench
