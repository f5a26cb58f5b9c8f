// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/statusdetails.h"

#include <algorithm>
#include <unordered_map>

#include "app/collector/api/commitrow.h"
#include "app/collector/storage/resolution.h"

namespace vedette::collector::api {
namespace {

void numberOrNull(json::Writer& out, const char* name, const std::optional<std::int64_t>& value)
{
    if (value)
        out.field(name, *value);
    else
        out.nullField(name);
}

void writeActor(json::Writer& out, const Call& call, std::int64_t user)
{
    if (const auto actor = user != 0 ? loadUser(call.db, user) : std::nullopt) {
        out.key("actor");
        writeUser(out, *actor);
    }
}

std::string resolved(const Call& call, const Resolution& resolution)
{
    json::Writer out;
    out.beginObject();
    switch (resolution.kind) {
    case Resolution::Kind::InNextRelease:
        out.field("inNextRelease", true);
        break;
    case Resolution::Kind::InRelease: {
        SQLite::Statement version(call.db, "SELECT version FROM releases WHERE id = ?");
        version.bind(1, resolution.release);
        if (version.executeStep())
            out.field("inRelease", version.getColumn(0).getString());
        break;
    }
    case Resolution::Kind::InCommit:
        out.key("inCommit");
        writeCommit(out, call, resolution.commit);
        break;
    }
    writeActor(out, call, resolution.user);
    out.endObject();
    return out.take();
}

/// What is left of a number that counts from the archiving on; a window has no such thing.
std::optional<std::int64_t> remaining(const std::optional<std::int64_t>& wanted,
    const std::optional<std::int64_t>& window, std::int64_t now, std::int64_t base)
{
    return wanted && !window ? std::optional(std::max<std::int64_t>(0, *wanted - (now - base))) : wanted;
}

std::string archived(const Call& call, std::int64_t issue, const Snooze& snooze)
{
    if (!snooze.until && !snooze.count && !snooze.users)
        return "{}";
    SQLite::Statement counts(call.db, "SELECT count, user_count FROM issues WHERE id = ?");
    counts.bind(1, issue);
    const bool found = counts.executeStep();
    const std::int64_t events = found ? counts.getColumn(0).getInt64() : snooze.baseCount;
    const std::int64_t users = found ? counts.getColumn(1).getInt64() : snooze.baseUsers;
    json::Writer out;
    out.beginObject();
    writeArchiving(out, snooze, remaining(snooze.count, snooze.countWindow, events, snooze.baseCount),
        remaining(snooze.users, snooze.userWindow, users, snooze.baseUsers));
    writeActor(out, call, snooze.user);
    out.endObject();
    return out.take();
}

Sql inList(const std::string& text, const std::vector<IssueRow>& rows, const char* end)
{
    Sql out{text + " IN (" + placeholders(rows.size()) + ")" + end, {}};
    for (const IssueRow& row : rows)
        out.binds.emplace_back(row.id);
    return out;
}

} // namespace

std::string statusDetails(
    const Call& call, std::int64_t issue, const std::string& status, const std::string& stored)
{
    if (status == "resolved") {
        if (const auto resolution = Resolution::of(call.db, issue))
            return resolved(call, *resolution);
    } else if (status == "ignored") {
        if (const auto snooze = Snooze::of(call.db, issue))
            return archived(call, issue, *snooze);
    }
    return stored.empty() ? "{}" : stored;
}

void writeArchiving(json::Writer& out, const Snooze& snooze, const std::optional<std::int64_t>& count,
    const std::optional<std::int64_t>& users)
{
    numberOrNull(out, "ignoreCount", count);
    if (snooze.until)
        out.field("ignoreUntil", dateText(*snooze.until));
    else
        out.nullField("ignoreUntil");
    numberOrNull(out, "ignoreUserCount", users);
    numberOrNull(out, "ignoreUserWindow", snooze.userWindow);
    numberOrNull(out, "ignoreWindow", snooze.countWindow);
}

void writeCommit(json::Writer& out, const Call& call, std::int64_t commit)
{
    SQLite::Statement query(
        call.db, std::string("SELECT ") + commitColumns +
                     " FROM commits c JOIN repositories p ON p.id = c.repository_id WHERE c.id = ?");
    query.bind(1, commit);
    if (query.executeStep())
        writeCommit(out, call, commitFrom(query));
    else
        out.null();
}

void loadTriage(const Call& call, std::vector<IssueRow>& rows)
{
    if (rows.empty())
        return;
    std::unordered_map<std::int64_t, IssueRow*> byId;
    for (IssueRow& row : rows) {
        byId.emplace(row.id, &row);
        if (row.status != "unresolved")
            row.statusDetails = statusDetails(call, row.id, row.status, row.statusDetails);
    }
    Sql sql{"SELECT i.id, i.priority_locked, s.active, s.reason, i.inbox_reason, i.inbox_added, "
            "i.inbox_details FROM issues i LEFT JOIN issue_subscriptions s ON "
            "s.issue_id = i.id AND s.user_id = ? WHERE i.id",
        {call.self}};
    sql += inList("", rows, "");
    SQLite::Statement query(call.db, sql.text);
    bindAll(query, sql.binds);
    while (query.executeStep()) {
        IssueRow& row = *byId.at(query.getColumn(0).getInt64());
        if (!query.getColumn(1).isNull())
            row.priorityLocked = query.getColumn(1).getInt64();
        row.subscribed = query.getColumn(2).getInt() != 0; // null is 0
        if (row.subscribed)
            row.subscriptionReason = query.getColumn(3).getString();
        if (!query.getColumn(4).isNull()) {
            row.inboxReason = query.getColumn(4).getInt();
            row.inboxAdded = query.getColumn(5).getInt64();
            row.inboxDetails = query.getColumn(6).getString();
        }
    }
    const Sql links = inList(
        "SELECT issue_id, display_name, web_url FROM external_links WHERE issue_id", rows, " ORDER BY id");
    SQLite::Statement linkQuery(call.db, links.text);
    bindAll(linkQuery, links.binds);
    while (linkQuery.executeStep()) {
        byId.at(linkQuery.getColumn(0).getInt64())
            ->annotations.emplace_back(
                linkQuery.getColumn(1).getString(), linkQuery.getColumn(2).getString());
    }
}

} // namespace vedette::collector::api
