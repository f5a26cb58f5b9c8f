// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/collector/event/reading.h"

namespace vedette::collector {

/// What a browser's report (csp, hpkp, expectct, expectstaple, nel) is called and told apart by. Contract
/// sections 12 and 13; the wording is that of Sentry's servers.

/// The directive that was violated; of a network error its kind (`tcp.timed_out`).
[[nodiscard]] std::string reportDirective(const EventReading& event);

/// What was blocked: a host, a scheme (`blob:`), `'self'` for the page's own and for inline code; of other
/// reports the host.
[[nodiscard]] std::string reportSource(const EventReading& event);

/// `Blocked 'image' from 'blob:'`
[[nodiscard]] std::string reportTitle(const EventReading& event);

/// The tags that follow from it.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> reportTags(const EventReading& event);

} // namespace vedette::collector
