// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/event/facts.h"
#include "models/json/value.h"

namespace vedette::collector {

/// `id:7`, `email:a@b`, `username:x`, `ip:10.0.0.1`, in that preference; empty for nobody. "{{auto}}" is the
/// address that the event came from.
[[nodiscard]] std::string userKeyOf(json::Value user, std::string_view remoteAddress);

/// The tags of an event: those that were sent, and those that follow from its other parts (contract section
/// 12), which win. Sorted by key; at most 1,000.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> tagsOf(
    json::Value payload, const EventFacts& facts, const ReceiveContext& context);

/// The header that says which browser it was: of the event's own request, else of the sender where that was a
/// page.
[[nodiscard]] std::string browserHeader(
    json::Value payload, std::string_view platform, std::string_view senderUserAgent);

} // namespace vedette::collector
