// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "app/cli.h"

namespace vedette {

/// Whether `vedette collect` is asked for `--backup FILE`, `--restore FILE` or `--salvage` rather than to
/// run.
[[nodiscard]] bool isUpkeep(const app::Invocation& invocation);

/// Does that on the data folder, and prints one line of JSON about it: `{"file", "events", "issues",
/// "bytes"}` for a backup; `{"events", "issues", "former"}` for a restore, where `former` is where the
/// database from before is now (null: there was none); `{"events", "issues", "gaps", "tables", "orphans",
/// "former"}` for a salvage. Returns the exit code.
int upkeep(const app::Invocation& invocation, const QString& dataDir);

} // namespace vedette
