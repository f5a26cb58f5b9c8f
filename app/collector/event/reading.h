// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/event/facts.h"
#include "app/collector/event/frame.h"
#include "app/collector/event/notes.h"
#include "models/core/clock.h"
#include "models/json/value.h"

namespace vedette::collector {

/// One exception of the chain, with its part of EventReading::frames.
struct ExceptionReading
{
    json::Value json;
    std::string type, value, module;
    json::Value stacktrace, mechanism;
    std::size_t firstFrame = 0, frameCount = 0;
    bool synthetic = false;
    std::optional<bool> handled;
};

/// Who it happened to. Empty where not told.
struct UserReading
{
    std::string id, email, username, ip, name;

    [[nodiscard]] std::string key() const; ///< `id:7`, `email:...`, `username:...`, `ip:...` or empty
};

/// Name and value of a context that derived tags come from, the payload's own or read from the user agent.
struct NamedContext
{
    std::string alias;
    std::string_view type; ///< browser os runtime device app
    std::string name, version, model, family;
};

/// An event as it is understood: every form that SDKs use brought to one, wrong types left out. What both
/// ingest (extractFacts) and showing (renderEvent) build on. Views into the payload and the ReceiveContext.
struct EventReading
{
    json::Value root;
    json::Value exception, breadcrumbs, contexts, extra, modules, request, user, threads, stacktrace,
        debugMeta, sdk, templateFrame, errors, meta, fingerprint, tags;
    json::Value report; ///< of a security report: csp, hpkp, expectct, expectstaple, nel
    std::string eventId, type, platform, level, logger, transaction, serverName, release, dist, environment;
    std::string message;         ///< formatted, whole
    std::string messageTemplate; ///< before its parameters were put in; empty where there is none
    json::Value messageParams;
    core::TimePoint timestamp, received;
    std::chrono::milliseconds drift{0}; ///< to add to every time that the sender's clock told
    Family family = Family::Other;
    std::vector<ExceptionReading> exceptions;
    std::vector<Frame> frames;      ///< of all exceptions, in their order
    std::vector<Frame> otherFrames; ///< without exceptions: of the only thread, else of the top-level stack
    UserReading person;
    bool isAddressFilledIn = false; ///< person.ip stands for the SDK's `{{auto}}`
    std::string url;                ///< of the request, without query and fragment
    std::string_view userAgent;     ///< of the user's browser
    std::vector<NamedContext> named;
    bool unhandled = false;
};

/// Reads a payload. Times are taken by the contract's section 12: shifted by the sender's clock drift,
/// clamped where they are impossible. Pure but for the id it makes up for an event that has none.
[[nodiscard]] EventReading readEventPayload(
    json::Value payload, const ReceiveContext& context, Notes* notes = nullptr);

} // namespace vedette::collector
