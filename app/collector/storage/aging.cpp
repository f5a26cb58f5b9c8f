// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/aging.h"

#include <algorithm>
#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/activity.h"
#include "app/collector/storage/forecast.h"
#include "app/collector/storage/snooze.h"

namespace vedette::collector {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t hourMs = 3'600'000;
/// Between two walks over the issues of projects with a resolve_age, and over the archived ones.
constexpr std::chrono::minutes agesPeriod = 1min;
constexpr std::chrono::minutes forecastsPeriod = 60min;
/// So many issues at most at one go: the write lane has events waiting.
constexpr int atOnce = 1000;

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

std::vector<std::int64_t> idsOf(SQLite::Statement& query)
{
    std::vector<std::int64_t> out;
    while (query.executeStep())
        out.push_back(query.getColumn(0).getInt64());
    return out;
}

void noteDue(core::TimePoint& next, const SQLite::Column& when, std::chrono::milliseconds later)
{
    if (!when.isNull())
        next = std::min(next, core::TimePoint(std::chrono::milliseconds(when.getInt64())) + later);
}

void settleNewIssues(SQLite::Database& db, core::TimePoint now, std::vector<std::int64_t>& changed)
{
    // Whoever did not look at them in a week need not be asked to any more.
    SQLite::Statement update(db,
        "UPDATE issues SET substatus = 'ongoing', inbox_reason = NULL, inbox_added = NULL, inbox_details = "
        "NULL "
        "WHERE substatus = 'new' AND first_seen <= ? AND status = 'unresolved' RETURNING id");
    update.bind(1, msOf(now - newFor));
    for (const std::int64_t issue : idsOf(update)) {
        addActivity(db, issue, "auto_set_ongoing", 0, R"({"after_days":7})", msOf(now));
        changed.push_back(issue);
    }
}

/// Archivings for a time.
void endSnoozes(SQLite::Database& db, core::TimePoint now, std::vector<std::int64_t>& changed)
{
    SQLite::Statement over(db, "SELECT issue_id FROM issue_snoozes WHERE until <= ?");
    over.bind(1, msOf(now));
    for (const std::int64_t issue : idsOf(over)) {
        const auto snooze = Snooze::of(db, issue);
        SQLite::Statement update(db,
            "UPDATE issues SET status = 'unresolved', substatus = 'ongoing', "
            "status_details = '{}', status_changed = ? WHERE id = ? AND status = 'ignored'");
        update.bind(1, msOf(now));
        update.bind(2, issue);
        if (update.exec() > 0 && snooze) {
            putIntoInbox(db, issue, InboxReason::Ongoing, msOf(now), snooze->detailsJson());
            addActivity(db, issue, "set_unresolved", 0, "{}", msOf(now));
            changed.push_back(issue);
        }
        Snooze::remove(db, issue);
        Forecast::remove(db, issue);
    }
}

void renewForecasts(SQLite::Database& db, core::TimePoint now)
{
    SQLite::Statement old(db,
        "SELECT f.issue_id FROM issue_forecasts f JOIN issue_snoozes s ON s.issue_id = f.issue_id "
        "JOIN issues i ON i.id = f.issue_id WHERE f.computed <= ?1 AND s.escalating AND i.last_seen > ?1 "
        "LIMIT ?2");
    old.bind(1, msOf(now - forecastPeriod));
    old.bind(2, atOnce);
    for (const std::int64_t issue : idsOf(old))
        (void)Forecast::renew(db, issue, now);
}

/// False where there are more.
bool resolveByAge(SQLite::Database& db, core::TimePoint now, std::vector<std::int64_t>& changed)
{
    bool all = true;
    SQLite::Statement projects(db, "SELECT id, resolve_age FROM projects WHERE resolve_age > 0");
    while (projects.executeStep()) {
        const std::int64_t age = projects.getColumn(1).getInt64();
        SQLite::Statement aged(db, "SELECT id FROM issues WHERE project_id = ? AND last_seen <= ? AND status "
                                   "= 'unresolved' LIMIT ?");
        aged.bind(1, projects.getColumn(0).getInt64());
        aged.bind(2, msOf(now) - age * hourMs);
        aged.bind(3, atOnce);
        const std::vector<std::int64_t> issues = idsOf(aged);
        all = all && issues.size() < atOnce;
        for (const std::int64_t issue : issues) {
            SQLite::Statement update(db,
                "UPDATE issues SET status = 'resolved', substatus = NULL, status_changed = ?, "
                R"(status_details = '{"autoResolved":true}' WHERE id = ?)");
            update.bind(1, msOf(now));
            update.bind(2, issue);
            update.exec();
            takeFromInbox(db, issue);
            addActivity(
                db, issue, "set_resolved_by_age", 0, "{\"age\":" + std::to_string(age) + "}", msOf(now));
            changed.push_back(issue);
        }
    }
    return all;
}

} // namespace

core::TimePoint Aging::run(SQLite::Database& db, core::TimePoint now, std::vector<std::int64_t>& changed)
{
    core::TimePoint next = now + newFor;
    settleNewIssues(db, now, changed);
    endSnoozes(db, now, changed);
    noteDue(next, db.execAndGet("SELECT min(until) FROM issue_snoozes WHERE until IS NOT NULL"), 0ms);
    noteDue(next,
        db.execAndGet("SELECT min(first_seen) FROM issues WHERE substatus = 'new' AND status = 'unresolved'"),
        newFor);
    if (db.execAndGet("SELECT EXISTS (SELECT 1 FROM issue_forecasts)").getInt() != 0) {
        if (now >= m_nextForecasts) {
            renewForecasts(db, now);
            m_nextForecasts = now + forecastsPeriod;
        }
        next = std::min(next, m_nextForecasts);
    }
    if (db.execAndGet("SELECT EXISTS (SELECT 1 FROM projects WHERE resolve_age > 0)").getInt() != 0) {
        if (now >= m_nextAges) {
            const bool all = resolveByAge(db, now, changed);
            m_nextAges = all ? now + agesPeriod : now;
        }
        next = std::min(next, m_nextAges);
    }
    return next;
}

} // namespace vedette::collector
