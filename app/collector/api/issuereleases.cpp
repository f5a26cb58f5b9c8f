// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// In which releases an issue was seen.

#include "app/collector/api/issuereleases.h"

#include "app/collector/api/releaserow.h"
#include "app/collector/api/routes.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/window.h"

namespace vedette::collector::api {
namespace {

void writeRelease(json::Writer& out, const Call& call, std::int64_t release)
{
    SQLite::Statement query(call.db, "SELECT version FROM releases WHERE id = ?");
    query.bind(1, release);
    if (release != 0 && query.executeStep())
        writeReleaseOrNull(out, call, query.getColumn(0).getString());
    else
        out.null();
}

} // namespace

void writeFirstLastRelease(json::Writer& out, const Call& call, std::int64_t issue)
{
    SQLite::Statement query(call.db, "SELECT first_release, last_release FROM issues WHERE id = ?");
    query.bind(1, issue);
    const bool found = query.executeStep();
    out.key("firstRelease");
    writeRelease(out, call, found ? query.getColumn(0).getInt64() : 0);
    out.key("lastRelease");
    writeRelease(out, call, found ? query.getColumn(1).getInt64() : 0);
}

Response firstLastRelease(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    json::Writer out;
    out.beginObject().field("id", std::to_string(*id));
    writeFirstLastRelease(out, call, *id);
    out.endObject();
    return Response::json(200, out.take());
}

Response currentRelease(const Call& call)
{
    const auto id = issueByPart(call.db, call.parts.at(0));
    if (!id)
        return notFound();
    // The last release of the environment that was asked for, and when the issue was seen in it.
    Sql sql{"SELECT e.release_id, e.environment_id FROM events e WHERE e.issue_id = ? AND e.release_id IS "
            "NOT NULL",
        {*id}};
    const auto environments = call.request.queryValues("environment");
    if (!environments.empty()) {
        sql += " AND e.environment_id IN (SELECT id FROM environments WHERE name IN (" +
               placeholders(environments.size()) + "))";
        for (const std::string_view name : environments)
            sql.binds.emplace_back(std::string(name));
    }
    sql += " ORDER BY e.timestamp DESC, e.id DESC LIMIT 1";
    SQLite::Statement last(call.db, sql.text);
    bindAll(last, sql.binds);
    json::Writer out;
    out.beginObject().key("currentRelease");
    if (!last.executeStep()) {
        out.null().endObject();
        return Response::json(200, out.take());
    }
    const std::int64_t release = last.getColumn(0).getInt64();
    SQLite::Statement seen(call.db,
        "SELECT min(e.timestamp), max(e.timestamp), count(*), n.name FROM events e JOIN "
        "environments n ON n.id = e.environment_id WHERE e.issue_id = ? AND "
        "e.release_id = ? AND e.environment_id = ?");
    seen.bind(1, *id);
    seen.bind(2, release);
    seen.bind(3, last.getColumn(1).getInt64());
    seen.executeStep();
    out.beginObject().field("environment", seen.getColumn(3).getString());
    out.field("firstSeen", dateText(seen.getColumn(0).getInt64()));
    out.field("lastSeen", dateText(seen.getColumn(1).getInt64()));
    out.field("count", std::to_string(seen.getColumn(2).getInt64())).key("release");
    writeRelease(out, call, release);
    out.endObject().endObject();
    return Response::json(200, out.take());
}

} // namespace vedette::collector::api
