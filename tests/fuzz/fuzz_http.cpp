// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any text where a client names something: paths, escapes, credentials, DSNs, event ids, hosts.

#include <cstdlib>

#include "app/collector/envelope/auth.h"
#include "app/collector/envelope/envelope.h"
#include "app/collector/http/message.h"
#include "app/collector/http/server.h"

using namespace vedette::collector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::string& segment : pathSegments(text)) {
        if (segment.empty())
            std::abort();
    }
    if (percentDecoded(text).size() > size || percentDecoded(text, true).size() > size)
        std::abort();
    if (const auto id = normalisedEventId(text); id && id->size() != 32)
        std::abort();
    AuthSources sources;
    sources.sentryAuth = text;
    sources.authorization = text;
    sources.dsn = text;
    sources.project = "1";
    if (const auto credentials = readCredentials(sources); credentials && credentials->key.empty())
        std::abort();
    if (isLoopbackHost(text) && text.empty())
        std::abort();
    return 0;
}
