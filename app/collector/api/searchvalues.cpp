// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/searchvalues.h"

#include "models/search/values.h"

namespace vedette::collector::api {
namespace {

using core::ErrorKind;
using search::Operator;

std::int64_t ms(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

} // namespace

std::string utf8(const QString& text)
{
    return text.toStdString();
}

Sql textMatch(const std::string& column, const search::Value& value)
{
    if (search::hasWildcard(value.text))
        return {column + " LIKE ? ESCAPE '\\'", {utf8(search::likePattern(value.text))}};
    // The collation stands at the column: SQLite 3.40 forgets one at the value where several comparisons
    // joined by OR become an IN.
    return {column + " COLLATE NOCASE = ?", {utf8(search::literalText(value.text))}};
}

Sql textColumn(const search::Filter& filter, const std::string& column)
{
    return anyOf(filter.values, [&column](const search::Value& value) { return textMatch(column, value); });
}

const char* operatorSql(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return " = ";
    case Operator::NotEqual:
        return " <> ";
    case Operator::Less:
        return " < ";
    case Operator::LessOrEqual:
        return " <= ";
    case Operator::Greater:
        return " > ";
    case Operator::GreaterOrEqual:
        return " >= ";
    }
    return " = ";
}

core::Result<double> numberOf(const search::Filter& filter)
{
    const QString& text = filter.values.first().text;
    const auto number = search::parseNumber(text);
    if (!number || filter.isList)
        return core::fail(ErrorKind::Usage, search::invalidNumberText(filter.key, text));
    return *number;
}

core::Result<Sql> numberColumn(const search::Filter& filter, const std::string& column)
{
    if (!filter.isList) {
        const auto number = numberOf(filter);
        if (!number)
            return core::fail(number.error());
        return Sql{column + operatorSql(filter.op) + "?", {*number}};
    }
    Sql out{column + " IN (", {}};
    for (const search::Value& value : filter.values) {
        const auto number = search::parseNumber(value.text);
        if (!number)
            return core::fail(ErrorKind::Usage, search::invalidNumberText(filter.key, value.text));
        out += Sql{out.binds.empty() ? "?" : ", ?", {*number}};
    }
    out += ")";
    return out;
}

core::Result<DateRange> dateRange(const search::Filter& filter, core::TimePoint now)
{
    const QString& text = filter.values.first().text;
    const auto date = search::parseDate(text, now);
    if (!date || filter.isList)
        return core::fail(ErrorKind::Usage, search::invalidDateText(filter.key, text));
    const std::int64_t start = ms(date->start);
    if (date->relative) {
        // `-24h` is newer than that moment whichever way it is compared; `+24h` older.
        if (date->newerThan)
            return DateRange{start, {}, false};
        return DateRange{{}, start + 1, false};
    }
    // A day is all of its moments: "> a day" is after it, "<= a day" up to its end.
    const std::int64_t end = std::max(ms(date->end), start + 1);
    switch (filter.op) {
    case Operator::Equal:
        return DateRange{start, end, false};
    case Operator::NotEqual:
        return DateRange{start, end, true};
    case Operator::Less:
        return DateRange{{}, start, false};
    case Operator::LessOrEqual:
        return DateRange{{}, end, false};
    case Operator::Greater:
        return DateRange{end, {}, false};
    case Operator::GreaterOrEqual:
        return DateRange{start, {}, false};
    }
    return DateRange{start, end, false};
}

Sql dateColumn(const DateRange& range, const std::string& column)
{
    Sql out{range.outside ? "NOT (1" : "(1", {}};
    if (range.from)
        out += Sql{" AND " + column + " >= ?", {*range.from}};
    if (range.to)
        out += Sql{" AND " + column + " < ?", {*range.to}};
    out += ")";
    return out;
}

core::Result<bool> booleanOf(const search::Filter& filter)
{
    const QString text = filter.values.first().text.toLower();
    if (!filter.isList && (text == u"true" || text == u"1" || text == u"yes"))
        return true;
    if (!filter.isList && (text == u"false" || text == u"0" || text == u"no"))
        return false;
    return core::fail(ErrorKind::Usage, search::invalidBooleanText(filter.key, filter.values.first().text));
}

} // namespace vedette::collector::api
