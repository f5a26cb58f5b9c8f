// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/sync/issuequery.h"

namespace vedette::views {

/// "last 24 h", within a sentence.
[[nodiscard]] QString rangeText(sync::Range range);
/// "Last 24 h", as a choice.
[[nodiscard]] QString rangeTitle(sync::Range range);
/// What a row's trend covers in that range: "24 h" or "14 d".
[[nodiscard]] QString trendPeriodText(sync::Range range);

} // namespace vedette::views
