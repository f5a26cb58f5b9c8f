// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/collector/event/facts.h"
#include "app/collector/storage/forwarding.h"
#include "app/collector/storage/items.h"
#include "models/core/result.h"

namespace vedette::collector {

/// So many things of a kind came in and this became of them: a row of the table `outcomes`.
struct Outcome
{
    std::string category; ///< error, attachment, session ...
    std::string outcome;  ///< accepted duplicate dropped refused filtered rate_limited client_discard
    std::string reason;
    std::int64_t quantity = 1;
};

/// An event that is understood, packed and ready to be written.
struct IncomingEvent
{
    EventFacts facts;
    ReceiveContext context;
    std::string payload;            ///< packPayload() of the JSON as sent
    std::int64_t size = 0;          ///< of that JSON
    std::string category = "error"; ///< as it is counted in the table `outcomes`
};

/// What one request brought, to be committed as one.
struct Incoming
{
    std::int64_t project = 0; ///< 0 where it could not be told: then there is no event either
    std::optional<IncomingEvent> event;
    std::vector<IncomingEvent> furtherEvents; ///< of a list of browser reports; there is a first one then
    IncomingItems items;                      ///< what came beside and is kept
    std::vector<Outcome> outcomes;            ///< of everything but events and items

    std::optional<ForwardItem> forward;   ///< to pass on, unless the event turns out to be a repeat
    std::vector<ForwardResult> forwarded; ///< what became of some that were passed on
    std::string origin; ///< of the web page that sent it, to be shown; empty: none, or it had a key
};

/// extractFacts(), handed in: the store itself does not know what an event means.
using FactsReader =
    std::function<core::Result<EventFacts>(json::Value payload, const ReceiveContext& context)>;

/// What became of it.
struct Stored
{
    std::int64_t issue = 0;
    bool duplicate = false; ///< the event id was there already: nothing was stored
    bool newIssue = false;
    bool regressed = false; ///< the issue was resolved and is open again
    bool discarded = false; ///< such events are thrown away: nothing was stored
};

/// Whoever waits for the commit. Called once, on a thread of the store's, after the commit or its failure
/// (ErrorKind::Storage). Of what the journal took (Store::Options::journal), all is empty.
class CommitWaiter
{
public:
    virtual ~CommitWaiter() = default;
    virtual void committed(const core::Result<Stored>& result) = 0;
};

} // namespace vedette::collector
