// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/storedevent.h"

#include <algorithm>

#include "app/collector/api/issuesearch.h"
#include "app/collector/api/sql.h"
#include "app/collector/storage/payload.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector::api {

const char* const eventColumns =
    "SELECT e.id, coalesce((SELECT m.issue_id FROM issue_redirects m WHERE m.old_id = e.issue_id), "
    "e.issue_id), "
    "e.project_id, e.event_id, e.timestamp, e.received, e.sent, e.type, e.level, "
    "e.platform,"
    " e.title, e.culprit, e.message, n.name, r.version, u.key, e.user_agent, e.remote, e.size, e.tags"
    " FROM events e JOIN environments n ON n.id = e.environment_id LEFT JOIN releases r ON r.id = "
    "e.release_id AND r.project_id = e.project_id"
    " LEFT JOIN event_users u ON u.id = e.user_id ";

StoredEvent eventFrom(SQLite::Database& db, SQLite::Statement& query)
{
    StoredEvent event;
    event.id = query.getColumn(0).getInt64();
    event.issue = query.getColumn(1).getInt64();
    event.project = query.getColumn(2).getInt64();
    event.eventId = hexAt(query, 3);
    event.timestamp = query.getColumn(4).getInt64();
    event.received = query.getColumn(5).getInt64();
    if (!query.getColumn(6).isNull())
        event.sent = query.getColumn(6).getInt64();
    event.type = query.getColumn(7).getString();
    event.level = query.getColumn(8).getString();
    event.platform = query.getColumn(9).getString();
    event.title = query.getColumn(10).getString();
    event.culprit = query.getColumn(11).getString();
    event.message = query.getColumn(12).getString();
    event.environment = query.getColumn(13).getString();
    event.release = query.getColumn(14).getString();
    event.userKey = query.getColumn(15).getString();
    event.userAgent = query.getColumn(16).getString();
    event.remote = query.getColumn(17).getString();
    event.size = query.getColumn(18).getInt64();
    SQLite::Statement tags(
        db, "SELECT v.key, v.value FROM json_each(?) j JOIN tag_values v ON v.id = j.value ORDER BY j.key");
    tags.bind(1, query.getColumn(19).getString());
    while (tags.executeStep())
        event.tags.emplace_back(tags.getColumn(0).getString(), tags.getColumn(1).getString());
    if (!event.userKey.empty()) { // not kept twice (EventFacts::tags)
        const std::pair<std::string, std::string> user("user", event.userKey);
        event.tags.insert(std::upper_bound(event.tags.begin(), event.tags.end(), user), user);
    }
    return event;
}

core::Result<std::string> loadPayload(SQLite::Database& db, std::int64_t id)
{
    SQLite::Statement query(db, "SELECT data FROM payloads WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        return core::fail(core::ErrorKind::Storage, u"the payload of event %1 is not there"_s.arg(id));
    const auto blob = query.getColumn(0);
    return unpackPayload(
        {static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())});
}

} // namespace vedette::collector::api
