// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace vedette {

/// `vedette collect [--listen HOST:PORT] [--data-dir DIR]`: the collector alone, without a display. Prints
/// one line of JSON when it is ready and runs until SIGTERM or SIGINT. `listen` may be empty: the default
/// ports; `argc` and `argv` are main()'s. Returns the exit code. Must be called while the process has but one
/// thread: it decides which signals all of them see.
int collect(int argc, char** argv, const QString& listen, const QString& dataDir);

} // namespace vedette
