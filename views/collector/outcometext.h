// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/domain/collector.h"

namespace vedette::views {

/// Why something was not kept, for people: the collector's words are for programs. Unknown ones are shown as
/// they are.
[[nodiscard]] QString reasonText(const domain::NotKept& row);
/// What was not kept: `errors`, `transactions`, ...; unknown categories as they are.
[[nodiscard]] QString categoryText(const QString& category);

} // namespace vedette::views
