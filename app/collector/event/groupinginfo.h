// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>

#include "app/collector/event/facts.h"
#include "models/json/value.h"

namespace vedette::collector {

/// Why an event is where it is, as `events/{id}/grouping-info/` answers it: an object of variants by their
/// keys, in the form of Sentry's own web client (contract section 9, [M] there): key, type, description,
/// hash, hashMismatch, component {id, name, contributes, hint, values}, and here `contributes` and `hint` of
/// the variant itself. A hash that `isOfIssue` denies is a mismatch: it was merged elsewhere, or grouping has
/// changed since the event came. Any thread.
[[nodiscard]] std::string groupingInfoJson(json::Value payload, const ReceiveContext& received,
    const std::function<bool(const std::string& hash)>& isOfIssue);

} // namespace vedette::collector
