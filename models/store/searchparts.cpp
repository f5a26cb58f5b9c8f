// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/searchparts.h"

#include <algorithm>

#include "models/search/values.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::store {
namespace {

using core::ErrorKind;
using search::Operator;

qint64 ms(core::TimePoint time)
{
    return time.time_since_epoch().count();
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

Sql joined(const Sql& a, const char* word, const Sql& b)
{
    Sql out{"("};
    out += a;
    out += word;
    out += b;
    out += ")";
    return out;
}

} // namespace

Sql& Sql::operator+=(const Sql& other)
{
    text += other.text;
    values.insert(values.end(), other.values.begin(), other.values.end());
    return *this;
}

Sql& Sql::operator+=(const char* more)
{
    text += more;
    return *this;
}

SearchTerm SearchTerm::negated() const
{
    SearchTerm out = *this;
    if (!isAboutEvents) {
        out.any = inverse(any);
        return out;
    }
    out.any = inverse(every.value_or(any));
    out.every = inverse(any);
    out.isKnownInPart = true;
    return out;
}

std::string bindable(const QString& text)
{
    return QString(text).replace(QChar(u'\0'), u' ').toStdString();
}

Sql textMatch(const std::string& column, const search::Value& value)
{
    if (search::hasWildcard(value.text))
        return {column + " LIKE ? ESCAPE '\\'", {bindable(search::likePattern(value.text))}};
    // The collation stands at the column: SQLite 3.40 forgets one at the value where several comparisons
    // joined by OR become an IN.
    return {column + " COLLATE NOCASE = ?", {bindable(search::literalText(value.text))}};
}

Sql textColumn(const search::Filter& filter, const std::string& column)
{
    return anyOf(filter.values, [&column](const search::Value& value) { return textMatch(column, value); });
}

core::Result<Sql> numberColumn(const search::Filter& filter, const std::string& column)
{
    Sql out{filter.isList ? "(0" : "(1"};
    for (const search::Value& value : filter.values) {
        const auto number = search::parseNumber(value.text);
        if (!number)
            return core::fail(ErrorKind::Usage, search::invalidNumberText(filter.key, value.text));
        out += filter.isList ? Sql{" OR " + column + " = ?", {*number}}
                             : Sql{" AND " + column + operatorSql(filter.op) + "?", {*number}};
    }
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

core::Result<DateRange> dateRange(const search::Filter& filter, core::TimePoint now)
{
    const QString& text = filter.values.first().text;
    const auto date = search::parseDate(text, now);
    if (!date || filter.isList)
        return core::fail(ErrorKind::Usage, search::invalidDateText(filter.key, text));
    const qint64 start = ms(date->start);
    if (date->relative) {
        // `-24h` is newer than that moment whichever way it is compared; `+24h` older.
        return date->newerThan ? DateRange{start} : DateRange{{}, start + 1};
    }
    // A day is all of its moments: "> a day" is after it, "<= a day" up to its end.
    const qint64 end = std::max(ms(date->end), start + 1);
    switch (filter.op) {
    case Operator::Equal:
        return DateRange{start, end};
    case Operator::NotEqual:
        return DateRange{start, end, true};
    case Operator::Less:
        return DateRange{{}, start};
    case Operator::LessOrEqual:
        return DateRange{{}, end};
    case Operator::Greater:
        return DateRange{end};
    case Operator::GreaterOrEqual:
        return DateRange{start};
    }
    return DateRange{start, end};
}

Sql dateColumn(const DateRange& range, const std::string& column)
{
    Sql out{range.outside ? "NOT (1" : "(1"};
    if (range.from)
        out += Sql{" AND " + column + " >= ?", {*range.from}};
    if (range.to)
        out += Sql{" AND " + column + " < ?", {*range.to}};
    out += ")";
    return out;
}

std::optional<Sql> orderedMatch(const search::Filter& filter, const std::string& column)
{
    if (!isOrdered(filter.op) || filter.isList)
        return {};
    const QString& text = filter.values.first().text;
    std::optional<double> number = search::parseNumber(text);
    if (!number) {
        if (const auto duration = search::parseDuration(text))
            number = duration->count();
        else
            number = search::parseSize(text);
    }
    if (!number)
        return {};
    return Sql{
        "(" + column + " GLOB '[-0-9]*' AND CAST(" + column + " AS REAL)" + operatorSql(filter.op) + "?)",
        {*number}};
}

bool isOrdered(Operator op)
{
    return op != Operator::Equal && op != Operator::NotEqual;
}

search::Filter withoutOrder(const search::Filter& filter)
{
    search::Filter out = filter;
    if (!isOrdered(filter.op) || filter.values.isEmpty())
        return out;
    out.values.first().text.prepend(QString::fromLatin1(operatorSql(filter.op)).trimmed());
    out.op = Operator::Equal;
    return out;
}

Sql either(const Sql& a, const Sql& b)
{
    return joined(a, " OR ", b);
}

Sql both(const Sql& a, const Sql& b)
{
    return joined(a, " AND ", b);
}

Sql inverse(const Sql& condition)
{
    return {"NOT coalesce((" + condition.text + "), 0)", condition.values};
}

std::optional<QString> eventIdText(QStringView text)
{
    QString out;
    for (const QChar c : text) {
        if (c == u'-')
            continue;
        const char16_t u = c.toLower().unicode();
        if (out.size() == 32 || !((u >= '0' && u <= '9') || (u >= 'a' && u <= 'f')))
            return {};
        out += QChar(u);
    }
    return out.size() == 32 ? std::optional(out) : std::nullopt;
}

} // namespace vedette::store
