// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// How large a database is, as its own header tells: no file is looked at.
struct SpaceUse
{
    std::int64_t pageBytes = 0;
    std::int64_t pages = 0;
    std::int64_t freePages = 0; ///< of rows that are gone: the next rows go there

    [[nodiscard]] std::int64_t usedBytes() const { return (pages - freePages) * pageBytes; }
};

/// Within a transaction: as it stands there. Throws SQLite::Exception.
[[nodiscard]] SpaceUse spaceUse(SQLite::Database& db);

/// To be called before the first table is made: pages that become free can be given back in small steps. It
/// costs an entry of 5 bytes for each page.
void giveSpaceBackInSteps(SQLite::Database& db);

/// For a database from before: writes it anew, once, so that it can give space back. Takes seconds a gigabyte
/// and twice the space meanwhile; where that is not there, the file keeps its size and its free pages are
/// used again. No transaction may be open; nobody else may use the file. Throws nothing.
void rewriteToGiveSpaceBack(SQLite::Database& db, const std::string& path);

/// Gives up to so many free pages at the end of the file back to the system. Throws SQLite::Exception.
void giveBack(SQLite::Database& db, std::int64_t pages);

} // namespace vedette::collector
