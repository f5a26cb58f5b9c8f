// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/space.h"

#include <filesystem>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "models/core/logging.h"

namespace vedette::collector {

SpaceUse spaceUse(SQLite::Database& db)
{
    return {db.execAndGet("PRAGMA page_size").getInt64(), db.execAndGet("PRAGMA page_count").getInt64(),
        db.execAndGet("PRAGMA freelist_count").getInt64()};
}

void giveSpaceBackInSteps(SQLite::Database& db)
{
    db.exec("PRAGMA auto_vacuum = INCREMENTAL");
}

void rewriteToGiveSpaceBack(SQLite::Database& db, const std::string& path)
{
    try {
        if (db.execAndGet("PRAGMA auto_vacuum").getInt() != 0)
            return;
        const SpaceUse use = spaceUse(db);
        std::error_code error;
        const auto there = std::filesystem::space(std::filesystem::path(path).parent_path(), error);
        // Once in the log and once more in the file itself, and some air.
        if (error || there.available < static_cast<std::uintmax_t>(use.usedBytes()) * 5 / 2)
            return;
        qCInfo(core::lcCore, "the collector writes its database anew, so that it can shrink");
        giveSpaceBackInSteps(db);
        db.exec("VACUUM");
    } catch (const std::exception& fault) {
        qCWarning(core::lcCore, "the collector's database stays as large as it is: %s", fault.what());
    }
}

void giveBack(SQLite::Database& db, std::int64_t pages)
{
    // A row for each page: stepped to the end, else it stops after the first.
    SQLite::Statement vacuum(db, "PRAGMA incremental_vacuum(" + std::to_string(pages) + ")");
    while (vacuum.executeStep()) {
    }
}

} // namespace vedette::collector
