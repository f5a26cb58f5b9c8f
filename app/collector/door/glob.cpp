// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/door/glob.h"

#include <algorithm>

#include <QChar>
#include <QString>

namespace vedette::collector {
namespace {

using Bits = std::array<std::uint64_t, 4>;

constexpr std::size_t wordBits = 64;

void set(Bits& bits, std::size_t place)
{
    bits[place / wordBits] |= std::uint64_t(1) << (place % wordBits);
}

bool has(const Bits& bits, std::size_t place)
{
    return (bits[place / wordBits] >> (place % wordBits) & 1U) != 0;
}

/// The character at the beginning of `rest`, which is not empty; `rest` moves behind it.
char32_t takeCharacter(std::string_view& rest)
{
    constexpr char32_t broken = 0xFFFD;
    const auto first = static_cast<unsigned char>(rest.front());
    std::size_t size = 1;
    char32_t character = first;
    if (first >= 0xF0 && first <= 0xF4) {
        size = 4;
        character = first & 0x07U;
    } else if (first >= 0xE0 && first < 0xF0) {
        size = 3;
        character = first & 0x0FU;
    } else if (first >= 0xC2 && first < 0xE0) {
        size = 2;
        character = first & 0x1FU;
    } else if (first >= 0x80) {
        rest.remove_prefix(1);
        return broken;
    }
    if (rest.size() < size) {
        rest.remove_prefix(1);
        return broken;
    }
    for (std::size_t i = 1; i < size; ++i) {
        const auto next = static_cast<unsigned char>(rest[i]);
        if ((next & 0xC0U) != 0x80) {
            rest.remove_prefix(1);
            return broken;
        }
        character = character << 6U | (next & 0x3FU);
    }
    rest.remove_prefix(size);
    return character > 0x10FFFF ? broken : character;
}

std::u32string folded(std::string_view text, std::size_t atMost)
{
    std::u32string out;
    out.reserve(std::min(text.size(), atMost));
    while (!text.empty() && out.size() < atMost) {
        const char32_t character = takeCharacter(text);
        if (character < 0x80)
            out += character >= U'A' && character <= U'Z' ? character + (U'a' - U'A') : character;
        else
            out += static_cast<char32_t>(QChar::toCaseFolded(character));
    }
    return out;
}

} // namespace

std::u32string foldedText(std::string_view text)
{
    return folded(text, Glob::textLength);
}

bool Glob::isTooLong(std::string_view pattern)
{
    return folded(pattern, maxCharacters + 1).size() > maxCharacters;
}

Glob::Glob(std::string_view pattern)
{
    const std::u32string characters = folded(pattern, maxCharacters);
    for (const char32_t character : characters) {
        if (character == U'*') {
            set(m_stars, m_end);
            continue;
        }
        if (character == U'?')
            set(m_anything, m_end);
        ++m_end;
    }
    std::size_t place = 0;
    for (const char32_t character : characters) {
        if (character == U'*')
            continue;
        if (character != U'?') {
            auto found = std::find_if(m_literals.begin(), m_literals.end(),
                [character](const auto& literal) { return literal.first == character; });
            if (found == m_literals.end())
                found = m_literals.insert(m_literals.end(), {character, m_anything});
            set(found->second, place);
        }
        ++place;
    }
    std::sort(
        m_literals.begin(), m_literals.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

const Glob::Bits& Glob::elementsOf(char32_t character) const
{
    const auto found = std::lower_bound(m_literals.begin(), m_literals.end(), character,
        [](const auto& literal, char32_t wanted) { return literal.first < wanted; });
    return found != m_literals.end() && found->first == character ? found->second : m_anything;
}

bool Glob::matches(const std::u32string& text) const
{
    Bits places{1}; // before the first element
    for (const char32_t character : text) {
        const Bits& fitting = elementsOf(character);
        Bits next{};
        std::uint64_t carried = 0;
        bool alive = false;
        for (std::size_t i = 0; i < next.size(); ++i) {
            const std::uint64_t stepped = places[i] & fitting[i];
            next[i] = stepped << 1U | carried | (places[i] & m_stars[i]);
            carried = stepped >> (wordBits - 1);
            alive = alive || next[i] != 0;
        }
        if (!alive)
            return false;
        places = next;
    }
    return has(places, m_end);
}

} // namespace vedette::collector
