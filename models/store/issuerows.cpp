// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/issuerows.h"

#include "models/store/codec.h"
#include "models/store/textindex.h"
#include "models/store/words.h"

namespace vedette::store {
namespace {

struct StoredList
{
    qint64 id = 0;
    ListHead head;
};

std::optional<StoredList> findList(Connection& connection, const ListKey& key)
{
    Query query(connection,
        "SELECT id, as_of, has_more, total, total_is_more FROM issue_list WHERE account = ? AND query = ?");
    query.bind(key.account, key.query);
    if (!query.next())
        return std::nullopt;
    StoredList list;
    list.id = query.integer();
    list.head.asOf = query.time();
    list.head.hasMore = query.boolean();
    list.head.total = query.optionalInteger();
    list.head.totalIsLowerBound = query.boolean();
    return list;
}

qint64 writeHead(Connection& connection, const ListKey& key, const ListHead& head)
{
    Query(connection,
        "INSERT INTO issue_list (account, query, as_of, used_at, has_more, total, total_is_more) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, query) DO UPDATE SET as_of = excluded.as_of, "
        "used_at = excluded.used_at, has_more = excluded.has_more, total = excluded.total, "
        "total_is_more = excluded.total_is_more")
        .bind(key.account, key.query, head.asOf, head.asOf, head.hasMore, head.total, head.totalIsLowerBound)
        .run();
    return findList(connection, key).value_or(StoredList()).id;
}

/// The first or the last position in use; one past the place where rows are to go.
qint64 edge(Connection& connection, qint64 list, Place place)
{
    Query query(connection, place == Place::After
                                ? "SELECT MAX(position) + 1 FROM issue_list_row WHERE list = ?"
                                : "SELECT MIN(position) FROM issue_list_row WHERE list = ?");
    query.bind(list);
    return query.next() ? query.optionalInteger().value_or(0) : 0;
}

} // namespace

domain::Issue readIssue(Query& query, const domain::AccountId& account)
{
    domain::Issue issue;
    issue.account = account;
    query.read(issue.organization);
    query.read(issue.id);
    issue.shortId = query.text();
    issue.title = query.text();
    issue.culprit = query.text();
    issue.type = query.text();
    issue.errorType = query.text();
    issue.errorValue = query.text();
    issue.filename = query.text();
    issue.function = query.text();
    issue.platform = query.text();
    issue.logger = query.text();
    issue.permalink = query.text();
    fromWord(query.text(), issue.level);
    fromWord(query.text(), issue.status);
    fromWord(query.text(), issue.substatus);
    issue.statusText = query.text();
    if (const std::string details = query.bytes(); !details.empty())
        issue.statusDetails = decode<domain::StatusDetails>(details).value_or(domain::StatusDetails());
    query.read(issue.project.id);
    issue.project.slug = query.text();
    issue.project.name = query.text();
    issue.commentCount = query.integer();
    domain::Actor actor;
    const QString kind = query.text();
    fromWord(kind, actor.kind);
    query.read(actor.id);
    actor.name = query.text();
    actor.email = query.text();
    actor.isMe = query.boolean();
    if (!kind.isEmpty())
        issue.assignedTo = actor;
    issue.isBookmarked = query.boolean();
    issue.hasSeen = query.boolean();
    issue.isUnhandled = query.boolean();
    issue.priority = query.text();
    return issue;
}

ListPart readList(Connection& connection, const ListKey& key, int limit, const std::optional<qint64>& from)
{
    ListPart part;
    const std::optional<StoredList> list = findList(connection, key);
    if (!list)
        return part;
    part.head = list->head;
    static const std::string sql =
        "SELECT " + std::string(issueColumns) +
        ", count, user_count, first_seen, last_seen, trend, position FROM issue_list_row r "
        "JOIN issue i ON i.account = ? AND i.organization = r.organization AND i.id = r.issue "
        "WHERE r.list = ? AND r.position > ? ORDER BY r.position LIMIT ?";
    Query query(connection, sql);
    query.bind(key.account, list->id, from.value_or(std::numeric_limits<qint64>::min()), limit);
    part.rows.reserve(limit);
    qint64 position = 0;
    while (query.next()) {
        domain::Issue issue = readIssue(query, key.account);
        issue.count = query.integer();
        issue.userCount = query.integer();
        issue.firstSeen = query.optionalTime();
        issue.lastSeen = query.optionalTime();
        issue.trend = decodeSeries(query.bytes());
        position = query.integer();
        part.rows.append(std::move(issue));
    }
    if (part.rows.size() == limit)
        part.next = position;
    return part;
}

void writeList(Connection& connection, const ListKey& key, const ListHead& head,
    const QList<domain::Issue>& rows, Place place, const QSet<domain::IssueId>& gone)
{
    const qint64 list = writeHead(connection, key, head);
    if (place == Place::Only)
        Query(connection, "DELETE FROM issue_list_row WHERE list = ?").bind(list).run();
    for (const domain::IssueId& issue : gone)
        Query(connection, "DELETE FROM issue_list_row WHERE list = ? AND issue = ?").bind(list, issue).run();
    for (const domain::Issue& issue : rows) {
        Query(connection, "DELETE FROM issue_list_row WHERE list = ? AND issue = ?")
            .bind(list, issue.id)
            .run();
    }
    qint64 position = edge(connection, list, place);
    if (place == Place::Before)
        position -= rows.size();
    for (const domain::Issue& issue : rows) {
        writeIssue(connection, issue, head.asOf);
        indexIssue(connection, issue, CountsOf::Window);
        Query(connection,
            "INSERT OR REPLACE INTO issue_list_row (list, issue, organization, position, "
            "count, user_count, first_seen, last_seen, trend) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(list, issue.id, issue.organization, position++, issue.count, issue.userCount,
                issue.firstSeen, issue.lastSeen)
            .bindBlob(encodeSeries(issue.trend))
            .run();
    }
}

void writeListHead(Connection& connection, const ListKey& key, const ListHead& head)
{
    writeHead(connection, key, head);
}

void writeIssueIfNewer(Connection& connection, const domain::Issue& issue, core::TimePoint asOf)
{
    {
        Query query(connection,
            "SELECT 1 FROM issue WHERE account = ? AND organization = ? AND id = ? AND stored_at >= ?");
        query.bind(issue.account, issue.organization, issue.id, asOf);
        if (query.next())
            return;
    }
    writeIssue(connection, issue, asOf);
}

void writeIssue(Connection& connection, const domain::Issue& issue, core::TimePoint asOf)
{
    const auto& actor = issue.assignedTo;
    Query(connection,
        "INSERT OR REPLACE INTO issue (account, organization, id, short_id, title, culprit, type, "
        "error_type, error_value, filename, function, platform, logger, permalink, level, status, substatus, "
        "status_text, status_details, project_id, project_slug, project_name, comment_count, assignee_kind, "
        "assignee_id, assignee_name, assignee_email, assignee_is_me, is_bookmarked, has_seen, is_unhandled, "
        "priority, stored_at) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(issue.account, issue.organization, issue.id, issue.shortId, issue.title, issue.culprit,
            issue.type, issue.errorType, issue.errorValue, issue.filename, issue.function, issue.platform,
            issue.logger, issue.permalink, toWord(issue.level), toWord(issue.status), toWord(issue.substatus),
            issue.statusText, issue.statusDetails.isEmpty() ? std::string() : encode(issue.statusDetails),
            issue.project.id, issue.project.slug, issue.project.name, issue.commentCount)
        .bind(actor ? std::optional(toWord(actor->kind)) : std::nullopt,
            actor ? std::optional(actor->id) : std::nullopt,
            actor ? std::optional(actor->name) : std::nullopt,
            actor ? std::optional(actor->email) : std::nullopt,
            actor ? std::optional(actor->isMe) : std::nullopt)
        .bind(issue.isBookmarked, issue.hasSeen, issue.isUnhandled, issue.priority, asOf)
        .run();
}

} // namespace vedette::store
