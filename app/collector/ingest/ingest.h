// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/collector/http/server.h"
#include "app/collector/ingest/reader.h"
#include "app/collector/ingest/workers.h"
#include "app/collector/storage/store.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// The way of an envelope: unpacked and understood on a worker, committed by the store's lane, answered after
/// the commit. Also answers what browsers ask beforehand (CORS: for ingest only).
class Ingest final
{
public:
    /// `store` and `clock` must outlive it.
    Ingest(Store& store, const core::Clock& clock, HttpLimits limits, std::string spoolDir);

    /// Refusals that need no body, of a path that ingestRoute() knows.
    [[nodiscard]] std::optional<Response> refuse(const Request& head) const;

    /// Takes a request of such a path. `bodies` is the budget for what gets unpacked. Returns at once.
    void handle(IngestRoute route, Request request, std::shared_ptr<BodyBudget> bodies, Completion done);

private:
    class Waiter;

    void work(IngestRoute route, const Request& request, const std::shared_ptr<BodyBudget>& bodies,
        Completion done);
    [[nodiscard]] std::optional<std::int64_t> projectOfKey(const std::string& key);

    Store& m_store;
    const core::Clock& m_clock;
    const HttpLimits m_limits;
    const std::string m_spoolDir;

    std::mutex m_keysMutex;
    std::optional<std::uint64_t> m_keysGeneration; ///< of the store, when m_keys was read
    std::unordered_map<std::string, std::int64_t> m_keys;

    Workers m_workers; // last: finishes its jobs before the rest goes
};

} // namespace vedette::collector
