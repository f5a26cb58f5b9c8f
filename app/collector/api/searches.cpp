// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/collector/api/fielderrors.h"
#include "app/collector/api/routes.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxName = 128;
constexpr std::size_t maxQuery = 4096;
constexpr std::int64_t maxType = 5; ///< 0: issues; what else Sentry numbers so is kept apart
constexpr std::int64_t maxSaved = 1'000;
constexpr std::int64_t keptRecent = 100; ///< of each type

constexpr const char* savedColumns = "id, type, name, query, sort, visibility, created";

void writeSaved(json::Writer& out, SQLite::Statement& row)
{
    const std::string visibility = row.getColumn(5).getString();
    out.beginObject().field("id", std::to_string(row.getColumn(0).getInt64()));
    out.field("type", row.getColumn(1).getInt64()).field("name", row.getColumn(2).getString());
    out.field("query", row.getColumn(3).getString()).field("sort", row.getColumn(4).getString());
    out.field("visibility", visibility)
        .field("isGlobal", false)
        .field("isPinned", visibility == "owner_pinned");
    out.field("dateCreated", dateText(row.getColumn(6).getInt64())).endObject();
}

Response savedAnswer(const Call& call, std::int64_t id)
{
    SQLite::Statement query(
        call.db, std::string("SELECT ") + savedColumns + " FROM saved_searches WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        return notFound();
    json::Writer out;
    writeSaved(out, query);
    return Response::json(200, out.take());
}

/// The body of a saved search, whole: a PUT replaces all of it, as at the server we speak like.
struct SavedInput
{
    std::int64_t type = 0;
    std::string name, query, sort, visibility;
};

SavedInput readSaved(const Call& call, FieldErrors& errors)
{
    SavedInput input;
    input.type = errors.integer(call.body, "type", 0, maxType).value_or(0);
    input.name = errors.required(call.body, "name", maxName).value_or("");
    input.query = errors.required(call.body, "query", maxQuery).value_or("");
    input.sort = errors.text(call.body, "sort", maxName).value_or("date");
    input.visibility = errors.text(call.body, "visibility", maxName).value_or("organization");
    for (const char* sort : {"date", "new", "freq", "user", "trends", "inbox", "recommended"}) {
        if (input.sort == sort)
            return input;
    }
    errors.add("sort", "\"" + input.sort + "\" is not a valid choice.");
    return input;
}

void checkVisibility(const SavedInput& input, FieldErrors& errors)
{
    if (input.visibility != "organization" && input.visibility != "owner" &&
        input.visibility != "owner_pinned")
        errors.add("visibility", "\"" + input.visibility + "\" is not a valid choice.");
}

/// The answer where another search asks the same, else nothing.
std::optional<Response> refuseDouble(const Call& call, const SavedInput& input, std::int64_t but)
{
    SQLite::Statement query(
        call.db, "SELECT 1 FROM saved_searches WHERE query = ? AND type = ? AND id <> ? LIMIT 1");
    query.bind(1, input.query);
    query.bind(2, input.type);
    query.bind(3, but);
    if (!query.executeStep())
        return {};
    return Response::detail(400, "Query " + input.query + " already exists");
}

void bindSaved(SQLite::Statement& statement, const SavedInput& input)
{
    statement.bind(1, input.type);
    statement.bind(2, input.name);
    statement.bind(3, input.query);
    statement.bind(4, input.sort);
    statement.bind(5, input.visibility);
}

bool isSaved(const Call& call, std::optional<std::int64_t> id)
{
    SQLite::Statement query(call.db, "SELECT 1 FROM saved_searches WHERE id = ?");
    query.bind(1, id.value_or(0));
    return query.executeStep();
}

std::int64_t typeOf(const Call& call)
{
    return decimal(call.request.queryValue("type").value_or("0")).value_or(0);
}

} // namespace

Response savedSearches(const Call& call)
{
    SQLite::Statement query(
        call.db, std::string("SELECT ") + savedColumns +
                     " FROM saved_searches WHERE type = ? ORDER BY name COLLATE NOCASE, id");
    query.bind(1, typeOf(call));
    json::Writer out;
    out.beginArray();
    while (query.executeStep())
        writeSaved(out, query);
    out.endArray();
    return Response::json(200, out.take());
}

Response addSavedSearch(const Call& call)
{
    FieldErrors errors;
    const SavedInput input = readSaved(call, errors);
    checkVisibility(input, errors);
    if (errors.any())
        return errors.response();
    if (auto refusal = refuseDouble(call, input, 0))
        return std::move(*refusal);
    if (call.db.execAndGet("SELECT COUNT(*) FROM saved_searches").getInt64() >= maxSaved)
        return Response::detail(400, "At most 1000 searches are kept");
    SQLite::Statement insert(call.db, "INSERT INTO saved_searches (type, name, query, sort, visibility, "
                                      "created) VALUES (?, ?, ?, ?, ?, ?)");
    bindSaved(insert, input);
    insert.bind(6, call.nowMs());
    insert.exec();
    return savedAnswer(call, call.db.getLastInsertRowid());
}

Response savedSearch(const Call& call)
{
    return savedAnswer(call, decimal(call.parts.at(0)).value_or(0));
}

Response changeSavedSearch(const Call& call)
{
    const auto id = decimal(call.parts.at(0));
    if (!isSaved(call, id))
        return notFound();
    FieldErrors errors;
    const SavedInput input = readSaved(call, errors);
    checkVisibility(input, errors);
    if (errors.any())
        return errors.response();
    if (auto refusal = refuseDouble(call, input, *id))
        return std::move(*refusal);
    SQLite::Statement update(call.db,
        "UPDATE saved_searches SET type = ?, name = ?, query = ?, sort = ?, visibility = ? WHERE id = ?");
    bindSaved(update, input);
    update.bind(6, *id);
    update.exec();
    return savedAnswer(call, *id);
}

Response removeSavedSearch(const Call& call)
{
    const auto id = decimal(call.parts.at(0));
    if (!isSaved(call, id))
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM saved_searches WHERE id = ?");
    remove.bind(1, *id);
    remove.exec();
    return Response::empty(204);
}

Response recentSearches(const Call& call)
{
    const auto asked = call.request.queryValue("limit");
    const std::int64_t limit =
        std::clamp<std::int64_t>((asked ? decimal(*asked) : std::nullopt).value_or(3), 1, keptRecent);
    SQLite::Statement query(call.db,
        "SELECT id, type, query, last_seen, created FROM recent_searches WHERE type = ?"
        " AND instr(lower(query), lower(?)) > 0 ORDER BY last_seen DESC, id DESC LIMIT ?");
    query.bind(1, typeOf(call));
    query.bind(2, std::string(call.request.queryValue("query").value_or("")));
    query.bind(3, limit);
    json::Writer out;
    out.beginArray();
    while (query.executeStep()) {
        out.beginObject()
            .field("id", std::to_string(query.getColumn(0).getInt64()))
            .field("organizationId", "1");
        out.field("type", query.getColumn(1).getInt64()).field("query", query.getColumn(2).getString());
        out.field("lastSeen", dateText(query.getColumn(3).getInt64()));
        out.field("dateCreated", dateText(query.getColumn(4).getInt64())).endObject();
    }
    out.endArray();
    return Response::json(200, out.take());
}

Response addRecentSearch(const Call& call)
{
    FieldErrors errors;
    const std::int64_t type = errors.integer(call.body, "type", 0, maxType).value_or(0);
    const auto query = errors.required(call.body, "query", maxQuery);
    if (errors.any())
        return errors.response();
    SQLite::Statement known(call.db, "UPDATE recent_searches SET last_seen = ? WHERE type = ? AND query = ?");
    known.bind(1, call.nowMs());
    known.bind(2, type);
    known.bind(3, *query);
    if (known.exec() > 0)
        return Response::empty(204);
    SQLite::Statement insert(
        call.db, "INSERT INTO recent_searches (type, query, last_seen, created) VALUES (?1, ?2, ?3, ?3)");
    insert.bind(1, type);
    insert.bind(2, *query);
    insert.bind(3, call.nowMs());
    insert.exec();
    SQLite::Statement trim(call.db,
        "DELETE FROM recent_searches WHERE type = ?1 AND id NOT IN (SELECT id FROM "
        "recent_searches WHERE type = ?1 ORDER BY last_seen DESC, id DESC LIMIT ?2)");
    trim.bind(1, type);
    trim.bind(2, keptRecent);
    trim.exec();
    return Response::empty(201);
}

} // namespace vedette::collector::api
