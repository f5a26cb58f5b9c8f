// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/json/mend.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace vedette::json {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence at the front (RFC 3629 section 4), or 0; `bad` is then the length
/// of the part to replace.
std::size_t sequenceLength(std::string_view s, std::size_t& bad)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(s[i]); };
    const std::uint8_t lead = byte(0);
    bad = 1;
    if (lead < 0x80)
        return 1;
    std::size_t length = 0;
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        low = lead == 0xE0 ? 0xA0 : 0x80;
        high = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        low = lead == 0xF0 ? 0x90 : 0x80;
        high = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= s.size() || byte(i) < low || byte(i) > high) {
            bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

std::optional<unsigned> hex4(std::string_view s)
{
    unsigned value = 0;
    if (s.size() < 4)
        return {};
    const auto [end, error] = std::from_chars(s.data(), s.data() + 4, value, 16);
    if (error != std::errc() || end != s.data() + 4)
        return {};
    return value;
}

/// Walks once over JSON text and copies it, mending on the way.
class Mender
{
public:
    Mender(std::string_view in, Mends& mends)
        : m_in(in)
        , m_mends(mends)
    {
        m_out.reserve(in.size() + 64);
    }

    std::string run()
    {
        while (m_at < m_in.size()) {
            const char c = m_in[m_at];
            if (c == '"')
                string();
            else if (c == '-' || (c >= '0' && c <= '9'))
                number();
            else if (c == 'N' || c == 'I')
                notANumber();
            else
                copy(1);
        }
        return std::move(m_out);
    }

private:
    void copy(std::size_t n)
    {
        m_out.append(m_in.substr(m_at, n));
        m_at += n;
    }

    void string()
    {
        copy(1);
        while (m_at < m_in.size()) {
            const char c = m_in[m_at];
            if (c == '"') {
                copy(1);
                return;
            }
            if (c == '\\')
                escape();
            else if (static_cast<std::uint8_t>(c) < 0x20)
                control(c);
            else
                copy(1);
        }
    }

    void control(char c)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        const auto byte = static_cast<std::uint8_t>(c);
        m_out += "\\u00";
        m_out += digits[byte >> 4U];
        m_out += digits[byte & 15U];
        ++m_at;
        m_mends.badEscape = true;
    }

    void escape()
    {
        const char next = m_at + 1 < m_in.size() ? m_in[m_at + 1] : '\0';
        if (next == 'u') {
            unicodeEscape();
        } else if (std::string_view("\"\\/bfnrt").find(next) != std::string_view::npos && next != '\0') {
            copy(2);
        } else {
            // "C:\data": the backslash was meant literally.
            m_out += "\\\\";
            ++m_at;
            m_mends.badEscape = true;
        }
    }

    void unicodeEscape()
    {
        const auto unit = hex4(m_in.substr(m_at + 2));
        if (!unit) {
            m_out += "\\\\";
            ++m_at;
            m_mends.badEscape = true;
            return;
        }
        const bool high = *unit >= 0xD800 && *unit <= 0xDBFF;
        const bool low = *unit >= 0xDC00 && *unit <= 0xDFFF;
        if (high && m_in.substr(m_at + 6, 2) == "\\u") {
            const auto second = hex4(m_in.substr(m_at + 8));
            if (second && *second >= 0xDC00 && *second <= 0xDFFF) {
                copy(12);
                return;
            }
        }
        if (high || low) {
            m_out += "\\ufffd";
            m_at += 6;
            m_mends.loneSurrogate = true;
            return;
        }
        copy(6);
    }

    void number()
    {
        std::size_t n = 0;
        bool whole = true;
        while (m_at + n < m_in.size()) {
            const char c = m_in[m_at + n];
            if (c == '.' || c == 'e' || c == 'E')
                whole = false;
            else if (c != '-' && c != '+' && (c < '0' || c > '9'))
                break;
            ++n;
        }
        const std::string_view token = m_in.substr(m_at, n);
        if (token == "-" && m_in.substr(m_at + 1, 8) == "Infinity") {
            ++m_at;
            notANumber();
            return;
        }
        if (fits(token, whole)) {
            copy(n);
            return;
        }
        m_out += '"';
        copy(n);
        m_out += '"';
        m_mends.hugeNumber = true;
    }

    /// False only for a well-formed number that is too large; whatever is malformed stays for the parser to
    /// refuse.
    static bool fits(std::string_view token, bool whole)
    {
        const char* end = token.data() + token.size();
        if (whole) {
            std::int64_t i = 0;
            std::uint64_t u = 0;
            return std::from_chars(token.data(), end, i).ec != std::errc::result_out_of_range ||
                   std::from_chars(token.data(), end, u).ec == std::errc();
        }
        double d = 0;
        return std::from_chars(token.data(), end, d).ec != std::errc::result_out_of_range;
    }

    void notANumber()
    {
        for (const std::string_view word : {std::string_view("NaN"), std::string_view("Infinity")}) {
            if (m_in.substr(m_at, word.size()) == word) {
                m_out += "null";
                m_at += word.size();
                m_mends.notANumber = true;
                return;
            }
        }
        copy(1);
    }

    std::string_view m_in;
    Mends& m_mends;
    std::string m_out;
    std::size_t m_at = 0;
};

} // namespace

std::string mendUtf8(std::string_view bytes, bool& changed)
{
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        std::size_t bad = 0;
        const std::size_t good = sequenceLength(bytes, bad);
        if (good > 0) {
            out.append(bytes.substr(0, good));
            bytes.remove_prefix(good);
        } else {
            out.append(replacement);
            bytes.remove_prefix(bad);
            changed = true;
        }
    }
    return out;
}

std::string mend(std::string_view json, Mends& mends)
{
    const std::string utf8 = mendUtf8(json, mends.badUtf8);
    return Mender(utf8, mends).run();
}

} // namespace vedette::json
