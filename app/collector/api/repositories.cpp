// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/commitrow.h"
#include "app/collector/api/cursor.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/routes.h"

namespace vedette::collector::api {
namespace {

constexpr std::size_t maxName = 200;
constexpr std::size_t maxProvider = 64;

std::optional<RepositoryRow> repositoryAt(const Call& call)
{
    const auto id = decimal(call.parts.at(0));
    if (!id)
        return {};
    SQLite::Statement query(
        call.db, std::string("SELECT ") + repositoryColumns + " FROM repositories p WHERE p.id = ?");
    query.bind(1, *id);
    if (!query.executeStep())
        return {};
    return repositoryFrom(query);
}

} // namespace

Response repositories(const Call& call)
{
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    const std::string_view status = call.request.queryValue("status").value_or("active");
    const auto wanted = call.request.queryValue("query").value_or("");
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    // All there are are active.
    if (status == "active" || status.empty()) {
        SQLite::Statement query(call.db, std::string("SELECT ") + repositoryColumns +
                                             " FROM repositories p WHERE instr(lower(p.name), lower(?)) > 0 "
                                             "ORDER BY p.name LIMIT ? OFFSET ?");
        query.bind(1, std::string(wanted));
        query.bind(2, page->limit + 1);
        query.bind(3, page->offset);
        while (query.executeStep() && ++rows <= page->limit)
            writeRepository(out, repositoryFrom(query));
    }
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

Response addRepository(const Call& call)
{
    FieldErrors errors;
    const auto name = errors.required(call.body, "name", maxName);
    const std::string url = errors.url(call.body, "url").value_or("");
    const std::string provider = errors.text(call.body, "provider", maxProvider).value_or("");
    if (errors.any())
        return errors.response();
    SQLite::Statement insert(
        call.db, "INSERT OR IGNORE INTO repositories (name, url, provider, created) VALUES (?, ?, ?, ?)");
    insert.bind(1, *name);
    insert.bind(2, url);
    insert.bind(3, provider);
    insert.bind(4, call.nowMs());
    if (insert.exec() == 0)
        return fieldError("name", "A repository with this name already exists.");
    json::Writer out;
    writeRepository(out, {call.db.getLastInsertRowid(), *name, url, provider, call.nowMs()});
    return Response::json(201, out.take());
}

Response deleteRepository(const Call& call)
{
    const auto repository = repositoryAt(call);
    if (!repository)
        return notFound();
    SQLite::Statement remove(call.db, "DELETE FROM repositories WHERE id = ?");
    remove.bind(1, repository->id);
    remove.exec();
    json::Writer out;
    writeRepository(out, *repository);
    return Response::json(202, out.take());
}

Response repositoryCommits(const Call& call)
{
    const auto repository = repositoryAt(call);
    if (!repository)
        return notFound();
    const auto page = PageRequest::from(call.request, 100);
    if (!page)
        return Response::detail(400, "Invalid cursor parameter.");
    SQLite::Statement query(
        call.db, std::string("SELECT ") + commitColumns +
                     " FROM commits c JOIN repositories p ON p.id = c.repository_id WHERE c.repository_id = ?"
                     " ORDER BY c.created DESC, c.id DESC LIMIT ? OFFSET ?");
    query.bind(1, repository->id);
    query.bind(2, page->limit + 1);
    query.bind(3, page->offset);
    json::Writer out;
    out.beginArray();
    std::int64_t rows = 0;
    while (query.executeStep() && ++rows <= page->limit)
        writeCommit(out, call, commitFrom(query));
    out.endArray();
    Response response = Response::json(200, out.take());
    addLinkHeader(response, call.request, call.context.baseUrl, *page, rows > page->limit);
    return response;
}

} // namespace vedette::collector::api
