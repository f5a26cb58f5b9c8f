// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/domain/event.h"
#include "models/domain/issue.h"
#include "models/store/connection.h"

namespace vedette::store {

/// What searches without the server go by (migration `search`), filled in the transaction that stores a list,
/// a detail or an event. Everything from a server is bounded: 300 tag values, 3,000 aspects and 200 people
/// per issue, texts of 4,000 characters. On the lane; everything throws SQLite::Exception.

/// What an issue's counts refer to.
enum class CountsOf
{
    Window,   ///< a list's window and environments: no less is known
    Lifetime, ///< all events
};

void indexIssue(Connection& connection, const domain::Issue& issue, CountsOf counts);
/// With its tags. Its counts are of all time.
void indexDetail(Connection& connection, const domain::IssueDetail& detail);
void indexEvent(Connection& connection, const domain::Scope& scope, const domain::Event& event);

/// Puts the texts of some issues that wait into the full text index; false when none is left. Searches find
/// them before as well, only not as fast.
[[nodiscard]] bool indexWaitingTexts(Connection& connection, int most);

} // namespace vedette::store
