// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/useragent.h"

#include <array>
#include <utility>

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

/// Up to three numbers joined by dots (or underscores, as Apple writes them) at the front.
std::string version(std::string_view text)
{
    std::string out;
    int parts = 0;
    for (std::size_t i = 0; i < text.size() && parts < 3; ++parts) {
        std::size_t end = i;
        while (end < text.size() && end - i < 8 && isDigit(text[end]))
            ++end;
        if (end == i)
            break;
        if (parts > 0)
            out += '.';
        out += text.substr(i, end - i);
        if (end >= text.size() || (text[end] != '.' && text[end] != '_'))
            break;
        i = end + 1;
    }
    return out;
}

/// What follows the first `mark`.
std::string_view after(std::string_view text, std::string_view mark)
{
    const std::size_t at = text.find(mark);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

void readBrowser(std::string_view ua, UserAgent& out)
{
    struct Browser
    {
        std::string_view mark, name;
    };
    // In this order: most carry the marks of those they descend from.
    constexpr std::array<Browser, 14> browsers = {{{"SamsungBrowser/", "Samsung Internet"}, {"Edg/", "Edge"},
        {"EdgA/", "Edge Mobile"}, {"EdgiOS/", "Edge Mobile"}, {"Edge/", "Edge"}, {"OPR/", "Opera"},
        {"Vivaldi/", "Vivaldi"}, {"Electron/", "Electron"}, {"FxiOS/", "Firefox iOS"},
        {"Firefox/", "Firefox"}, {"CriOS/", "Chrome Mobile iOS"}, {"HeadlessChrome/", "HeadlessChrome"},
        {"Chrome/", "Chrome"}, {"MSIE ", "IE"}}};
    for (const auto& [mark, name] : browsers) {
        const std::string_view rest = after(ua, mark);
        if (rest.empty())
            continue;
        out.browser = name;
        out.browserVersion = version(rest);
        if (mark == "Chrome/" && ua.find("Android") != std::string_view::npos)
            out.browser = ua.find("; wv)") != std::string_view::npos    ? "Chrome Mobile WebView"
                          : ua.find("Mobile") != std::string_view::npos ? "Chrome Mobile"
                                                                        : "Chrome";
        if (mark == "Firefox/" && ua.find("Android") != std::string_view::npos)
            out.browser = "Firefox Mobile";
        return;
    }
    if (const std::string_view trident = after(ua, "Trident/"); !trident.empty()) {
        out.browser = "IE";
        out.browserVersion = version(after(trident, "rv:"));
    } else if (const std::string_view safari = after(ua, "Version/");
               !safari.empty() && ua.find("Safari/") != std::string_view::npos) {
        out.browser = ua.find("Mobile/") != std::string_view::npos ? "Mobile Safari" : "Safari";
        out.browserVersion = version(safari);
    }
}

void readSystem(std::string_view ua, UserAgent& out)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> windows = {
        {{"10.0", "10"}, {"6.3", "8.1"}, {"6.2", "8"}, {"6.1", "7"}, {"6.0", "Vista"}}};
    if (const std::string_view nt = after(ua, "Windows NT "); !nt.empty()) {
        out.os = "Windows";
        for (const auto& [number, name] : windows) {
            if (nt.starts_with(number))
                out.osVersion = name;
        }
    } else if (ua.find("iPhone") != std::string_view::npos || ua.find("iPad") != std::string_view::npos) {
        out.os = "iOS";
        out.osVersion = version(after(ua, " OS "));
        out.deviceFamily = ua.find("iPad") != std::string_view::npos ? "iPad" : "iPhone";
        out.deviceModel = out.deviceFamily;
    } else if (const std::string_view mac = after(ua, "Mac OS X"); !mac.empty()) {
        out.os = "Mac OS X";
        out.osVersion = version(trimmed(mac));
    } else if (const std::string_view android = after(ua, "Android "); !android.empty()) {
        out.os = "Android";
        out.osVersion = version(android);
        // (Linux; Android 13; SM-G991B Build/TP1A) - the model is all there is.
        std::string_view model = after(android, ";");
        model = trimmed(model.substr(0, model.find_first_of(";)")));
        model = trimmed(model.substr(0, model.find(" Build/")));
        if (model.size() > 1 && !model.starts_with("rv:") && model != "Mobile") {
            out.deviceModel = cut(model, 100);
            out.deviceFamily = out.deviceModel;
        }
    } else if (const std::string_view chromeOs = after(ua, "CrOS "); !chromeOs.empty()) {
        out.os = "Chrome OS";
        out.osVersion = version(after(chromeOs, " "));
    } else if (const std::string_view ubuntu = after(ua, "Ubuntu"); !ubuntu.empty()) {
        out.os = "Ubuntu";
        if (ubuntu.starts_with('/'))
            out.osVersion = version(ubuntu.substr(1));
    } else if (ua.find("Fedora") != std::string_view::npos) {
        out.os = "Fedora";
    } else if (ua.find("Linux") != std::string_view::npos) {
        out.os = "Linux";
    }
}

} // namespace

UserAgent readUserAgent(std::string_view header)
{
    constexpr std::size_t maxBytes = 1024;
    UserAgent out;
    header = header.substr(0, maxBytes);
    if (header.empty())
        return out;
    readBrowser(header, out);
    // Without a browser (curl, an SDK's own client) the rest would say where the sender runs, not the user.
    if (!out.browser.empty() || header.starts_with("Mozilla/"))
        readSystem(header, out);
    return out;
}

} // namespace vedette::collector
