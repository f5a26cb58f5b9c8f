// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "app/collector/event/reading.h"

namespace vedette::collector {

/// Where it broke: file and function of the last frame of the application's own, else of the last one.
struct CrashPlace
{
    std::string filename, function;
};

/// What an issue is called. Contract section 13, 9 to 12.
struct Titles
{
    std::string title, culprit, location, searchText, metadataJson;
};

[[nodiscard]] CrashPlace crashPlace(const EventReading& event);
[[nodiscard]] Titles titlesOf(const EventReading& event);

} // namespace vedette::collector
