// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The second half of StatusChange: what it does.

#include <set>

#include "app/collector/api/statuschange.h"
#include "app/collector/api/statusdetails.h"
#include "app/collector/api/subscriptions.h"
#include "app/collector/storage/activity.h"
#include "app/collector/storage/aging.h"
#include "app/collector/storage/forecast.h"

namespace vedette::collector::api {
namespace {

InboxReason reasonFor(const std::string& substatus)
{
    if (substatus == "new")
        return InboxReason::New;
    if (substatus == "regressed")
        return InboxReason::Regression;
    return substatus == "escalating" ? InboxReason::Escalating : InboxReason::Ongoing;
}

} // namespace

std::string StatusChange::substatusFor(const Call& call, const Before& before) const
{
    if (m_status == "resolved")
        return {};
    if (m_status == "ignored" || !m_substatus.empty())
        return m_substatus;
    if (before.status == "unresolved")
        return before.substatus;
    if (before.status == "resolved")
        return "regressed";
    return call.nowMs() - before.firstSeen < std::chrono::milliseconds(newFor).count() ? "new" : "ongoing";
}

bool StatusChange::isSame(
    const Call& call, std::int64_t issue, const Before& before, const std::string& substatus) const
{
    if (before.status != m_status || before.substatus != substatus)
        return false;
    if (m_snooze) // another time, another count: counted from now on
        return m_snooze->escalating && !m_snooze->until && !m_snooze->count && !m_snooze->users;
    const auto resolution = Resolution::of(call.db, issue);
    if (resolution.has_value() != m_resolution.has_value())
        return false;
    return !resolution ||
           (resolution->kind == m_resolution->kind && resolution->release == m_resolution->release &&
               resolution->commit == m_resolution->commit);
}

void StatusChange::apply(const Call& call, std::int64_t issue) const
{
    Before before;
    {
        SQLite::Statement query(call.db, "SELECT status, substatus, first_seen FROM issues WHERE id = ?");
        query.bind(1, issue);
        if (!query.executeStep())
            return;
        before = {
            query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getInt64()};
    }
    const std::string substatus = substatusFor(call, before);
    if (isSame(call, issue, before, substatus))
        return;
    {
        SQLite::Statement update(call.db,
            "UPDATE issues SET status = ?, substatus = ?, status_details = '{}', "
            "status_changed = ? WHERE id = ?");
        update.bind(1, m_status);
        if (!substatus.empty())
            update.bind(2, substatus);
        update.bind(3, call.nowMs());
        update.bind(4, issue);
        update.exec();
    }
    Resolution::remove(call.db, issue);
    Snooze::remove(call.db, issue);
    Forecast::remove(call.db, issue);
    if (m_status == "resolved") {
        takeFromInbox(call.db, issue);
        if (m_resolution)
            m_resolution->save(call.db, issue);
        addResolvedActivity(call, issue);
        subscribe(call, issue, call.self, "status_change");
    } else if (m_status == "ignored") {
        takeFromInbox(call.db, issue);
        if (m_snooze)
            Snooze(*m_snooze).start(call.db, issue);
        if (m_snooze && m_snooze->escalating)
            (void)Forecast::renew(call.db, issue, call.now());
        addArchivedActivity(call, issue);
    } else {
        if (before.status == "unresolved" && substatus == "ongoing")
            takeFromInbox(call.db, issue); // looked at
        else
            putIntoInbox(call.db, issue, reasonFor(substatus), call.nowMs());
        addActivity(call.db, issue, "set_unresolved", call.self, "{}", call.nowMs());
    }
    // Whoever changes an issue has seen it, also in its new state.
    SQLite::Statement seen(
        call.db, "INSERT OR REPLACE INTO issue_seen (issue_id, user_id, seen) VALUES (?, ?, ?)");
    seen.bind(1, issue);
    seen.bind(2, call.self);
    seen.bind(3, call.nowMs());
    seen.exec();
}

void StatusChange::addResolvedActivity(const Call& call, std::int64_t issue) const
{
    std::string_view type = "set_resolved";
    json::Writer data;
    data.beginObject();
    if (m_resolution) {
        switch (m_resolution->kind) {
        case Resolution::Kind::InNextRelease: // the version is not known yet
            type = "set_resolved_in_release";
            data.field("version", "").field("current_release_version", m_version);
            break;
        case Resolution::Kind::InRelease:
            type = "set_resolved_in_release";
            data.field("version", m_version);
            break;
        case Resolution::Kind::InCommit:
            type = "set_resolved_in_commit";
            data.key("commit");
            writeCommit(data, call, m_resolution->commit);
            break;
        }
    }
    data.endObject();
    addActivity(call.db, issue, type, call.self, data.take(), call.nowMs());
}

void StatusChange::addArchivedActivity(const Call& call, std::int64_t issue) const
{
    json::Writer data;
    data.beginObject();
    const Snooze snooze = m_snooze.value_or(Snooze());
    if (snooze.escalating)
        data.field("ignoreUntilEscalating", true);
    if (!snooze.escalating || m_minutes || snooze.count || snooze.users) {
        writeArchiving(data, snooze, snooze.count, snooze.users);
        if (m_minutes)
            data.field("ignoreDuration", *m_minutes);
        else
            data.nullField("ignoreDuration");
    }
    data.endObject();
    addActivity(call.db, issue, "set_ignored", call.self, data.take(), call.nowMs());
}

void StatusChange::writeEcho(
    json::Writer& out, const Call& call, const std::vector<std::int64_t>& issues) const
{
    out.field("status", m_status).key("statusDetails");
    std::set<std::string> substatuses;
    std::string details = "{}";
    for (const std::int64_t issue : issues) {
        SQLite::Statement query(call.db, "SELECT status, substatus, status_details FROM issues WHERE id = ?");
        query.bind(1, issue);
        if (!query.executeStep())
            continue;
        substatuses.insert(query.getColumn(1).getString());
        details = statusDetails(call, issue, query.getColumn(0).getString(), query.getColumn(2).getString());
    }
    // What remains differs from issue to issue only where they were archived before: these were just now.
    out.raw(details);
    if (m_status == "resolved")
        out.nullField("substatus");
    else if (substatuses.size() == 1)
        out.field("substatus", *substatuses.begin());
}

} // namespace vedette::collector::api
