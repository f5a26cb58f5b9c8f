// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <QDateTime>

namespace vedette::core {

/// A moment in UTC with millisecond precision: what servers send and what we store.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where "now" comes from. Nothing else in the program asks the system, so that tests own the time.
class Clock
{
public:
    virtual ~Clock() = default;

    /// The current moment. Any thread.
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// Time that only ever goes on, however the date is set, through a suspend too; from no particular start.
    /// For how long something lasts or has to wait. Any thread.
    [[nodiscard]] virtual std::chrono::milliseconds running() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] std::chrono::milliseconds running() const override;
};

/// Conversions at the edges: Qt's widgets and axes want QDateTime. The result is in UTC.
[[nodiscard]] QDateTime toDateTime(TimePoint time);
[[nodiscard]] TimePoint fromDateTime(const QDateTime& time);

/// Reads the ISO 8601 forms that servers and SDKs send (RFC 3339 with 0 to 9 fraction digits, `Z` or an
/// offset, `T` or a space; no zone means UTC). Nothing for anything else. Fractions past milliseconds are
/// rounded.
[[nodiscard]] std::optional<TimePoint> parseTime(std::string_view text);

/// RFC 3339 in UTC with milliseconds, as Sentry's API writes dates: `2026-11-20T10:41:52.120Z`.
[[nodiscard]] std::string formatTime(TimePoint time);

} // namespace vedette::core
