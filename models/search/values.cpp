// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/search/values.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace vedette::search {
namespace {

std::optional<std::chrono::minutes> unitOf(QStringView unit)
{
    using namespace std::chrono;
    if (unit == u"m")
        return minutes(1);
    if (unit == u"h")
        return hours(1);
    if (unit == u"d")
        return hours(24);
    if (unit == u"w")
        return hours(24 * 7);
    return {};
}

/// The number that the text begins with, and what follows it in lower case; nothing without either.
std::optional<std::pair<double, QString>> numberAndUnit(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && (text[end].isDigit() || text[end] == u'.' || (end == 0 && text[end] == u'-')))
        ++end;
    bool ok = false;
    const double number = text.first(end).toDouble(&ok);
    if (!ok || end == text.size())
        return {};
    return std::pair(number, text.sliced(end).toString().toLower());
}

} // namespace

std::optional<std::chrono::duration<double, std::milli>> parseDuration(QStringView text)
{
    const auto parts = numberAndUnit(text);
    if (!parts)
        return {};
    static constexpr std::pair<QStringView, double> units[] = {
        {u"ms", 1},
        {u"s", 1e3},
        {u"sec", 1e3},
        {u"m", 60e3},
        {u"min", 60e3},
        {u"minute", 60e3},
        {u"h", 3600e3},
        {u"hr", 3600e3},
        {u"hour", 3600e3},
        {u"d", 86400e3},
        {u"day", 86400e3},
        {u"w", 7 * 86400e3},
        {u"wk", 7 * 86400e3},
        {u"week", 7 * 86400e3},
    };
    for (const auto& [name, ms] : units) {
        if (parts->second == name ||
            (name.size() > 1 && name != u"ms" && parts->second == name.toString() + u's'))
            return std::chrono::duration<double, std::milli>(parts->first * ms);
    }
    return {};
}

std::optional<double> parseSize(QStringView text)
{
    const auto parts = numberAndUnit(text);
    if (!parts)
        return {};
    QStringView unit = parts->second;
    double number = parts->first;
    if (unit.endsWith(u"bit")) {
        number /= 8;
        unit.chop(3);
    } else if (unit.endsWith(u"byte") || unit.endsWith(u"bytes")) {
        unit.chop(unit.endsWith(u's') ? 5 : 4);
    } else if (unit.endsWith(u'b')) {
        unit.chop(1);
    } else {
        return {};
    }
    if (unit.isEmpty())
        return number;
    const bool binary = unit.endsWith(u'i');
    if (binary)
        unit.chop(1);
    const qsizetype power = unit.size() == 1 ? QStringView(u"kmgtpe").indexOf(unit) : -1;
    if (power < 0)
        return {};
    return number * std::pow(binary ? 1024.0 : 1000.0, static_cast<double>(power + 1));
}

std::optional<DateValue> parseDate(QStringView text, core::TimePoint now)
{
    if (text.isEmpty())
        return {};
    if (text.front() == u'-' || text.front() == u'+') {
        if (text.size() < 3) // sign, digit, unit
            return {};
        bool ok = false;
        const int amount = text.sliced(1).chopped(1).toInt(&ok);
        const auto unit = unitOf(text.last(1));
        if (!ok || !unit || amount < 0 || amount > 1'000'000)
            return {};
        const core::TimePoint moment = now - amount * *unit;
        return DateValue{moment, moment, true, text.front() == u'-'};
    }
    const std::string utf8 = text.toString().toStdString();
    const auto moment = core::parseTime(utf8);
    if (!moment)
        return {};
    const bool dayOnly = text.size() == 10;
    return DateValue{*moment, dayOnly ? *moment + std::chrono::hours(24) : *moment, false, false};
}

std::optional<double> parseNumber(QStringView text)
{
    double factor = 1;
    if (!text.isEmpty()) {
        const QChar last = text.back().toLower();
        factor = last == u'k' ? 1e3 : last == u'm' ? 1e6 : last == u'b' ? 1e9 : 1;
    }
    bool ok = false;
    const double number = (factor > 1 ? text.chopped(1) : text).toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number * factor) : std::nullopt;
}

QString invalidDateText(const QString& key, const QString& value)
{
    return u"%1: Invalid date: %2. Expected +/-duration (e.g. +1h) or ISO 8601-like (e.g. 2026-08-01 or "
           "2026-08-01T10:00:00)"_s.arg(key, value);
}

QString invalidNumberText(const QString& key, const QString& value)
{
    return u"%1: Invalid number: %2. Expected number then optional k, m, or b suffix (e.g. 500k)"_s.arg(
        key, value);
}

QString invalidDurationText(const QString& key, const QString& value)
{
    return u"%1: Invalid duration: %2. Expected number followed by duration unit suffix: ms, s, min, h, d, w"_s
        .arg(key, value);
}

QString invalidSizeText(const QString& key, const QString& value)
{
    return u"%1: Invalid file size: %2. Expected number followed by file size unit suffix: b, kb, mb, gb, "
           u"tb, kib, "
           "mib, gib"_s.arg(key, value);
}

QString invalidBooleanText(const QString& key, const QString& value)
{
    return u"%1: Invalid boolean: %2. Expected true, 1, false, or 0."_s.arg(key, value);
}

bool hasWildcard(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size() && text[i + 1] == u'*')
            ++i;
        else if (text[i] == u'*')
            return true;
    }
    return false;
}

QString likePattern(QStringView text)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\\' && i + 1 < text.size() && text[i + 1] == u'*') {
            out += u'*';
            ++i;
        } else if (c == u'*') {
            out += u'%';
        } else if (c == u'%' || c == u'_' || c == u'\\') {
            out += u'\\';
            out += c;
        } else {
            out += c;
        }
    }
    return out;
}

QString literalText(QStringView text)
{
    return text.toString().replace(u"\\*"_s, u"*"_s);
}

} // namespace vedette::search
