// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/facts.h"

#include <algorithm>

#include "app/collector/event/aspects.h"
#include "app/collector/event/grouping.h"
#include "app/collector/event/reading.h"
#include "app/collector/event/tags.h"
#include "app/collector/event/titles.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {

core::Result<EventFacts> extractFacts(json::Value payload, const ReceiveContext& context)
{
    if (!payload.isObject())
        return core::fail(core::ErrorKind::Malformed, u"the event is not a JSON object"_s);
    EventReading event = readEventPayload(payload, context);
    Titles titles = titlesOf(event);
    EventFacts facts;
    facts.tags = tagsOf(event);
    facts.hashes = groupingHashes(event);
    facts.userKey = event.person.key();
    facts.userEmail = event.person.email;
    facts.userName = event.person.username;
    facts.userIp = event.person.ip;
    facts.frames = packedFrames(event);
    facts.aspects = packedAspects(event, titles.location);
    facts.trace = traceOf(event);
    facts.eventId = std::move(event.eventId);
    facts.timestamp = event.timestamp;
    facts.received = event.received;
    facts.type = std::move(event.type);
    facts.level = std::move(event.level);
    facts.platform = std::move(event.platform);
    facts.title = std::move(titles.title);
    facts.culprit = std::move(titles.culprit);
    facts.location = std::move(titles.location);
    facts.message = std::move(titles.searchText);
    facts.metadataJson = std::move(titles.metadataJson);
    facts.logger = std::move(event.logger);
    facts.dist = std::move(event.dist);
    facts.transaction = std::move(event.transaction);
    facts.unhandled = event.unhandled;
    // Old SDKs tell these two as tags only; tagsOf() has put the fields among the tags already.
    const auto tag = [&facts](std::string_view key) {
        const auto found = std::find_if(
            facts.tags.begin(), facts.tags.end(), [&](const auto& each) { return each.first == key; });
        return found != facts.tags.end() ? found->second : std::string();
    };
    facts.release = tag("release");
    facts.environment = tag("environment");
    if (!facts.userKey.empty())
        std::erase_if(facts.tags, [](const auto& each) { return each.first == "user"; });
    return facts;
}

} // namespace vedette::collector
