// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/facts.h"

#include <QUuid>

#include <algorithm>

#include "app/collector/event/grouping.h"
#include "app/collector/event/headline.h"
#include "app/collector/event/payload.h"
#include "app/collector/event/problems.h"
#include "app/collector/event/tags.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

/// 32 lower-case hex digits of an id with or without dashes; empty for anything else, and for the nil id.
std::string eventIdOf(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '-')
            continue;
        const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
        if (!((lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f')))
            return {};
        out += lower;
    }
    return out.size() == 32 && out.find_first_not_of('0') != std::string::npos ? out : std::string();
}

} // namespace

core::TimePoint eventTime(json::Value payload, const ReceiveContext& context)
{
    constexpr std::chrono::minutes tolerated(1);
    constexpr std::chrono::hours oldest(24 * 30);
    auto time = timeOf(checked(payload, "timestamp"));
    if (!time)
        return context.received;
    if (context.sentAt) {
        const auto drift = context.received - *context.sentAt;
        if (drift > tolerated || drift < -tolerated)
            *time += drift;
    }
    if (*time > context.received + tolerated || *time < context.received - oldest)
        return context.received;
    return *time;
}

core::Result<EventFacts> extractFacts(json::Value payload, const ReceiveContext& context)
{
    if (!payload.isObject())
        return core::fail(core::ErrorKind::Malformed, u"the event is no JSON object"_s);
    EventFacts facts;
    facts.received = context.received;
    facts.timestamp = eventTime(payload, context);
    facts.eventId = eventIdOf(context.envelopeEventId);
    if (facts.eventId.empty())
        facts.eventId = eventIdOf(checked(payload, "event_id").string().value_or(""));
    if (facts.eventId.empty())
        facts.eventId = QUuid::createUuid().toString(QUuid::Id128).toStdString();
    facts.platform = textOf(checked(payload, "platform"), 64);
    if (facts.platform.empty())
        facts.platform = "other";
    facts.level = levelOf(checked(payload, "level"), "error");
    facts.logger = textOf(checked(payload, "logger"), 64);
    facts.release = textOf(checked(payload, "release"), 200);
    facts.dist = textOf(checked(payload, "dist"), 64);
    facts.environment = textOf(checked(payload, "environment"), 64);
    facts.transaction = textOf(checked(payload, "transaction"), 200);

    Headline headline = headlineOf(payload, facts.platform);
    facts.type = std::move(headline.type);
    facts.title = std::move(headline.title);
    facts.culprit = std::move(headline.culprit);
    facts.location = std::move(headline.location);
    facts.message = std::move(headline.searchText);
    facts.metadataJson = std::move(headline.metadataJson);

    facts.userKey = userKeyOf(checked(payload, "user"), context.remoteAddress);
    facts.hashes = groupingHashes(payload, facts.platform);
    const auto exceptions = valuesOf(checked(payload, "exception"));
    facts.unhandled = std::any_of(exceptions.begin(), exceptions.end(),
        [](json::Value value) { return value["mechanism"]["handled"].boolean() == false; });
    facts.tags = tagsOf(payload, facts, context);
    // Where the SDK sent them only as tags, they are what the tags say.
    for (const auto& [key, value] : facts.tags) {
        if (key == "environment" && facts.environment.empty())
            facts.environment = value;
        if (key == "release" && facts.release.empty())
            facts.release = value;
    }
    return facts;
}

} // namespace vedette::collector
