// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// Makes a person follow an issue because of what happened (`bookmark`, `comment`, `assigned`,
/// `status_change`, `mentioned`). Who said no before is left alone.
void subscribe(const Call& call, std::int64_t issue, std::int64_t user, std::string_view reason);

/// As the person says: follows, or does not.
void setSubscribed(const Call& call, std::int64_t issue, std::int64_t user, bool active,
    std::string_view reason = "unknown");

/// `participants`: who follows the issue, oldest first.
void writeParticipants(json::Writer& out, const Call& call, std::int64_t issue);

/// `seenBy`: who saw it and when, newest first.
void writeSeenBy(json::Writer& out, const Call& call, std::int64_t issue);

} // namespace vedette::collector::api
