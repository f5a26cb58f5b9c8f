// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/alerts/alert.h"
#include "models/domain/issue.h"
#include "models/domain/project.h"

namespace vedette::tests {

class ScriptedHub;

/// Rows as a team would have them, for pictures and page tests: five projects, all levels, long, Japanese and
/// right-to-left titles, one spike. Everything is dated relative to `now`.

[[nodiscard]] domain::Account sampleAccount();
[[nodiscard]] QList<domain::Project> sampleProjects();
[[nodiscard]] QList<domain::Actor> samplePeople();
[[nodiscard]] QList<domain::Issue> sampleIssues(core::TimePoint now);
/// The first issue of sampleIssues, spiking for two hours.
[[nodiscard]] alerts::Alert sampleSpike(core::TimePoint now);
/// Many rows of the same kind, for scrolling and for figures.
[[nodiscard]] QList<domain::Issue> manyIssues(int count, core::TimePoint now);
/// Puts all of it into a hub: one account that was checked twelve seconds ago.
void fillHub(ScriptedHub& hub, core::TimePoint now);

} // namespace vedette::tests
