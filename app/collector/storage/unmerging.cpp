// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/unmerging.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/event/facts.h"
#include "app/collector/storage/activity.h"
#include "app/collector/storage/aging.h"
#include "app/collector/storage/forecast.h"
#include "app/collector/storage/merge.h"
#include "app/collector/storage/runsql.h"
#include "app/collector/storage/shortid.h"
#include "app/collector/storage/storedfacts.h"
#include "app/collector/storage/unmergemoves.h"

namespace vedette::collector {
namespace {

constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t hashBytes = 16;

/// What a piece looks through and moves: each event that is only looked at takes a microsecond or two, one
/// that is moved some tens, one whose payload is read some hundred.
constexpr int lookedAt = 1'024;
constexpr std::size_t movedAtATime = 64;
constexpr int readAtATime = 24;
constexpr int stayingAtATime = 256;
constexpr std::int64_t passedAtATime = 4'096;
/// An issue keeps fewer shapes than so many events have (shapes.h).
constexpr std::int64_t shapedEvents = 200;

enum class Phase // as stored
{
    Moving = 0,      ///< events go over, the latest first
    Waiting = 1,     ///< for all events to be counted
    Staying = 2,     ///< those that stay are walked through, the latest first
    TellingSeen = 3, ///< users and tags of the source are told when they were seen
    Clearing = 4     ///< what was noted for that is deleted
};

struct Unmerging
{
    std::int64_t fresh = 0;
    std::int64_t source = 0;
    std::set<std::string> hashes; ///< those taken out
    Phase phase = Phase::Moving;
    std::int64_t placeA = latest;
    std::int64_t placeB = latest;
    std::int64_t through = 0;
    std::int64_t moved = 0;
};

std::string bytesOf(const SQLite::Column& column)
{
    return column.getBytes() == 0
               ? std::string()
               : std::string(static_cast<const char*>(column.getBlob()), std::size_t(column.getBytes()));
}

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

std::optional<Unmerging> load(SQLite::Database& db, std::int64_t fresh)
{
    SQLite::Statement query(db, "SELECT source_id, hashes, phase, place_a, place_b, through, moved FROM "
                                "unmerges WHERE issue_id = ?");
    query.bind(1, fresh);
    if (!query.executeStep())
        return {};
    Unmerging out;
    out.fresh = fresh;
    out.source = query.getColumn(0).getInt64();
    const std::string hashes = bytesOf(query.getColumn(1));
    for (std::size_t at = 0; at < hashes.size(); at += hashBytes)
        out.hashes.insert(hashes.substr(at, hashBytes));
    out.phase = static_cast<Phase>(query.getColumn(2).getInt());
    out.placeA = query.getColumn(3).getInt64();
    out.placeB = query.getColumn(4).getInt64();
    out.through = query.getColumn(5).getInt64();
    out.moved = query.getColumn(6).getInt64();
    return out;
}

void save(SQLite::Database& db, const Unmerging& one)
{
    SQLite::Statement update(db, "UPDATE unmerges SET phase = ?, place_a = ?, place_b = ?, through = ?, "
                                 "moved = ? WHERE issue_id = ?");
    update.bind(1, static_cast<int>(one.phase));
    update.bind(2, one.placeA);
    update.bind(3, one.placeB);
    update.bind(4, one.through);
    update.bind(5, one.moved);
    update.bind(6, one.fresh);
    update.exec();
}

void drop(SQLite::Database& db, const Unmerging& one)
{
    runSql(db, "DELETE FROM unmerges WHERE issue_id = ?", one.fresh);
}

bool hasEvents(SQLite::Database& db, std::int64_t issue)
{
    return numberBySql(db, "SELECT EXISTS (SELECT 1 FROM events WHERE issue_id = ?)", issue) != 0;
}

bool isShown(SQLite::Database& db, std::int64_t issue)
{
    return numberBySql(db, "SELECT " VEDETTE_IS_SHOWN("issues") " FROM issues WHERE id = ?", issue) != 0;
}

/// Nothing came over, or nothing is left.
bool isInVain(SQLite::Database& db, const Unmerging& one)
{
    const auto isEmpty = [&db](std::int64_t issue) {
        return numberBySql(db, "SELECT count FROM issues WHERE id = ?", issue) <= 0 && !hasEvents(db, issue);
    };
    return isShown(db, one.source) && isShown(db, one.fresh) && (isEmpty(one.fresh) || isEmpty(one.source));
}

/// True: there may be more.
bool movePiece(SQLite::Database& db, Unmerging& one, const FactsReader& readFacts)
{
    EventRows events;
    int seen = 0;
    {
        SQLite::Statement walk(db,
            "SELECT id, timestamp, hash FROM events WHERE issue_id = ? AND (timestamp, id) < (?, ?) ORDER BY "
            "timestamp DESC, id DESC LIMIT ?");
        walk.bind(1, one.source);
        walk.bind(2, one.placeA);
        walk.bind(3, one.placeB);
        walk.bind(4, lookedAt);
        const bool areRead = one.moved < shapedEvents;
        int read = 0;
        while (events.size() < movedAtATime && read < readAtATime && walk.executeStep()) {
            ++seen;
            one.placeB = walk.getColumn(0).getInt64();
            one.placeA = walk.getColumn(1).getInt64();
            std::string hash = bytesOf(walk.getColumn(2));
            if (hash.empty()) {
                hash = findHash(db, one.placeB, one.source, one.fresh, readFacts);
                ++read;
            }
            if (one.hashes.contains(hash)) {
                events.push_back(one.placeB);
                read += areRead ? 1 : 0;
            }
        }
    }
    if (!events.empty()) {
        moveCounted(db, events, one.source, one.fresh);
        indexEvents(db, events, one.fresh);
        if (one.moved < shapedEvents)
            hangShapes(db, events, one.fresh, readFacts);
        refreshFaces(db, one.source, one.fresh, readFacts);
        one.moved += std::int64_t(events.size());
    }
    return seen > 0;
}

/// True: there may be more.
bool stayPiece(SQLite::Database& db, Unmerging& one)
{
    EventRows events;
    {
        SQLite::Statement walk(db,
            "SELECT id, timestamp FROM events WHERE issue_id = ? AND (timestamp, id) < (?, ?) AND id <= ? "
            "ORDER BY timestamp DESC, id DESC LIMIT ?");
        walk.bind(1, one.source);
        walk.bind(2, one.placeA);
        walk.bind(3, one.placeB);
        walk.bind(4, one.through);
        walk.bind(5, stayingAtATime);
        while (walk.executeStep()) {
            one.placeB = walk.getColumn(0).getInt64();
            one.placeA = walk.getColumn(1).getInt64();
            events.push_back(one.placeB);
        }
    }
    noteSeen(db, events, one.fresh, {});
    indexEvents(db, events, one.source);
    return !events.empty();
}

/// Up to which event the source's counters count. A tally that is half written has counted some issues.
std::int64_t countedThrough(SQLite::Database& db, std::int64_t issue)
{
    return numberBySql(db,
        "SELECT max(d.value, iif(i.value >= ?, t.value, 0)) FROM meta d, meta i, meta t WHERE d.key = "
        "'counted_through' AND i.key = 'counting_issue' AND t.key = 'counting_through'",
        issue);
}

/// Events that came meanwhile: true as long as some of those that are counted are not noted.
bool followPiece(SQLite::Database& db, Unmerging& one)
{
    const std::int64_t end = countedThrough(db, one.source);
    if (one.through >= end)
        return false;
    const std::int64_t to = std::min(end, one.through + passedAtATime);
    EventRows events;
    SQLite::Statement walk(db, "SELECT id FROM events WHERE id > ? AND id <= ? AND +issue_id = ?");
    walk.bind(1, one.through);
    walk.bind(2, to);
    walk.bind(3, one.source);
    while (walk.executeStep())
        events.push_back(walk.getColumn(0).getInt64());
    noteSeen(db, events, one.fresh, {one.placeA, one.placeB});
    one.through = to;
    return true;
}

bool tellPiece(SQLite::Database& db, Unmerging& one)
{
    SeenPlace place{one.placeA, one.placeB};
    const bool more = tellSeen(db, one.source, one.fresh, place);
    one.placeA = place.kind;
    one.placeB = place.what;
    return more;
}

void begin(Unmerging& one, Phase phase)
{
    one.phase = phase;
    const SeenPlace first;
    one.placeA = phase == Phase::TellingSeen ? first.kind : latest;
    one.placeB = phase == Phase::TellingSeen ? first.what : latest;
}

/// As a merge that nobody asked for; history says what was tried.
void undo(SQLite::Database& db, const Unmerging& one, core::TimePoint now)
{
    drop(db, one);
    mergeInto(db, one.fresh, one.source);
    leaveAtOnce(db, {one.fresh}, movedAtOnce, now);
    addActivity(db, one.source, "merge", 0, R"({"issues":[{"id":")" + std::to_string(one.fresh) + R"("}]})",
        msOf(now));
}

void finish(SQLite::Database& db, const Unmerging& one, core::TimePoint now)
{
    SQLite::Statement open(db,
        "SELECT 1 FROM issues f, issues s WHERE f.id = ? AND s.id = ? AND f.status = 'unresolved' AND "
        "f.substatus = 'ongoing' AND f.status_changed = f.created AND s.first_seen <= f.created - ?");
    open.bind(1, one.fresh);
    open.bind(2, one.source);
    open.bind(3, std::int64_t(std::chrono::milliseconds(newFor).count()));
    const bool isOpen = open.executeStep(); // nobody said anything of it, and it was not known to be new
    open.reset();
    if (isOpen)
        settleSubstatus(db, one.fresh, now);
    settleSource(db, one.source, one.fresh);
    if (numberBySql(db, "SELECT EXISTS (SELECT 1 FROM issue_forecasts WHERE issue_id = ?)", one.source) != 0)
        (void)Forecast::renew(db, one.source, now);
}

bool clearPiece(SQLite::Database& db, const Unmerging& one)
{
    SQLite::Statement clear(db, "DELETE FROM unmerge_seen WHERE issue_id = ?1 AND (kind, what) IN (SELECT "
                                "kind, what FROM unmerge_seen WHERE issue_id = ?1 LIMIT 500)");
    clear.bind(1, one.fresh);
    return clear.exec() > 0;
}

/// One piece. False: that was the last one.
bool step(
    SQLite::Database& db, Unmerging& one, core::TimePoint now, const FactsReader& readFacts, Counted counted)
{
    switch (one.phase) {
    case Phase::Moving:
        if (movePiece(db, one, readFacts))
            return true;
        if (isInVain(db, one)) {
            undo(db, one, now);
            return false;
        }
        begin(one, Phase::Waiting);
        return true;
    case Phase::Waiting:
        if (counted == Counted::All) {
            begin(one, Phase::Staying);
            one.through = countedThrough(db, one.source);
        }
        return true;
    case Phase::Staying:
        if (!stayPiece(db, one))
            begin(one, Phase::TellingSeen);
        return true;
    case Phase::TellingSeen:
        // Whatever is told now must hold all that is counted.
        if (!followPiece(db, one) && !tellPiece(db, one)) {
            finish(db, one, now);
            begin(one, Phase::Clearing);
        }
        return true;
    case Phase::Clearing:
        if (clearPiece(db, one))
            return true;
        break;
    }
    drop(db, one);
    return false;
}

} // namespace

void startUnmerging(
    SQLite::Database& db, std::int64_t source, std::int64_t fresh, const std::vector<std::string>& hashes)
{
    std::string all;
    for (const std::string& hash : hashes)
        all += hash;
    SQLite::Statement insert(
        db, "INSERT INTO unmerges (issue_id, source_id, hashes, place_a, place_b) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, fresh);
    insert.bind(2, source);
    insert.bind(3, all.data(), static_cast<int>(all.size()));
    insert.bind(4, latest);
    insert.bind(5, latest);
    insert.exec();
}

bool isUnmerging(SQLite::Database& db, std::int64_t issue)
{
    return numberBySql(
               db, "SELECT EXISTS (SELECT 1 FROM unmerges WHERE ?1 IN (issue_id, source_id))", issue) != 0;
}

bool hasUnmerging(SQLite::Database& db)
{
    return db.execAndGet("SELECT EXISTS (SELECT 1 FROM unmerges) OR EXISTS (SELECT 1 FROM unmerge_seen)")
               .getInt() != 0;
}

bool wantsAllCounted(SQLite::Database& db)
{
    return numberBySql(db, "SELECT EXISTS (SELECT 1 FROM unmerges WHERE phase = ?)",
               static_cast<std::int64_t>(Phase::Waiting)) != 0;
}

bool moveUnmerging(SQLite::Database& db, std::int64_t fresh, core::TimePoint now,
    const FactsReader& readFacts, Counted counted, const Deadline& deadline)
{
    auto one = load(db, fresh);
    while (one) {
        if (!step(db, *one, now, readFacts, counted))
            return false;
        if (deadline.isOver() || (one->phase == Phase::Waiting && counted != Counted::All))
            break;
    }
    if (one)
        save(db, *one);
    return one.has_value();
}

bool moveUnmergings(SQLite::Database& db, core::TimePoint now, const FactsReader& readFacts, Counted counted,
    const Deadline& deadline)
{
    for (;;) {
        const std::int64_t fresh =
            numberBySql(db, "SELECT issue_id FROM unmerges WHERE issue_id > ? ORDER BY issue_id LIMIT 1", 0);
        if (fresh == 0)
            break;
        if (moveUnmerging(db, fresh, now, readFacts, counted, deadline))
            return true;
        if (deadline.isOver())
            return hasUnmerging(db);
    }
    // Of issues that went with their project.
    SQLite::Statement clear(db, "DELETE FROM unmerge_seen WHERE (issue_id, kind, what) IN (SELECT issue_id, "
                                "kind, what FROM unmerge_seen LIMIT 500)");
    while (clear.exec() > 0) {
        clear.reset();
        if (deadline.isOver())
            return hasUnmerging(db);
    }
    return false;
}

std::string findHash(SQLite::Database& db, std::int64_t event, std::int64_t issue, std::int64_t other,
    const FactsReader& readFacts)
{
    const auto facts = storedFacts(db, event, readFacts);
    if (!facts)
        return {};
    SQLite::Statement known(db, "SELECT 1 FROM issue_hashes WHERE hash = ? AND issue_id IN (?, ?)");
    for (const std::string& hex : facts->hashes) {
        std::string hash = bytesOfHex(hex);
        // Grouping may have changed since: what counts is by which hash the issue would know it.
        known.bind(1, hash.data(), static_cast<int>(hash.size()));
        known.bind(2, issue);
        known.bind(3, other);
        const bool isKnown = known.executeStep();
        known.reset();
        if (!isKnown)
            continue;
        SQLite::Statement update(db, "UPDATE events SET hash = ? WHERE id = ?");
        update.bind(1, hash.data(), static_cast<int>(hash.size()));
        update.bind(2, event);
        update.exec();
        return hash;
    }
    return {};
}

void settleSubstatus(SQLite::Database& db, std::int64_t issue, core::TimePoint now)
{
    SQLite::Statement update(db, "UPDATE issues SET substatus = 'new' WHERE id = ? AND first_seen > ?");
    update.bind(1, issue);
    update.bind(2, msOf(now - newFor));
    if (update.exec() > 0)
        putIntoInbox(db, issue, InboxReason::New, msOf(now));
}

} // namespace vedette::collector
