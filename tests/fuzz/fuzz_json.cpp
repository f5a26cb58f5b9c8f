// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes: either an error or a document that can be walked whole, and what the writer makes of it parses
// again.

#include <cstdlib>

#include "models/json/document.h"

using namespace vedette;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto document = json::Document::parse(bytes);
    if (!document)
        return 0;
    const std::string written = document->root().toJson();
    const auto again = json::Document::parse(written);
    if (!again || again->root().toJson() != written)
        std::abort();
    return 0;
}
