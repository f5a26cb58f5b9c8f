// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/core/clock.h"
#include "models/sync/feedstate.h"

namespace vedette::views {

/// What a list whose server has not confirmed it says of itself: as of when, why, and where it comes from.
/// The state must have an `asOf`.
[[nodiscard]] QString staleText(const sync::FeedState& state, core::TimePoint now);

} // namespace vedette::views
