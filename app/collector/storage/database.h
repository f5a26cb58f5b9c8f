// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <SQLiteCpp/Database.h>

#include "models/core/result.h"

namespace vedette::collector {

/// The number of the newest schema that this program knows.
[[nodiscard]] int schemaVersion();

/// Brings a database up to schema `last`, each migration in one transaction with its number. Throws
/// SQLite::Exception.
void migrateTo(SQLite::Database& db, int last);

/// Opens the writing connection: WAL, synchronous=FULL, foreign keys, and the schema brought up to date, each
/// migration in one transaction with its number. `vfs` names the SQLite file system layer (empty: the usual
/// one). Errors: NewerData (the file is left untouched), Storage.
[[nodiscard]] core::Result<std::unique_ptr<SQLite::Database>> openWriter(
    const std::string& path, const std::string& vfs = {});

/// Opens a reading connection on a database that openWriter() has opened. Errors: Storage.
[[nodiscard]] core::Result<std::unique_ptr<SQLite::Database>> openReader(
    const std::string& path, const std::string& vfs = {});

/// What a failure to open or to read the database at that path means, in words: a full disk, a damaged file
/// and what to do about it. An Error of kind Storage.
[[nodiscard]] core::Error openingError(const std::string& path, const std::exception& fault);
[[nodiscard]] core::Error damagedError(const std::string& path, std::string_view what);

/// What an exception of SQLite says, as an Error of kind Storage.
[[nodiscard]] core::Error storageError(const std::exception& fault);

} // namespace vedette::collector
