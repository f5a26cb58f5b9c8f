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

/// Where the stacks of one answer go. It holds 1,000 frames a stack (design section 8), 10,000 in all; what
/// lies past it is named by framesOmitted.
struct StackAnswer
{
    json::Writer& out;
    Notes& notes;
    std::size_t framesLeft = 10'000;
};

/// The `data` of the entries that hold stacks; contract section 9.
void writeExceptionData(StackAnswer& answer, const EventReading& event);
void writeThreadsData(StackAnswer& answer, const EventReading& event);
void writeStacktrace(StackAnswer& answer, json::Value stacktrace, Family family, const Step& at);

/// `name: value`, or null where there is none.
void writeOrNull(json::Writer& out, std::string_view name, json::Value value);

/// The API's name of a frame's, exception's or thread's attribute: `abs_path` is `absPath`.
[[nodiscard]] std::string apiName(std::string_view attribute);

} // namespace vedette::collector
