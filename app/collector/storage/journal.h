// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/result.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Which journal belongs to a database, and up to which number its arrivals are in the tables.
struct JournalMark
{
    std::uint64_t salt = 0;
    std::uint64_t filed = 0;
};

/// Out of the database; all 0 where it has no such marks. Throws SQLite::Exception.
[[nodiscard]] JournalMark readJournalMark(SQLite::Database& db);

/// What is acknowledged and not in the database yet, in two files beside it that are written in turn.
///
/// Storing an event touches pages all over the database: its indexes, users, tags, counters. Done for sixteen
/// events at a time that is most of what storing costs, and whoever sent them waits for it. Here an
/// arrival is appended and synced, which is all that an acknowledgement needs; the database takes arrivals by
/// the hundred and says in its own transaction how far it has come (meta `arrivals_filed`), so that after a
/// crash each is filed exactly once.
///
/// Records lie one after the other on 16 byte boundaries: a head with the database's salt, a number that only
/// ever rises, the length and checksums, then the bytes. A file whose records are all filed is written again
/// from its beginning. Of what a file holds, whatever is intact, of this database and not filed yet counts:
/// also behind a damaged place. A file of another database is renamed, not used. Files are reached through
/// SQLite's file system layer, like the database.
class Journal final
{
public:
    struct Record
    {
        std::uint64_t number = 0;
        std::string body;
    };

    /// Where a journal is, and of what.
    struct Place
    {
        std::string database; ///< path; the files are `...-arrivals0` and `...-arrivals1`
        std::string vfs;      ///< empty: the usual one
        std::uint64_t salt = 0;
    };

    /// A file longer than so many bytes is left for the other, or begun anew, as soon as that is possible.
    static constexpr std::int64_t turnBytes = 4 << 20;

    /// Opens or makes the files, and hands out what is left in them behind the number `filed`, in order.
    /// Errors: Storage.
    static core::Result<std::unique_ptr<Journal>> open(
        Place place, std::uint64_t filed, std::vector<Record>& left);
    /// Removes the files where all of them is filed.
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Appends and syncs: when it returns, they are safe. The number of the first; the others follow it.
    /// Errors: Storage; then none of them counts, and the next call may work again. One thread.
    core::Result<std::uint64_t> append(const std::vector<std::string>& bodies);

    /// All up to that number is in the database. Any thread.
    void setFiled(std::uint64_t number);

    /// Whose journal lies beside that database: the salt of its first intact record; 0: there is none. For a
    /// database that has lost its own.
    static std::uint64_t saltBeside(const std::string& database);
    /// The highest number in the files of a database, 0 where there are none; of a journal that may be in
    /// use.
    static std::uint64_t newestIn(const Place& place);
    /// Renames the files with their database, to `former` and the same endings. Nobody may have them open.
    /// Errors: Storage.
    static core::Result<void> moveAside(const std::string& database, const std::string& former);

private:
    class File;
    struct Span ///< what one file holds
    {
        std::int64_t end = 0;   ///< where the next record goes
        std::int64_t bytes = 0; ///< of the file: zeros behind `end`, so that a sync need not write its length
        std::uint64_t last = 0; ///< number
        bool isBad = false;     ///< parts of it cannot be read: nothing is written to it
    };

    explicit Journal(Place place);
    core::Result<void> makeRoom(std::int64_t bytes);
    void takeTurn();
    core::Result<void> scrub();

    const Place m_place;
    std::array<std::unique_ptr<File>, 2> m_files;
    std::array<Span, 2> m_spans;
    std::size_t m_current = 0;
    std::uint64_t m_next = 1;
    std::atomic<std::uint64_t> m_filed = 0;
    std::string m_buffer;
    std::int64_t m_remnant = 0; ///< bytes behind the current end that a failed append may have left
};

} // namespace vedette::collector
