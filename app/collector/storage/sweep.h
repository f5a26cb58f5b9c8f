// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "app/collector/storage/drop.h"

namespace vedette::collector {

/// One walk through the tags, users, frames and aspects of issues, through the values and keys that those
/// refer to, and through where releases were seen, to drop what only events of long ago needed. Within the
/// open transaction; throws SQLite::Exception.
class Sweep final
{
public:
    /// Tags and users of an issue go that were last seen before `horizon` (ms), but for those that an event
    /// which is still there may carry.
    explicit Sweep(std::int64_t horizon)
        : m_horizon(horizon)
    {}

    /// Goes on; false: it is through. `lookupsGone` is set where values, keys or texts were deleted.
    bool step(SQLite::Database& db, const Deadline& deadline, bool& lookupsGone);
    /// The next step has to run with foreign keys switched off: no index leads from event_users to the
    /// events, and each deletion would look through all of them. That none refers to what goes is known
    /// otherwise.
    [[nodiscard]] bool wantsNoForeignKeys() const { return m_part == Part::EventUsers; }
    /// The next step drops nothing while there are events that are not counted yet: only the counts tell what
    /// they refer to.
    [[nodiscard]] bool wantsAllCounted() const
    {
        return m_part == Part::Texts || m_part == Part::TagValues || m_part == Part::EventUsers;
    }

private:
    enum class Part
    {
        TagCounts,
        UserCounts,
        Texts,
        TagValues,
        EventUsers,
        IssueShapes,
        Frames,
        Aspects,
        ReleaseEnvironments,
        Done
    };

    bool runPart(SQLite::Database& db, const Deadline& deadline, bool& lookupsGone);
    bool dropCounts(SQLite::Database& db, const char* table, const char* other, const Deadline& deadline);
    bool dropShapes(SQLite::Database& db, const Deadline& deadline, bool& gone);
    bool dropReleaseEnvironments(SQLite::Database& db, const Deadline& deadline);
    bool dropTexts(SQLite::Database& db, const Deadline& deadline, bool& gone);
    bool dropLookups(SQLite::Database& db, const char* table, const char* counts, const char* column,
        const Deadline& deadline, bool& gone);

    const std::int64_t m_horizon;
    Part m_part = Part::TagCounts;
    std::int64_t m_first = 0; ///< where it stands: an issue, or an id
    std::int64_t m_second = 0;
};

} // namespace vedette::collector
