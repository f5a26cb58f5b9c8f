// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vedette::collector {

/// Small tools for the texts of an event: UTF-8 in, UTF-8 out, never past the end.

[[nodiscard]] inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] inline bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] inline bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

[[nodiscard]] inline bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

[[nodiscard]] inline char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// ASCII letters in lower case, the rest as it is.
[[nodiscard]] std::string lowered(std::string_view text);

/// ASCII case-insensitive search.
[[nodiscard]] bool containsNoCase(std::string_view text, std::string_view lowerCasePart);

/// Without white space at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The first line that holds anything.
[[nodiscard]] std::string_view firstLine(std::string_view text);

/// At most `maxChars` characters (code points); what is cut ends in "...", which counts. NUL becomes U+FFFD:
/// SQLite's text functions end at it.
[[nodiscard]] std::string cut(std::string_view text, std::size_t maxChars);

/// Characters (code points) of a text.
[[nodiscard]] std::size_t charCount(std::string_view text);

/// True where cut() would shorten it.
[[nodiscard]] bool isLongerThan(std::string_view text, std::size_t maxChars);

/// `http://host/a?b` and the like: a scheme and `:`, `//` where the scheme calls for it.
[[nodiscard]] bool isUrl(std::string_view text);

/// What follows the last slash or backslash.
[[nodiscard]] std::string_view baseName(std::string_view path);

/// `%41+b` as `A b`, for query strings; what is no escape stays.
[[nodiscard]] std::string percentDecoded(std::string_view text);

} // namespace vedette::collector
