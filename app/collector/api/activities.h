// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// The list of activities, newest first, at most 100, with the beginning as its last (contract section 7).
void writeActivities(json::Writer& out, const Call& call, std::int64_t issue);

/// One of them by its id; null where it is gone.
void writeActivity(json::Writer& out, const Call& call, std::int64_t activity);

} // namespace vedette::collector::api
