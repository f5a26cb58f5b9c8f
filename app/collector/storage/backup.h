// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "models/core/result.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What a backup holds.
struct BackupFacts
{
    int schema = 0;
    std::int64_t events = 0;
    std::int64_t issues = 0;
    std::int64_t bytes = 0; ///< of the file
};

/// Copies the database at `path` into a new file as it is at this moment, with SQLite's online backup: the
/// collector may run on it meanwhile, in this process or another. The copy is one file for its owner alone
/// (0600), whole and on the disk when this returns. `to` must not exist or be empty. Errors: NotFound,
/// Storage.
[[nodiscard]] core::Result<void> copyDatabase(const std::string& path, const std::string& to);

/// Looks at every page of a file and tells what is in it. Errors: NotFound, NewerData (written by a newer
/// Vedette), Storage (damaged, or not a collector's).
[[nodiscard]] core::Result<BackupFacts> checkBackup(const std::string& path);

/// Whether the file at that path is a collector's database, as far as its tables tell.
[[nodiscard]] bool isCollectorDatabase(SQLite::Database& db);

/// Makes what was written to a file, or to the entries of a folder, survive a power cut. Errors: Storage.
[[nodiscard]] core::Result<void> syncPath(const std::string& path);

} // namespace vedette::collector
