// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli.h"

namespace vedette::app {

/// `vedette` without a command: the desktop program until it ends. Answers the exit code. Needs a display;
/// where there is none it says so and answers ExitFailed.
int runDesktop(int argc, char** argv, const Invocation& invocation);

} // namespace vedette::app
