// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "models/json/value.h"

namespace vedette::collector {

/// What an event is called and where it stands (contract section 13, steps 9 to 12).
struct Headline
{
    std::string type = "default"; ///< error, default, csp
    std::string title;
    std::string culprit;
    std::string location; ///< file name of the crash, empty where unknown
    std::string searchText;
    std::string metadataJson;
};

[[nodiscard]] Headline headlineOf(json::Value payload, std::string_view platform);

} // namespace vedette::collector
