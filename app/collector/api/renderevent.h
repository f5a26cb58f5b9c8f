// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "app/collector/api/storedevent.h"
#include "models/json/document.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// The full event of contract section 9: the payload as it was sent, read again, with the columns that ingest
/// made. `previous` and `next` are event ids or empty.
[[nodiscard]] std::string renderEvent(const Call& call, const StoredEvent& event,
    const json::Document& payload, const std::string& previous, const std::string& next);

/// The short form of event lists.
void writeShortEvent(json::Writer& out, const StoredEvent& event);

} // namespace vedette::collector::api
