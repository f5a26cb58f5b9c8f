// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A pattern of the inbound filters, a newline, a text: it matches exactly where the plain table of the
// textbook says so, however broken the characters are.

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "app/collector/door/glob.h"

using namespace vedette::collector;

namespace {

constexpr std::size_t maxText = 200; ///< of the table, which grows with both

/// fits[i]: the pattern up to here matches the first i characters.
bool matchesByTable(const std::u32string& pattern, const std::u32string& text)
{
    std::vector<bool> fits(text.size() + 1, false);
    fits[0] = true;
    for (const char32_t element : pattern) {
        std::vector<bool> next(text.size() + 1, false);
        next[0] = element == U'*' && fits[0];
        for (std::size_t i = 1; i <= text.size(); ++i) {
            if (element == U'*')
                next[i] = fits[i] || next[i - 1];
            else
                next[i] = fits[i - 1] && (element == U'?' || element == text[i - 1]);
        }
        fits = std::move(next);
    }
    return fits[text.size()];
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t line = bytes.find('\n');
    const std::string_view pattern = bytes.substr(0, line);
    std::u32string text =
        foldedText(line == std::string_view::npos ? std::string_view() : bytes.substr(line + 1));
    if (text.size() > Glob::textLength)
        std::abort();
    const Glob glob(pattern);
    std::u32string characters = foldedText(pattern);
    if (Glob::isTooLong(pattern) != (characters.size() > Glob::maxCharacters))
        std::abort();
    (void)glob.matches(text); // at its whole length
    text.resize(std::min(text.size(), maxText));
    characters.resize(std::min(characters.size(), Glob::maxCharacters));
    if (glob.matches(text) != matchesByTable(characters, text))
        std::abort();
    return 0;
}
