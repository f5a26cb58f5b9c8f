// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/search/query.h"

namespace vedette::store {

using SqlValue = std::variant<qint64, double, std::string>;

/// A piece of SQL and the values for its question marks. The text is always ours, the values are bound.
struct Sql
{
    std::string text;
    std::vector<SqlValue> values = {};

    Sql& operator+=(const Sql& other);
    Sql& operator+=(const char* more);
};

/// One filter of a search as conditions on `issue_fact f` with its `issue i`. A filter is about the issue
/// itself, or about its events: then an issue is found if any of them fits, and its negation if any does not
/// (contract section 11).
struct SearchTerm
{
    Sql any;                       ///< the issue fits, or one of its events does
    std::optional<Sql> every = {}; ///< all events of the issue fit, as far as is known
    bool isAboutEvents = false;    ///< else the issue itself is all that counts
    bool isKnownInPart = false;    ///< only what was read of an issue tells

    /// About the issue itself, which every list tells.
    static SearchTerm ofIssue(Sql condition) { return {std::move(condition)}; }
    /// About events.
    static SearchTerm ofEvents(Sql any, Sql every) { return {std::move(any), std::move(every), true, true}; }

    [[nodiscard]] SearchTerm negated() const;
};

/// What compiling a filter gives: nothing where the cache cannot tell.
using MaybeTerm = std::optional<SearchTerm>;

/// Comparisons of a filter's values with a column. Errors: Usage, in the words of contract section 11.

/// UTF-8 to be bound. A zero would end it for SQLite's LIKE, which then matches anything; stored texts have
/// spaces in their place, too.
[[nodiscard]] std::string bindable(const QString& text);

/// `column = value`, or LIKE where the value holds a star; ASCII letters compare without case.
[[nodiscard]] Sql textMatch(const std::string& column, const search::Value& value);
[[nodiscard]] Sql textColumn(const search::Filter& filter, const std::string& column);
[[nodiscard]] core::Result<Sql> numberColumn(const search::Filter& filter, const std::string& column);
[[nodiscard]] core::Result<bool> booleanOf(const search::Filter& filter);

/// The times (ms) that a date filter lets through: from <= t < to, either end may be open. `outside`: all
/// others.
struct DateRange
{
    std::optional<qint64> from = {};
    std::optional<qint64> to = {};
    bool outside = false;
};

[[nodiscard]] core::Result<DateRange> dateRange(const search::Filter& filter, core::TimePoint now);
[[nodiscard]] Sql dateColumn(const DateRange& range, const std::string& column);

/// Values of `column` that are numbers, compared as such; nothing where the filter asks for no order or not
/// for a number. Durations are milliseconds, sizes are bytes.
[[nodiscard]] std::optional<Sql> orderedMatch(const search::Filter& filter, const std::string& column);

[[nodiscard]] bool isOrdered(search::Operator op);
/// Where order means nothing, `key:>x` asks for the text `>x`.
[[nodiscard]] search::Filter withoutOrder(const search::Filter& filter);

/// `(a OR b)` over the values of a list.
template<class Match>
[[nodiscard]] Sql anyOf(const QList<search::Value>& values, Match match)
{
    Sql out{"("};
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i > 0)
            out += " OR ";
        out += match(values[i]);
    }
    out += ")";
    return out;
}

/// `(a OR b)`, `(a AND b)`.
[[nodiscard]] Sql either(const Sql& a, const Sql& b);
[[nodiscard]] Sql both(const Sql& a, const Sql& b);
/// Not true, which a null is not either.
[[nodiscard]] Sql inverse(const Sql& condition);

/// The 32 lower-case hex digits of an event id, dashed or not; nothing for any other text.
[[nodiscard]] std::optional<QString> eventIdText(QStringView text);

} // namespace vedette::store
