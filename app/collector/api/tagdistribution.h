// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// `[{key, name, totalValues, uniqueValues}]`: the keys of an issue without their values.
void writeTagKeys(json::Writer& out, const Call& call, std::int64_t issue);

/// One list with the most frequent values of each key; all keys where `keys` is empty.
void writeTagDistributions(json::Writer& out, const Call& call, std::int64_t issue,
    const std::vector<std::string>& keys, std::int64_t limit);

/// One key. False (and nothing written) where the issue has no such tag.
[[nodiscard]] bool writeTagDistribution(
    json::Writer& out, const Call& call, std::int64_t issue, const std::string& key, std::int64_t limit);

/// The name of a tag as people read it: `server_name` is "Server Name".
[[nodiscard]] std::string tagName(const std::string& key);

} // namespace vedette::collector::api
