// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

#include "app/collector/event/groupingcomponent.h"
#include "app/collector/event/reading.h"

namespace vedette::collector {

/// The hashes by which an event finds its issue: 32 hex digits each, at least one, the leading one first. An
/// event joins an issue if any of its hashes is known. Contract section 13, 1 to 8: a fingerprint of the
/// SDK's, else the exceptions' stacks (the application's frames, and all frames), the only thread's stack,
/// the top-level stack, the message; the first that gives anything. Pure.
[[nodiscard]] std::vector<std::string> groupingHashes(const EventReading& event);

/// Names this way of grouping, as `groupingConfig.id`.
inline constexpr const char* groupingConfigId = "vedette:2026-11";

/// The same hashes with what they are made of, and the variants that were passed over, each with its reason:
/// those that have a hash are groupingHashes() in their order. Made by the same code on the same walk.
[[nodiscard]] std::vector<GroupingVariant> groupingVariants(const EventReading& event);

} // namespace vedette::collector
