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

/// Whether an issue is as the action wants it: with the release that a resolution is bound to, and with the
/// way and the conditions of an archived one. What a server does not know of cannot be missed.
[[nodiscard]] bool isReached(const domain::Issue& issue, const domain::Action& action);

/// Whether a server that says yes did it: the status or the assignee is the wanted one. How exactly is up to
/// the server, and marks are not asked for: `seen` sticks only for members of the project's teams (contract
/// section 8).
[[nodiscard]] bool isTaken(const domain::Issue& issue, const domain::Action& action);

/// What takes an action back, given the issue as it was before: with its substatus, what it was bound to and
/// what remained of its conditions. Nothing where there is nothing to take back.
[[nodiscard]] std::optional<domain::Action> inverse(
    const domain::Action& action, const domain::Issue& before);

} // namespace vedette::sync
