// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo/eventtemplate.h"
#include "models/core/result.h"

namespace vedette::demo {

/// One fault of a sample program: the templates that make one issue.
struct SampleIssue
{
    std::string name;
    double weight = 1;                  ///< how often, against the other issues of the project
    bool isFresh = false;               ///< first seen within the last day
    bool spikes = false;                ///< many times its rate within the last hour
    std::vector<std::size_t> templates; ///< in the order of the runs: old release, new release, staging
};

/// One kind of request of a sample program, as transactions tell of it.
struct SampleEndpoint
{
    std::size_t sample = 0; ///< into SampleProject::traces
    double median = 0;      ///< milliseconds
    double spread = 0;      ///< standard deviation of the duration's logarithm
    double rate = 0;        ///< in a usual hour
};

struct SampleProject
{
    std::string slug;
    std::string name;
    std::string platform;
    double share = 1; ///< how often, against the other projects
    std::vector<SampleIssue> issues;
    std::vector<EventTemplate> templates;
    std::vector<SampleEndpoint> endpoints;
    std::vector<EventTemplate> traces; ///< recorded transactions
};

using Samples = std::vector<SampleProject>;

/// A recorded file as its name and envelope, one after the other.
using Recorded = std::vector<std::pair<std::string, std::string>>;

/// Unpacks a file of recordings (resources/samples/README.md). Errors: Malformed.
[[nodiscard]] core::Result<Recorded> unpack(std::string_view gzip);

/// Reads the index and the files that it names. `read` answers a file's bytes. Errors: Malformed.
[[nodiscard]] core::Result<Samples> readSamples(const std::function<QByteArray(const std::string&)>& read);

/// A file of the recordings that are built into the program; empty where there is none of that name.
[[nodiscard]] QByteArray builtInSample(const std::string& name);

} // namespace vedette::demo
