// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/issuestate.h"

#include <chrono>

namespace vedette::sync {

using domain::Action;
using domain::IssueStatus;
using domain::StatusDetails;
using domain::Substatus;

namespace {

/// A duration goes in whole minutes, and clocks differ.
constexpr std::chrono::minutes tolerance{3};

bool isReleaseBound(const StatusDetails& details)
{
    return details.inNextRelease || details.inUpcomingRelease || !details.inRelease.isEmpty() ||
           details.inCommit;
}

bool isResolvedAs(const StatusDetails& wanted, const StatusDetails& server)
{
    // Servers answer both with the release itself once they know it (contract section 6).
    if (wanted.inNextRelease || wanted.inUpcomingRelease)
        return server.inNextRelease || server.inUpcomingRelease || !server.inRelease.isEmpty();
    if (!wanted.inRelease.isEmpty()) {
        return wanted.inRelease == QLatin1StringView("latest") ? !server.inRelease.isEmpty()
                                                               : server.inRelease == wanted.inRelease;
    }
    if (wanted.inCommit)
        return server.inCommit && server.inCommit->id == wanted.inCommit->id;
    return !isReleaseBound(server);
}

bool isArchivedAs(const Action& action, const domain::Issue& issue)
{
    // Servers without substatuses know one way of being archived.
    if (issue.substatus == Substatus::None)
        return true;
    if (issue.substatus != domain::applied(issue, action).substatus)
        return false;
    if (issue.substatus != Substatus::ArchivedUntilConditionMet)
        return true;
    const StatusDetails& wanted = action.details;
    const StatusDetails& server = issue.statusDetails;
    if (wanted.ignoreUntil.has_value() != server.ignoreUntil.has_value() ||
        wanted.ignoreCount.has_value() != server.ignoreCount.has_value() ||
        wanted.ignoreUserCount.has_value() != server.ignoreUserCount.has_value())
        return false;
    // Counts are told as what remains of them.
    if (server.ignoreCount.value_or(0) > wanted.ignoreCount.value_or(0) ||
        server.ignoreUserCount.value_or(0) > wanted.ignoreUserCount.value_or(0))
        return false;
    return !wanted.ignoreUntil || std::chrono::abs(*wanted.ignoreUntil - *server.ignoreUntil) <= tolerance;
}

/// What can be asked for again: who did it, and that it was by age, cannot.
StatusDetails wantable(StatusDetails details)
{
    details.actor.reset();
    details.autoResolved = false;
    return details;
}

} // namespace

domain::Issue withState(domain::Issue row, const domain::Issue& server)
{
    row.status = server.status;
    row.substatus = server.substatus;
    row.statusText = server.statusText;
    row.statusDetails = server.statusDetails;
    row.assignedTo = server.assignedTo;
    row.isBookmarked = server.isBookmarked;
    row.hasSeen = server.hasSeen;
    row.priority = server.priority;
    return row;
}

bool isReached(const domain::Issue& issue, const Action& action)
{
    // A server that knows no priorities tells none.
    if (!action.priority.isEmpty() && !issue.priority.isEmpty() && issue.priority != action.priority)
        return false;
    switch (action.kind) {
    case Action::Kind::Resolve:
        return issue.status == IssueStatus::Resolved && isResolvedAs(action.details, issue.statusDetails);
    case Action::Kind::Archive:
        return issue.status == IssueStatus::Archived && isArchivedAs(action, issue);
    case Action::Kind::Reopen:
        return issue.status == IssueStatus::Unresolved &&
               (action.substatus == Substatus::None || issue.substatus == Substatus::None ||
                   issue.substatus == action.substatus);
    case Action::Kind::Assign:
        return issue.assignedTo && issue.assignedTo->id == action.assignee.id;
    case Action::Kind::Unassign:
        return !issue.assignedTo;
    case Action::Kind::MarkSeen:
        return issue.hasSeen;
    case Action::Kind::Bookmark:
        return issue.isBookmarked;
    case Action::Kind::Unbookmark:
        return !issue.isBookmarked;
    }
    return false;
}

bool isTaken(const domain::Issue& issue, const Action& action)
{
    switch (action.kind) {
    case Action::Kind::Resolve:
    case Action::Kind::Archive:
    case Action::Kind::Reopen:
        return issue.status == domain::applied(issue, action).status;
    case Action::Kind::Assign:
    case Action::Kind::Unassign:
        return isReached(issue, action);
    case Action::Kind::MarkSeen:
    case Action::Kind::Bookmark:
    case Action::Kind::Unbookmark:
        return true;
    }
    return false;
}

std::optional<Action> inverse(const Action& action, const domain::Issue& before)
{
    std::optional<Action> back;
    switch (action.kind) {
    case Action::Kind::Resolve:
    case Action::Kind::Archive:
    case Action::Kind::Reopen:
        switch (before.status) {
        case IssueStatus::Unresolved:
            back = Action{Action::Kind::Reopen, {}, {}, before.substatus};
            break;
        case IssueStatus::Resolved:
            back = Action{Action::Kind::Resolve, {}, wantable(before.statusDetails)};
            break;
        case IssueStatus::Archived:
            back = Action{Action::Kind::Archive, {}, wantable(before.statusDetails), before.substatus};
            break;
        case IssueStatus::Other:
            return std::nullopt;
        }
        // What we have no word for cannot be asked for.
        if (back->substatus == Substatus::Other)
            back->substatus = Substatus::None;
        break;
    case Action::Kind::Assign:
    case Action::Kind::Unassign:
        back = before.assignedTo ? Action{Action::Kind::Assign, *before.assignedTo}
                                 : Action{Action::Kind::Unassign, {}};
        break;
    case Action::Kind::Bookmark:
    case Action::Kind::Unbookmark:
        back = Action{before.isBookmarked ? Action::Kind::Bookmark : Action::Kind::Unbookmark, {}};
        break;
    case Action::Kind::MarkSeen:
        return std::nullopt;
    }
    if (!action.priority.isEmpty())
        back->priority = before.priority;
    return back;
}

} // namespace vedette::sync
