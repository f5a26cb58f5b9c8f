// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/admission.h"

#include <algorithm>
#include <iterator>

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

/// Attachments that go with their event.
void dropAttachments(IngestReading& reading, const Outcome& why)
{
    const bool filtered = why.outcome == "filtered";
    const auto goes = [filtered](const SentAttachment& attachment) {
        return filtered || attachment.about.type == "event.minidump" ||
               attachment.about.type == "event.applecrashreport";
    };
    auto& all = reading.attachments;
    const auto rest = std::remove_if(all.begin(), all.end(), goes);
    if (const auto gone = std::distance(rest, all.end()); gone > 0)
        reading.incoming.outcomes.push_back({"attachment", why.outcome, why.reason, gone});
    all.erase(rest, all.end());
}

} // namespace

std::optional<Admission::Refused> Admission::check(const IncomingEvent& event, std::int64_t projectId,
    const ProjectRules& project, const std::string& key, const RateLimit& keyRate)
{
    if (const std::string_view reason = unwanted(project.filters, event); !reason.empty())
        return Refused{{event.category, "filtered", std::string(reason), 1}, filteredResponse(reason)};
    if (const auto limited = m_limiter.take(projectId, project.rate, key, keyRate)) {
        const char* reason = limited->byKey ? "key_limit" : "project_limit";
        return Refused{{event.category, "rate_limited", reason, 1}, limitedResponse(*limited, reason)};
    }
    return std::nullopt;
}

Admission::Verdict Admission::admit(IngestReading& reading, const DoorRules& rules, const std::string& key)
{
    Incoming& incoming = reading.incoming;
    const ProjectRules* project = rules.project(incoming.project);
    if (!project || reading.refusal)
        return {};
    if (!project->active) {
        refuse(reading, {core::ErrorKind::Forbidden, 0, u"the project is switched off"_s, {}},
            "project_disabled");
        return {};
    }
    if (!incoming.event)
        return {};
    const auto known = rules.keys.find(key);
    const RateLimit keyRate = known == rules.keys.end() ? RateLimit() : known->second.rate;
    Verdict verdict;
    std::vector<IncomingEvent> events = std::move(incoming.furtherEvents);
    events.insert(events.begin(), std::move(*incoming.event));
    incoming.event.reset();
    incoming.furtherEvents.clear();
    for (IncomingEvent& event : events) {
        if (auto refused = check(event, incoming.project, *project, key, keyRate)) {
            dropAttachments(reading, refused->outcome);
            incoming.outcomes.push_back(std::move(refused->outcome));
            verdict.turnedAway = true;
            verdict.response = std::move(refused->response);
        } else if (incoming.event) {
            incoming.furtherEvents.push_back(std::move(event));
        } else {
            incoming.event = std::move(event);
        }
    }
    if (incoming.event)
        verdict.response.reset();
    return verdict;
}

} // namespace vedette::collector
