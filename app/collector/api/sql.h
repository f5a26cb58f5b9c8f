// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vedette::collector::api {

/// A value to bind. Values are never written into SQL text.
using Bind = std::variant<std::int64_t, double, std::string>;

/// A piece of SQL with the values for its question marks, in order.
struct Sql
{
    std::string text;
    std::vector<Bind> binds;

    Sql& operator+=(const Sql& other);
    Sql& operator+=(std::string_view piece);
};

/// Binds them all to the statement, from its first question mark on.
void bindAll(SQLite::Statement& statement, const std::vector<Bind>& binds);

/// The bytes in that column as hexadecimal digits: an event's id, a hash. Empty for NULL.
[[nodiscard]] std::string hexAt(SQLite::Statement& query, int column);

} // namespace vedette::collector::api
