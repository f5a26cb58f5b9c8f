// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "app/collector/storage/backup.h"
#include "app/collector/storage/salvage.h"
#include "models/core/clock.h"
#include "models/core/result.h"

namespace vedette::collector {

/// What is done to a collector's data folder as a whole, beside or instead of running it. Each is for the
/// thread that calls it and takes as long as the disk does.
///
/// A backup holds everything but the token of the web API: that is a secret of this machine, and a backup is
/// made to be carried elsewhere. A folder keeps the token it has; a new one gets a new one at its next start.

/// Writes the database into `file`, also while a collector runs on the folder. An older backup of that name
/// is replaced when the new one is complete and checked; any other file is left alone. Errors: NotFound (no
/// collector has run on the folder), Storage.
[[nodiscard]] core::Result<BackupFacts> backUp(const std::string& dataDir, const std::string& file);

struct Restored
{
    BackupFacts facts;
    std::string former; ///< where the database from before is now; empty: there was none
};
/// Puts a backup in the place of the folder's database, which is kept beside under a dated name. Nothing is
/// touched before the file is found to be whole and ours. Errors: NotFound, Busy (a collector runs on the
/// folder), NewerData, Storage.
[[nodiscard]] core::Result<Restored> restore(
    const std::string& dataDir, const std::string& file, const core::Clock& clock);

struct Salvaged
{
    SalvageFacts facts;
    std::string former; ///< where the damaged database is now
};
/// Copies what can be read of the folder's database into a new one, which takes its place; the damaged one is
/// kept beside under a dated name. Errors: NotFound, Busy, NewerData, Storage (nothing can be read: nothing
/// is changed then).
[[nodiscard]] core::Result<Salvaged> salvage(const std::string& dataDir, const core::Clock& clock);

} // namespace vedette::collector
