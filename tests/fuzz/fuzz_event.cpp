// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any JSON as an event: normalised, grouped and rendered within the limits of the contract (sections 12 and
// 13), twice the same.

#include <cstdlib>

#include "app/collector/event/facts.h"
#include "app/collector/event/groupinginfo.h"
#include "app/collector/event/helpfulness.h"
#include "app/collector/event/render.h"
#include "models/json/document.h"

using namespace vedette;
using namespace vedette::collector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto document = json::Document::parse({reinterpret_cast<const char*>(data), size});
    if (!document || !document->root().isObject())
        return 0;
    RenderContext context;
    context.issueId = "1";
    context.projectId = "1";
    context.size = static_cast<std::int64_t>(size);
    context.received.received = core::TimePoint(std::chrono::milliseconds(1'700'000'000'000));
    context.received.userAgent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36";
    context.received.envelopeEventId = "0123456789abcdef0123456789abcdef";
    const auto facts = extractFacts(document->root(), context.received);
    const auto again = extractFacts(document->root(), context.received);
    if (facts.has_value() != again.has_value())
        std::abort();
    if (!facts)
        return 0;
    if (facts->eventId.size() != 32 || facts->hashes.empty() || facts->hashes != again->hashes ||
        facts->title != again->title || facts->title.empty())
        std::abort();
    for (const std::string& hash : facts->hashes) {
        if (hash.size() != 32)
            std::abort();
    }
    if (!json::Document::parse(facts->metadataJson))
        std::abort();
    const auto info = json::Document::parse(
        groupingInfoJson(document->root(), context.received, [](const std::string&) { return false; }));
    std::size_t given = 0;
    for (const auto& [key, variant] : info ? info->root().members() : json::emptyObject().members())
        given += variant["hash"].isString() ? 1 : 0;
    if (given != facts->hashes.size())
        std::abort();
    const int helps = helpfulness(document->root(), context.received);
    if (helps < 0 || helps > mostHelpful)
        std::abort();
    const auto rendered = json::Document::parse(renderFullEvent(document->root(), context));
    if (!rendered || !rendered->root()["entries"].isArray())
        std::abort();
    return 0;
}
