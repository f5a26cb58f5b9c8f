// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace vedette::collector {

/// For statements that run seldom: prepared, run with `ids` as ?1, ?2 and so on, and thrown away. Throw
/// SQLite::Exception.

/// How many rows it changed.
template<class... Ids>
int runSql(SQLite::Database& db, const char* sql, Ids... ids)
{
    SQLite::Statement statement(db, sql);
    int index = 0;
    (statement.bind(++index, std::int64_t(ids)), ...);
    return statement.exec();
}

/// The first number that it finds; 0 where it finds none.
template<class... Ids>
[[nodiscard]] std::int64_t numberBySql(SQLite::Database& db, const char* sql, Ids... ids)
{
    SQLite::Statement query(db, sql);
    int index = 0;
    (query.bind(++index, std::int64_t(ids)), ...);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

} // namespace vedette::collector
