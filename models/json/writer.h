// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette::json {

class Value;

/// Writes compact JSON straight into a string, without building a tree first: the collector answers pages of
/// a hundred issues with it. Commas are its business; that keys and values alternate is the caller's.
class Writer final
{
public:
    Writer& beginObject();
    Writer& endObject();
    Writer& beginArray();
    Writer& endArray();
    Writer& key(std::string_view name);

    Writer& string(std::string_view text);
    Writer& string(const char* text) { return string(std::string_view(text)); }
    Writer& string(const QString& text);
    Writer& integer(std::int64_t number);
    /// Shortest form that reads back to the same double; null for NaN and infinities, which JSON lacks.
    Writer& number(double number);
    Writer& boolean(bool value);
    Writer& null();
    /// A copy of a parsed value; null for one that does not exist.
    Writer& value(const Value& value);
    /// JSON that is written already. Not checked.
    Writer& raw(std::string_view json);

    /// `"name":"text"` and its kin, the most common lines.
    Writer& field(std::string_view name, std::string_view text);
    Writer& field(std::string_view name, const char* text) { return field(name, std::string_view(text)); }
    Writer& field(std::string_view name, const QString& text);
    Writer& field(std::string_view name, std::int64_t number);
    Writer& field(std::string_view name, int number) { return field(name, std::int64_t(number)); }
    Writer& field(std::string_view name, bool value);
    Writer& field(std::string_view name, const Value& value);
    Writer& nullField(std::string_view name);
    /// The text, or null where it is empty.
    Writer& fieldOrNull(std::string_view name, std::string_view text);

    [[nodiscard]] const std::string& text() const { return m_out; }
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    void separate();

    std::string m_out;
    bool m_needsComma = false;
};

/// `text` as a JSON string with its quotes, escaped as RFC 8259 section 7 asks.
void appendQuoted(std::string& out, std::string_view text);

} // namespace vedette::json
