// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// The members `firstRelease` and `lastRelease` of an issue: null where no event named one.
void writeFirstLastRelease(json::Writer& out, const Call& call, std::int64_t issue);

} // namespace vedette::collector::api
