// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/activity.h"
#include "app/collector/storage/aging.h"
#include "app/collector/storage/forecast.h"
#include "app/collector/storage/issuecounters.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/shapes.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/storedfacts.h"
#include "app/collector/storage/textindex.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

/// `hash IN (?,?)`, from index `from` on.
std::string hashList(std::size_t count)
{
    std::string out = "hash IN (";
    for (std::size_t i = 0; i < count; ++i)
        out += i == 0 ? "?" : ",?";
    return out + ')';
}

void bindHashes(SQLite::Statement& statement, int from, const std::vector<std::string>& hashes)
{
    for (const std::string& hash : hashes)
        statement.bind(from++, hash.data(), static_cast<int>(hash.size()));
}

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
    return out;
}

/// A row for the new issue; its counters and its face come from its events.
std::int64_t makeIssue(SQLite::Database& db, std::int64_t source, core::TimePoint now)
{
    SQLite::Statement project(db, "SELECT project_id FROM issues WHERE id = ?");
    project.bind(1, source);
    project.executeStep();
    const IssueNumber number = nextIssueNumber(db, project.getColumn(0).getInt64());
    project.reset();
    SQLite::Statement insert(db,
        "INSERT INTO issues (id, project_id, short_id, type, title, culprit, level, platform, logger, "
        "metadata, "
        "first_seen, last_seen, created, status_changed) SELECT ?1, project_id, ?2, type, title, culprit, "
        "level, "
        "platform, logger, metadata, first_seen, last_seen, ?3, ?3 FROM issues WHERE id = ?4");
    insert.bind(1, number.id);
    insert.bind(2, number.shortId);
    insert.bind(3, msOf(now));
    insert.bind(4, source);
    insert.exec();
    return number.id;
}

/// What the new issue is searched by beside tags, from its latest events. The old one keeps what it has: it
/// is found by a little more than its events hold, until it is not.
void hangShapes(SQLite::Database& db, std::int64_t issue, const FactsReader& readFacts)
{
    constexpr int mostEvents = 200; // an issue keeps fewer shapes than that
    ShapeMemory memory;
    ShapeWriter writer(db);
    SQLite::Statement events(
        db, "SELECT id FROM events WHERE issue_id = ? ORDER BY timestamp DESC, id DESC LIMIT ?");
    events.bind(1, issue);
    events.bind(2, mostEvents);
    while (events.executeStep()) {
        if (const auto facts = storedFacts(db, events.getColumn(0).getInt64(), readFacts))
            writer.write(memory.note(issue, *facts));
    }
}

/// New as long as its first event is not a week old.
void settleSubstatus(SQLite::Database& db, std::int64_t issue, core::TimePoint now)
{
    SQLite::Statement update(db, "UPDATE issues SET substatus = iif(first_seen > ?2, 'new', 'ongoing') WHERE "
                                 "id = ?1 RETURNING substatus");
    update.bind(1, issue);
    update.bind(2, msOf(now - newFor));
    bool isNew = false;
    while (update.executeStep())
        isNew = update.getColumn(0).getString() == "new";
    if (isNew)
        putIntoInbox(db, issue, InboxReason::New, msOf(now));
}

/// An archived source: what was taken away did not come since it was archived, unless it did.
void settleSnooze(SQLite::Database& db, std::int64_t source, std::int64_t taken, std::int64_t usersBefore,
    core::TimePoint now)
{
    SQLite::Statement base(db, "UPDATE issue_snoozes SET base_count = max(0, base_count - (SELECT count(*) "
                               "FROM events WHERE issue_id = "
                               "?2 AND received <= issue_snoozes.created)), base_users = max(0, base_users - "
                               "(?3 - (SELECT user_count "
                               "FROM issues WHERE id = ?1))) WHERE issue_id = ?1");
    base.bind(1, source);
    base.bind(2, taken);
    base.bind(3, usersBefore);
    base.exec();
    SQLite::Statement forecast(db, "SELECT 1 FROM issue_forecasts WHERE issue_id = ?");
    forecast.bind(1, source);
    if (forecast.executeStep())
        (void)Forecast::renew(db, source, now);
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
    std::int64_t user, core::TimePoint now, const FactsReader& readFacts)
{
    Unmerged out;
    const std::vector<std::string> own = ownHashes(db, issue, hashes);
    if (own.empty()) {
        out.fault = UnmergeFault::UnknownHashes;
        return out;
    }
    if (isAwaitingEvents(db, issue)) {
        out.fault = UnmergeFault::StillMerging;
        return out;
    }
    fillHashes(db, issue, readFacts);
    std::int64_t led = 0;
    std::int64_t all = 0;
    std::int64_t usersBefore = 0;
    {
        SQLite::Statement count(db, "SELECT (SELECT count(*) FROM events WHERE issue_id = ? AND " +
                                        hashList(own.size()) +
                                        "), i.count, i.user_count FROM issues i WHERE i.id = ?");
        count.bind(1, issue);
        bindHashes(count, 2, own);
        count.bind(static_cast<int>(own.size()) + 2, issue);
        count.executeStep();
        led = count.getColumn(0).getInt64();
        all = count.getColumn(1).getInt64();
        usersBefore = count.getColumn(2).getInt64();
    }
    if (led == 0)
        return out;
    if (led >= all) {
        out.fault = UnmergeFault::NothingLeft;
        return out;
    }
    const std::int64_t fresh = makeIssue(db, issue, now);
    for (const char* table : {"UPDATE events SET issue_id = ? WHERE issue_id = ? AND ",
             "UPDATE issue_hashes SET issue_id = ? WHERE issue_id = ? AND "}) {
        SQLite::Statement move(db, table + hashList(own.size()));
        move.bind(1, fresh);
        move.bind(2, issue);
        bindHashes(move, 3, own);
        move.exec();
    }
    countEvents(db, fresh);
    subtractCounters(db, fresh, issue);
    for (const std::int64_t each : {fresh, issue}) {
        refreshFace(db, each, readFacts);
        refreshReleases(db, each);
        indexAgain(db, each);
    }
    hangShapes(db, fresh, readFacts);
    settleSubstatus(db, fresh, now);
    settleSnooze(db, issue, fresh, usersBefore, now);
    addActivity(db, issue, "unmerge_source", user, activityData(db, own, "destination", fresh), msOf(now));
    addActivity(db, fresh, "unmerge_destination", user, activityData(db, own, "source", issue), msOf(now));
    out.issue = fresh;
    return out;
}

void fillHashes(SQLite::Database& db, std::int64_t issue, const FactsReader& readFacts)
{
    std::vector<std::int64_t> events;
    {
        SQLite::Statement query(db, "SELECT id FROM events WHERE issue_id = ? AND hash IS NULL");
        query.bind(1, issue);
        while (query.executeStep())
            events.push_back(query.getColumn(0).getInt64());
    }
    for (const std::int64_t event : events) {
        const auto facts = storedFacts(db, event, readFacts);
        if (!facts)
            continue;
        for (const std::string& hex : facts->hashes) {
            const std::string hash = bytesOfHex(hex);
            // Grouping may have changed since: what counts is by which hash the issue would know it.
            if (ownHashes(db, issue, {hash}).empty())
                continue;
            SQLite::Statement update(db, "UPDATE events SET hash = ? WHERE id = ?");
            update.bind(1, hash.data(), static_cast<int>(hash.size()));
            update.bind(2, event);
            update.exec();
            break;
        }
    }
}

} // namespace vedette::collector
