// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/searchtext.h"

#include <algorithm>

namespace vedette::collector {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWord(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool continues(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// FNV-1a, finished by a multiplication that spreads short texts. It is stored, so it must stay as it is.
class Hash final
{
public:
    void add(std::string_view text)
    {
        for (const char c : text) {
            m_state ^= static_cast<unsigned char>(c);
            m_state *= 0x100000001b3ULL;
        }
    }
    [[nodiscard]] std::uint64_t value() const
    {
        std::uint64_t mixed = m_state ^ (m_state >> 32U);
        mixed *= 0x9e3779b97f4a7c15ULL;
        return mixed ^ (mixed >> 29U);
    }

private:
    std::uint64_t m_state = 0xcbf29ce484222325ULL;
};

} // namespace

std::size_t charactersBefore(std::string_view text, std::size_t at, int characters)
{
    while (characters > 0 && at > 0) {
        --at;
        while (at > 0 && continues(text[at]))
            --at;
        --characters;
    }
    return at;
}

std::size_t charactersAfter(std::string_view text, std::size_t at, int characters)
{
    while (characters > 0 && at < text.size()) {
        ++at;
        while (at < text.size() && continues(text[at]))
            ++at;
        --characters;
    }
    return at;
}

std::vector<std::pair<std::size_t, std::size_t>> variableWords(std::string_view text)
{
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = 0; i < text.size();) {
        if (!isWord(text[i])) {
            ++i;
            continue;
        }
        const std::size_t start = i;
        bool digits = false;
        for (; i < text.size() && isWord(text[i]); ++i)
            digits = digits || isDigit(text[i]);
        if (digits)
            out.emplace_back(start, i - start);
    }
    return out;
}

SearchText searchTextOf(std::string_view title, std::string_view culprit, std::string_view message)
{
    SearchText out;
    out.whole.reserve(title.size() + message.size() + culprit.size() + 2);
    out.whole = title;
    for (const std::string_view part : {message, culprit}) {
        if (part.empty() || out.whole.find(part) != std::string::npos)
            continue;
        // A line break is in neither part, and nobody types one: no phrase goes across.
        out.whole += '\n';
        out.whole += part;
    }
    const std::string_view text = out.whole;
    Hash shape;
    std::size_t literal = 0; ///< begin of what the shape still misses
    std::size_t shown = 0;   ///< end of the last window
    for (const auto& [at, size] : variableWords(text)) {
        shape.add(text.substr(literal, at - literal));
        shape.add({"\0", 1});
        literal = at + size;
        const std::size_t from = charactersBefore(text, at, 2);
        const std::size_t to = charactersAfter(text, at + size, 2);
        if (!out.windows.empty() && from > shown)
            out.windows += '\n';
        out.windows += text.substr(std::max(from, shown), to - std::max(from, shown));
        shown = to;
    }
    shape.add(text.substr(literal));
    out.shape = static_cast<std::int64_t>(shape.value());
    Hash words;
    words.add(out.windows);
    out.words = words.value();
    return out;
}

} // namespace vedette::collector
