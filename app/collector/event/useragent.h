// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace vedette::collector {

/// What a browser's User-Agent header tells. Empty where it does not.
struct UserAgent
{
    std::string browser, browserVersion;
    std::string os, osVersion;
    std::string deviceFamily, deviceModel;
};

/// Names as Sentry's servers use them (those of the uap-core project: "Chrome Mobile", "Mac OS X", "IE").
[[nodiscard]] UserAgent readUserAgent(std::string_view header);

} // namespace vedette::collector
