// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/stack.h"

#include <algorithm>
#include <array>

#include "app/collector/event/payload.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxFrameText = 1024;

/// Path of a URL, without query and fragment; nothing where the text is none.
std::optional<std::string_view> urlPath(std::string_view text)
{
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos || scheme == 0 || scheme > 20)
        return {};
    const std::size_t slash = text.find('/', scheme + 3);
    if (slash == std::string_view::npos)
        return std::string_view("/");
    return text.substr(slash, text.find_first_of("?#", slash) - slash);
}

/// `/static/js/vendor.min.js` is the module `static/js/vendor.min`.
std::string moduleOfPath(std::string_view path)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const std::size_t dot = path.rfind('.');
    if (dot != std::string_view::npos && dot > path.find_last_of('/') + 1)
        path = path.substr(0, dot);
    return std::string(path);
}

bool isSystemLibrary(std::string_view package)
{
    constexpr std::array prefixes = {std::string_view("/usr/lib/"), std::string_view("/lib/"),
        std::string_view("/lib64/"), std::string_view("/System/Library/"), std::string_view("/system/lib"),
        std::string_view("/apex/"), std::string_view("/vendor/lib"), std::string_view("C:\\Windows\\"),
        std::string_view("C:\\WINDOWS\\")};
    return std::any_of(prefixes.begin(), prefixes.end(),
        [package](std::string_view prefix) { return package.substr(0, prefix.size()) == prefix; });
}

} // namespace

bool isNativePlatform(std::string_view platform)
{
    return platform == "native" || platform == "cocoa" || platform == "objc" || platform == "c" ||
           platform == "rust" || platform == "swift";
}

bool isJavaScript(std::string_view platform)
{
    return platform == "javascript" || platform == "node";
}

std::string_view baseName(std::string_view path)
{
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

StackFrame StackFrame::from(json::Value frame, std::string_view eventPlatform)
{
    StackFrame out;
    out.raw = frame;
    out.platform = textOf(frame["platform"], 64);
    if (out.platform.empty())
        out.platform = eventPlatform;
    out.filename = textOf(frame["filename"], maxFrameText);
    out.absPath = textOf(frame["abs_path"], maxFrameText);
    out.module = textOf(frame["module"], maxFrameText);
    out.moduleSent = !out.module.empty();
    out.package = textOf(frame["package"], maxFrameText);
    out.function = textOf(frame["function"], maxFrameText);
    if (out.function == "?")
        out.function.clear();
    if (const auto line = frame["context_line"].string()) {
        out.contextLine = *line;
        out.hasContext = true;
    }
    if (out.filename.empty())
        out.filename = out.absPath;
    else if (out.absPath.empty())
        out.absPath = out.filename;
    const auto path = urlPath(out.filename);
    if (path)
        out.filename = std::string(*path);
    if (!out.moduleSent && out.platform == "javascript") {
        if (const auto url = urlPath(out.absPath); url && url->size() > 1)
            out.module = moduleOfPath(*url);
    }
    out.inApp = frame["in_app"].boolean().value_or(false);
    return out;
}

std::vector<StackFrame> readStack(json::Value stacktrace, std::string_view eventPlatform)
{
    std::vector<StackFrame> out;
    bool told = false;
    for (const json::Value frame : framesOf(stacktrace)) {
        told = told || frame["in_app"].isBool();
        out.push_back(StackFrame::from(frame, eventPlatform));
    }
    if (!told) {
        for (StackFrame& frame : out) {
            if (isNativePlatform(frame.platform))
                frame.inApp = !frame.package.empty() && !isSystemLibrary(frame.package);
        }
    }
    return out;
}

const StackFrame* crashFrame(const std::vector<StackFrame>& frames)
{
    const auto own =
        std::find_if(frames.rbegin(), frames.rend(), [](const StackFrame& frame) { return frame.inApp; });
    if (own != frames.rend())
        return &*own;
    return frames.empty() ? nullptr : &frames.back();
}

} // namespace vedette::collector
