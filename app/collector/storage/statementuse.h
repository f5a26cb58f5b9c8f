// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include <SQLiteCpp/Statement.h>

namespace vedette::collector {

/// Resets a kept statement however the scope ends, so that no half-run statement outlives a rollback.
class Use final
{
public:
    explicit Use(SQLite::Statement& statement)
        : m_statement(statement)
    {}
    ~Use() { m_statement.tryReset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    SQLite::Statement* operator->() { return &m_statement; }
    SQLite::Statement& operator*() { return m_statement; }

private:
    SQLite::Statement& m_statement;
};

/// Binds bytes as a blob, without a copy.
inline void bindBlob(SQLite::Statement& statement, int index, const std::string& bytes)
{
    statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// Binds an id, 0 as null.
inline void bindOrNull(SQLite::Statement& statement, int index, std::int64_t id)
{
    if (id != 0)
        statement.bind(index, id);
    else
        statement.bind(index);
}

} // namespace vedette::collector
