// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/render.h"

#include <algorithm>
#include <map>

#include "app/collector/event/payload.h"
#include "app/collector/event/problems.h"
#include "app/collector/event/renderstack.h"
#include "app/collector/event/stack.h"
#include "app/collector/event/tags.h"
#include "app/collector/event/useragent.h"

namespace vedette::collector {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void writePairs(json::Writer& out, std::string_view name, const Pairs& pairs)
{
    out.key(name).beginArray();
    for (const auto& [key, value] : pairs)
        out.beginArray().string(key).string(value).endArray();
    out.endArray();
}

void orNull(json::Writer& out, std::string_view name, json::Value value)
{
    if (value.exists() && !value.isNull())
        out.field(name, value);
    else
        out.nullField(name);
}

/// `content-type` as `Content-Type`: headers compare without case, and this is how people read them.
std::string headerName(std::string_view name)
{
    std::string out;
    bool start = true;
    for (char c : name) {
        if (start && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
        start = c == '-';
        out += c;
    }
    return out;
}

Pairs cookiesOf(json::Value request)
{
    const json::Value cookies = request["cookies"];
    if (cookies.isObject() || cookies.isArray())
        return pairsOf(cookies);
    std::string text(cookies.string().value_or(""));
    if (text.empty())
        text = requestHeader(request, "cookie");
    Pairs out;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        const std::string_view part = trimmed(rest.substr(0, end));
        const std::size_t equals = part.find('=');
        if (!part.empty())
            out.emplace_back(
                part.substr(0, equals), equals == std::string_view::npos ? "" : part.substr(equals + 1));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return out;
}

void writeRequestData(json::Writer& out, json::Value request)
{
    std::string url = textOf(request["url"], 8192);
    std::string fragment = textOf(request["fragment"], 1024);
    std::string query;
    // What stands in the address is shown apart, as clients expect it.
    if (const std::size_t hash = url.find('#'); hash != std::string::npos) {
        if (fragment.empty())
            fragment = url.substr(hash + 1);
        url.resize(hash);
    }
    if (const std::size_t mark = url.find('?'); mark != std::string::npos) {
        query = url.substr(mark + 1);
        url.resize(mark);
    }
    const json::Value sent = request["query_string"];
    Pairs pairs = sent.isObject() || sent.isArray()
                      ? pairsOf(sent)
                      : queryPairs(sent.string().value_or("").empty() ? std::string_view(query)
                                                                      : sent.string().value_or(""));
    Pairs headers;
    for (auto& [name, value] : pairsOf(request["headers"])) {
        std::string shown = headerName(name);
        if (shown != "Cookie")
            headers.emplace_back(std::move(shown), std::move(value));
    }
    std::stable_sort(
        headers.begin(), headers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    out.beginObject().fieldOrNull("url", url).fieldOrNull("method", textOf(request["method"], 32));
    out.field("fragment", fragment);
    writePairs(out, "query", pairs);
    std::string contentType = requestHeader(request, "content-type");
    writePairs(out, "headers", headers);
    writePairs(out, "cookies", cookiesOf(request));
    orNull(out, "env", request["env"]);
    orNull(out, "data", request["data"]);
    out.fieldOrNull("inferredContentType", contentType.substr(0, contentType.find(';')));
    orNull(out, "apiTarget", request["api_target"]);
    out.endObject();
}

void writeBreadcrumbsData(json::Writer& out, const std::vector<json::Value>& crumbs)
{
    out.beginObject().key("values").beginArray();
    for (const json::Value crumb : crumbs) {
        out.beginObject();
        const auto time = timeOf(crumb["timestamp"]);
        if (time)
            out.field("timestamp", core::formatTime(*time));
        else
            out.nullField("timestamp");
        const std::string type = textOf(crumb["type"], 64);
        out.field("type", type.empty() ? "default" : type);
        out.fieldOrNull("category", textOf(crumb["category"], 256));
        out.field("level", levelOf(crumb["level"], "info"));
        orNull(out, "message", crumb["message"]);
        orNull(out, "data", crumb["data"]);
        orNull(out, "event_id", crumb["event_id"]);
        out.endObject();
    }
    out.endArray().endObject();
}

/// Writes one entry of the list and remembers its place for `_meta`.
class Entries
{
public:
    explicit Entries(json::Writer& out)
        : m_out(out)
    {
        m_out.key("entries").beginArray();
    }

    template<class WriteData>
    void add(std::string_view type, std::string_view attribute, WriteData writeData)
    {
        m_out.beginObject().field("type", type).key("data");
        writeData();
        m_out.endObject();
        m_places.emplace(attribute, m_places.size());
    }

    std::map<std::string, std::size_t, std::less<>> finish()
    {
        m_out.endArray();
        return std::move(m_places);
    }

private:
    json::Writer& m_out;
    std::map<std::string, std::size_t, std::less<>> m_places;
};

std::map<std::string, std::size_t, std::less<>> writeEntries(
    json::Writer& out, json::Value payload, std::string_view platform)
{
    Entries entries(out);
    const Message message = messageOf(payload);
    const auto exceptions = valuesOf(checked(payload, "exception"));
    if (!message.formatted.empty()) {
        entries.add("message", payload["logentry"].exists() ? "logentry" : "message", [&] {
            out.beginObject();
            if (!message.raw.empty() && message.raw != message.formatted)
                out.field("message", message.raw);
            if (message.params.exists() && !message.params.isNull())
                out.field("params", message.params);
            out.field("formatted", message.formatted).endObject();
        });
    }
    if (payload["template"].isObject())
        entries.add("template", "template", [&] { out.value(payload["template"]); });
    if (!exceptions.empty()) {
        entries.add(
            "exception", "exception", [&] { writeExceptionData(out, payload["exception"], platform); });
    }
    if (checked(payload, "stacktrace").isObject())
        entries.add(
            "stacktrace", "stacktrace", [&] { writeStacktrace(out, payload["stacktrace"], platform); });
    if (!valuesOf(checked(payload, "threads")).empty())
        entries.add("threads", "threads", [&] { writeThreadsData(out, payload["threads"], platform); });
    if (const auto crumbs = valuesOf(checked(payload, "breadcrumbs")); !crumbs.empty())
        entries.add("breadcrumbs", "breadcrumbs", [&] { writeBreadcrumbsData(out, crumbs); });
    if (const json::Value request = checked(payload, "request"); request.isObject() && request.size() > 0)
        entries.add("request", "request", [&] { writeRequestData(out, request); });
    for (const char* name : {"csp", "expectct", "expectstaple", "hpkp", "nel"}) {
        if (payload[name].isObject())
            entries.add(name, name, [&] { out.value(payload[name]); });
    }
    if (const json::Value debug = checked(payload, "debug_meta"); debug["images"].isArray())
        entries.add("debugmeta", "debug_meta", [&] { out.value(debug); });
    return entries.finish();
}

void writeUser(json::Writer& out, json::Value user, const ReceiveContext& received)
{
    if (userKeyOf(user, received.remoteAddress).empty() && textOf(user["name"], 200).empty()) {
        out.nullField("user");
        return;
    }
    out.key("user").beginObject();
    out.fieldOrNull("id", textOf(user["id"], 1024)).fieldOrNull("email", textOf(user["email"], 1024));
    out.fieldOrNull("username", textOf(user["username"], 1024));
    const std::string address = textOf(user["ip_address"], 64);
    out.fieldOrNull("ip_address", address == "{{auto}}" ? received.remoteAddress : address);
    out.fieldOrNull("name", textOf(user["name"], 1024));
    if (user["geo"].isObject())
        out.field("geo", user["geo"]);
    out.key("data").beginObject();
    for (const auto& [name, value] : user["data"].members())
        out.field(name, value);
    for (const auto& [name, value] : user.members()) {
        const bool known = name == "id" || name == "email" || name == "username" || name == "ip_address" ||
                           name == "name" || name == "geo" || name == "data";
        if (!known && !value.isNull())
            out.field(name, value);
    }
    out.endObject().endObject();
}

void writeContexts(json::Writer& out, json::Value contexts, const UserAgent& agent)
{
    out.key("contexts").beginObject();
    for (const auto& [alias, context] : contexts.members()) {
        if (!context.isObject() || context.size() == 0)
            continue;
        out.key(alias).beginObject();
        for (const auto& [name, value] : context.members())
            out.field(name, value);
        if (!context["type"].exists())
            out.field("type", alias);
        out.endObject();
    }
    const auto derived = [&](const char* alias, const std::string& name, const std::string& version) {
        if (name.empty() || contexts[alias].isObject())
            return;
        out.key(alias).beginObject().field("name", name).fieldOrNull("version", version).field("type", alias);
        out.endObject();
    };
    derived("browser", agent.browser, agent.browserVersion);
    derived("os", agent.os, agent.osVersion);
    out.endObject();
}

void writeErrors(json::Writer& out, json::Value payload)
{
    out.key("errors").beginArray();
    for (const Problem& problem : problemsOf(payload)) {
        out.beginObject().field("type", problem.type).field("message", "Discarded invalid value");
        out.key("data").beginObject().field("name", problem.name).field("reason", problem.reason);
        out.field("value", problem.value).endObject().endObject();
    }
    for (const json::Value sent : payload["errors"].items()) {
        if (!sent.isObject())
            continue;
        out.beginObject().field("type", textOf(sent["type"], 64)).field("message", textOf(sent["type"], 64));
        out.field("data", sent).endObject();
    }
    out.endArray();
}

/// `_meta` mirrors the event as the API shows it: attributes that became entries move below `entries`.
void writeMeta(
    json::Writer& out, json::Value payload, const std::map<std::string, std::size_t, std::less<>>& places)
{
    const json::Value meta = payload["_meta"];
    out.key("_meta").beginObject().key("entries").beginObject();
    for (const auto& [attribute, node] : meta.members()) {
        if (const auto place = places.find(attribute); place != places.end())
            out.key(std::to_string(place->second)).beginObject().field("data", node).endObject();
    }
    out.endObject();
    constexpr std::pair<std::string_view, std::string_view> renamed[] = {{"user", "user"},
        {"contexts", "contexts"}, {"sdk", "sdk"}, {"extra", "context"}, {"modules", "packages"},
        {"tags", "tags"}};
    for (const auto& [from, to] : renamed) {
        if (meta[from].exists())
            out.field(to, meta[from]);
    }
    out.endObject();
}

} // namespace

std::string renderFullEvent(json::Value payload, const RenderContext& context)
{
    const auto facts = extractFacts(payload, context.received);
    json::Writer out;
    if (!facts)
        return "null";
    out.beginObject().field("id", facts->eventId).field("eventID", facts->eventId);
    out.field("groupID", context.issueId).field("projectID", context.projectId).field("size", context.size);
    out.field("type", facts->type).field("title", facts->title).field("message", facts->message);
    out.fieldOrNull("location", facts->location)
        .field("culprit", facts->culprit)
        .field("platform", facts->platform);
    out.fieldOrNull("dist", facts->dist);
    writeUser(out, checked(payload, "user"), context.received);
    out.key("tags").beginArray();
    for (const auto& [key, value] : facts->tags)
        out.beginObject().field("key", key).field("value", value).endObject();
    out.endArray();
    writeContexts(out, checked(payload, "contexts"),
        readUserAgent(browserHeader(payload, facts->platform, context.received.userAgent)));
    const auto objectField = [&](const char* name, json::Value value) {
        out.key(name);
        if (value.isObject())
            out.value(value);
        else
            out.beginObject().endObject();
    };
    objectField("context", checked(payload, "extra"));
    objectField("packages", checked(payload, "modules"));
    const json::Value sdk = checked(payload, "sdk");
    out.key("sdk");
    if (sdk.isObject())
        out.beginObject()
            .field("name", textOf(sdk["name"], 200))
            .field("version", textOf(sdk["version"], 200))
            .endObject();
    else
        out.null();
    const auto places = writeEntries(out, payload, facts->platform);
    writeErrors(out, payload);
    out.key("metadata").raw(facts->metadataJson);
    out.field("dateCreated", core::formatTime(facts->timestamp));
    out.field("dateReceived", core::formatTime(facts->received));
    out.key("fingerprints").beginArray();
    for (const std::string& hash : facts->hashes)
        out.string(hash);
    out.endArray().nullField("groupingConfig").key("release");
    if (facts->release.empty())
        out.null();
    else
        out.beginObject().field("version", facts->release).endObject();
    out.nullField("userReport")
        .key("sdkUpdates")
        .beginArray()
        .endArray()
        .key("resolvedWith")
        .beginArray()
        .endArray();
    out.fieldOrNull("nextEventID", context.nextId).fieldOrNull("previousEventID", context.previousId);
    out.nullField("occurrence").nullField("crashFile");
    writeMeta(out, payload, places);
    return out.endObject().take();
}

} // namespace vedette::collector
