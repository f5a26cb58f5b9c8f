// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

#include "models/core/clock.h"
#include "models/domain/actor.h"

namespace vedette::domain {

/// A commit that an issue is resolved in. Servers answer with an object though they document a text.
struct CommitRef
{
    QString id; ///< the SHA
    QString message;
    QString repository; ///< its name; empty where the server does not tell

    friend bool operator==(const CommitRef&, const CommitRef&) = default;
};

/// What a resolved issue is bound to, or until when an archived one rests (contract section 6,
/// `statusDetails`). In an Action it is what is wanted.
struct StatusDetails
{
    bool inNextRelease = false;
    bool inUpcomingRelease = false;
    QString inRelease; ///< a version; "latest" in an action only, servers answer with the version
    std::optional<CommitRef> inCommit;

    /// Also in an action: how many minutes it asks for is worked out when it is sent, which may be later.
    std::optional<core::TimePoint> ignoreUntil;
    /// So many more events. Without a window servers answer with what remains.
    std::optional<qint64> ignoreCount;
    std::optional<qint64> ignoreWindow;     ///< minutes that ignoreCount refers to
    std::optional<qint64> ignoreUserCount;  ///< so many more people
    std::optional<qint64> ignoreUserWindow; ///< minutes

    bool autoResolved = false;  ///< by its age
    std::optional<Actor> actor; ///< who did it; nothing: not told, or the system

    [[nodiscard]] bool isEmpty() const { return *this == StatusDetails(); }

    friend bool operator==(const StatusDetails&, const StatusDetails&) = default;
};

} // namespace vedette::domain
