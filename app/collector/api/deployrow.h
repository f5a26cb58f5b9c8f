// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// That a release was brought to an environment.
struct DeployRow
{
    std::int64_t id = 0;
    std::string environment, name, url;
    std::optional<std::int64_t> started; ///< ms
    std::int64_t finished = 0;           ///< ms
};

/// The deploys of releases (rows of `releases`), the last one first.
[[nodiscard]] std::vector<DeployRow> releaseDeploys(
    SQLite::Database& db, const std::vector<std::int64_t>& releases, std::int64_t limit, std::int64_t offset);
[[nodiscard]] std::int64_t countDeploys(SQLite::Database& db, const std::vector<std::int64_t>& releases);

void writeDeploy(json::Writer& out, const DeployRow& row);

} // namespace vedette::collector::api
