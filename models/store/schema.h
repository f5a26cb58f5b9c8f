// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <string>
#include <vector>

#include "models/core/result.h"
#include "models/store/connection.h"

namespace vedette::store {

/// One step of a schema: `migrations/<database>/NNNN_name.sql`, compiled in.
struct Migration
{
    int number = 0;
    std::string sql;
};

/// The steps of `user` or `cache` in order, numbered from 1 without a gap. GUI thread.
[[nodiscard]] std::vector<Migration> migrationsOf(const QString& database);

/// Brings an open database up to date, each step in a transaction of its own; the file's `user_version` is
/// the number of the last step. Errors: NewerData (the file has more steps than we know: nothing is changed).
/// Throws SQLite::Exception, with the failed step undone.
[[nodiscard]] core::Result<void> migrate(Connection& connection, const std::vector<Migration>& migrations);

/// The schema number in the header of a file, read without SQLite so that not even a -shm file appears beside
/// it; 0 where there is no file, or none with a header.
[[nodiscard]] int schemaNumberOf(const QString& file);

} // namespace vedette::store
