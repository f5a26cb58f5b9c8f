// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/conflict.h"

#include <QList>

#include "models/sync/issuestate.h"

namespace vedette::sync {

using domain::Action;
using domain::Activity;
using domain::IssueStatus;
using domain::Substatus;

namespace {

bool isOfStatus(Action::Kind kind)
{
    return kind == Action::Kind::Resolve || kind == Action::Kind::Archive || kind == Action::Kind::Reopen;
}

bool isOfAssignee(Action::Kind kind)
{
    return kind == Action::Kind::Assign || kind == Action::Kind::Unassign;
}

/// The entries of an issue's history that speak of what the action changes (contract section 7).
bool speaksOf(const Activity& entry, Action::Kind kind)
{
    const QString& type = entry.type;
    if (isOfAssignee(kind))
        return type == QLatin1StringView("assigned") || type == QLatin1StringView("unassigned");
    return type.startsWith(QLatin1StringView("set_resolved")) || type == QLatin1StringView("set_ignored") ||
           type == QLatin1StringView("set_unresolved") || type == QLatin1StringView("set_regression") ||
           type == QLatin1StringView("set_escalating");
}

/// The entry that such an action leaves.
bool isLeftBy(const Activity& entry, Action::Kind kind)
{
    switch (kind) {
    case Action::Kind::Resolve:
        return entry.type.startsWith(QLatin1StringView("set_resolved"));
    case Action::Kind::Archive:
        return entry.type == QLatin1StringView("set_ignored");
    case Action::Kind::Reopen:
        return entry.type == QLatin1StringView("set_unresolved");
    case Action::Kind::Assign:
        return entry.type == QLatin1StringView("assigned");
    case Action::Kind::Unassign:
        return entry.type == QLatin1StringView("unassigned");
    default:
        return false;
    }
}

/// What was added since, newest first. Nothing where the newest one of then is not known or not listed.
QList<Activity> since(const QList<Activity>& history, const QString& id)
{
    if (id.isEmpty())
        return {};
    QList<Activity> newer;
    for (const Activity& entry : history) {
        if (entry.id == id)
            return newer;
        newer.append(entry);
    }
    return {};
}

bool isBy(const Activity& entry, const std::optional<domain::Actor>& who)
{
    return who && entry.user && entry.user->id == who->id;
}

domain::Conflict conflictOf(const store::OutboxRow& row, const domain::IssueDetail& server)
{
    domain::Conflict conflict{
        server.issue.status, server.issue.substatus, server.issue.assignedTo, {}, {}, {}};
    for (const Activity& entry : server.activity) {
        if (!speaksOf(entry, row.action.kind))
            continue;
        conflict.by = entry.user;
        conflict.at = entry.at;
        return conflict;
    }
    if (isOfStatus(row.action.kind))
        conflict.by = server.issue.statusDetails.actor;
    return conflict;
}

} // namespace

bool isChanged(const store::OutboxRow& row, const domain::Issue& server)
{
    if (!row.known)
        return false;
    const domain::IssueBasis& known = *row.known;
    if (isOfAssignee(row.action.kind)) {
        const auto idOf = [](const std::optional<domain::Actor>& actor) {
            return actor ? actor->id : domain::ActorId();
        };
        return idOf(known.assignee) != idOf(server.assignedTo);
    }
    if (!isOfStatus(row.action.kind))
        return false;
    if (known.status != server.status)
        return true;
    // Whether an unresolved issue is new, ongoing or escalating is the server's affair. How long one rests is
    // a person's.
    return server.status == IssueStatus::Archived && known.substatus != Substatus::None &&
           server.substatus != Substatus::None && known.substatus != server.substatus;
}

Finding found(const store::OutboxRow& row, const domain::IssueDetail& server, bool isUnknown,
    const std::optional<domain::Actor>& me)
{
    using Kind = Finding::Kind;
    // A merged issue answers with the one that it was merged into (contract section 7), and a change would be
    // that one's.
    if (row.known && server.issue.id != row.before.id) {
        domain::Conflict conflict = conflictOf(row, server);
        conflict.mergedInto = server.issue.id;
        return {Kind::Changed, conflict};
    }
    if (isReached(server.issue, row.action))
        return {Kind::Reached};
    if (!row.known)
        return {Kind::AsBefore};
    if (isUnknown) {
        for (const Activity& entry : since(server.activity, row.known->activity)) {
            if (!isLeftBy(entry, row.action.kind))
                continue;
            if (isBy(entry, me))
                return {Kind::Made};
            if (!me || !entry.user) // ours or not: nobody can tell
                return {Kind::Changed, conflictOf(row, server)};
        }
    }
    if (!isChanged(row, server.issue))
        return {Kind::AsBefore};
    const domain::Conflict conflict = conflictOf(row, server);
    // What the same person did elsewhere, maybe with another Vedette, is no news to them.
    if (me && conflict.by && conflict.by->id == me->id)
        return {Kind::AsBefore};
    return {Kind::Changed, conflict};
}

} // namespace vedette::sync
