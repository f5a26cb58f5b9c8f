// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include "models/core/result.h"
#include "models/store/schema.h"

namespace vedette::store {

/// Moves a database that cannot be used out of the way, with its -wal and -shm files: to FILE`tail`, or
/// FILE`tail`-2 and so on. Of more than `most` the oldest is removed; 0 keeps them all. Answers where it is
/// now. Any thread; nobody must have the file open.
QString setAside(const QString& file, const QString& tail, int most);

/// What became of a damaged file.
struct Rescued
{
    QString keptAs;         ///< where the damaged file is now; it is never removed
    qint64 rows = 0;        ///< that were copied into the new one
    bool isComplete = true; ///< no row was passed over
};

/// Makes a sound file of a damaged one: all rows that can still be read, of every table that both know, go
/// into a new file of the present schema, which takes the place of the old one when it is on the disk. Killed
/// in between, it is done again or finished by finishRescue(). Blocks. Errors: Storage (the old file is still
/// in its place).
[[nodiscard]] core::Result<Rescued> rescue(const QString& file, const std::vector<Migration>& migrations);

/// Puts a rescued file in its place where a former rescue() was killed before it could. Call before opening.
void finishRescue(const QString& file);

} // namespace vedette::store
