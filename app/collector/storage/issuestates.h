// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <SQLiteCpp/Statement.h>

#include "app/collector/storage/aging.h"
#include "app/collector/storage/velocity.h"
#include "models/core/clock.h"

namespace SQLite {
class Database;
}

namespace vedette::collector {

/// Whether a new event may change an issue's state, and how. Known for each issue that is looked up, so that
/// the common case costs one comparison.
enum class IssueWatch : std::uint8_t
{
    None,
    New,      ///< may come faster than new issues do
    Resolved, ///< may come back
    Archived  ///< with a condition that may be met
};

[[nodiscard]] IssueWatch watchOf(std::string_view status, std::string_view substatus);

/// What a new event is to the states.
struct EventSeen
{
    std::int64_t project = 0;
    std::int64_t issue = 0;
    std::int64_t release = 0; ///< 0: it names none
    std::string_view eventId; ///< 32 hex digits
    std::string_view version; ///< of the release
};

/// Changes what new events and time change of issues: resolved ones come back (contract section 13, 15),
/// those archived with a condition reopen when it is met, new ones that come too fast escalate (section 14),
/// old ones resolve themselves. What is a matter of counters is settled when those are written, in the same
/// transaction; every reader waits for that. On the write lane, within the caller's transaction; throws
/// SQLite::Exception.
class IssueStates final
{
public:
    explicit IssueStates(SQLite::Database& db);

    /// An event of an issue that is watched. True if it reopened a resolved one.
    bool onEvent(IssueWatch watch, const EventSeen& event, core::TimePoint now);

    /// The counters of all events seen until now are written next: settle() is about those, also where others
    /// come before it.
    void take();

    /// Counters are up to date: settles what was seen since, and what time brings. Answers the issues that
    /// changed. Call settled() once it is committed. Until then the same comes again.
    std::vector<std::int64_t> settle(core::TimePoint now);
    void settled();

    /// When time alone changes something next; until then settle() is needed only for events. Never later
    /// than it really is.
    [[nodiscard]] core::TimePoint nextDue() const { return m_nextDue; }

    /// Looks at all archived issues with the next settle(): after a crash, events may have been counted
    /// without.
    void watchArchived();
    /// Somebody else wrote to the database.
    void forget();

private:
    void regress(const EventSeen& event, core::TimePoint now);
    bool settleArchived(std::int64_t issue, const std::string& eventId, core::TimePoint now);
    bool settleNew(std::int64_t issue, std::int64_t project, core::TimePoint now);

    SQLite::Database& m_db;
    SQLite::Statement m_newIssue;
    Velocity m_velocity;
    Aging m_aging;
    core::TimePoint m_nextDue;
    struct Seen
    {
        std::unordered_map<std::int64_t, std::string> archived; ///< issue -> its newest event
        std::unordered_map<std::int64_t, std::int64_t> fresh;   ///< issue -> project
    };
    Seen m_seen;                                                     ///< since take()
    Seen m_taken;                                                    ///< before
    std::map<std::pair<std::int64_t, std::int64_t>, bool> m_reopens; ///< by issue and release
};

/// Makes an unresolved issue escalating: substatus, inbox, priority raised unless it is locked, the activity
/// `set_escalating` with `data`. For an archived one this reopens it.
void escalate(SQLite::Database& db, std::int64_t issue, const std::string& data, core::TimePoint now,
    const std::string& inboxDetails = {});

} // namespace vedette::collector
