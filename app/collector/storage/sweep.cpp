// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/sweep.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/textindex.h"

namespace vedette::collector {
namespace {

/// Rows that are looked at between two looks at the clock.
constexpr int sweptAtOnce = 256;

bool isAllCounted(SQLite::Database& db)
{
    return db.execAndGet(
                 "SELECT (SELECT coalesce(max(id), 0) FROM events) <= (SELECT value FROM meta WHERE key "
                 "= 'counted_through')")
               .getInt() != 0;
}

} // namespace

bool Sweep::step(SQLite::Database& db, const Deadline& deadline, bool& lookupsGone)
{
    while (m_part != Part::Done) {
        if (wantsAllCounted() && !isAllCounted(db))
            return true;
        if (runPart(db, deadline, lookupsGone))
            return true;
        m_part = static_cast<Part>(static_cast<int>(m_part) + 1);
        m_first = 0;
        m_second = 0;
        if (wantsNoForeignKeys() || deadline.isOver())
            return m_part != Part::Done;
    }
    return false;
}

bool Sweep::runPart(SQLite::Database& db, const Deadline& deadline, bool& lookupsGone)
{
    switch (m_part) {
    case Part::TagCounts:
        return dropCounts(db, "issue_tags", "tag_id", deadline);
    case Part::UserCounts:
        return dropCounts(db, "issue_users", "user_id", deadline);
    case Part::Texts:
        return dropTexts(db, deadline, lookupsGone);
    case Part::TagValues:
        return dropLookups(db, "tag_values", "issue_tags", "tag_id", deadline, lookupsGone);
    case Part::EventUsers:
        // A stored event keeps its user's row in issue_users (dropCounts()), once it is counted.
        return dropLookups(db, "event_users", "issue_users", "user_id", deadline, lookupsGone);
    case Part::IssueShapes:
        return dropShapes(db, deadline, lookupsGone);
    case Part::Frames:
        return dropLookups(db, "frames", "issue_frames", "frame_id", deadline, lookupsGone);
    case Part::Aspects:
        return dropLookups(db, "aspects", "issue_aspects", "aspect_id", deadline, lookupsGone);
    case Part::ReleaseEnvironments:
        return dropReleaseEnvironments(db, deadline);
    case Part::Done:
        break;
    }
    return false;
}

bool Sweep::dropCounts(SQLite::Database& db, const char* table, const char* other, const Deadline& deadline)
{
    const std::string name(table);
    const std::string key = "(issue_id, " + std::string(other) + ")";
    SQLite::Statement query(db, "SELECT c.issue_id, c." + std::string(other) + ", c.last_seen FROM " + name +
                                    " c WHERE " + key + " > (?, ?) ORDER BY issue_id, " + other + " LIMIT ?");
    SQLite::Statement events(db, "SELECT min(timestamp) FROM events WHERE issue_id = ?");
    SQLite::Statement drop(
        db, "DELETE FROM " + name + " WHERE issue_id = ? AND " + std::string(other) + " = ?");
    struct Count
    {
        std::int64_t issue = 0;
        std::int64_t other = 0;
        std::int64_t seen = 0;
    };
    std::vector<Count> counts;
    do {
        counts.clear();
        query.bind(1, m_first);
        query.bind(2, m_second);
        query.bind(3, sweptAtOnce);
        while (query.executeStep())
            counts.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                query.getColumn(2).getInt64()});
        query.reset();
        for (const Count& count : counts) {
            m_first = count.issue;
            m_second = count.other;
            if (count.seen >= m_horizon)
                continue;
            events.bind(1, count.issue);
            events.executeStep();
            const bool isGone = events.getColumn(0).isNull() || events.getColumn(0).getInt64() > count.seen;
            events.reset();
            if (!isGone)
                continue;
            drop.bind(1, count.issue);
            drop.bind(2, count.other);
            drop.exec();
            drop.reset();
        }
        if (counts.size() < std::size_t(sweptAtOnce))
            return false;
    } while (!deadline.isOver());
    return true;
}

/// Frames and aspects of issues without any event. What is known of their shapes is forgotten with them
/// (`gone`): the next event hangs its own.
bool Sweep::dropShapes(SQLite::Database& db, const Deadline& deadline, bool& gone)
{
    SQLite::Statement query(db, "SELECT id, EXISTS (SELECT 1 FROM events WHERE issue_id = i.id) FROM issues "
                                "i WHERE id > ? ORDER BY id "
                                "LIMIT ?");
    SQLite::Statement frames(db, "DELETE FROM issue_frames WHERE issue_id = ?");
    SQLite::Statement aspects(db, "DELETE FROM issue_aspects WHERE issue_id = ?");
    int found = 0;
    do {
        std::vector<std::int64_t> empty;
        found = 0;
        query.bind(1, m_first);
        query.bind(2, sweptAtOnce);
        while (query.executeStep()) {
            ++found;
            m_first = query.getColumn(0).getInt64();
            if (query.getColumn(1).getInt() == 0)
                empty.push_back(m_first);
        }
        query.reset();
        for (const std::int64_t issue : empty) {
            for (SQLite::Statement* drop : {&frames, &aspects}) {
                drop->bind(1, issue);
                gone = drop->exec() > 0 || gone;
                drop->reset();
            }
        }
        if (found < sweptAtOnce)
            return false;
    } while (!deadline.isOver());
    return true;
}

bool Sweep::dropReleaseEnvironments(SQLite::Database& db, const Deadline& deadline)
{
    SQLite::Statement query(db,
        "SELECT x.release_id, x.environment_id, x.last_seen < ?3 AND x.last_seen < (SELECT "
        "coalesce(min(timestamp), 9223372036854775807) FROM events WHERE project_id = r.project_id) FROM "
        "release_environments x JOIN releases r ON r.id = x.release_id WHERE (x.release_id, "
        "x.environment_id) > (?1, ?2) ORDER BY x.release_id, x.environment_id LIMIT ?4");
    SQLite::Statement drop(
        db, "DELETE FROM release_environments WHERE release_id = ? AND environment_id = ?");
    int found = 0;
    do {
        std::vector<std::pair<std::int64_t, std::int64_t>> gone;
        found = 0;
        query.bind(1, m_first);
        query.bind(2, m_second);
        query.bind(3, m_horizon);
        query.bind(4, sweptAtOnce);
        while (query.executeStep()) {
            ++found;
            m_first = query.getColumn(0).getInt64();
            m_second = query.getColumn(1).getInt64();
            if (query.getColumn(2).getInt() != 0)
                gone.emplace_back(m_first, m_second);
        }
        query.reset();
        for (const auto& [release, environment] : gone) {
            drop.bind(1, release);
            drop.bind(2, environment);
            drop.exec();
            drop.reset();
        }
        if (found < sweptAtOnce)
            return false;
    } while (!deadline.isOver());
    return true;
}

/// Texts whose event is gone: later events of the same shape lean on them, so what is left of the issue is
/// indexed anew. Where that is much, the text stays, as does its shape.
bool Sweep::dropTexts(SQLite::Database& db, const Deadline& deadline, bool& gone)
{
    constexpr std::int64_t mostEvents = 500; ///< of an issue, read within a step
    SQLite::Statement query(db,
        "SELECT id, issue_id FROM texts WHERE id > ? AND id < (SELECT coalesce(min(id), "
        "9223372036854775807) FROM events) ORDER BY id LIMIT 64");
    SQLite::Statement events(db, "SELECT count(*) FROM (SELECT 1 FROM events WHERE issue_id = ? LIMIT " +
                                     std::to_string(mostEvents + 1) + ")");
    SQLite::Statement drop(db,
        "DELETE FROM texts WHERE issue_id = ?1 AND id NOT IN (SELECT id FROM events WHERE issue_id = ?1)");
    for (;;) {
        std::vector<std::pair<std::int64_t, std::int64_t>> texts;
        query.bind(1, m_first);
        while (query.executeStep())
            texts.emplace_back(query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
        query.reset();
        if (texts.empty())
            return false;
        for (const auto& [text, issue] : texts) {
            m_first = text;
            events.bind(1, issue);
            events.executeStep();
            const std::int64_t left = events.getColumn(0).getInt64();
            events.reset();
            if (left > mostEvents)
                continue;
            drop.bind(1, issue);
            gone = drop.exec() > 0 || gone;
            drop.reset();
            if (left > 0)
                indexAgain(db, issue);
            if (deadline.isOver())
                return true;
        }
    }
}

bool Sweep::dropLookups(SQLite::Database& db, const char* table, const char* counts, const char* column,
    const Deadline& deadline, bool& gone)
{
    const std::string name(table);
    SQLite::Statement last(db, "SELECT coalesce(max(id), 0) FROM " + name);
    last.executeStep();
    const std::int64_t end = last.getColumn(0).getInt64();
    last.reset();
    SQLite::Statement drop(db, "DELETE FROM " + name + " WHERE id IN (SELECT l.id FROM " + name +
                                   " l WHERE l.id > ? AND l.id <= ? AND NOT EXISTS (SELECT 1 FROM " + counts +
                                   " WHERE " + column + " = l.id))");
    while (m_first < end) {
        const std::int64_t to = std::min(m_first + sweptAtOnce, end);
        drop.bind(1, m_first);
        drop.bind(2, to);
        gone = drop.exec() > 0 || gone;
        drop.reset();
        m_first = to;
        if (deadline.isOver())
            return m_first < end;
    }
    return false;
}

} // namespace vedette::collector
