// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/door/rules.h"
#include "app/collector/http/server.h"
#include "app/collector/ingest/admission.h"
#include "app/collector/ingest/reader.h"
#include "app/collector/ingest/refusalcounter.h"
#include "app/collector/ingest/workers.h"
#include "app/collector/storage/store.h"
#include "models/core/clock.h"

namespace vedette::collector {

/// The way of an envelope: unpacked and understood on a worker, committed by the store's lane, answered after
/// the commit. Also answers what browsers ask beforehand (CORS: for ingest only).
class Ingest final
{
public:
    /// Whom it tells what was committed; both must be quick.
    struct Observers
    {
        std::function<void()> queued; ///< something is to be passed on; on the write lane
        /// Issues whose events got a report or an attachment later, and that people reported anything,
        /// which the store does not tell; on a worker.
        std::function<void(const Changes&)> changed;
    };

    /// `store`, `rules` and `clock` must outlive it.
    Ingest(Store& store, Rulebook& rules, const core::Clock& clock, HttpLimits limits, std::string spoolDir,
        Observers observers);

    /// Refusals that need no body, of a path that ingestRoute() knows: counted, unless it is a preflight.
    [[nodiscard]] std::optional<Response> refuse(IngestRoute route, const Request& head);
    /// Counts a request that somebody else refused.
    void countRefusal(const Request& head, std::string_view reason);

    /// Takes a request of such a path. `bodies` is the budget for what gets unpacked. Returns at once.
    void handle(IngestRoute route, Request request, std::shared_ptr<BodyBudget> bodies, Completion done);

private:
    class Waiter;

    void work(IngestRoute route, const Request& request, const std::shared_ptr<BodyBudget>& bodies,
        Completion done);
    /// Tells of the issues of these events, and that the project got reports.
    void tellOfItems(std::int64_t project, const std::vector<std::string>& eventIds, bool hasReports);
    void findStreamProject(
        std::string_view envelope, const Request& request, const DoorRules& rules, IngestReading& reading);

    Store& m_store;
    Rulebook& m_rules;
    const core::Clock& m_clock;
    const HttpLimits m_limits;
    const std::string m_spoolDir;
    const Observers m_observers;
    Admission m_admission;
    RefusalCounter m_refusals;

    Workers m_workers; // last: finishes its jobs before the rest goes
};

} // namespace vedette::collector
