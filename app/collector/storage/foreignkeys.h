// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <SQLiteCpp/Database.h>

namespace vedette::collector {

/// Switches foreign keys off. Not within a transaction.
class WithoutForeignKeys final
{
public:
    explicit WithoutForeignKeys(SQLite::Database& db)
        : m_db(db)
    {
        m_db.exec("PRAGMA foreign_keys = OFF");
    }
    ~WithoutForeignKeys() { (void)m_db.tryExec("PRAGMA foreign_keys = ON"); }
    WithoutForeignKeys(const WithoutForeignKeys&) = delete;
    WithoutForeignKeys& operator=(const WithoutForeignKeys&) = delete;

private:
    SQLite::Database& m_db;
};

} // namespace vedette::collector
