// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/alerts/alert.h"
#include "models/core/error.h"
#include "models/ports/desktopnotifier.h"

namespace vedette::desktop {

/// Keys of the buttons on an alert's notice; a click on the notice itself is ports::defaultAction.
namespace actions {
inline const QString open = QStringLiteral("open");
inline const QString resolve = QStringLiteral("resolve");
inline const QString snooze = QStringLiteral("snooze");
} // namespace actions

/// One notice per issue and kind: the same key for the same alert, always.
[[nodiscard]] QString noticeKey(const alerts::Alert& alert);

/// The alert as people read it: what happened to which issue, the reason as a sentence, and what can be done.
/// `snoozeFor` is what the button says.
[[nodiscard]] ports::Notice noticeOf(const alerts::Alert& alert, std::chrono::seconds snoozeFor);

/// The reason alone: "412 in the last hour, usually 18 to 31 at this time".
[[nodiscard]] QString reasonOf(const alerts::Alert& alert);

/// What became of Resolve, in place of the alert's notice.
[[nodiscard]] ports::Notice resolvedNotice(const alerts::Alert& alert);
/// The server has not answered yet.
[[nodiscard]] ports::Notice waitingNotice(const alerts::Alert& alert);
[[nodiscard]] ports::Notice notResolvedNotice(const alerts::Alert& alert, const core::Error& error);

} // namespace vedette::desktop
