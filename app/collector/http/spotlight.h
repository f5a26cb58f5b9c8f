// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "app/collector/http/message.h"

namespace vedette::collector {

/// What SDKs look for on port 8969 when they are told to use Spotlight: `POST /stream` takes envelopes
/// (ingest.h), `GET /health` says who is there, and reading back (`GET /stream`) needs the token, like all
/// reading: any page that is open in a browser can ask for it.
inline constexpr const char* spotlightName = "spotlight-by-sentry";

/// `GET /health`.
[[nodiscard]] bool isSpotlightHealth(const Request& request);
[[nodiscard]] Response spotlightHealth(bool isOn);

/// `GET /stream`.
[[nodiscard]] bool isSpotlightReading(const Request& request);
/// 401 without the token, 400 for a web page; nothing: it may be read.
[[nodiscard]] std::optional<Response> refuseSpotlightReading(
    const Request& head, const std::function<bool(std::string_view)>& acceptsToken);

} // namespace vedette::collector
