// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as an envelope: refused, or items that lie within the bytes, in their order, without overlap.

#include <cstdlib>

#include "app/collector/envelope/envelope.h"

using namespace vedette;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto envelope = collector::parseEnvelope(bytes);
    if (!envelope)
        return 0;
    const char* end = bytes.data();
    for (const collector::EnvelopeItem& item : envelope->items) {
        if (item.payload.empty())
            continue;
        if (item.payload.data() < end ||
            item.payload.data() + item.payload.size() > bytes.data() + bytes.size())
            std::abort();
        end = item.payload.data() + item.payload.size();
    }
    if (!envelope->eventId.empty() && collector::normalisedEventId(envelope->eventId) != envelope->eventId)
        std::abort();
    if (const auto dsn = collector::parseDsn(envelope->dsn); dsn && dsn->key.empty())
        std::abort();
    return 0;
}
