// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/stream.h"

#include <algorithm>

#include "app/collector/door/senders.h"
#include "app/collector/envelope/envelope.h"
#include "models/json/document.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxOrigin = 200;

/// Items that tell a release, and where.
std::string releaseOf(const EnvelopeItem& item)
{
    const bool isSession = item.type == "session" || item.type == "sessions";
    if (!isSession && item.type != "transaction" && item.type != "feedback" && item.type != "replay_event")
        return {};
    const auto document = json::Document::parse(item.payload);
    if (!document)
        return {};
    const json::Value holder = isSession ? document->root()["attrs"] : document->root();
    return std::string(holder["release"].string().value_or(""));
}

} // namespace

std::string senderOf(std::string_view envelope, const IngestReading& reading)
{
    if (reading.incoming.event && !reading.incoming.event->facts.release.empty())
        return senderOfRelease(reading.incoming.event->facts.release);
    if (const auto header = json::Document::parse(envelope.substr(0, envelope.find('\n')))) {
        const std::string release(header->root()["trace"]["release"].string().value_or(""));
        if (!release.empty())
            return senderOfRelease(release);
    }
    if (const auto parsed = parseEnvelope(envelope)) {
        for (const EnvelopeItem& item : parsed->items) {
            if (const std::string release = releaseOf(item); !release.empty())
                return senderOfRelease(release);
        }
    }
    return commonSender;
}

std::string webOrigin(const Request& request)
{
    const std::string origin(request.header("origin").value_or(""));
    if (origin == "null")
        return origin;
    const std::size_t scheme = origin.find("://");
    if (origin.size() > maxOrigin || scheme == 0 || scheme == std::string::npos ||
        scheme + 3 == origin.size())
        return {};
    const bool plain = std::all_of(origin.begin(), origin.end(), [](char c) {
        constexpr std::string_view marks = ".:/-_[]";
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
    return plain ? origin : std::string();
}

} // namespace vedette::collector
