// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

#include "app/collector/api/context.h"
#include "models/json/writer.h"

namespace vedette::collector::api {

/// A transaction over the last day.
struct Endpoint
{
    std::string project; ///< slug
    std::string name;
    double p50 = 0; ///< milliseconds, right within 2.5 %
    double p95 = 0;
    double perHour = 0; ///< how often, over the hours since it was seen first, at most 24
};

/// The slowest transactions of the last 24 hours by p95, at most 50.
[[nodiscard]] std::vector<Endpoint> slowestEndpoints(SQLite::Database& db, core::TimePoint now);

/// `[{project, name, p50, p95, perHour}]`, the member `transactions` of the collector's status.
void writeEndpoints(json::Writer& out, const std::vector<Endpoint>& endpoints);

} // namespace vedette::collector::api
