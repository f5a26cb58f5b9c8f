// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace vedette::json {

/// What mend() had to change.
struct Mends
{
    bool badUtf8 = false;       ///< bytes that are no UTF-8 became U+FFFD
    bool loneSurrogate = false; ///< half of a \uD83D\uDE00 pair (a cut emoji) became U+FFFD
    bool badEscape = false;     ///< a backslash or control character that JSON does not allow in a string
    bool hugeNumber = false;    ///< a number past 64 bits, or past a double, became text
    bool notANumber = false;    ///< NaN or Infinity, as Python writes them, became null

    [[nodiscard]] bool any() const
    {
        return badUtf8 || loneSurrogate || badEscape || hugeNumber || notANumber;
    }
};

/// Rewrites what real SDKs send and strict parsers refuse (the members of Mends) so that the rest of the
/// document is not lost. Does not repair structure: a missing brace stays missing. Linear in the input. Pure.
[[nodiscard]] std::string mend(std::string_view json, Mends& mends);

/// Only the first of these: bytes that are not UTF-8 (RFC 3629) become U+FFFD, one for each maximal bad part.
[[nodiscard]] std::string mendUtf8(std::string_view bytes, bool& changed);

} // namespace vedette::json
