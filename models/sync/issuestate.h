// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include "models/domain/action.h"
#include "models/domain/issue.h"

namespace vedette::sync {

using domain::IssueKey;

/// `row` with what people change taken from `server`: status with its details, assignee, marks. Counts, trend
/// and dates stay, because a list's refer to its window and those of a single issue to all time.
[[nodiscard]] domain::Issue withState(domain::Issue row, const domain::Issue& server);

/// Whether an issue is as the action wants it.
[[nodiscard]] bool isReached(const domain::Issue& issue, const domain::Action& action);

/// What takes an action back, given the issue as it was before; nothing where there is nothing to take back.
[[nodiscard]] std::optional<domain::Action> inverse(
    const domain::Action& action, const domain::Issue& before);

} // namespace vedette::sync
