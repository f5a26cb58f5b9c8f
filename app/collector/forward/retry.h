// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/collector/storage/forwarding.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// What upstream said.
struct UpstreamAnswer
{
    int status = 0;         ///< 0: no answer came
    std::string retryAfter; ///< headers, empty where not sent
    std::string rateLimits;
    std::string sentryError;
    std::string text; ///< beginning of the body; without an answer, what went wrong
};

struct RetryPace
{
    std::chrono::milliseconds first{1'000};     ///< after the first attempt that failed; doubles each time
    std::chrono::milliseconds longest{300'000}; ///< but is never longer
};

/// How long an attempt that failed is waited for: doubling, plus or minus a quarter by `chance` (0 to 1), so
/// that many collectors do not come back as one. `attempts` counts those that failed, at least 1.
[[nodiscard]] std::chrono::milliseconds backOff(const RetryPace& pace, std::int64_t attempts, double chance);

/// Retry-After (RFC 9110 section 10.2.3): seconds or a date. At most a day.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(std::string_view value, core::TimePoint now);

/// How long X-Sentry-Rate-Limits (contract section 12) bids to wait: the longest of its limits, of those that
/// concern errors or everything (`errorsOnly`) or of all. At most a day.
[[nodiscard]] std::optional<std::chrono::seconds> rateLimitOf(std::string_view value, bool errorsOnly);

/// What becomes of the envelope. Taken: 2xx. Refused for good: 4xx. Waits: 429 as long as it says, else, like
/// 408, 5xx, redirections (which are never followed: they would lead the key elsewhere) and no answer at all,
/// by backOff(). `attempts` failed before.
[[nodiscard]] ForwardResult judge(const UpstreamAnswer& answer, const RetryPace& pace, std::int64_t attempts,
    double chance, core::TimePoint now);

} // namespace vedette::collector
