// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>

#include "app/collector/api/sql.h"
#include "app/collector/api/window.h"
#include "models/core/clock.h"

namespace vedette::collector::api {

/// What a search needs to know beside its text.
struct SearchScope
{
    core::TimePoint now;
    std::int64_t self = 0; ///< users.id for `me`
    SQLite::Database& db;  ///< releases are compared by their versions, which SQL cannot
    Window window = {};    ///< events outside of it do not count
};

/// One filter of a search as SQL. A filter is about the issue itself (its status, its assignee) or about its
/// events: then an issue is found if any event fits, and negated if any event does not (contract section 11).
struct SearchTerm
{
    Sql issue;                ///< on `issues i`: true for every issue that fits; see `isExact`
    std::optional<Sql> ids;   ///< where `issue` is `i.id IN (ids)`: that select
    std::optional<Sql> event; ///< on `events e`, for filters about events
    std::optional<Sql>
        every;           ///< on `issues i`: all events of the issue fit; nothing where that is not counted
    bool isExact = true; ///< `issue` is true for no other issue, all of its events considered
    bool isWindowed = false; ///< the same within a window that is bounded by its start alone

    /// About the issue itself.
    static SearchTerm ofIssue(Sql condition);
    /// About events, where nothing that is counted helps to find the issues.
    static SearchTerm ofEvent(Sql condition);
    /// Issues that a select of their ids names.
    void setIds(Sql select);

    [[nodiscard]] SearchTerm negated() const;
};

} // namespace vedette::collector::api
