// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {
class Collector;
}

namespace vedette::app {

/// Makes the projects of the built-in samples in `collector` and posts two weeks of events up to now to it:
/// what `vedette --demo` shows. Blocks for a few seconds: on the collector's lane
/// (Application::Options::loadSamples). Errors: Storage, Malformed, those of demo::load().
core::Result<void> loadDemoSamples(collector::Collector& collector, const core::Clock& clock);

} // namespace vedette::app
