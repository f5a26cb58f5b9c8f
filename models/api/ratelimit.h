// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <chrono>
#include <optional>

#include "models/api/headers.h"
#include "models/core/clock.h"

namespace vedette::api {

/// What an answer's headers say about how much may be asked (contract section 4). Self-hosted servers say
/// nothing.
struct RateLimit
{
    std::optional<qint64> limit;
    std::optional<qint64> remaining;
    std::optional<qint64> concurrentRemaining; ///< requests that may be open at once, besides those that are
    std::optional<qint64> reset; ///< when the window ends, by the server's clock in epoch seconds
    /// How long to wait before asking again, where the server told: until its `Reset`, else `Retry-After`,
    /// else the longest of `X-Sentry-Rate-Limits`. At least one second, at most a day.
    std::optional<std::chrono::seconds> wait;

    /// It speaks of the route that was asked, not of everything.
    [[nodiscard]] bool isOfRoute() const { return limit || remaining || concurrentRemaining || reset; }

    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// Reads them. Moments are taken against the answer's own `Date` where it has one, so that a wrong clock here
/// or there does not matter. Pure.
[[nodiscard]] RateLimit readRateLimit(const Headers& headers, core::TimePoint now);

/// An HTTP date in its three forms (RFC 9110 section 5.6.7). Nothing for anything else. Pure.
[[nodiscard]] std::optional<core::TimePoint> parseHttpDate(QByteArrayView text);

} // namespace vedette::api
