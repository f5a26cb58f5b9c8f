// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/frame.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

std::string_view textOf(json::Value value)
{
    return value.string().value_or(std::string_view());
}

/// The path of a URL that names a place (http, https, file), everything else as it is.
std::string_view pathOf(std::string_view location)
{
    const auto startsWith = [&](std::string_view scheme) { return location.starts_with(scheme); };
    if (!startsWith("http://") && !startsWith("https://") && !startsWith("file://"))
        return location;
    std::string_view rest = location.substr(location.find("://") + 3);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
        return location;
    rest.remove_prefix(slash);
    return rest.substr(0, rest.find_first_of("?#"));
}

/// Libraries that belong to the operating system. Where they lie on Linux, macOS, Android and Windows; on
/// Windows a bare name may be all there is.
bool isSystemLibrary(std::string_view package)
{
    constexpr std::array<std::string_view, 9> anywhere = {"/usr/lib/", "/usr/lib64/", "/System/Library/",
        "/apex/", "/system/lib", "/vendor/lib", "/lib/x86_64-linux-gnu/", "/lib/aarch64-linux-gnu/",
        "/lib64/"};
    for (const std::string_view part : anywhere) {
        if (package.find(part) != std::string_view::npos)
            return true;
    }
    if (package.starts_with("/lib/"))
        return true;
    if (containsNoCase(package, "\\windows\\"))
        return true;
    constexpr std::array<std::string_view, 8> windows = {"ntdll.dll", "kernel32.dll", "kernelbase.dll",
        "user32.dll", "ucrtbase.dll", "msvcrt.dll", "vcruntime140.dll", "msvcp140.dll"};
    const std::string name = lowered(baseName(package));
    return std::find(windows.begin(), windows.end(), name) != windows.end();
}

} // namespace

Family familyOf(std::string_view platform)
{
    constexpr std::array<std::pair<std::string_view, Family>, 15> families = {
        {{"javascript", Family::Javascript}, {"node", Family::Javascript}, {"python", Family::Python},
            {"php", Family::Php}, {"go", Family::Go}, {"ruby", Family::Ruby}, {"csharp", Family::CSharp},
            {"java", Family::Java}, {"kotlin", Family::Java}, {"groovy", Family::Java},
            {"native", Family::Native}, {"cocoa", Family::Native}, {"objc", Family::Native},
            {"c", Family::Native}, {"rust", Family::Native}}};
    for (const auto& [name, family] : families) {
        if (name == platform)
            return family;
    }
    return Family::Other;
}

Frame readFrame(json::Value json, Family family)
{
    Frame frame;
    frame.json = json;
    frame.family = family;
    std::string_view rawFunction;
    for (const auto& [key, value] : json.members()) {
        if (key.size() < 4)
            continue;
        switch (key.front()) {
        case 'a':
            if (key == "abs_path")
                frame.absPath = textOf(value);
            break;
        case 'c':
            if (key == "context_line")
                frame.contextLine = textOf(value);
            break;
        case 'd':
            if (key == "data")
                frame.sourceMapped = value["sourcemap"].isString();
            break;
        case 'f':
            if (key == "filename")
                frame.filename = textOf(value);
            else if (key == "function")
                frame.function = textOf(value);
            break;
        case 'i':
            if (key == "in_app")
                frame.inApp = value.boolean();
            break;
        case 'm':
            if (key == "module")
                frame.module = textOf(value);
            break;
        case 'p':
            if (key == "package")
                frame.package = textOf(value);
            else if (key == "platform" && value.isString())
                frame.family = familyOf(textOf(value));
            break;
        case 'r':
            if (key == "raw_function")
                rawFunction = textOf(value);
            break;
        default:
            break;
        }
    }
    if (frame.function.empty())
        frame.function = rawFunction;
    if (frame.function == "?")
        frame.function = {};
    if (frame.filename.empty()) {
        frame.filename = pathOf(frame.absPath);
    } else if (const std::string_view path = pathOf(frame.filename); path.size() != frame.filename.size()) {
        if (frame.absPath.empty())
            frame.absPath = frame.filename;
        frame.filename = path;
    }
    if (!frame.inApp && frame.family == Family::Native) {
        if (!frame.package.empty())
            frame.inApp = !isSystemLibrary(frame.package);
        else if (!frame.function.empty())
            frame.inApp = true;
    }
    return frame;
}

std::vector<Frame> readFrames(json::Value stacktrace, Family family, Notes* notes)
{
    const json::Value list = stacktrace.isArray() ? stacktrace : stacktrace["frames"];
    std::vector<Frame> frames;
    frames.reserve(list.size());
    for (const json::Value item : list.items()) {
        if (item.isObject())
            frames.push_back(readFrame(item, family));
        else if (!item.isNull())
            note(notes, "invalid_data", "stacktrace.frames", item.toJson());
    }
    return frames;
}

} // namespace vedette::collector
