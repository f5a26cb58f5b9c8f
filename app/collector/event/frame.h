// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/collector/event/notes.h"
#include "models/json/value.h"

namespace vedette::collector {

/// Platforms that are read and grouped alike.
enum class Family
{
    Other,
    Javascript,
    Python,
    Php,
    Go,
    Ruby,
    CSharp,
    Java,
    Native
};

[[nodiscard]] Family familyOf(std::string_view platform);

/// The parts of a stack frame that decide what it means. Views into the payload; an absent, empty or
/// meaningless (`?`) text is empty.
struct Frame
{
    json::Value json;
    std::string_view filename; ///< the path alone where a URL was sent; from abs_path where it was missing
    std::string_view absPath;
    std::string_view function;
    std::string_view module;
    std::string_view package;
    std::string_view contextLine;
    Family family = Family::Other; ///< of the frame's own platform, else the event's
    bool sourceMapped = false;
    std::optional<bool> inApp; ///< as sent; for native code without it, told from its library
};

/// The frames of a `stacktrace` object (or of a bare list of frames), oldest first. What is no object is left
/// out and noted.
[[nodiscard]] std::vector<Frame> readFrames(json::Value stacktrace, Family family, Notes* notes = nullptr);

[[nodiscard]] Frame readFrame(json::Value frame, Family family);

} // namespace vedette::collector
