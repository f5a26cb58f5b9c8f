// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/activity.h"
#include "app/collector/storage/aging.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/unmerging.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

/// In order.
std::vector<std::string> ownHashes(
    SQLite::Database& db, std::int64_t issue, const std::vector<std::string>& wanted)
{
    std::vector<std::string> out;
    SQLite::Statement query(db, "SELECT hash FROM issue_hashes WHERE issue_id = ?");
    query.bind(1, issue);
    while (query.executeStep()) {
        std::string hash = query.getColumn(0).getString();
        if (std::find(wanted.begin(), wanted.end(), hash) != wanted.end())
            out.push_back(std::move(hash));
    }
    std::sort(out.begin(), out.end());
    return out;
}

struct Look
{
    bool leads = false;  ///< an event is led by those hashes
    bool leaves = false; ///< another is not
    std::int64_t seen = 0;
    bool isWhole = false; ///< all events were looked at, and of each is known what it is led by
};

/// Whether there is anything to take and anything to leave, as far as the latest events tell. Of a large
/// issue the walk itself finds out the rest.
Look lookAt(SQLite::Database& db, std::int64_t issue, const std::vector<std::string>& hashes, bool isSmall,
    const FactsReader& readFacts)
{
    constexpr std::int64_t most = 4'000;
    Look out;
    out.isWhole = true;
    SQLite::Statement events(
        db, "SELECT id, hash FROM events WHERE issue_id = ? ORDER BY timestamp DESC, id DESC LIMIT ?");
    events.bind(1, issue);
    events.bind(2, most);
    while (!(out.leads && out.leaves) && events.executeStep()) {
        ++out.seen;
        const SQLite::Column column = events.getColumn(1);
        std::string hash(static_cast<const char*>(column.getBlob()), std::size_t(column.getBytes()));
        if (hash.empty() && isSmall)
            hash = findHash(db, events.getColumn(0).getInt64(), issue, issue, readFacts);
        if (hash.empty() && !isSmall) {
            out.isWhole = false;
            continue;
        }
        const bool isMeant = std::binary_search(hashes.begin(), hashes.end(), hash);
        out.leads = out.leads || isMeant;
        out.leaves = out.leaves || !isMeant;
    }
    out.isWhole = out.isWhole && out.seen < most;
    return out;
}

/// A row for the new issue, as the source looks until its events come. They happened between the source's
/// first and last: so far its own first is that last, and its last that first.
std::int64_t makeIssue(SQLite::Database& db, std::int64_t source, core::TimePoint now)
{
    SQLite::Statement project(db, "SELECT project_id FROM issues WHERE id = ?");
    project.bind(1, source);
    project.executeStep();
    const IssueNumber number = nextIssueNumber(db, project.getColumn(0).getInt64());
    project.reset();
    SQLite::Statement insert(db,
        "INSERT INTO issues (id, project_id, short_id, type, title, culprit, level, platform, logger, "
        "metadata, first_seen, last_seen, created, status_changed, substatus) SELECT ?1, project_id, ?2, "
        "type, title, culprit, level, platform, logger, metadata, last_seen, first_seen, ?3, ?3, 'ongoing' "
        "FROM issues WHERE id = ?4");
    insert.bind(1, number.id);
    insert.bind(2, number.shortId);
    insert.bind(3, msOf(now));
    insert.bind(4, source);
    insert.exec();
    return number.id;
}

/// What is new in the source is new in the new issue.
void settleFresh(SQLite::Database& db, std::int64_t fresh, std::int64_t source, core::TimePoint now)
{
    SQLite::Statement query(db, "SELECT 1 FROM issues WHERE id = ? AND first_seen > ?");
    query.bind(1, source);
    query.bind(2, msOf(now - newFor));
    if (query.executeStep())
        settleSubstatus(db, fresh, now);
}

std::string activityData(
    SQLite::Database& db, const std::vector<std::string>& hashes, const char* other, std::int64_t issue)
{
    json::Writer out;
    out.beginObject().key("fingerprints").beginArray();
    for (const std::string& hash : hashes)
        out.string(hexOfBytes(hash));
    out.endArray();
    SQLite::Statement query(db, "SELECT short_id, title FROM issues WHERE id = ?");
    query.bind(1, issue);
    query.executeStep();
    out.key(other).beginObject().field("id", std::to_string(issue));
    out.field("shortId", query.getColumn(0).getString()).field("title", query.getColumn(1).getString());
    out.endObject().endObject();
    return out.take();
}

} // namespace

Unmerged unmergeIssue(SQLite::Database& db, std::int64_t issue, const std::vector<std::string>& hashes,
    std::int64_t user, core::TimePoint now, const FactsReader& readFacts, std::int64_t atOnce)
{
    Unmerged out;
    const std::vector<std::string> own = ownHashes(db, issue, hashes);
    if (own.empty()) {
        out.fault = UnmergeFault::UnknownHashes;
        return out;
    }
    if (isAwaitingEvents(db, issue) || isUnmerging(db, issue)) {
        out.fault = UnmergeFault::StillMoving;
        return out;
    }
    SQLite::Statement query(db, "SELECT count FROM issues WHERE id = ?");
    query.bind(1, issue);
    query.executeStep();
    const std::int64_t count = query.getColumn(0).getInt64();
    query.reset();
    const Look look = lookAt(db, issue, own, count <= movedAtOnce, readFacts);
    if (look.isWhole && !look.leads)
        return out;
    // What was counted of events that are gone stays.
    if (look.isWhole && !look.leaves && count <= look.seen) {
        out.fault = UnmergeFault::NothingLeft;
        return out;
    }
    const std::int64_t fresh = makeIssue(db, issue, now);
    SQLite::Statement move(db, "UPDATE issue_hashes SET issue_id = ?1 WHERE issue_id = ?2 AND hash = ?3 AND "
                               "project_id = (SELECT project_id FROM issues WHERE id = ?2)");
    for (const std::string& hash : own) {
        move.bind(1, fresh);
        move.bind(2, issue);
        move.bind(3, hash.data(), static_cast<int>(hash.size()));
        move.exec();
        move.reset();
    }
    settleFresh(db, fresh, issue, now);
    startUnmerging(db, issue, fresh, own);
    const Deadline deadline = count <= atOnce ? Deadline() : Deadline(std::chrono::seconds(0));
    (void)moveUnmerging(db, fresh, now, readFacts, Counted::All, deadline);
    addActivity(db, issue, "unmerge_source", user, activityData(db, own, "destination", fresh), msOf(now));
    addActivity(db, fresh, "unmerge_destination", user, activityData(db, own, "source", issue), msOf(now));
    out.issue = fresh;
    return out;
}

} // namespace vedette::collector
