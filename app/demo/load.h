// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/demo/plan.h"
#include "app/demo/samples.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::demo {

/// Where the samples go.
struct Target
{
    std::string url;                         ///< the collector's
    std::map<std::string, std::string> dsns; ///< by project slug, one for each project of the samples
};

/// Told now and then how far it is; answers whether to go on.
using Progress = std::function<bool(std::size_t done, std::size_t all)>;

/// Makes the planned transactions and posts them in the same way, in a part of the time. Errors as load().
core::Result<void> loadTransactions(const Samples& samples, const std::vector<PlannedTransaction>& plan,
    const Target& target, const core::Clock& clock, std::uint64_t seed);

/// Makes the planned events and posts them to the collector's door as an SDK would. Blocks (about a second
/// for 3,000 events), so call it on a lane. `seed` goes into the event ids: the same plan with another seed
/// is stored again, with the same seed it is not. Errors: Usage (a project without a DSN), Cancelled, those
/// of Sender.
core::Result<void> load(const Samples& samples, const std::vector<PlannedEvent>& plan, const Target& target,
    const core::Clock& clock, std::uint64_t seed, const Progress& progress = {});

} // namespace vedette::demo
