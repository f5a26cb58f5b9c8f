// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace vedette::views {

struct Tokens;

/// The one style sheet of the application: what a palette cannot say (corners, borders, paddings, hover).
/// Widgets are marked by the dynamic property `role`. Buttons: primary, quiet, link, combo (a choice with its
/// arrow), button (for QToolButton). Labels: secondary, error, warning, good, chip, spike. Frames: card,
/// field, line, banner, note. Widgets: page, surface, sidebar, topbar. Text fields: code, bare.
[[nodiscard]] QString styleSheet(const Tokens& tokens);

} // namespace vedette::views
