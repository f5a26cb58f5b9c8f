// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vedette::collector {

/// What free text finds in an event, prepared for the index (textindex.h). Messages of one issue mostly
/// differ in their numbers and ids alone, so a text is taken apart: a word (a run of ASCII letters and
/// digits) that holds a digit is variable, all else is its shape. The whole text is indexed once for each
/// shape of an issue; of further events with that shape only the variable words are, with their surroundings.
struct SearchText
{
    std::string whole;       ///< title, then message, then culprit, where they are not part of each other
    std::int64_t shape = 0;  ///< a hash of all that is not variable
    std::string windows;     ///< the variable words, each with two characters before and after; may be empty
    std::uint64_t words = 0; ///< a hash of `windows`
};

/// Pure; linear in the texts, which are UTF-8.
[[nodiscard]] SearchText searchTextOf(
    std::string_view title, std::string_view culprit, std::string_view message);

/// Where the variable words are: offset and length. What a search has to know of its phrase.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> variableWords(std::string_view text);

/// Moves an offset by whole UTF-8 characters towards the beginning or the end, as far as the text goes.
[[nodiscard]] std::size_t charactersBefore(std::string_view text, std::size_t at, int characters);
[[nodiscard]] std::size_t charactersAfter(std::string_view text, std::size_t at, int characters);

} // namespace vedette::collector
