// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/flagchange.h"

#include "app/collector/api/changeerrors.h"
#include "app/collector/api/subscriptions.h"
#include "app/collector/storage/activity.h"
#include "app/collector/storage/directory.h"

namespace vedette::collector::api {
namespace {

/// For the person whose token it is: sets the mark, or takes it away.
void mark(const Call& call, std::int64_t issue, const char* on, const char* off, bool wanted)
{
    SQLite::Statement statement(call.db, wanted ? on : off);
    statement.bind(1, issue);
    statement.bind(2, call.self);
    if (wanted)
        statement.bind(3, call.nowMs());
    statement.exec();
}

} // namespace

std::optional<Response> FlagChange::read(const Call& call)
{
    struct Flag
    {
        const char* name;
        std::optional<bool>& to;
    };
    for (const Flag& flag : {Flag{"hasSeen", m_seen}, Flag{"isBookmarked", m_bookmarked},
             Flag{"isSubscribed", m_subscribed}, Flag{"isPublic", m_public}, Flag{"inbox", m_inbox}}) {
        if (auto fault = readFlag(call, flag.name, flag.to))
            return fault;
    }
    if (const json::Value priority = call.body["priority"]; priority.exists() && !priority.isNull()) {
        m_priority = priority.text().value_or("");
        if (m_priority != "low" && m_priority != "medium" && m_priority != "high")
            return fieldError("priority", "\"" + m_priority + "\" is not a valid choice.");
    }
    return {};
}

void FlagChange::apply(const Call& call, std::int64_t issue)
{
    if (m_seen) {
        mark(call, issue, "INSERT OR REPLACE INTO issue_seen (issue_id, user_id, seen) VALUES (?, ?, ?)",
            "DELETE FROM issue_seen WHERE issue_id = ? AND user_id = ?", *m_seen);
    }
    if (m_bookmarked) {
        mark(call, issue,
            "INSERT OR IGNORE INTO issue_bookmarks (issue_id, user_id, created) VALUES (?, ?, ?)",
            "DELETE FROM issue_bookmarks WHERE issue_id = ? AND user_id = ?", *m_bookmarked);
        // A bookmark also follows, and taking it away no longer does, unless the body says otherwise.
        setSubscribed(call, issue, call.self, *m_bookmarked, "bookmark");
    }
    if (m_subscribed)
        setSubscribed(call, issue, call.self, *m_subscribed);
    if (m_public)
        applyShare(call, issue);
    if (m_inbox)
        applyInbox(call, issue);
    if (!m_priority.empty())
        applyPriority(call, issue);
}

void FlagChange::applyShare(const Call& call, std::int64_t issue)
{
    // Repeating it makes a new link, and the old one ends.
    m_shareId = *m_public ? randomHex(16) : std::string();
    SQLite::Statement before(call.db, "SELECT share_id IS NOT NULL FROM issues WHERE id = ?");
    before.bind(1, issue);
    const bool wasPublic = before.executeStep() && before.getColumn(0).getInt() != 0;
    before.reset();
    SQLite::Statement update(call.db, "UPDATE issues SET share_id = ? WHERE id = ?");
    if (*m_public)
        update.bind(1, m_shareId);
    update.bind(2, issue);
    update.exec();
    if (*m_public != wasPublic)
        addActivity(call.db, issue, *m_public ? "set_public" : "set_private", call.self, "{}", call.nowMs());
}

void FlagChange::applyInbox(const Call& call, std::int64_t issue) const
{
    if (*m_inbox) {
        SQLite::Statement query(
            call.db, "SELECT 1 FROM issues WHERE id = ? AND status = 'unresolved' AND inbox_reason IS NULL");
        query.bind(1, issue);
        if (query.executeStep())
            putIntoInbox(call.db, issue, InboxReason::Manual, call.nowMs());
        return;
    }
    // Reviewed: out of the inbox, and unresolved issues of another substatus become ongoing.
    SQLite::Statement update(call.db,
        "UPDATE issues SET substatus = iif(status = 'unresolved', 'ongoing', substatus), inbox_reason = "
        "NULL, "
        "inbox_added = NULL, inbox_details = NULL WHERE id = ? AND (inbox_reason IS NOT NULL OR (status = "
        "'unresolved' AND substatus <> 'ongoing'))");
    update.bind(1, issue);
    if (update.exec() > 0)
        addActivity(call.db, issue, "mark_reviewed", call.self, "{}", call.nowMs());
}

void FlagChange::applyPriority(const Call& call, std::int64_t issue) const
{
    SQLite::Statement before(call.db, "SELECT priority FROM issues WHERE id = ?");
    before.bind(1, issue);
    const bool changes = before.executeStep() && before.getColumn(0).getString() != m_priority;
    before.reset();
    SQLite::Statement update(call.db, "UPDATE issues SET priority = ?, priority_locked = ? WHERE id = ?");
    update.bind(1, m_priority);
    update.bind(2, call.nowMs());
    update.bind(3, issue);
    update.exec();
    if (changes) {
        addActivity(
            call.db, issue, "set_priority", call.self, R"({"priority":")" + m_priority + "\"}", call.nowMs());
    }
}

void FlagChange::writeEcho(json::Writer& out, bool leavesInbox) const
{
    if (m_seen)
        out.field("hasSeen", *m_seen);
    if (m_bookmarked)
        out.field("isBookmarked", *m_bookmarked);
    const std::optional<bool> subscribed = m_subscribed ? m_subscribed : m_bookmarked;
    if (subscribed) {
        out.field("isSubscribed", *subscribed).key("subscriptionDetails");
        if (*subscribed)
            out.beginObject().field("reason", m_subscribed ? "unknown" : "bookmark").endObject();
        else
            out.null();
    }
    if (m_public)
        out.field("isPublic", *m_public).fieldOrNull("shareId", m_shareId);
    if (!m_priority.empty())
        out.field("priority", m_priority);
    if (m_inbox)
        out.field("inbox", *m_inbox);
    else if (leavesInbox)
        out.nullField("inbox");
}

} // namespace vedette::collector::api
