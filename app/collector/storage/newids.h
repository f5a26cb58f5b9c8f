// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include <SQLiteCpp/Statement.h>

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Numbers for rows that are written later: above all that the table has and all that were given before. On
/// the write lane only; throws SQLite::Exception.
class NewIds final
{
public:
    /// `highest` is a query for the table's highest number, 0 where it is empty.
    NewIds(SQLite::Database& db, const char* highest);

    std::int64_t next();
    /// Somebody else may have added rows. Reads nothing itself: whoever forgets after a failure must not fail
    /// again.
    void forget() { m_isKnown = false; }

private:
    SQLite::Statement m_highest;
    std::int64_t m_last = 0;
    bool m_isKnown = false; ///< m_last is at least the table's highest
};

} // namespace vedette::collector
