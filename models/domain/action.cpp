// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/domain/action.h"

namespace vedette::domain {
namespace {

Substatus archivedAs(const Action& action)
{
    if (action.substatus != Substatus::None)
        return action.substatus;
    const StatusDetails& details = action.details;
    const bool hasCondition = details.ignoreUntil || details.ignoreCount || details.ignoreUserCount;
    return hasCondition ? Substatus::ArchivedUntilConditionMet : Substatus::ArchivedUntilEscalating;
}

/// The server picks the same (contract section 8): resolved issues come back as regressed.
Substatus reopenedAs(const Action& action, IssueStatus former)
{
    if (action.substatus != Substatus::None)
        return action.substatus;
    return former == IssueStatus::Resolved ? Substatus::Regressed : Substatus::Ongoing;
}

} // namespace

IssueBasis basisOf(const Issue& issue, const QString& activity)
{
    return {issue.status, issue.substatus, issue.statusDetails, issue.assignedTo, issue.priority, activity};
}

Issue applied(Issue issue, const Action& action)
{
    const auto setStatus = [&issue](IssueStatus status, Substatus substatus, const StatusDetails& details) {
        issue.status = status;
        issue.statusText = issueStatusText(status);
        issue.substatus = substatus;
        issue.statusDetails = details;
    };
    switch (action.kind) {
    case Action::Kind::Resolve:
        setStatus(IssueStatus::Resolved, Substatus::None, action.details);
        break;
    case Action::Kind::Archive:
        setStatus(IssueStatus::Archived, archivedAs(action), action.details);
        break;
    case Action::Kind::Reopen:
        setStatus(IssueStatus::Unresolved, reopenedAs(action, issue.status), {});
        break;
    case Action::Kind::Assign:
        issue.assignedTo = action.assignee;
        break;
    case Action::Kind::Unassign:
        issue.assignedTo.reset();
        break;
    case Action::Kind::MarkSeen:
        issue.hasSeen = true;
        break;
    case Action::Kind::Bookmark:
        issue.isBookmarked = true;
        break;
    case Action::Kind::Unbookmark:
        issue.isBookmarked = false;
        break;
    }
    if (!action.priority.isEmpty())
        issue.priority = action.priority;
    return issue;
}

} // namespace vedette::domain
