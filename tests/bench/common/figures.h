// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vedette::bench {

/// One result beside what it is compared with.
struct Figure
{
    enum class Better
    {
        More,
        Less
    };
    std::string name;
    double value = 0;
    std::string unit;
    std::optional<double> baseline; ///< measured in the same run
    /// Of the ratio to the baseline, or of the value where there is none.
    std::optional<double> target;
    Better better = Better::More;

    [[nodiscard]] bool met() const;
};

/// Prints the figures and writes them as JSON (design section 7). False where a target is not met.
bool report(const std::string& path, const std::vector<Figure>& figures);

[[nodiscard]] double median(std::vector<double> values);
/// `share` of 0 to 1; 0 for no values.
[[nodiscard]] double percentile(std::vector<double> values, double share);
/// How busy the machine is with other things: the load average and what it has of cores.
[[nodiscard]] std::string machineLoad();

} // namespace vedette::bench
