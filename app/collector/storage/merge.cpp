// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/merge.h"

#include <algorithm>
#include <tuple>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/activity.h"
#include "app/collector/storage/forecast.h"
#include "app/collector/storage/issuecounters.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

void run(SQLite::Database& db, const char* sql, std::int64_t child, std::int64_t parent)
{
    SQLite::Statement statement(db, sql);
    statement.bind(1, child);
    statement.bind(2, parent);
    statement.exec();
}

/// The later face of the two.
void takeFace(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    run(db,
        "UPDATE issues SET last_event = c.last_event, title = c.title, culprit = c.culprit, level = c.level, "
        "platform = c.platform, logger = c.logger, metadata = c.metadata, message = c.message, unhandled = "
        "c.unhandled, type = c.type FROM issues c WHERE c.id = ?1 AND issues.id = ?2 AND (c.last_seen, "
        "c.last_event) > (issues.last_seen, issues.last_event)",
        child, parent);
}

/// Which release first had it: that of the one that was seen first. The other was no new issue in its own.
void takeFirstRelease(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    run(db,
        "UPDATE releases SET new_issues = max(0, new_issues - 1) WHERE id = (SELECT iif(c.first_seen < "
        "p.first_seen, p.first_release, c.first_release) FROM issues c, issues p WHERE c.id = ?1 AND p.id = "
        "?2)",
        child, parent);
    run(db,
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
        run(db, sql, child, parent);
}

void mergeInto(SQLite::Database& db, std::int64_t child, std::int64_t parent)
{
    std::int64_t usersBefore = 0;
    {
        SQLite::Statement users(db, "SELECT user_count FROM issues WHERE id = ?");
        users.bind(1, parent);
        usersBefore = users.executeStep() ? users.getColumn(0).getInt64() : 0;
    }
    takeFace(db, child, parent);
    takeFirstRelease(db, child, parent);
    addCounters(db, child, parent);
    moveTriage(db, child, parent);
    SQLite::Statement base(db,
        "UPDATE issue_snoozes SET base_count = base_count + c.count, base_users = base_users + p.user_count "
        "- ?3 "
        "FROM issues c, issues p WHERE c.id = ?1 AND p.id = ?2 AND issue_snoozes.issue_id = ?2");
    base.bind(1, child);
    base.bind(2, parent);
    base.bind(3, usersBefore);
    base.exec();
    for (const char* sql : {
             "INSERT OR IGNORE INTO issue_frames (issue_id, frame_id) SELECT ?2, frame_id FROM issue_frames "
             "WHERE "
             "issue_id = ?1",
             "INSERT OR IGNORE INTO issue_aspects (issue_id, aspect_id) SELECT ?2, aspect_id FROM "
             "issue_aspects "
             "WHERE issue_id = ?1",
             "UPDATE texts SET issue_id = ?2 WHERE issue_id = ?1", // also those of events that are gone
             "UPDATE events SET issue_id = ?2 WHERE issue_id = ?1",
             "UPDATE issue_hashes SET issue_id = ?2 WHERE issue_id = ?1",
             "UPDATE issue_redirects SET issue_id = ?2 WHERE issue_id = ?1",
             "INSERT INTO issue_redirects (old_id, short_id, issue_id) SELECT id, short_id, ?2 FROM issues "
             "WHERE id = ?1",
         })
        run(db, sql, child, parent);
    SQLite::Statement remove(db, "DELETE FROM issues WHERE id = ?");
    remove.bind(1, child);
    remove.exec();
}

} // namespace

Merged mergeIssues(
    SQLite::Database& db, std::vector<std::int64_t> issues, std::int64_t user, core::TimePoint now)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> order; // most events first, then the oldest
    for (const std::int64_t id : issues) {
        SQLite::Statement query(db, "SELECT count FROM issues WHERE id = ?");
        query.bind(1, id);
        if (query.executeStep())
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
    SQLite::Statement last(db, "UPDATE issues SET last_release = (SELECT release_id FROM events WHERE "
                               "issue_id = ?1 AND release_id IS "
                               "NOT NULL ORDER BY timestamp DESC, id DESC LIMIT 1) WHERE id = ?1");
    last.bind(1, out.parent);
    last.exec();
    SQLite::Statement forecast(db, "SELECT 1 FROM issue_forecasts WHERE issue_id = ?");
    forecast.bind(1, out.parent);
    if (forecast.executeStep())
        (void)Forecast::renew(db, out.parent, now);
    addActivity(db, out.parent, "merge", user, data.take(), now.time_since_epoch().count());
    return out;
}

} // namespace vedette::collector
