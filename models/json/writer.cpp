// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/json/writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "models/json/value.h"

namespace vedette::json {

void appendQuoted(std::string& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text.substr(start, i - start));
        start = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += digits[c >> 4U];
            out += digits[c & 15U];
        }
    }
    out.append(text.substr(start));
    out += '"';
}

void Writer::separate()
{
    if (m_needsComma)
        m_out += ',';
    m_needsComma = true;
}

Writer& Writer::beginObject()
{
    separate();
    m_out += '{';
    m_needsComma = false;
    return *this;
}

Writer& Writer::endObject()
{
    m_out += '}';
    m_needsComma = true;
    return *this;
}

Writer& Writer::beginArray()
{
    separate();
    m_out += '[';
    m_needsComma = false;
    return *this;
}

Writer& Writer::endArray()
{
    m_out += ']';
    m_needsComma = true;
    return *this;
}

Writer& Writer::key(std::string_view name)
{
    separate();
    appendQuoted(m_out, name);
    m_out += ':';
    m_needsComma = false;
    return *this;
}

Writer& Writer::string(std::string_view text)
{
    separate();
    appendQuoted(m_out, text);
    return *this;
}

Writer& Writer::string(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    return string(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

Writer& Writer::integer(std::int64_t number)
{
    separate();
    std::array<char, 24> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    m_out.append(buffer.data(), end);
    return *this;
}

Writer& Writer::number(double number)
{
    if (!std::isfinite(number))
        return null();
    separate();
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    m_out.append(text);
    // 77777777777777777777777 would read back as an integer too large for 64 bits.
    if (text.find_first_of(".e") == std::string_view::npos)
        m_out += ".0";
    return *this;
}

Writer& Writer::boolean(bool value)
{
    separate();
    m_out += value ? "true" : "false";
    return *this;
}

Writer& Writer::null()
{
    separate();
    m_out += "null";
    return *this;
}

Writer& Writer::value(const Value& value)
{
    if (value.isObject()) {
        beginObject();
        for (const auto& [name, member] : value.members())
            key(name).value(member);
        return endObject();
    }
    if (value.isArray()) {
        beginArray();
        for (const Value item : value.items())
            this->value(item);
        return endArray();
    }
    if (const auto s = value.string())
        return string(*s);
    if (const auto b = value.boolean())
        return boolean(*b);
    if (value.isNumber()) {
        if (const auto i = value.exactInteger())
            return raw(*i);
        return number(value.number().value_or(0.0));
    }
    return null();
}

Writer& Writer::raw(std::string_view json)
{
    separate();
    m_out.append(json);
    return *this;
}

Writer& Writer::field(std::string_view name, std::string_view text)
{
    return key(name).string(text);
}

Writer& Writer::field(std::string_view name, const QString& text)
{
    return key(name).string(text);
}

Writer& Writer::field(std::string_view name, std::int64_t number)
{
    return key(name).integer(number);
}

Writer& Writer::field(std::string_view name, bool value)
{
    return key(name).boolean(value);
}

Writer& Writer::field(std::string_view name, const Value& value)
{
    return key(name).value(value);
}

Writer& Writer::nullField(std::string_view name)
{
    return key(name).null();
}

Writer& Writer::fieldOrNull(std::string_view name, std::string_view text)
{
    return text.empty() ? nullField(name) : field(name, text);
}

} // namespace vedette::json
