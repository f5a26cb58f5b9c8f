// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/sync/outbox.h"

namespace vedette::views {

/// What an action does: "Resolve in web@1.2", "Archive until it escalates", "Assign to Mika Kato".
[[nodiscard]] QString actionText(const domain::Action& action);
/// Where it stands: "waits for its turn", "tried again in 2 min", "waits for a new token", "refused".
[[nodiscard]] QString entryStateText(const sync::Outbox::Entry& entry, core::TimePoint now);
/// Why it stands there, for people; empty where there is nothing to say.
[[nodiscard]] QString entryReasonText(const sync::Outbox::Entry& entry, const QString& server);
/// "resolved meanwhile by Amira Nasser"
[[nodiscard]] QString conflictText(const domain::Action& action, const domain::Conflict& conflict);

} // namespace vedette::views
