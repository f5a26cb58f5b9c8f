// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "models/domain/ids.h"

namespace vedette::domain {

/// A person or a team that an issue can be assigned to (contract section 5). `id` is what `assignedTo` takes.
struct Actor
{
    enum class Kind
    {
        User,
        Team
    };

    ActorId id;
    Kind kind = Kind::User;
    QString name;
    QString email;
    bool isMe = false;

    friend bool operator==(const Actor&, const Actor&) = default;
};

} // namespace vedette::domain
