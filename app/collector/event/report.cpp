// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/report.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxPart = 200;

/// The member of that name, with underscores or, as browsers send it, with hyphens.
std::string member(json::Value report, std::string_view underscored)
{
    std::string dashed(underscored);
    for (char& c : dashed)
        c = c == '_' ? '-' : c;
    json::Value value = report[underscored];
    if (!value.exists())
        value = report[dashed];
    return value.text().value_or("");
}

std::string hostOf(std::string_view url)
{
    const std::size_t slashes = url.find("://");
    if (slashes == std::string_view::npos)
        return {};
    url.remove_prefix(slashes + 3);
    return std::string(url.substr(0, url.find_first_of("/?#")));
}

/// What a directive governs, in words: `img-src` is about an image.
std::string thingOf(std::string_view directive)
{
    if (directive == "img-src")
        return "image";
    const std::size_t source = directive.find("-src");
    return std::string(directive.substr(0, source));
}

/// Of code and styles that stand in the page itself.
std::string inlineTitle(std::string_view directive, std::string_view blocked)
{
    if (blocked == "eval" || blocked == "'unsafe-eval'")
        return "Blocked unsafe eval() 'script'";
    if (directive == "script-src" && blocked == "inline")
        return "Blocked unsafe inline 'script'";
    if (directive == "script-src")
        return "Blocked unsafe (eval() or inline) 'script'";
    if (directive == "script-src-elem")
        return "Blocked unsafe 'script' element";
    if (directive == "script-src-attr")
        return "Blocked inline script attribute";
    if (directive == "style-src-elem")
        return "Blocked 'style' or 'link' element";
    if (directive == "style-src-attr")
        return "Blocked style attribute";
    return "Blocked inline '" + thingOf(directive) + "'";
}

std::string cspTitle(const EventReading& event)
{
    const std::string directive = reportDirective(event);
    const std::string source = reportSource(event);
    if (source == "'self'")
        return inlineTitle(directive, member(event.report, "blocked_uri"));
    return "Blocked '" + thingOf(directive) + "' from '" + source + "'";
}

} // namespace

std::string reportDirective(const EventReading& event)
{
    if (event.type == "nel")
        return cut(member(event.report, "type"), maxPart);
    std::string directive = member(event.report, "effective_directive");
    if (directive.empty())
        directive = member(event.report, "violated_directive");
    return cut(directive.substr(0, directive.find(' ')), maxPart);
}

std::string reportSource(const EventReading& event)
{
    if (event.type != "csp") {
        std::string host = member(event.report, "hostname");
        return cut(host.empty() ? hostOf(event.url) : host, maxPart);
    }
    const std::string blocked = member(event.report, "blocked_uri");
    constexpr std::array<std::string_view, 6> own = {"", "self", "'self'", "inline", "eval", "'unsafe-eval'"};
    if (std::find(own.begin(), own.end(), blocked) != own.end())
        return "'self'";
    for (const std::string_view local : {"blob:", "data:", "filesystem:"}) {
        // What follows is a new one each time. Some browsers say the scheme alone, without its colon.
        if (blocked.starts_with(local) || blocked == local.substr(0, local.size() - 1))
            return std::string(local);
    }
    const std::string host = hostOf(blocked);
    if (host.empty())
        return cut(blocked.substr(0, blocked.find(',')), maxPart);
    return host == hostOf(member(event.report, "document_uri")) ? "'self'" : cut(host, maxPart);
}

std::string reportTitle(const EventReading& event)
{
    if (event.type == "csp")
        return cspTitle(event);
    const std::string host = reportSource(event);
    if (event.type == "hpkp")
        return "Public key pinning validation failed for '" + host + "'";
    if (event.type == "expectct")
        return "Expect-CT failed for '" + host + "'";
    if (event.type == "expectstaple")
        return "Expect-Staple failed for '" + host + "'";
    return "Network error " + reportDirective(event) + " at '" + host + "'";
}

std::vector<std::pair<std::string, std::string>> reportTags(const EventReading& event)
{
    std::vector<std::pair<std::string, std::string>> out;
    const auto add = [&](std::string_view tag, std::string_view name) {
        if (std::string value = member(event.report, name); !value.empty())
            out.emplace_back(tag, std::move(value));
    };
    if (event.type == "csp") {
        if (std::string directive = reportDirective(event); !directive.empty())
            out.emplace_back("effective-directive", std::move(directive));
        add("blocked-uri", "blocked_uri");
    } else if (event.type == "nel") {
        add("nel.type", "type");
        add("nel.phase", "phase");
        add("nel.protocol", "protocol");
        add("nel.status_code", "status_code");
        add("nel.server_ip", "server_ip");
    } else if (event.report.exists()) {
        add("hostname", "hostname");
        add("port", "port");
        add("include-subdomains", "include_subdomains");
        add("response_status", "response_status");
        add("cert_status", "cert_status");
    }
    return out;
}

} // namespace vedette::collector
