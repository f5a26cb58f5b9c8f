// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vedette::collector {

/// A text for Glob::matches(): its characters with their case folded away, at most Glob::textLength of them.
/// Bytes that are no UTF-8 count as one character each.
[[nodiscard]] std::u32string foldedText(std::string_view text);

/// A pattern of the inbound filters. `*` stands for any run of characters, also none, `?` for exactly one;
/// everything else for itself, without regard to case (Unicode's simple case folding). The whole text must
/// match. There is no escape: `?` also stands for a star.
///
/// All places where the pattern may stand are followed at once, a bit each, so that the time is bound by the
/// length of the text alone: no pattern and no text makes it try again and again.
class Glob final
{
public:
    static constexpr std::size_t maxCharacters = 250;
    static constexpr std::size_t textLength =
        8'192; ///< as much as is kept of a message; the rest is not looked at

    /// A pattern longer than maxCharacters is cut; isTooLong() tells beforehand.
    explicit Glob(std::string_view pattern);
    [[nodiscard]] static bool isTooLong(std::string_view pattern);

    [[nodiscard]] bool matches(const std::u32string& text) const;

private:
    using Bits = std::array<std::uint64_t, 4>;

    [[nodiscard]] const Bits& elementsOf(char32_t character) const;

    Bits m_stars{};                                    ///< places at which a star stands: before that element
    Bits m_anything{};                                 ///< elements that are `?`
    std::size_t m_end = 0;                             ///< number of elements
    std::vector<std::pair<char32_t, Bits>> m_literals; ///< elements that a character fits, sorted by it
};

} // namespace vedette::collector
