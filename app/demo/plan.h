// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

#include "app/demo/samples.h"
#include "models/core/clock.h"

namespace vedette::demo {

/// One event to be sent: indices into the samples.
struct PlannedEvent
{
    core::TimePoint at;
    std::size_t project = 0;
    std::size_t issue = 0;
    std::size_t sample = 0; ///< into SampleProject::templates
    std::uint32_t user = 0;
    std::uint64_t dice = 0;

    friend bool operator==(const PlannedEvent&, const PlannedEvent&) = default;
};

/// One transaction to be sent: indices into the samples.
struct PlannedTransaction
{
    core::TimePoint at; ///< its end
    std::size_t project = 0;
    std::size_t endpoint = 0;
    std::chrono::milliseconds duration{0};
    std::uint32_t user = 0;
    std::uint64_t dice = 0;

    friend bool operator==(const PlannedTransaction&, const PlannedTransaction&) = default;
};

struct PlanOptions
{
    std::uint64_t seed = 1;
    std::size_t events = 6'000; ///< about so many; every issue has a few in any case
    int days = 14;
    std::uint32_t users = 400;
};

/// Two weeks of a shop's life up to `now`, oldest first: busy afternoons and quiet nights, slow weekends, a
/// release in between, a few issues that are new today, and those marked so spiking within the last hour. The
/// same for the same samples, moment and seed. Pure.
[[nodiscard]] std::vector<PlannedEvent> makePlan(
    const Samples& samples, core::TimePoint now, const PlanOptions& options = {});

/// The requests of the hour up to `now`, in no order: of each endpoint as many as the hour is busy, most of
/// them about as long as usual and a few much longer (log-normal). Only an hour, because a collector counts
/// transactions when they come. The same for the same samples, moment and seed. Pure.
[[nodiscard]] std::vector<PlannedTransaction> makeTransactions(
    const Samples& samples, core::TimePoint now, const PlanOptions& options = {});

/// How busy an hour is: 1 is the mean of a week.
[[nodiscard]] double rhythm(core::TimePoint time);

} // namespace vedette::demo
