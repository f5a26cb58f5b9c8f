// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demosamples.h"

#include "app/collector/collector.h"
#include "app/demo/load.h"
#include "app/demo/plan.h"
#include "app/demo/samples.h"

namespace vedette::app {

core::Result<void> loadDemoSamples(collector::Collector& collector, const core::Clock& clock)
{
    const auto samples = demo::readSamples(demo::builtInSample);
    if (!samples)
        return core::fail(samples.error());
    demo::Target target;
    target.url = collector.url();
    for (const demo::SampleProject& project : *samples) {
        collector::ProjectSeed seed;
        seed.slug = project.slug;
        seed.name = project.name;
        seed.platform = project.platform;
        const auto made = collector.addProject(seed);
        if (!made)
            return core::fail(made.error());
        target.dsns[project.slug] = collector.dsn(*made);
    }
    const core::TimePoint now = clock.now();
    const auto seed = std::uint64_t(now.time_since_epoch().count());
    if (auto loaded = demo::load(*samples, demo::makePlan(*samples, now), target, clock, seed); !loaded)
        return loaded;
    return demo::loadTransactions(*samples, demo::makeTransactions(*samples, now), target, clock, ~seed);
}

} // namespace vedette::app
