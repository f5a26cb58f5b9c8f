// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "models/domain/action.h"

namespace vedette::api {

/// The body of a PUT that carries out an action (contract section 8). A time until when an issue rests goes
/// as the minutes that are left at `now`, at least one. Errors: Usage (nobody to assign to), Unsupported
/// (GlitchTip, which knows status alone: contract section 15).
[[nodiscard]] core::Result<std::string> actionBody(
    const domain::Action& action, bool isGlitchTip, core::TimePoint now);

} // namespace vedette::api
