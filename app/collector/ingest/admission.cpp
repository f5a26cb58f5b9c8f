// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/admission.h"

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
    if (const std::string_view reason = unwanted(project->filters, *incoming.event); !reason.empty()) {
        incoming.event.reset();
        incoming.outcomes.push_back({"error", "filtered", std::string(reason), 1});
        return filteredResponse(reason);
    }
    const auto known = rules.keys.find(key);
    const auto limited = m_limiter.take(
        incoming.project, project->rate, key, known == rules.keys.end() ? RateLimit() : known->second.rate);
    if (limited) {
        const char* reason = limited->byKey ? "key_limit" : "project_limit";
        incoming.event.reset();
        incoming.outcomes.push_back({"error", "rate_limited", reason, 1});
        return limitedResponse(*limited, reason);
    }
    return std::nullopt;
}

} // namespace vedette::collector
