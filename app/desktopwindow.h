// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/window.h"

namespace vedette::views {
class Theme;
}

namespace vedette::app {

/// Makes the real main window with that look. `theme` must outlive it.
[[nodiscard]] WindowFactory desktopWindow(views::Theme& theme);

} // namespace vedette::app
