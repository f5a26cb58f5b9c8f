// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/json/value.h"

#include <QJsonArray>
#include <QJsonObject>

#include <charconv>
#include <cmath>

#include "models/json/document.h"
#include "models/json/writer.h"

namespace vedette::json {
namespace {

using simdjson::dom::element_type;

// Below this, every whole number has an exact double.
constexpr double exactLimit = 9007199254740992.0;

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

bool Value::isNull() const
{
    return m_exists && m_element.is_null();
}

bool Value::isObject() const
{
    return m_exists && m_element.is_object();
}

bool Value::isArray() const
{
    return m_exists && m_element.is_array();
}

bool Value::isString() const
{
    return m_exists && m_element.is_string();
}

bool Value::isNumber() const
{
    return m_exists && m_element.is_number();
}

bool Value::isBool() const
{
    return m_exists && m_element.is_bool();
}

Value Value::operator[](std::string_view key) const
{
    Value found;
    for (const auto& [name, value] : members()) {
        if (name == key)
            found = value;
    }
    return found;
}

std::size_t Value::size() const
{
    // simdjson counts up to 0xFFFFFF; our documents are far smaller (20 MB, two bytes an item at the least).
    if (isArray())
        return m_element.get_array().value_unsafe().size();
    if (isObject())
        return m_element.get_object().value_unsafe().size();
    return 0;
}

std::optional<std::string_view> Value::string() const
{
    if (!isString())
        return {};
    return m_element.get_string().value_unsafe();
}

std::optional<std::int64_t> Value::integer() const
{
    if (!isNumber())
        return {};
    if (m_element.type() == element_type::INT64)
        return m_element.get_int64().value_unsafe();
    if (m_element.type() == element_type::DOUBLE) {
        const double d = m_element.get_double().value_unsafe();
        if (std::trunc(d) == d && std::abs(d) < exactLimit)
            return static_cast<std::int64_t>(d);
    }
    return {};
}

std::optional<std::string> Value::exactInteger() const
{
    if (!isNumber() || m_element.type() == element_type::DOUBLE)
        return {};
    if (m_element.type() == element_type::UINT64)
        return std::to_string(m_element.get_uint64().value_unsafe());
    return std::to_string(m_element.get_int64().value_unsafe());
}

std::optional<double> Value::number() const
{
    if (!isNumber())
        return {};
    double d = 0;
    if (m_element.get_double().get(d) != simdjson::SUCCESS)
        return {};
    return d;
}

std::optional<bool> Value::boolean() const
{
    if (!isBool())
        return {};
    return m_element.get_bool().value_unsafe();
}

std::optional<std::string> Value::text() const
{
    if (const auto s = string())
        return std::string(*s);
    if (isNumber() || isBool())
        return toJson();
    return {};
}

QString Value::qstring() const
{
    if (const auto s = string())
        return toQString(*s);
    const auto scalar = text();
    return scalar ? QString::fromStdString(*scalar) : QString();
}

std::optional<std::int64_t> Value::integerLike() const
{
    if (const auto i = integer())
        return i;
    const auto s = string();
    std::int64_t out = 0;
    if (!s || s->empty())
        return {};
    const auto [end, error] = std::from_chars(s->data(), s->data() + s->size(), out);
    if (error != std::errc() || end != s->data() + s->size())
        return {};
    return out;
}

std::string Value::toJson() const
{
    Writer writer;
    writer.value(*this);
    return writer.take();
}

QJsonValue Value::toQJson() const
{
    if (const auto s = string())
        return toQString(*s);
    if (const auto b = boolean())
        return *b;
    if (isNumber()) {
        if (const auto i = integer())
            return static_cast<qint64>(*i);
        return number().value_or(0.0);
    }
    if (isArray()) {
        QJsonArray out;
        for (const Value item : items())
            out.append(item.toQJson());
        return out;
    }
    if (isObject()) {
        QJsonObject out;
        for (const auto& [key, value] : members())
            out.insert(toQString(key), value.toQJson());
        return out;
    }
    return m_exists ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonValue::Undefined);
}

Items Value::items() const
{
    return Items(*this);
}

Members Value::members() const
{
    return Members(*this);
}

Items::Items(const Value& value)
    : m_array((value.isArray() ? value : emptyArray()).m_element.get_array().value_unsafe())
{}

Members::Members(const Value& value)
    : m_object((value.isObject() ? value : emptyObject()).m_element.get_object().value_unsafe())
{}

} // namespace vedette::json
