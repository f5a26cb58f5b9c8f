// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/core/clock.h"

namespace vedette::views {

/// One way to write times and counts, everywhere.

/// `8s`, `4m`, `2h`, `3d`, `5w`: how long ago, short enough for a column.
[[nodiscard]] QString shortAge(core::TimePoint time, core::TimePoint now);
/// `12 s ago`, `3 d ago`.
[[nodiscard]] QString longAge(core::TimePoint time, core::TimePoint now);
/// Local time for people: `today 10:41:52`, `yesterday 23:05`, else date and time by the locale.
[[nodiscard]] QString localTime(core::TimePoint time, core::TimePoint now);
/// All there is to know of a moment, for a tool tip: local, UTC.
[[nodiscard]] QString fullTime(core::TimePoint time);
/// `10:42`
[[nodiscard]] QString clockTime(core::TimePoint time);
/// The age of data, as "As of %1" takes it: the time of day, with its date where it is not today's.
[[nodiscard]] QString asOfTime(core::TimePoint time, core::TimePoint now);
/// `1,204` by the locale.
[[nodiscard]] QString count(qint64 number);
/// `12.4k`, `3.1M` where space is short; below 100,000 the whole number.
[[nodiscard]] QString compactCount(qint64 number);
/// `14 MB`
[[nodiscard]] QString bytes(qint64 number);
/// `MK` of `Mika Kato`: at most two letters.
[[nodiscard]] QString initials(const QString& name);

} // namespace vedette::views
