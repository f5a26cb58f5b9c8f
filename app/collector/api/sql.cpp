// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/sql.h"

#include "app/collector/storage/shortid.h"

namespace vedette::collector::api {

Sql& Sql::operator+=(const Sql& other)
{
    text += other.text;
    binds.insert(binds.end(), other.binds.begin(), other.binds.end());
    return *this;
}

Sql& Sql::operator+=(std::string_view piece)
{
    text += piece;
    return *this;
}

void bindAll(SQLite::Statement& statement, const std::vector<Bind>& binds)
{
    int index = 0;
    for (const Bind& bind : binds) {
        ++index;
        std::visit([&](const auto& value) { statement.bind(index, value); }, bind);
    }
}

std::string hexAt(SQLite::Statement& query, int column)
{
    const auto blob = query.getColumn(column);
    return hexOfBytes({static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())});
}

} // namespace vedette::collector::api
