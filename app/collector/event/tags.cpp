// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/tags.h"

#include <algorithm>

#include "app/collector/event/fields.h"
#include "app/collector/event/report.h"
#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

using Tags = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t maxValue = 200;

enum class Wins
{
    Sent,
    Derived
};

void put(Tags& tags, std::string key, std::string_view value, Wins wins)
{
    if (value.empty())
        return;
    const auto same =
        std::find_if(tags.begin(), tags.end(), [&](const auto& tag) { return tag.first == key; });
    if (same == tags.end())
        tags.emplace_back(std::move(key), cut(value, maxValue));
    else if (wins == Wins::Derived)
        same->second = cut(value, maxValue);
}

void putContext(Tags& tags, const NamedContext& context)
{
    if (context.type == "device") {
        put(tags, context.alias, context.model, Wins::Sent);
        put(tags, context.alias + ".family", context.family, Wins::Sent);
        return;
    }
    if (!context.name.empty() && !context.version.empty())
        put(tags, context.alias, context.name + ' ' + context.version, Wins::Sent);
    put(tags, context.alias + ".name", context.name, Wins::Sent);
}

} // namespace

Tags tagsOf(const EventReading& event, Notes* notes)
{
    Tags tags = readTags(event.tags, notes);
    if (tags.size() > 1) {
        // Of doubled keys the last one counts.
        std::stable_sort(
            tags.begin(), tags.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        const auto firstKept = std::unique(
            tags.rbegin(), tags.rend(), [](const auto& a, const auto& b) { return a.first == b.first; });
        tags.erase(tags.begin(), firstKept.base());
    }
    put(tags, "level", event.level, Wins::Derived);
    put(tags, "environment", event.environment, Wins::Derived);
    put(tags, "release", event.release, Wins::Derived);
    put(tags, "dist", event.dist, Wins::Derived);
    put(tags, "logger", event.logger, Wins::Derived);
    put(tags, "server_name", event.serverName, Wins::Derived);
    put(tags, "transaction", event.transaction, Wins::Derived);
    put(tags, "user", event.person.key(), Wins::Derived);
    put(tags, "url", event.url, Wins::Sent);
    // The outermost exception tells how it was caught; inner ones are only "chained".
    for (auto it = event.exceptions.rbegin(); it != event.exceptions.rend(); ++it) {
        if (!it->mechanism.exists())
            continue;
        put(tags, "mechanism", it->mechanism["type"].string().value_or(""), Wins::Sent);
        if (it->handled)
            put(tags, "handled", *it->handled ? "yes" : "no", Wins::Sent);
        break;
    }
    for (auto& [key, value] : reportTags(event))
        put(tags, std::move(key), value, Wins::Sent);
    for (const NamedContext& context : event.named)
        putContext(tags, context);
    std::sort(tags.begin(), tags.end());
    return tags;
}

} // namespace vedette::collector
