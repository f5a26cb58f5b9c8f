// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/admission.h"

#include <utility>
#include <vector>

#include "app/collector/storage/payload.h"
#include "models/json/document.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

std::string_view unwanted(const Filters& filters, const IncomingEvent& event)
{
    if (filters.isEmpty())
        return {};
    const auto payload = unpackPayload(event.payload);
    if (!payload)
        return {};
    const auto document = json::Document::parse(*payload);
    return document ? filters.unwanted(document->root(), event.context) : std::string_view();
}

Response filteredResponse(std::string_view reason)
{
    const std::string text = "event filtered: " + std::string(reason);
    return Response::detail(403, text).header("X-Sentry-Error", text);
}

/// The categories are those of an error limit of Sentry's own.
Response limitedResponse(const RateLimiter::Limited& limited, const char* reason)
{
    const std::string seconds = std::to_string(limited.retryAfter.count());
    const std::string text = "Sentry dropped data due to a quota or internal rate limit being reached.";
    Response response = Response::detail(429, text);
    response.header("Retry-After", seconds);
    response.header("X-Sentry-Rate-Limits",
        seconds + ":default;error;security:" + (limited.byKey ? "key:" : "project:") + reason);
    response.header("X-Sentry-Error", text);
    return response;
}

} // namespace

std::optional<Response> Admission::admit(
    IngestReading& reading, const DoorRules& rules, const std::string& key)
{
    Incoming& incoming = reading.incoming;
    const ProjectRules* project = rules.project(incoming.project);
    if (!project || reading.refusal)
        return std::nullopt;
    if (!project->active) {
        refuse(reading, {core::ErrorKind::Forbidden, 0, u"the project is switched off"_s, {}},
            "project_disabled");
        return std::nullopt;
    }
    if (!incoming.event)
        return std::nullopt;
    std::vector<IncomingEvent> events = std::move(incoming.furtherEvents);
    events.insert(events.begin(), std::move(*incoming.event));
    incoming.event.reset();
    incoming.furtherEvents.clear();
    std::optional<Response> turnedAway;
    for (IncomingEvent& event : events) {
        auto refusal = turnAway(event, *project, rules, key, incoming);
        if (refusal)
            turnedAway = std::move(refusal);
        else if (!incoming.event)
            incoming.event = std::move(event);
        else
            incoming.furtherEvents.push_back(std::move(event));
    }
    if (incoming.event)
        return std::nullopt;
    if (turnedAway && !reading.attachments.empty()) {
        const Outcome why = incoming.outcomes.back();
        const auto lost = static_cast<std::int64_t>(reading.attachments.size());
        incoming.outcomes.push_back({"attachment", why.outcome, why.reason, lost});
        reading.attachments.clear();
    }
    return turnedAway;
}

std::optional<Response> Admission::turnAway(const IncomingEvent& event, const ProjectRules& project,
    const DoorRules& rules, const std::string& key, Incoming& incoming)
{
    if (const std::string_view reason = unwanted(project.filters, event); !reason.empty()) {
        incoming.outcomes.push_back({event.category, "filtered", std::string(reason), 1});
        return filteredResponse(reason);
    }
    const auto known = rules.keys.find(key);
    const auto limited = m_limiter.take(
        incoming.project, project.rate, key, known == rules.keys.end() ? RateLimit() : known->second.rate);
    if (!limited)
        return std::nullopt;
    const char* reason = limited->byKey ? "key_limit" : "project_limit";
    incoming.outcomes.push_back({event.category, "rate_limited", reason, 1});
    return limitedResponse(*limited, reason);
}

} // namespace vedette::collector
