// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/collector/api/context.h"
#include "app/collector/api/sql.h"
#include "app/collector/api/storedevent.h"
#include "app/collector/event/facts.h"
#include "models/core/result.h"
#include "models/json/document.h"

namespace vedette::collector::api {

/// AND conditions of the request on events e: environments, period and query. Errors: Usage.
[[nodiscard]] core::Result<Sql> eventFilter(const Call& call);

/// The first event of `where` (WHERE and what follows it).
[[nodiscard]] std::optional<StoredEvent> oneEvent(const Call& call, const Sql& where);

/// The event that a path names: of `scope` (WHERE on e) by its id, whatever the filter says, or by a keyword
/// of contract section 9 among those that fit the filter:
/// - `latest` and `oldest`, by when they happened;
/// - `recommended`: of the 20 latest the one that says most (helpfulness()), of equals the latest. So it
///   follows what happens now, and an event without a stack or breadcrumbs does not hide its neighbours that
///   have them. The same events give the same answer. (Sentry's own order prefers replays, traces and
///   profiles, which are not kept here.)
[[nodiscard]] std::optional<StoredEvent> namedEvent(
    const Call& call, const Sql& scope, const std::string& which, const Sql& filter);

/// What 404 says of an event that a path names so.
[[nodiscard]] std::string noSuchEvent(const std::string& which);

/// The event's payload, parsed. Errors: Storage, Malformed.
[[nodiscard]] core::Result<json::Document> payloadOf(const Call& call, const StoredEvent& event);

/// How the event arrived.
[[nodiscard]] ReceiveContext arrivalOf(const StoredEvent& event);

} // namespace vedette::collector::api
