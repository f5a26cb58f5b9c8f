// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/collector/http/message.h"
#include "app/collector/ingest/reader.h"

namespace vedette::collector {

/// What a sender without a key calls itself: by the release of its event, of another item, or of the
/// envelope's trace (senderOfRelease() tells how a release becomes a name). `envelope` is known to be one.
[[nodiscard]] std::string senderOf(std::string_view envelope, const IngestReading& reading);

/// The Origin that a web page's request tells, as far as it is one: `https://shop.example:8080`, or `null`.
[[nodiscard]] std::string webOrigin(const Request& request);

} // namespace vedette::collector
