// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/passon.h"

#include <algorithm>

#include "app/collector/envelope/auth.h"
#include "app/collector/envelope/envelope.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxHead = 300; ///< of one header that is passed on
constexpr std::ptrdiff_t maxHops = 8;

/// A header's value as far as it can be sent on.
std::string headText(std::string_view text)
{
    std::string out(text.substr(0, maxHead));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return out;
}

std::string clientOf(const Request& request)
{
    AuthSources sources;
    sources.sentryAuth = request.header("x-sentry-auth");
    sources.authorization = request.header("authorization");
    sources.queryKey = request.queryValue("sentry_key");
    const auto credentials = readCredentials(sources);
    std::string client = credentials ? credentials->client : std::string();
    if (client.empty())
        client = std::string(request.queryValue("sentry_client").value_or(""));
    const bool plain = std::all_of(client.begin(), client.end(), [](char c) {
        constexpr std::string_view marks = ".-_+/";
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
    return plain ? client.substr(0, 100) : std::string();
}

/// The envelope with those of its items that go on; empty without any.
std::string partOf(std::string_view envelope, PassOn part)
{
    const auto parsed = parseEnvelope(envelope);
    if (!parsed)
        return {};
    std::string out(envelope.substr(0, envelope.find('\n')));
    bool any = false;
    for (const EnvelopeItem& item : parsed->items) {
        if (part == PassOn::WithoutEvent && (item.type == "event" || item.type == "attachment"))
            continue;
        any = true;
        out += '\n';
        out += item.raw;
    }
    return any ? out + '\n' : std::string();
}

/// So many bytes of the budget, given back when nobody holds the answer any more; null where there are none.
std::shared_ptr<const void> room(const std::shared_ptr<BodyBudget>& bodies, std::size_t bytes)
{
    if (bytes > ForwardLimits().bodyBytes || !bodies->take(bytes))
        return nullptr;
    return {static_cast<const void*>(bodies.get()), [bodies, bytes](const void*) { bodies->give(bytes); }};
}

} // namespace

std::optional<ForwardItem> forwardItem(IngestRoute route, const Request& request, std::string_view plain,
    PassOn part, const std::string& instance, const std::shared_ptr<BodyBudget>& bodies)
{
    const std::string via = headText(request.header(forwardedHeader).value_or(""));
    if (via.find(instance) != std::string::npos || via.size() == maxHead ||
        std::count(via.begin(), via.end(), ',') >= maxHops)
        return std::nullopt;
    ForwardItem item;
    item.door = doorOf(route, request);
    const bool whole = part == PassOn::Whole;
    if (!whole && item.door != "envelope")
        return std::nullopt;
    // A part is never larger than the whole.
    item.memory = room(bodies, whole ? request.body.size() : plain.size());
    item.noRoom = !item.memory;
    if (!item.noRoom)
        item.body = whole ? std::string(request.body.bytes()) : partOf(plain, part);
    if (!item.noRoom && item.body.empty())
        return std::nullopt;
    if (whole)
        item.encoding = headText(request.header("content-encoding").value_or(""));
    item.contentType = headText(request.header("content-type").value_or(""));
    item.userAgent = headText(request.header("user-agent").value_or(""));
    item.client = clientOf(request);
    item.via = via.empty() ? instance : via + ", " + instance;
    return item;
}

} // namespace vedette::collector
