// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/issuestates.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/activity.h"
#include "app/collector/storage/forecast.h"
#include "app/collector/storage/resolution.h"
#include "app/collector/storage/snooze.h"
#include "app/collector/storage/statementuse.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

std::int64_t msOf(core::TimePoint time)
{
    return time.time_since_epoch().count();
}

/// What an archiving leaves behind when it ends.
void endArchiving(SQLite::Database& db, std::int64_t issue)
{
    Snooze::remove(db, issue);
    Forecast::remove(db, issue);
}

} // namespace

IssueWatch watchOf(std::string_view status, std::string_view substatus)
{
    if (status == "resolved")
        return IssueWatch::Resolved;
    if (status == "unresolved")
        return substatus == "new" ? IssueWatch::New : IssueWatch::None;
    return substatus == "archived_until_escalating" || substatus == "archived_until_condition_met"
               ? IssueWatch::Archived
               : IssueWatch::None;
}

void escalate(SQLite::Database& db, std::int64_t issue, const std::string& data, core::TimePoint now,
    const std::string& inboxDetails)
{
    std::string raised;
    {
        SQLite::Statement update(db,
            "UPDATE issues SET status_changed = iif(status = 'unresolved', status_changed, ?2), status = "
            "'unresolved', substatus = 'escalating', status_details = '{}', priority = CASE WHEN "
            "priority_locked IS NOT NULL THEN priority WHEN priority = 'low' THEN 'medium' ELSE 'high' END "
            "WHERE id = ?1");
        SQLite::Statement before(db, "SELECT priority, priority_locked IS NOT NULL FROM issues WHERE id = ?");
        before.bind(1, issue);
        if (before.executeStep() && before.getColumn(1).getInt() == 0) {
            const std::string priority = before.getColumn(0).getString();
            raised = priority == "low" ? "medium" : priority == "medium" ? "high" : "";
        }
        before.reset();
        update.bind(1, issue);
        update.bind(2, msOf(now));
        update.exec();
    }
    putIntoInbox(db, issue, InboxReason::Escalating, msOf(now), inboxDetails);
    addActivity(db, issue, "set_escalating", 0, data, msOf(now));
    if (!raised.empty()) {
        addActivity(db, issue, "set_priority", 0, R"({"priority":")" + raised + R"(","reason":"escalating"})",
            msOf(now));
    }
}

IssueStates::IssueStates(SQLite::Database& db)
    : m_db(db)
    , m_newIssue(db, "SELECT count, first_seen, lower(hex(e.event_id)) FROM issues i LEFT JOIN "
                     "events e ON e.id = i.last_event WHERE i.id = ? AND i.status = 'unresolved' "
                     "AND i.substatus = 'new'")
{}

void IssueStates::forget()
{
    m_reopens.clear();
    m_aging.forget();
    m_nextDue = core::TimePoint(); // a snooze or an age limit may be new
}

void IssueStates::watchArchived()
{
    SQLite::Statement query(m_db, "SELECT issue_id FROM issue_snoozes");
    while (query.executeStep())
        m_seen.archived.emplace(query.getColumn(0).getInt64(), std::string());
}

bool IssueStates::onEvent(IssueWatch watch, const EventSeen& event, core::TimePoint now)
{
    switch (watch) {
    case IssueWatch::None:
        break;
    case IssueWatch::New:
        if (!m_velocity.isStill(event.project, now))
            m_seen.fresh.emplace(event.issue, event.project);
        break;
    case IssueWatch::Archived:
        m_seen.archived[event.issue] = event.eventId;
        break;
    case IssueWatch::Resolved: {
        constexpr std::size_t maxKept = 10'000;
        if (m_reopens.size() > maxKept)
            m_reopens.clear();
        const auto [known, fresh] = m_reopens.emplace(std::pair(event.issue, event.release), false);
        if (fresh)
            known->second = reopens(m_db, event.issue, event.release);
        if (!known->second)
            break;
        regress(event, now);
        return true;
    }
    }
    return false;
}

void IssueStates::regress(const EventSeen& event, core::TimePoint now)
{
    SQLite::Statement update(m_db,
        "UPDATE issues SET status = 'unresolved', substatus = 'regressed', status_details = '{}', "
        "status_changed = ? WHERE id = ? AND status = 'resolved'");
    update.bind(1, msOf(now));
    update.bind(2, event.issue);
    if (update.exec() == 0)
        return;
    Resolution::remove(m_db, event.issue);
    putIntoInbox(m_db, event.issue, InboxReason::Regression, msOf(now));
    json::Writer data;
    data.beginObject().field("event_id", event.eventId).field("version", event.version).endObject();
    addActivity(m_db, event.issue, "set_regression", 0, data.take(), msOf(now));
    // Resolved again, it is decided anew.
    m_reopens.erase(m_reopens.lower_bound({event.issue, 0}), m_reopens.lower_bound({event.issue + 1, 0}));
}

void IssueStates::take()
{
    for (auto& [issue, eventId] : m_seen.archived)
        m_taken.archived[issue] = std::move(eventId);
    m_taken.fresh.merge(m_seen.fresh);
    m_seen = Seen();
}

std::vector<std::int64_t> IssueStates::settle(core::TimePoint now)
{
    std::vector<std::int64_t> changed;
    for (const auto& [issue, eventId] : m_taken.archived) {
        if (settleArchived(issue, eventId, now))
            changed.push_back(issue);
    }
    for (const auto& [issue, project] : m_taken.fresh) {
        if (settleNew(issue, project, now))
            changed.push_back(issue);
    }
    m_nextDue = m_aging.run(m_db, now, changed);
    return changed;
}

void IssueStates::settled()
{
    m_taken = Seen();
}

bool IssueStates::settleArchived(std::int64_t issue, const std::string& eventId, core::TimePoint now)
{
    const auto snooze = Snooze::of(m_db, issue);
    if (!snooze || snooze->isOver(msOf(now)))
        return false; // ended meanwhile, or by time: that is Aging's
    json::Writer data;
    data.beginObject();
    if (!eventId.empty())
        data.field("event_id", eventId);
    std::string details;
    if (snooze->isReached(m_db, issue, msOf(now))) {
        details = snooze->detailsJson();
        data.key("expired_snooze").raw(details);
    } else if (snooze->escalating) {
        const auto forecast = Forecast::of(m_db, issue, now);
        const std::int64_t ceiling = forecast ? forecast->ceilingAt(now) : Forecast::defaultCeiling;
        if (eventsThisHour(m_db, issue, now) <= ceiling) {
            if (!forecast)
                (void)Forecast::renew(m_db, issue, now); // it fell silent for long, or had no events yet
            return false;
        }
        data.field("forecast", ceiling);
    } else {
        return false;
    }
    data.endObject();
    endArchiving(m_db, issue);
    escalate(m_db, issue, data.take(), now, details);
    return true;
}

bool IssueStates::settleNew(std::int64_t issue, std::int64_t project, core::TimePoint now)
{
    const double threshold = m_velocity.threshold(m_db, project, now);
    if (threshold <= 0)
        return false;
    json::Writer data;
    {
        Use query(m_newIssue);
        query->bind(1, issue);
        if (!query->executeStep())
            return false;
        const core::TimePoint firstSeen{std::chrono::milliseconds(query->getColumn(1).getInt64())};
        if (!Velocity::exceeds(query->getColumn(0).getInt64(), firstSeen, now, threshold))
            return false;
        data.beginObject().field("event_id", query->getColumn(2).getString()).endObject();
    }
    escalate(m_db, issue, data.take(), now);
    return true;
}

} // namespace vedette::collector
