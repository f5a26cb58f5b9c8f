// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

#include "models/core/clock.h"
#include "models/domain/account.h"
#include "models/domain/ids.h"
#include "models/domain/issue.h"
#include "models/domain/statusdetails.h"

namespace vedette::domain {

/// What a person does to issues. One action may concern many issues; the outbox keeps it as a
/// row per issue, so that each is sent, fails and is undone by itself.
struct Action
{
    enum class Kind
    {
        Resolve,
        Archive,
        Reopen,
        Assign,
        Unassign,
        MarkSeen,
        Bookmark,
        Unbookmark
    };

    Kind kind = Kind::Resolve;
    Actor assignee; ///< for Assign
    /// For Resolve and Archive: what the resolution is bound to, until when it rests.
    StatusDetails details = {};
    /// For Archive and Reopen; None: until escalating or until its conditions are met, respectively the
    /// server's choice.
    Substatus substatus = Substatus::None;
    QString priority = {}; ///< low, medium, high; empty: stays as it is

    friend bool operator==(const Action&, const Action&) = default;
};

/// Where an action stands on its way to the server.
enum class ActionState
{
    Queued, ///< on disk, waiting for its turn or for the server
    Sent,   ///< on the wire: the outcome is not known yet
    Done,
    Failed,   ///< refused for good; rolled back, shown
    Conflict, ///< somebody else changed the same meanwhile; rolled back, a person decides
};

/// What of an issue an action refers to, as it was known at a moment.
struct IssueBasis
{
    IssueStatus status = IssueStatus::Unresolved;
    Substatus substatus = Substatus::None;
    StatusDetails details;
    std::optional<Actor> assignee;
    QString priority;
    QString activity; ///< id of the newest entry of its history; empty: not known

    friend bool operator==(const IssueBasis&, const IssueBasis&) = default;
};
[[nodiscard]] IssueBasis basisOf(const Issue& issue, const QString& activity = {});

/// What an action met in place of what it was based on.
struct Conflict
{
    IssueStatus status = IssueStatus::Unresolved;
    Substatus substatus = Substatus::None;
    std::optional<Actor> assignee;
    std::optional<Actor> by; ///< who changed it; nothing: the server itself, or not told
    std::optional<core::TimePoint> at;
    /// The issue was merged into this one: a change would be that one's.
    IssueId mergedInto;

    friend bool operator==(const Conflict&, const Conflict&) = default;
};

/// The row as it should look once the action has been carried out: what the list shows at once.
[[nodiscard]] Issue applied(Issue issue, const Action& action);

} // namespace vedette::domain

Q_DECLARE_METATYPE(vedette::domain::Action)
