// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/useragent.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace vedette::collector {
namespace {

/// Digits, dots and underscores from `at` on, at most `parts` numbers, joined by dots.
std::string versionAt(std::string_view text, std::size_t at, int parts)
{
    std::string out;
    int seen = 1;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9') {
            out += c;
        } else if ((c == '.' || c == '_') && !out.empty()) {
            if (++seen > parts)
                break;
            out += '.';
        } else {
            break;
        }
    }
    while (!out.empty() && out.back() == '.')
        out.pop_back();
    return out;
}

std::optional<std::string> versionAfter(std::string_view text, std::string_view mark, int parts)
{
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos)
        return {};
    return versionAt(text, at + mark.size(), parts);
}

void readBrowser(std::string_view text, UserAgent& out)
{
    struct Product
    {
        std::string_view mark;
        std::string_view name;
        int parts;
    };
    // Most browsers claim to be others too: the most particular comes first.
    constexpr std::array products = {
        Product{"Edg/", "Edge", 3},
        Product{"EdgA/", "Edge Mobile", 3},
        Product{"OPR/", "Opera", 3},
        Product{"SamsungBrowser/", "Samsung Internet", 2},
        Product{"CriOS/", "Chrome Mobile iOS", 3},
        Product{"FxiOS/", "Firefox iOS", 2},
        Product{"HeadlessChrome/", "HeadlessChrome", 3},
        Product{"Firefox/", "Firefox", 2},
        Product{"Chrome/", "Chrome", 3},
    };
    for (const Product& product : products) {
        if (auto version = versionAfter(text, product.mark, product.parts)) {
            out.browser = product.name;
            out.browserVersion = std::move(*version);
            if (product.name == "Chrome" && text.find("Mobile") != std::string_view::npos)
                out.browser = "Chrome Mobile";
            return;
        }
    }
    if (text.find("Safari/") != std::string_view::npos) {
        if (auto version = versionAfter(text, "Version/", 3)) {
            out.browser = text.find("Mobile/") != std::string_view::npos ? "Mobile Safari" : "Safari";
            out.browserVersion = std::move(*version);
        }
    } else if (auto ie = versionAfter(text, "MSIE ", 2)) {
        out.browser = "IE";
        out.browserVersion = std::move(*ie);
    } else if (text.find("Trident/") != std::string_view::npos) {
        out.browser = "IE";
        out.browserVersion = versionAfter(text, "rv:", 2).value_or("");
    }
}

void readSystem(std::string_view text, UserAgent& out)
{
    if (auto version = versionAfter(text, "Windows NT ", 2)) {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 5> names = {
            {{"10.0", "10"}, {"6.3", "8.1"}, {"6.2", "8"}, {"6.1", "7"}, {"6.0", "Vista"}}};
        out.os = "Windows";
        out.osVersion = *version;
        for (const auto& [number, name] : names) {
            if (*version == number)
                out.osVersion = name;
        }
    } else if (auto ios = versionAfter(text, "iPhone OS ", 3)) {
        out.os = "iOS";
        out.osVersion = std::move(*ios);
        out.device = "iPhone";
    } else if (text.find("iPad;") != std::string_view::npos) {
        out.os = "iOS";
        out.osVersion = versionAfter(text, "CPU OS ", 3).value_or("");
        out.device = "iPad";
    } else if (auto mac = versionAfter(text, "Mac OS X ", 3)) {
        out.os = "Mac OS X";
        out.osVersion = std::move(*mac);
    } else if (auto android = versionAfter(text, "Android ", 3)) {
        out.os = "Android";
        out.osVersion = std::move(*android);
        // "Android 14; Pixel 8 Build/..." or "...; Pixel 8)"
        const std::size_t start = text.find("; ", text.find("Android "));
        if (start != std::string_view::npos) {
            const std::string_view rest = text.substr(start + 2);
            out.device = rest.substr(0, std::min(rest.find(" Build"), rest.find_first_of(");")));
        }
    } else if (text.find("CrOS ") != std::string_view::npos) {
        out.os = "Chrome OS";
    } else if (text.find("Ubuntu") != std::string_view::npos) {
        out.os = "Ubuntu";
    } else if (text.find("Fedora") != std::string_view::npos) {
        out.os = "Fedora";
    } else if (text.find("Linux") != std::string_view::npos) {
        out.os = "Linux";
    }
}

} // namespace

UserAgent readUserAgent(std::string_view text)
{
    UserAgent out;
    text = text.substr(0, 1000);
    readBrowser(text, out);
    if (!out.browser.empty() || text.substr(0, 8) == "Mozilla/")
        readSystem(text, out);
    return out;
}

} // namespace vedette::collector
