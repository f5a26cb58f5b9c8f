// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/searchtext.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// What has to go into the index because of one event.
struct TextNews
{
    std::int64_t event = 0;
    std::int64_t issue = 0;
    std::int64_t shape = 0;
    std::string whole;   ///< empty where the shape is known
    std::string windows; ///< of the variable words, where they are new
};

/// Remembers which texts of which issue were seen lately, so that what repeats is not looked up. Forgets when
/// it is full: then something is looked up, or its words indexed, once more. Fixed size (1.5 MB). One thread.
class KnownTexts final
{
public:
    KnownTexts();
    /// What is new in this event, and remembers it. Nothing new: `whole` and `windows` are empty.
    [[nodiscard]] TextNews look(std::int64_t event, std::int64_t issue, SearchText text);
    void clear();

private:
    bool isNew(std::vector<std::uint64_t>& set, std::uint64_t key);

    std::vector<std::uint64_t> m_shapes;
    std::vector<std::uint64_t> m_words;
    std::size_t m_turn = 0;
};

/// Writes the full text index (migrations/0004_text_search.sql). Within the transaction that the caller
/// opened; throws SQLite::Exception.
class TextIndexer final
{
public:
    explicit TextIndexer(SQLite::Database& db);

    /// Does nothing for what is in the index already. Where triggers are switched off on the connection, this
    /// does what they would: with them, SQLite guards every row by a savepoint, and each of those makes FTS5
    /// write what it has gathered.
    void write(const TextNews& news);

    /// Indexes up to `most` events that were stored before there was an index. False when none is left.
    bool fill(int most);

private:
    SQLite::Database& m_db;
    SQLite::Statement m_find;
    SQLite::Statement m_insertText;
    SQLite::Statement m_indexText;
    SQLite::Statement m_insertWords;
    SQLite::Statement m_indexWords;
};

/// Indexes an issue anew from its events: after events came from or went to another one.
void indexAgain(SQLite::Database& db, std::int64_t issue);

} // namespace vedette::collector
