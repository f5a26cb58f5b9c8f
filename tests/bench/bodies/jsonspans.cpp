// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bodies/jsonspans.h"

#include <stdexcept>
#include <utility>

namespace vedette::bench {
namespace {

class Reader final
{
public:
    Reader(std::string_view text, std::size_t at)
        : m_text(text)
        , m_at(at)
    {}

    JsonSpan value()
    {
        JsonSpan out;
        const char first = peek();
        out.begin = m_at;
        if (first == '{' || first == '[') {
            out.kind = first == '{' ? JsonSpan::Kind::Object : JsonSpan::Kind::Array;
            container(out, first == '{' ? '}' : ']');
            out.end = m_at;
        } else if (first == '"') {
            out.kind = JsonSpan::Kind::String;
            string(out.begin, out.end);
        } else {
            out.kind = first == '-' || (first >= '0' && first <= '9') ? JsonSpan::Kind::Number
                                                                      : JsonSpan::Kind::Literal;
            m_at = m_text.find_first_of(",]} \n", m_at);
            if (m_at == std::string_view::npos || m_at == out.begin)
                fail();
            out.end = m_at;
        }
        return out;
    }

private:
    [[noreturn]] static void fail() { throw std::runtime_error("a recording is no JSON"); }

    char peek()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n'))
            ++m_at;
        if (m_at == m_text.size())
            fail();
        return m_text[m_at];
    }

    void string(std::size_t& begin, std::size_t& end)
    {
        begin = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        if (m_at >= m_text.size())
            fail();
        end = m_at++;
    }

    void container(JsonSpan& out, char close)
    {
        ++m_at;
        while (peek() != close) {
            if (close == '}') {
                std::size_t begin = 0;
                std::size_t end = 0;
                string(begin, end);
                if (peek() != ':')
                    fail();
                ++m_at;
                std::string key(m_text.substr(begin, end - begin));
                out.members.push_back({std::move(key), value()});
            } else {
                out.items.push_back(value());
            }
            if (peek() == ',')
                ++m_at;
            else if (peek() != close)
                fail();
        }
        ++m_at;
    }

    std::string_view m_text;
    std::size_t m_at;
};

} // namespace

const JsonSpan* JsonSpan::member(std::string_view key) const
{
    for (const auto& [name, value] : members) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

JsonSpan jsonSpans(std::string_view text, std::size_t at)
{
    return Reader(text, at).value();
}

} // namespace vedette::bench
