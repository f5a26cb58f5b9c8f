// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "app/collector/event/facts.h"
#include "models/json/mend.h"
#include "models/json/writer.h"

namespace vedette::collector {

/// What the store knows of an event beside its payload.
struct RenderContext
{
    std::string issueId;
    std::string projectId;
    std::string previousId; ///< event ids of the neighbours, or empty
    std::string nextId;
    std::int64_t size = 0; ///< bytes as sent
    std::string release;   ///< the release object as JSON; empty: only the version that the payload names
    std::string userReportJson; ///< as the API writes them, or empty
    std::string crashFileJson;
    ReceiveContext received;
    json::Mends mends; ///< of the payload's document: said in the event's errors
};

/// The full event of contract section 9, made from the payload as it was sent. Any thread.
[[nodiscard]] std::string renderFullEvent(json::Value payload, const RenderContext& context);

} // namespace vedette::collector
