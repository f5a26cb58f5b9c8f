// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>

#include <SQLiteCpp/Database.h>

#include "models/core/result.h"

namespace vedette::collector {

/// The number of the newest schema that this program knows.
[[nodiscard]] int schemaVersion();

/// Opens the writing connection: WAL, synchronous=FULL, foreign keys, and the schema brought up to date, each
/// migration in one transaction with its number. `vfs` names the SQLite file system layer (empty: the usual
/// one). Errors: NewerData (the file is left untouched), Storage.
[[nodiscard]] core::Result<std::unique_ptr<SQLite::Database>> openWriter(
    const std::string& path, const std::string& vfs = {});

/// Opens a reading connection on a database that openWriter() has opened. Errors: Storage.
[[nodiscard]] core::Result<std::unique_ptr<SQLite::Database>> openReader(
    const std::string& path, const std::string& vfs = {});

/// What an exception of SQLite says, as an Error of kind Storage.
[[nodiscard]] core::Error storageError(const std::exception& fault);

} // namespace vedette::collector
