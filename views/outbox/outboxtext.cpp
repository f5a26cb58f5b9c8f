// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/outbox/outboxtext.h"

#include <QCoreApplication>

#include "models/core/text.h"
#include "views/common/errortext.h"
#include "views/common/format.h"

namespace vedette::views {

using domain::Action;
using domain::ActionState;
using domain::IssueStatus;
using domain::Substatus;
using sync::Outbox;

namespace {

struct OutboxText
{
    Q_DECLARE_TR_FUNCTIONS(OutboxText)
};

constexpr int mostNameCharacters = 60;

QString nameOf(const domain::Actor& actor)
{
    return core::singleLine(actor.name.isEmpty() ? actor.id.value() : actor.name, mostNameCharacters);
}

QString resolutionText(const domain::StatusDetails& details)
{
    if (!details.inRelease.isEmpty())
        return OutboxText::tr("Resolve in %1", "%1 is a release")
            .arg(core::singleLine(details.inRelease, mostNameCharacters));
    if (details.inNextRelease || details.inUpcomingRelease)
        return OutboxText::tr("Resolve in the next release");
    if (details.inCommit)
        return OutboxText::tr("Resolve in commit %1").arg(core::singleLine(details.inCommit->id, 12));
    return OutboxText::tr("Resolve");
}

QString archivingText(const Action& action)
{
    switch (domain::applied({}, action).substatus) {
    case Substatus::ArchivedForever:
        return OutboxText::tr("Archive for good");
    case Substatus::ArchivedUntilConditionMet:
        return OutboxText::tr("Archive until a condition is met");
    default:
        return OutboxText::tr("Archive until it escalates");
    }
}

} // namespace

QString actionText(const Action& action)
{
    switch (action.kind) {
    case Action::Kind::Resolve:
        return resolutionText(action.details);
    case Action::Kind::Archive:
        return archivingText(action);
    case Action::Kind::Reopen:
        return OutboxText::tr("Reopen");
    case Action::Kind::Assign:
        return OutboxText::tr("Assign to %1", "%1 is a person or a team").arg(nameOf(action.assignee));
    case Action::Kind::Unassign:
        return OutboxText::tr("Assign to nobody");
    case Action::Kind::MarkSeen:
        return OutboxText::tr("Mark as seen");
    case Action::Kind::Bookmark:
        return OutboxText::tr("Bookmark");
    case Action::Kind::Unbookmark:
        return OutboxText::tr("Remove the bookmark");
    }
    return {};
}

QString entryStateText(const Outbox::Entry& entry, core::TimePoint now)
{
    switch (entry.state) {
    case ActionState::Done:
        return OutboxText::tr("done");
    case ActionState::Failed:
        return OutboxText::tr("refused");
    case ActionState::Conflict:
        return OutboxText::tr("yours to decide");
    case ActionState::Queued:
    case ActionState::Sent:
        break;
    }
    if (entry.isOnTheWire)
        return OutboxText::tr("on its way");
    switch (entry.wait) {
    case Outbox::Wait::Turn:
        return OutboxText::tr("waits for its turn");
    case Outbox::Wait::Time:
        return OutboxText::tr("tried again in %1", "%1 is a duration like 2m")
            .arg(shortAge(now, entry.nextTry));
    case Outbox::Wait::Token:
        return OutboxText::tr("waits for a new token");
    case Outbox::Wait::Person:
        return OutboxText::tr("waits for you");
    }
    return {};
}

QString conflictText(const Action& action, const domain::Conflict& conflict)
{
    const bool isOfAssignee = action.kind == Action::Kind::Assign || action.kind == Action::Kind::Unassign;
    const QString by = conflict.by ? nameOf(*conflict.by) : QString();
    if (!conflict.mergedInto.isEmpty())
        return OutboxText::tr("It was merged into another issue meanwhile.");
    if (isOfAssignee && conflict.assignee) {
        const QString to = nameOf(*conflict.assignee);
        return by.isEmpty() ? OutboxText::tr("Assigned to %1 meanwhile.").arg(to)
                            : OutboxText::tr("Assigned to %1 meanwhile by %2.").arg(to, by);
    }
    if (isOfAssignee) {
        return by.isEmpty() ? OutboxText::tr("Unassigned meanwhile.")
                            : OutboxText::tr("Unassigned meanwhile by %1.").arg(by);
    }
    switch (conflict.status) {
    case IssueStatus::Resolved:
        return by.isEmpty() ? OutboxText::tr("Resolved meanwhile.")
                            : OutboxText::tr("Resolved meanwhile by %1.").arg(by);
    case IssueStatus::Archived:
        return by.isEmpty() ? OutboxText::tr("Archived meanwhile.")
                            : OutboxText::tr("Archived meanwhile by %1.").arg(by);
    case IssueStatus::Unresolved:
        return by.isEmpty() ? OutboxText::tr("Reopened meanwhile.")
                            : OutboxText::tr("Reopened meanwhile by %1.").arg(by);
    case IssueStatus::Other:
        break;
    }
    return OutboxText::tr("Changed meanwhile.");
}

QString entryReasonText(const Outbox::Entry& entry, const QString& server)
{
    if (entry.conflict)
        return conflictText(entry.action, *entry.conflict);
    if (!entry.error)
        return {};
    const bool isByHand = entry.state == ActionState::Failed || entry.wait == Outbox::Wait::Person;
    return errorText(*entry.error, server, isByHand ? Retry::ByHand : Retry::ByItself);
}

} // namespace vedette::views
