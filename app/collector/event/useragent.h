// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace vedette::collector {

/// What a browser says of itself, as far as tags need it. Empty where it does not tell.
struct UserAgent
{
    std::string browser, browserVersion;
    std::string os, osVersion;
    std::string device;
};

/// Reads the common forms of a User-Agent header (RFC 9110 section 10.1.5: products with versions and
/// comments); what is no browser stays empty.
[[nodiscard]] UserAgent readUserAgent(std::string_view text);

} // namespace vedette::collector
