// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/collector/event/facts.h"
#include "models/json/value.h"

namespace vedette::collector {

/// How much an event has that helps to understand its issue, from 0 to mostHelpful: a stack counts for more
/// than all the rest, breadcrumbs for more than a request and a user together, a request for more than a
/// user. Any thread.
[[nodiscard]] int helpfulness(json::Value payload, const ReceiveContext& received);

inline constexpr int mostHelpful = 15;

} // namespace vedette::collector
