// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/collector/event/reading.h"
#include "models/json/writer.h"

namespace vedette::collector {

/// Of a longer chain the middle is left out.
inline constexpr std::size_t maxExceptions = 500;

/// How many frames one answer may still hold: 1,000 a stack (design section 8), 10,000 in all. What lies past
/// it is named by framesOmitted.
struct FrameBudget
{
    std::size_t left = 10'000;
};

/// The `data` of the entries that hold stacks; contract section 9.
void writeExceptionData(json::Writer& out, const EventReading& event, FrameBudget& budget);
void writeThreadsData(json::Writer& out, const EventReading& event, FrameBudget& budget, Notes& notes);
void writeStacktrace(json::Writer& out, json::Value stacktrace, Family family, FrameBudget& budget);
void writeTemplateData(json::Writer& out, json::Value frame);

/// `name: value`, or null where there is none.
void writeOrNull(json::Writer& out, std::string_view name, json::Value value);

/// The API's name of a frame's, exception's or thread's attribute: `abs_path` is `absPath`.
[[nodiscard]] std::string apiName(std::string_view attribute);

} // namespace vedette::collector
