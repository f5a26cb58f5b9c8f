// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/tags.h"

#include <map>

#include "app/collector/event/payload.h"
#include "app/collector/event/problems.h"
#include "app/collector/event/useragent.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxTags = 1000;
constexpr std::size_t maxKey = 200;
constexpr std::size_t maxValue = 200;

using Tags = std::map<std::string, std::string>;

/// Letters, digits and `_.:-` stay; anything else becomes a dash.
std::string cleanKey(std::string_view key)
{
    std::string out;
    for (const char c : trimmed(key).substr(0, maxKey)) {
        const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '_' || c == '.' || c == ':' || c == '-' ||
                          (static_cast<unsigned char>(c) & 0x80U) != 0;
        out += fine ? c : '-';
    }
    return out;
}

void set(Tags& tags, const char* key, std::string value)
{
    if (!value.empty())
        tags[key] = std::move(value);
}

/// `browser` and `browser.name`, `os` and `os.name`, ... of one context.
void contextTags(Tags& tags, const std::string& key, const std::string& name, const std::string& version)
{
    if (name.empty())
        return;
    tags[key + ".name"] = cut(name, maxValue);
    if (!version.empty())
        tags[key] = cut(name + " " + version, maxValue);
}

void fromContexts(Tags& tags, json::Value payload, const UserAgent& agent)
{
    const json::Value contexts = checked(payload, "contexts");
    for (const char* key : {"browser", "os", "runtime"}) {
        std::string name = textOf(contexts[key]["name"], maxValue);
        std::string version = textOf(contexts[key]["version"], maxValue);
        if (name.empty() && std::string_view(key) == "browser") {
            name = agent.browser;
            version = agent.browserVersion;
        }
        if (name.empty() && std::string_view(key) == "os") {
            name = agent.os;
            version = agent.osVersion;
        }
        contextTags(tags, key, name, version);
    }
    const json::Value clientOs = contexts["client_os"];
    contextTags(tags, "client_os", textOf(clientOs["name"], maxValue), textOf(clientOs["version"], maxValue));
    std::string device = textOf(contexts["device"]["model"], maxValue);
    set(tags, "device", device.empty() ? agent.device : device);
    set(tags, "device.family", textOf(contexts["device"]["family"], maxValue));
}

} // namespace

std::string userKeyOf(json::Value user, std::string_view remoteAddress)
{
    for (const char* name : {"id", "email", "username"}) {
        const std::string text = textOf(user[name], maxValue);
        if (!text.empty())
            return std::string(name) + ":" + text;
    }
    const std::string address = textOf(user["ip_address"], 64);
    if (address == "{{auto}}")
        return remoteAddress.empty() ? std::string() : "ip:" + std::string(remoteAddress);
    return address.empty() ? std::string() : "ip:" + address;
}

std::string browserHeader(json::Value payload, std::string_view platform, std::string_view senderUserAgent)
{
    std::string own = requestHeader(checked(payload, "request"), "user-agent");
    if (own.empty() && platform == "javascript")
        own = senderUserAgent;
    return own;
}

std::vector<std::pair<std::string, std::string>> tagsOf(
    json::Value payload, const EventFacts& facts, const ReceiveContext& context)
{
    Tags tags;
    for (auto& [key, value] : pairsOf(checked(payload, "tags"))) {
        const std::string clean = cleanKey(key);
        if (clean.empty() || tags.size() >= maxTags)
            continue;
        // One line: a tag is a label, not a text.
        std::string text = cut(trimmed(firstLine(trimmed(value))), maxValue);
        if (!text.empty())
            tags[clean] = std::move(text);
    }
    fromContexts(tags, payload, readUserAgent(browserHeader(payload, facts.platform, context.userAgent)));
    set(tags, "level", facts.level);
    set(tags, "environment", facts.environment);
    set(tags, "release", facts.release);
    set(tags, "dist", facts.dist);
    set(tags, "logger", facts.logger);
    set(tags, "transaction", facts.transaction);
    set(tags, "server_name", textOf(checked(payload, "server_name"), maxValue));
    set(tags, "user", cut(facts.userKey, maxValue));
    set(tags, "url", textOf(checked(payload, "request")["url"], maxValue));
    const auto exceptions = valuesOf(checked(payload, "exception"));
    if (!exceptions.empty()) {
        const json::Value mechanism = exceptions.back()["mechanism"];
        set(tags, "mechanism", textOf(mechanism["type"], maxValue));
        if (const auto handled = mechanism["handled"].boolean())
            set(tags, "handled", *handled ? "yes" : "no");
    }
    return {tags.begin(), tags.end()};
}

} // namespace vedette::collector
