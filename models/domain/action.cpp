// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/domain/action.h"

namespace vedette::domain {

Issue applied(Issue issue, const Action& action)
{
    const auto setStatus = [&issue](IssueStatus status, Substatus substatus) {
        issue.status = status;
        issue.statusText = issueStatusText(status);
        issue.substatus = substatus;
    };
    switch (action.kind) {
    case Action::Kind::Resolve:
        setStatus(IssueStatus::Resolved, Substatus::None);
        break;
    case Action::Kind::Archive:
        setStatus(IssueStatus::Archived, Substatus::ArchivedUntilEscalating);
        break;
    case Action::Kind::Reopen:
        // The server picks the same (contract section 8): resolved issues come back as regressed.
        setStatus(IssueStatus::Unresolved,
            issue.status == IssueStatus::Resolved ? Substatus::Regressed : Substatus::Ongoing);
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
    return issue;
}

} // namespace vedette::domain
