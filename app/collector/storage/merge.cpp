// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/merge.h"

#include <algorithm>
#include <tuple>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/activity.h"
#include "app/collector/storage/leaving.h"
#include "app/collector/storage/runsql.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

/// The later face of the two.
void takeFace(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    runSql(db,
        "UPDATE issues SET last_event = c.last_event, title = c.title, culprit = c.culprit, level = c.level, "
        "platform = c.platform, logger = c.logger, metadata = c.metadata, message = c.message, unhandled = "
        "c.unhandled, type = c.type FROM issues c WHERE c.id = ?1 AND issues.id = ?2 AND (c.last_seen, "
        "c.last_event) > (issues.last_seen, issues.last_event)",
        child, parent);
}

/// Which release first had it: that of the one that was seen first. The other was no new issue in its own.
void takeFirstRelease(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    runSql(db,
        "UPDATE releases SET new_issues = max(0, new_issues - 1) WHERE id = (SELECT iif(c.first_seen < "
        "p.first_seen, p.first_release, c.first_release) FROM issues c, issues p WHERE c.id = ?1 AND p.id = "
        "?2)",
        child, parent);
    runSql(db,
        "UPDATE issues SET first_release = c.first_release FROM issues c WHERE c.id = ?1 AND issues.id = ?2 "
        "AND c.first_seen < issues.first_seen",
        child, parent);
}

/// What people did, and what keeps an archived parent archived: merged events are no new ones.
void moveTriage(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    for (const char* sql :
        {
            "UPDATE activity SET issue_id = ?2 WHERE issue_id = ?1",
            "UPDATE external_links SET issue_id = ?2 WHERE issue_id = ?1",
            "INSERT INTO issue_seen (issue_id, user_id, seen) SELECT ?2, user_id, seen FROM issue_seen WHERE "
            "issue_id = ?1 ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)",
            "INSERT OR IGNORE INTO issue_bookmarks (issue_id, user_id, created) SELECT ?2, user_id, created "
            "FROM issue_bookmarks WHERE issue_id = ?1",
            "INSERT OR IGNORE INTO issue_subscriptions (issue_id, user_id, active, reason, created) SELECT "
            "?2, "
            "user_id, active, reason, created FROM issue_subscriptions WHERE issue_id = ?1",
            "UPDATE issues SET share_id = coalesce(issues.share_id, c.share_id), comment_count = "
            "issues.comment_count + c.comment_count FROM issues c WHERE c.id = ?1 AND issues.id = ?2",
        })
        runSql(db, sql, child, parent);
}

} // namespace

void mergeInto(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    takeFace(db, child, parent);
    takeFirstRelease(db, child, parent);
    moveTriage(db, child, parent);
    runSql(db,
        "UPDATE issues SET first_seen = min(issues.first_seen, c.first_seen), last_seen = "
        "max(issues.last_seen, c.last_seen), last_release = coalesce(issues.last_release, c.last_release) "
        "FROM issues c WHERE c.id = ?1 AND issues.id = ?2",
        child, parent);
    leaveInto(db, child, parent);
}

Merged mergeIssues(SQLite::Database& db, const std::vector<std::int64_t>& issues, std::int64_t user,
    core::TimePoint now, std::int64_t atOnce)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> order; // most events first, then the oldest
    for (const std::int64_t id : issues) {
        SQLite::Statement query(db, "SELECT count FROM issues WHERE id = ? AND " VEDETTE_IS_SHOWN("issues"));
        query.bind(1, id);
        if (query.executeStep() && !isUnmerging(db, id))
            order.emplace_back(-query.getColumn(0).getInt64(), id);
    }
    std::sort(order.begin(), order.end());
    order.erase(std::unique(order.begin(), order.end()), order.end());
    Merged out;
    if (order.empty())
        return out;
    out.parent = order.front().second;
    json::Writer data;
    data.beginObject().key("issues").beginArray();
    for (auto child = order.begin() + 1; child != order.end(); ++child) {
        out.children.push_back(child->second);
        data.beginObject().field("id", std::to_string(child->second)).endObject();
        mergeInto(db, child->second, out.parent);
    }
    data.endArray().endObject();
    if (out.children.empty())
        return out;
    leaveAtOnce(db, out.children, atOnce, now);
    addActivity(db, out.parent, "merge", user, data.take(), now.time_since_epoch().count());
    return out;
}

} // namespace vedette::collector
