// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/helpfulness.h"

#include <algorithm>
#include <vector>

#include "app/collector/event/fields.h"
#include "app/collector/event/reading.h"

namespace vedette::collector {
namespace {

bool hasStack(const EventReading& event)
{
    if (!event.frames.empty() || !event.otherFrames.empty())
        return true;
    const std::vector<json::Value> threads = valuesOf(event.threads);
    return std::any_of(threads.begin(), threads.end(),
        [](json::Value thread) { return thread["stacktrace"]["frames"].size() > 0; });
}

bool hasBreadcrumbs(const EventReading& event)
{
    const std::vector<json::Value> crumbs = valuesOf(event.breadcrumbs);
    return std::any_of(crumbs.begin(), crumbs.end(), [](json::Value crumb) { return crumb.size() > 0; });
}

} // namespace

int helpfulness(json::Value payload, const ReceiveContext& received)
{
    constexpr int stack = 8;
    constexpr int breadcrumbs = 4;
    constexpr int request = 2;
    constexpr int user = 1;
    const EventReading event = readEventPayload(payload, received);
    return (hasStack(event) ? stack : 0) + (hasBreadcrumbs(event) ? breadcrumbs : 0) +
           (event.request.size() > 0 ? request : 0) + (event.person.key().empty() ? 0 : user);
}

} // namespace vedette::collector
