// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/collector/http/body.h"
#include "app/collector/ingest/items.h"
#include "models/core/result.h"

namespace vedette::collector {

/// Where packed bytes wait for the commit: within the budget in memory, a large attachment in a file.
struct PackingRoom
{
    std::shared_ptr<BodyBudget> bodies;
    std::size_t spoolAfter = 0;
    std::string spoolDir;
};

/// Packs attachments part by part, with their sizes and sums, and appends them to `items`. Any thread.
/// Errors: Busy (no room in memory), Storage (no room on disk).
[[nodiscard]] core::Result<void> packAttachments(
    std::vector<SentAttachment> attachments, const PackingRoom& room, IncomingItems& items);

} // namespace vedette::collector
