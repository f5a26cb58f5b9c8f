// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/changeerrors.h"

#include <initializer_list>

#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

Response nestedError(std::initializer_list<std::string_view> path, std::string_view text)
{
    json::Writer out;
    for (const std::string_view key : path)
        out.beginObject().key(key);
    out.beginArray().string(text).endArray();
    for (std::size_t i = 0; i < path.size(); ++i)
        out.endObject();
    return Response::json(400, out.take());
}

} // namespace

Response detailsError(std::string_view field, std::string_view text)
{
    return nestedError({"statusDetails", field}, text);
}

Response commitError(std::string_view field, std::string_view text)
{
    return nestedError({"statusDetails", "inCommit", field}, text);
}

std::optional<Response> readFlag(const Call& call, const char* name, std::optional<bool>& to)
{
    const json::Value value = call.body[name];
    if (!value.exists() || value.isNull())
        return {};
    to = value.boolean();
    if (!to)
        return fieldError(name, "Must be a valid boolean.");
    return {};
}

std::optional<std::int64_t> idOf(SQLite::Database& db, const char* sql, const std::string& text)
{
    SQLite::Statement query(db, sql);
    query.bind(1, text);
    if (!query.executeStep())
        return {};
    return query.getColumn(0).getInt64();
}

} // namespace vedette::collector::api
