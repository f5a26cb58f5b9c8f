// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace vedette::collector {

/// Copies the rows of one table from a damaged database into the same table of another, around the pages that
/// cannot be read. Within a transaction of `to`. Throws SQLite::Exception where `to` cannot be written.
class RowCopier final
{
public:
    RowCopier(SQLite::Database& from, SQLite::Database& to, std::string table);
    ~RowCopier();
    RowCopier(const RowCopier&) = delete;
    RowCopier& operator=(const RowCopier&) = delete;

    void run();
    [[nodiscard]] std::int64_t rows() const { return m_rows; }
    [[nodiscard]] std::int64_t gaps() const { return m_gaps; }

private:
    void readColumns();
    void copyByRowid();
    void copyByKey();
    /// Copies from that rowid on to the end, or to what cannot be read: then the last rowid that could.
    std::optional<std::int64_t> copyFrom(std::int64_t rowid);
    /// The first rowid behind `bad` from which on something can be read.
    [[nodiscard]] std::optional<std::int64_t> readableAfter(std::int64_t bad);
    [[nodiscard]] bool isReadable(std::int64_t rowid);
    void write(SQLite::Statement& row);

    SQLite::Database& m_from;
    SQLite::Database& m_to;
    const std::string m_table;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_key; ///< of a table without rowids
    std::string m_list;             ///< the columns as SQL lists them
    std::string m_insert;
    std::unique_ptr<SQLite::Statement> m_statement; ///< of m_insert
    std::int64_t m_rows = 0;
    std::int64_t m_gaps = 0;
};

} // namespace vedette::collector
