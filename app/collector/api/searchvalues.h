// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "app/collector/api/sql.h"
#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::collector::api {

/// How a filter's values compare with a column. Columns are SQL of ours, values are bound. Errors: Usage, in
/// the words of contract section 11.

/// UTF-8 of a text from a query.
[[nodiscard]] std::string utf8(const QString& text);

/// `column = value`, or LIKE where the value holds a star; ASCII letters compare without case.
[[nodiscard]] Sql textMatch(const std::string& column, const search::Value& value);

/// `(a OR b)` over the values of a list.
template<class Match>
[[nodiscard]] Sql anyOf(const QList<search::Value>& values, Match match)
{
    Sql out{"(", {}};
    bool first = true;
    for (const search::Value& value : values) {
        if (!first)
            out += " OR ";
        first = false;
        out += match(value);
    }
    out += ")";
    return out;
}

[[nodiscard]] Sql textColumn(const search::Filter& filter, const std::string& column);

/// `=`, `<` and so on with a space on both sides.
[[nodiscard]] const char* operatorSql(search::Operator op);

[[nodiscard]] core::Result<Sql> numberColumn(const search::Filter& filter, const std::string& column);
/// The number that the filter compares with.
[[nodiscard]] core::Result<double> numberOf(const search::Filter& filter);

/// The times (ms) that a date filter lets through: from <= t < to, either end may be open. `outside`: all
/// others.
struct DateRange
{
    std::optional<std::int64_t> from, to;
    bool outside = false;
};

[[nodiscard]] core::Result<DateRange> dateRange(const search::Filter& filter, core::TimePoint now);
[[nodiscard]] Sql dateColumn(const DateRange& range, const std::string& column);

/// true, 1, yes and their contraries.
[[nodiscard]] core::Result<bool> booleanOf(const search::Filter& filter);

} // namespace vedette::collector::api
