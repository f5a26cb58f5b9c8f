// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/http/message.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// One report of a browser as the JSON of an event of type csp, hpkp, expectct, expectstaple or nel, and the
/// browser that it comes from.
struct ReportEvent
{
    std::string json;
    std::string userAgent;
};

struct SecurityReports
{
    std::vector<ReportEvent> events;
    std::int64_t others = 0; ///< of the Reporting API's other kinds (deprecation, crash): not kept
};

/// Reads what browsers post on their own: one report by `report-uri` (CSP level 2, HPKP of RFC 7469,
/// Expect-CT of RFC 9163, Expect-Staple), or a list by the Reporting API (W3C; also network errors, NEL).
/// Release and environment come from the query (`sentry_release`, `sentry_environment`). Pure. Errors:
/// Malformed, TooLarge (more than 100 reports at once).
[[nodiscard]] core::Result<SecurityReports> readSecurityReports(
    const Request& request, std::string_view body, core::TimePoint now);

} // namespace vedette::collector
