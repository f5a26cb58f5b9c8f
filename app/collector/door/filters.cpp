// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/door/filters.h"

#include <algorithm>
#include <array>

#include "app/collector/event/reading.h"
#include "app/collector/http/server.h"

namespace vedette::collector {
namespace {

std::vector<Glob> globs(const std::vector<std::string>& patterns)
{
    std::vector<Glob> out;
    out.reserve(patterns.size());
    for (const std::string& pattern : patterns)
        out.emplace_back(pattern);
    return out;
}

bool anyMatches(const std::vector<Glob>& patterns, std::string_view text)
{
    if (patterns.empty() || text.empty())
        return false;
    const std::u32string folded = foldedText(text);
    return std::any_of(
        patterns.begin(), patterns.end(), [&folded](const Glob& pattern) { return pattern.matches(folded); });
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

/// Where browsers keep the code of extensions: Chromium, Firefox, Safari old and new, Edge's first engine,
/// Opera; Safari hides the rest behind a mask.
constexpr std::array<std::string_view, 9> extensionSchemes = {"chrome-extension://", "moz-extension://",
    "safari-extension://", "safari-web-extension://", "ms-browser-extension://", "extension://",
    "opera-extension://", "chrome://", "webkit-masked-url://"};

/// Said by extensions and toolbars in pages that have nothing to do with it; each is known widely as such.
constexpr std::array<std::string_view, 18> extensionMessages = {"top.globals", "originalcreatenotification",
    "canvas.contentdocument", "myapp_removeallhighlights", "http://tt.epicplay.com",
    "can't find variable: zitereader", "jigsaw is not defined", "combosearch is not defined",
    "http://loading.retry.widdit.com/", "atomicfindclose", "fb_xd_fragment", "bmi_safeaddonload",
    "ebcallbackmessagereceived", "conduitpage", "plugin.setsuspendstate is not a function",
    "extension context invalidated", "can't access dead object", "cannot redefine property: ethereum"};

bool isOfExtension(std::string_view path)
{
    const std::string low = lowered(path.substr(0, 64));
    return std::any_of(extensionSchemes.begin(), extensionSchemes.end(),
        [&low](std::string_view scheme) { return low.starts_with(scheme); });
}

bool isOfExtension(const EventReading& event)
{
    if (event.family != Family::Javascript)
        return false;
    // The end of the list is the crash. Frames without a file tell nothing: what stands before them does.
    const auto hasFile = [](const Frame& frame) {
        return !frame.absPath.empty() && frame.absPath.front() != '<' && frame.absPath.front() != '[';
    };
    for (auto exception = event.exceptions.rbegin(); exception != event.exceptions.rend(); ++exception) {
        for (std::size_t i = exception->frameCount; i > 0; --i) {
            const Frame& frame = event.frames.at(exception->firstFrame + i - 1);
            if (!hasFile(frame))
                continue;
            if (isOfExtension(frame.absPath))
                return true;
            break;
        }
    }
    const std::string said =
        lowered(event.exceptions.empty() ? std::string_view(event.message) : event.exceptions.back().value)
            .substr(0, Glob::textLength);
    return std::any_of(extensionMessages.begin(), extensionMessages.end(),
        [&said](std::string_view phrase) { return said.find(phrase) != std::string::npos; });
}

bool isLocal(const EventReading& event)
{
    if (event.person.ip == "127.0.0.1" || event.person.ip == "::1")
        return true;
    const std::size_t scheme = event.url.find("://");
    if (scheme == std::string::npos)
        return false;
    std::string_view host = std::string_view(event.url).substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos)
        host = host.substr(at + 1);
    return isLoopbackHost(host);
}

} // namespace

Filters::Filters(const FilterSettings& settings)
    : m_errorTypes(globs(settings.errorTypes))
    , m_messages(globs(settings.messages))
    , m_releases(globs(settings.releases))
    , m_browserExtensions(settings.browserExtensions)
    , m_localhost(settings.localhost)
{}

bool Filters::isEmpty() const
{
    return m_errorTypes.empty() && m_messages.empty() && m_releases.empty() && !m_browserExtensions &&
           !m_localhost;
}

std::string_view Filters::unwanted(json::Value event, const ReceiveContext& context) const
{
    if (isEmpty())
        return {};
    const EventReading reading = readEventPayload(event, context);
    if (m_browserExtensions && isOfExtension(reading))
        return "browser-extensions";
    if (m_localhost && isLocal(reading))
        return "localhost";
    if (anyMatches(m_releases, reading.release))
        return "release-version";
    if (anyMatches(m_messages, reading.message) || anyMatches(m_messages, reading.messageTemplate))
        return "error-message";
    for (const ExceptionReading& exception : reading.exceptions) {
        if (anyMatches(m_errorTypes, exception.type))
            return "error-type";
        if (anyMatches(m_messages, exception.value) ||
            (!exception.type.empty() && anyMatches(m_messages, exception.type + ": " + exception.value)))
            return "error-message";
    }
    return {};
}

} // namespace vedette::collector
