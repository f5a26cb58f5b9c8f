// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode/read.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>
#include <limits>

namespace vedette::api::decode {
namespace {

constexpr int mostNodes = 20'000;
constexpr qsizetype mostCharacters = 1'000'000;
constexpr int deepestTree = 64;

const QChar ellipsis(u'\u2026');

/// What is left to spend on one tree.
struct Budget
{
    int nodes = mostNodes;
    qsizetype characters = mostCharacters;
};

QJsonValue grow(const json::Value& value, int depth, Budget& budget)
{
    if (--budget.nodes < 0 || budget.characters < 0 || depth > deepestTree)
        return QString(ellipsis);
    if (value.isString()) {
        const QString out = text(value, longText);
        budget.characters -= out.size();
        return out;
    }
    if (value.isArray()) {
        QJsonArray out;
        for (const json::Value item : value.items()) {
            out.append(grow(item, depth + 1, budget));
            if (budget.nodes < 0 || budget.characters < 0)
                break;
        }
        return out;
    }
    if (value.isObject()) {
        QJsonObject out;
        for (const auto& [key, member] : value.members()) {
            const QString name = text(key, lineText);
            budget.characters -= name.size();
            out.insert(name, grow(member, depth + 1, budget));
            if (budget.nodes < 0 || budget.characters < 0)
                break;
        }
        return out;
    }
    return value.toQJson();
}

/// Calls `with(name, value)` for each member of an object, or each `[name, value]` or `{key, value}` of a
/// list.
template<class With>
void eachPair(const json::Value& value, With with)
{
    qsizetype seen = 0;
    for (const auto& [key, member] : value.members()) {
        if (++seen > mostItems)
            return;
        with(text(key, lineText), member);
    }
    for (const json::Value item : value.items()) {
        if (++seen > mostItems)
            return;
        if (item.isArray() && item.size() >= 2) {
            auto it = item.items().begin();
            const json::Value name = *it;
            ++it;
            with(text(name, lineText), *it);
        } else if (item["key"].exists()) {
            with(text(item["key"], lineText), item["value"]);
        }
    }
}

} // namespace

QString text(std::string_view utf8, qsizetype most)
{
    // A character takes up to four bytes; more than that need not be converted to be cut.
    const auto enough = static_cast<std::size_t>(most) * 4 + 4;
    const bool isLong = utf8.size() > enough;
    const std::string_view used = isLong ? utf8.substr(0, enough) : utf8;
    QString out = QString::fromUtf8(used.data(), static_cast<qsizetype>(used.size()));
    if (!isLong && out.size() <= most)
        return out;
    out.truncate(most - 1);
    if (!out.isEmpty() && out.back().isHighSurrogate())
        out.chop(1);
    return out + ellipsis;
}

QString text(const json::Value& value, qsizetype most)
{
    if (const auto s = value.string())
        return text(*s, most);
    const auto scalar = value.text();
    return scalar ? text(*scalar, most) : QString();
}

QString id(const json::Value& value)
{
    if (const auto s = value.string())
        return s->size() <= static_cast<std::size_t>(shortText) ? text(*s, shortText) : QString();
    if (const auto exact = value.exactInteger())
        return QString::fromStdString(*exact);
    const auto whole = value.integer();
    return whole ? QString::number(*whole) : QString();
}

qint64 count(const json::Value& value)
{
    if (const auto whole = value.integerLike())
        return std::max<qint64>(*whole, 0);
    // Past 64 bits (mended to text), with a fraction, or written with an exponent.
    bool ok = value.isNumber();
    const double real = ok ? value.number().value_or(0) : text(value, 64).toDouble(&ok);
    if (!ok || !(real > 0))
        return 0;
    constexpr double limit = 9.2e18;
    return real >= limit ? std::numeric_limits<qint64>::max() : static_cast<qint64>(real);
}

std::optional<int> number(const json::Value& value)
{
    const auto whole = value.integerLike();
    if (!whole || *whole < std::numeric_limits<int>::min() || *whole > std::numeric_limits<int>::max())
        return {};
    return static_cast<int>(*whole);
}

bool flag(const json::Value& value, bool otherwise)
{
    return value.boolean().value_or(otherwise);
}

std::optional<core::TimePoint> time(const json::Value& value)
{
    // Seconds of the year 9999; beyond them calendars and axes give up.
    constexpr double last = 253402300799.0;
    if (const auto s = value.string()) {
        if (const auto parsed = core::parseTime(*s))
            return parsed;
    }
    bool ok = value.isNumber();
    const double seconds = ok ? value.number().value_or(-1) : text(value, 64).toDouble(&ok);
    if (!ok || !(seconds >= 0) || seconds > last)
        return {};
    return core::TimePoint(std::chrono::milliseconds(std::llround(seconds * 1000.0)));
}

QJsonValue tree(const json::Value& value)
{
    Budget budget;
    return grow(value, 0, budget);
}

domain::NamedValues named(const json::Value& value)
{
    domain::NamedValues out;
    Budget budget;
    eachPair(value, [&](const QString& name, const json::Value& member) {
        if (budget.nodes >= 0 && budget.characters >= 0)
            out.append({name, grow(member, 0, budget)});
    });
    return out;
}

QList<std::pair<QString, QString>> pairs(const json::Value& value)
{
    QList<std::pair<QString, QString>> out;
    eachPair(value, [&out](const QString& name, const json::Value& member) {
        const bool isTree = member.isArray() || member.isObject();
        out.append({name, isTree ? text(member.toJson(), lineText) : text(member, lineText)});
    });
    return out;
}

} // namespace vedette::api::decode
