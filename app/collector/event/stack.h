// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/json/value.h"

namespace vedette::collector {

/// A frame with what SDKs leave out filled in: file names from URLs, modules of JavaScript files, whether it
/// is the program's own code.
struct StackFrame
{
    json::Value raw;
    std::string filename;
    std::string absPath;
    std::string module;
    std::string function; ///< empty where unknown (also `?`)
    std::string package;
    std::string platform; ///< of the frame, else of the event
    std::string_view contextLine;
    bool hasContext = false;
    bool inApp = false;
    bool moduleSent = false; ///< the SDK named the module itself

    /// Reads a frame of an event of that platform.
    static StackFrame from(json::Value frame, std::string_view eventPlatform);
};

/// All frames of a stack trace, oldest call first. Where no frame says whether it is the program's own,
/// native ones are told by their library's folder.
[[nodiscard]] std::vector<StackFrame> readStack(json::Value stacktrace, std::string_view eventPlatform);

/// The frame that an event is named by: the last one of the program's own, else the last; none for an empty
/// stack.
[[nodiscard]] const StackFrame* crashFrame(const std::vector<StackFrame>& frames);

[[nodiscard]] bool isNativePlatform(std::string_view platform);
[[nodiscard]] bool isJavaScript(std::string_view platform);
/// The last part of a path, with either kind of slash.
[[nodiscard]] std::string_view baseName(std::string_view path);

} // namespace vedette::collector
