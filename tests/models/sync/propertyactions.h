// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include "models/domain/action.h"

namespace vedette::tests {

/// The words that outboxchild takes for actions.
[[nodiscard]] inline QByteArrayList propertyWords()
{
    return {"resolve", "release", "archive", "forever", "hundred", "reopen", "ongoing", "bob", "core",
        "nobody", "seen", "bookmark", "unbookmark"};
}

[[nodiscard]] inline domain::Action propertyAction(const QByteArray& word)
{
    using Kind = domain::Action::Kind;
    domain::Action action;
    if (word == "release") {
        action.details.inRelease = QStringLiteral("web@1.2");
    } else if (word == "archive" || word == "forever" || word == "hundred") {
        action.kind = Kind::Archive;
        if (word == "forever")
            action.substatus = domain::Substatus::ArchivedForever;
        if (word == "hundred")
            action.details.ignoreCount = 100;
    } else if (word == "reopen" || word == "ongoing") {
        action.kind = Kind::Reopen;
        if (word == "ongoing")
            action.substatus = domain::Substatus::Ongoing;
    } else if (word == "bob" || word == "core") {
        action.kind = Kind::Assign;
        const bool isTeam = word == "core";
        action.assignee.kind = isTeam ? domain::Actor::Kind::Team : domain::Actor::Kind::User;
        action.assignee.id = domain::ActorId(isTeam ? QStringLiteral("team:5") : QStringLiteral("user:2"));
    } else if (word == "nobody") {
        action.kind = Kind::Unassign;
    } else if (word == "seen") {
        action.kind = Kind::MarkSeen;
    } else if (word == "bookmark") {
        action.kind = Kind::Bookmark;
    } else if (word == "unbookmark") {
        action.kind = Kind::Unbookmark;
    }
    return action;
}

} // namespace vedette::tests
