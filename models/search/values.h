// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>
#include <utility>

#include "models/core/clock.h"
#include "models/search/query.h"

namespace vedette::search {

/// A moment or a span of time that a date filter names.
struct DateValue
{
    core::TimePoint start;
    core::TimePoint end;    ///< exclusive; equal to start for a single moment
    bool relative = false;  ///< -24h, +2d
    bool newerThan = false; ///< for a relative one: -24h is newer than 24 hours ago, +24h older
};

/// Reads `2026-08-01` (the whole day), `2026-08-01T10:00:00`, `-24h`, `+2d` (units m h d w).
[[nodiscard]] std::optional<DateValue> parseDate(QStringView text, core::TimePoint now);

/// Reads `100`, `1.5k`, `2m`, `1b`.
[[nodiscard]] std::optional<double> parseNumber(QStringView text);

/// Reads a number with a unit: `500ms`, `2.5s`, `10min`, `1hr`, `3d`, `2wk` (units ms s sec m min minute h hr
/// hour d day w wk week, with or without a plural s).
[[nodiscard]] std::optional<std::chrono::duration<double, std::milli>> parseDuration(QStringView text);

/// Reads a number with a unit of size as bytes: `512b`, `1.5kb` (1,000), `1kib` (1,024), up to eb and eib;
/// bit and its kin are eighths.
[[nodiscard]] std::optional<double> parseSize(QStringView text);

/// The words of the server for a value that a typed key cannot take.
[[nodiscard]] QString invalidDateText(const QString& key, const QString& value);
[[nodiscard]] QString invalidNumberText(const QString& key, const QString& value);
[[nodiscard]] QString invalidDurationText(const QString& key, const QString& value);
[[nodiscard]] QString invalidSizeText(const QString& key, const QString& value);
[[nodiscard]] QString invalidBooleanText(const QString& key, const QString& value);

/// True where an unquoted or quoted value holds a star that is not escaped.
[[nodiscard]] bool hasWildcard(QStringView text);

/// The SQL LIKE pattern (escape character `\`) that matches what the value means: stars as any text, `\*` as
/// a star.
[[nodiscard]] QString likePattern(QStringView text);
/// The value without escapes before stars.
[[nodiscard]] QString literalText(QStringView text);

} // namespace vedette::search
