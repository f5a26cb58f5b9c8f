// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <string_view>

namespace vedette::collector::api {

/// What Sentry says of a slug that is none.
inline constexpr std::string_view slugFault = "Enter a valid slug consisting of lowercase letters, numbers, "
                                              "underscores or hyphens. It cannot be entirely "
                                              "numeric.";

/// Lower-case letters, digits, underscores and hyphens, not digits alone: those are ids.
[[nodiscard]] inline bool isSlug(std::string_view text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto fits = [&](char c) { return isDigit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), fits) &&
           !std::all_of(text.begin(), text.end(), isDigit);
}

} // namespace vedette::collector::api
