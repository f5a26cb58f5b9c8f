// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::bench {

/// The words that stand in for the recorded ones, by length: all lower case, taken from the recordings
/// themselves, so that what is made of them is of the same kind as what was recorded.
class Words final
{
public:
    static constexpr std::size_t shortest = 4;
    static constexpr std::size_t longest = 12;

    /// Takes in the words of a text: in camelCase and snake_case each part is one.
    void learn(std::string_view text);
    /// Sorts what was learnt. After this nothing more may be learnt.
    void settle();

    /// How many words of a length there are, cut to a prime (0 for none): steps of any width go round all of
    /// them.
    [[nodiscard]] std::uint32_t count(std::size_t length) const { return m_primes[length]; }
    [[nodiscard]] std::string_view word(std::size_t length, std::uint32_t index) const
    {
        return std::string_view(m_words[length]).substr(index * length, length);
    }

    /// Keywords, the words of protocols, and names that SDKs and grouping know: they are never replaced.
    /// `word` in lower case.
    [[nodiscard]] static bool isKept(std::string_view word);

private:
    std::array<std::vector<std::string>, longest + 1> m_learnt;
    std::array<std::string, longest + 1> m_words; ///< all of a length, one after the other
    std::array<std::uint32_t, longest + 1> m_primes{};
};

/// A piece of text that may be replaced.
struct Token
{
    enum class Kind
    {
        Lower,   ///< `word`
        Capital, ///< `Word`
        Digits,  ///< two or more
        Octet,   ///< one to three digits of an IPv4 address
        Hex,     ///< eight or more lower-case hex digits, with letters among them
        Date,    ///< 2026-11-20
        Instant  ///< 2026-11-20T10:00:00, also with a space between
    };
    Kind kind = Kind::Lower;
    std::size_t at = 0;
    std::size_t size = 0;
};

/// The tokens of `text`, the inside of a JSON string: escapes are left alone, and so is what is no ASCII.
[[nodiscard]] std::vector<Token> tokens(std::string_view text);

} // namespace vedette::bench
