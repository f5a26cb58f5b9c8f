// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/issuestate.h"

namespace vedette::sync {

using domain::Action;
using domain::IssueStatus;

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
    switch (action.kind) {
    case Action::Kind::Resolve:
        return issue.status == IssueStatus::Resolved;
    case Action::Kind::Archive:
        return issue.status == IssueStatus::Archived;
    case Action::Kind::Reopen:
        return issue.status == IssueStatus::Unresolved;
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

std::optional<Action> inverse(const Action& action, const domain::Issue& before)
{
    switch (action.kind) {
    case Action::Kind::Resolve:
    case Action::Kind::Archive:
    case Action::Kind::Reopen:
        switch (before.status) {
        case IssueStatus::Unresolved:
            return Action{Action::Kind::Reopen, {}};
        case IssueStatus::Resolved:
            return Action{Action::Kind::Resolve, {}};
        case IssueStatus::Archived:
            return Action{Action::Kind::Archive, {}};
        case IssueStatus::Other:
            return std::nullopt;
        }
        return std::nullopt;
    case Action::Kind::Assign:
    case Action::Kind::Unassign:
        if (before.assignedTo)
            return Action{Action::Kind::Assign, *before.assignedTo};
        return Action{Action::Kind::Unassign, {}};
    case Action::Kind::Bookmark:
    case Action::Kind::Unbookmark:
        return Action{before.isBookmarked ? Action::Kind::Bookmark : Action::Kind::Unbookmark, {}};
    case Action::Kind::MarkSeen:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace vedette::sync
