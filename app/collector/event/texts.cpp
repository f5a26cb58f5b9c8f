// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/texts.h"

#include <algorithm>
#include <array>

namespace vedette::collector {
namespace {

/// Bytes of the code point that starts at `at`; the text is UTF-8, as the JSON reader has made sure.
std::size_t codePointLength(std::string_view text, std::size_t at)
{
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U)
        ++length;
    return length;
}

/// Where the code point number `chars` starts, or the end.
std::size_t offsetOf(std::string_view text, std::size_t chars)
{
    std::size_t at = 0;
    while (chars > 0 && at < text.size()) {
        at += codePointLength(text, at);
        --chars;
    }
    return at;
}

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    return lowered(c) - 'a' + 10;
}

} // namespace

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = lowered(c);
    return out;
}

bool containsNoCase(std::string_view text, std::string_view lowerCasePart)
{
    const auto same = [](char a, char b) { return lowered(a) == b; };
    return std::search(text.begin(), text.end(), lowerCasePart.begin(), lowerCasePart.end(), same) !=
           text.end();
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view firstLine(std::string_view text)
{
    text = trimmed(text);
    return trimmed(text.substr(0, text.find_first_of("\r\n")));
}

std::size_t charCount(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool isLongerThan(std::string_view text, std::size_t maxChars)
{
    return text.size() > maxChars && offsetOf(text, maxChars) < text.size();
}

std::string cut(std::string_view text, std::size_t maxChars)
{
    constexpr std::string_view dots = "...";
    std::string out;
    if (isLongerThan(text, maxChars)) {
        out = text.substr(0, offsetOf(text, maxChars > dots.size() ? maxChars - dots.size() : 0));
        out += dots;
    } else {
        out = text;
    }
    for (std::size_t at = out.find('\0'); at != std::string::npos; at = out.find('\0', at))
        out.replace(at, 1, "\xEF\xBF\xBD");
    return out;
}

bool isUrl(std::string_view text)
{
    constexpr std::size_t maxScheme = 24;
    const std::size_t colon = text.substr(0, maxScheme).find(':');
    if (colon == std::string_view::npos || colon < 2 || !isLetter(text.front())) // C:\ is a drive
        return false;
    const std::string_view scheme = text.substr(0, colon);
    const bool wellFormed = std::all_of(scheme.begin(), scheme.end(),
        [](char c) { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; });
    return wellFormed && (text.substr(colon + 1, 2) == "//" || scheme == "blob" || scheme == "data");
}

std::string_view baseName(std::string_view path)
{
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && isHex(text[i + 1]) && isHex(text[i + 2])) {
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

} // namespace vedette::collector
