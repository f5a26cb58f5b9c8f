// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/collector/http/message.h"
#include "models/core/clock.h"
#include "models/core/uniquefunction.h"
#include "models/json/document.h"

namespace vedette::collector {
class ChangeFeed;
class Health;
class Store;
} // namespace vedette::collector

namespace vedette::collector::api {

/// What every handler may know beside the request.
struct Context
{
    const core::Clock& clock;
    std::string baseUrl;      ///< http://127.0.0.1:8969, without a slash at the end; set for each request
    std::string organization; ///< slug
    std::string dataFolder;
    std::string version;
    ChangeFeed* feed = nullptr;                           ///< who tells what changes
    Store* store = nullptr;                               ///< for answers that read on while they are sent
    std::function<void(core::UniqueFunction)> later = {}; ///< runs a job on the lane that handlers run on
    const Health* health = nullptr;                       ///< of the store
    bool usualPortTaken = false; ///< another program had 8969 when the collector started
};

/// A request on its way to a handler: the parts of the path that the route names, and the decoded body.
struct Call
{
    const Request& request;
    const Context& context;
    SQLite::Database& db;           ///< for a changing route inside a transaction, else a snapshot
    std::vector<std::string> parts; ///< what stood at the route's {places}, in order
    json::Value body;               ///< of PUT and POST; nothing where there is none
    std::int64_t self = 0;          ///< users.id of whose token it is

    [[nodiscard]] core::TimePoint now() const { return context.clock.now(); }
    [[nodiscard]] std::int64_t nowMs() const { return now().time_since_epoch().count(); }
};

/// Milliseconds since 1970 as the API writes dates.
[[nodiscard]] std::string dateText(std::int64_t ms);

/// `?,?,?` for an IN list of that many values.
[[nodiscard]] std::string placeholders(std::size_t count);

/// A whole decimal number, nothing else.
[[nodiscard]] std::optional<std::int64_t> decimal(std::string_view text);

} // namespace vedette::collector::api
