// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/collector/http/message.h"
#include "app/collector/ingest/reader.h"
#include "app/collector/storage/forwarding.h"

namespace vedette::collector {

/// Which part of an envelope goes on.
enum class PassOn
{
    Whole,        ///< the body as it came over the wire
    IntactItems,  ///< its end was cut off: others would refuse all of it
    WithoutEvent, ///< which was turned away, its attachments with it
};

/// What of a request is put into its project's queue; `plain` is its body unpacked. Nothing where nothing is
/// left, and where this collector (`instance`) or too many others passed it on before. Its copy of the body
/// counts against `bodies` until it is written.
[[nodiscard]] std::optional<ForwardItem> forwardItem(IngestRoute route, const Request& request,
    std::string_view plain, PassOn part, const std::string& instance,
    const std::shared_ptr<BodyBudget>& bodies);

} // namespace vedette::collector
