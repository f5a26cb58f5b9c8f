// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as msgpack: refused, or JSON within the bound that the reader of events takes.

#include <cstdint>
#include <cstdlib>

#include "app/collector/envelope/msgpack.h"
#include "models/json/document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace vedette;
    constexpr std::size_t limit = 65'536;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const collector::MsgpackValues values = collector::jsonOfMsgpackValues(bytes, limit);
    if (values.json.size() > limit || !json::Document::parse(values.json))
        std::abort();
    const auto json = collector::jsonOfMsgpack(bytes, limit);
    if (!json) {
        if (json.error().kind != core::ErrorKind::Malformed && json.error().kind != core::ErrorKind::TooLarge)
            std::abort();
        return 0;
    }
    if (json->empty() || json->size() > limit)
        std::abort();
    const auto document = json::Document::parse(*json);
    if (!document || document->root().isObject() != collector::isMsgpackMap(bytes))
        std::abort();
    return 0;
}
