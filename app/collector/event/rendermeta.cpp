// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <map>

#include "app/collector/event/fields.h"
#include "app/collector/event/metamarks.h"
#include "app/collector/event/renderentries.h"
#include "app/collector/event/renderstack.h"

namespace vedette::collector {
namespace {

/// Attributes whose members are free: names below them stay as they are.
bool isFree(std::string_view attribute)
{
    return attribute == "vars" || attribute == "mechanism" || attribute == "registers" || attribute == "data";
}

/// A node of `_meta` with the names that the API gives to the attributes on its way.
void writeRenamed(json::Writer& out, json::Value node)
{
    if (!node.isObject()) {
        out.value(node);
        return;
    }
    out.beginObject();
    for (const auto& [key, value] : node.members()) {
        out.key(key.empty() ? std::string() : apiName(key));
        if (key.empty() || isFree(key))
            out.value(value);
        else
            writeRenamed(out, value);
    }
    out.endObject();
}

/// A list that was sent bare stands below `values` in the API.
void writeValues(json::Writer& out, json::Value node, bool rename)
{
    const bool wrap = !node["values"].exists();
    if (wrap)
        out.beginObject().key("values");
    if (rename)
        writeRenamed(out, node);
    else
        out.value(node);
    if (wrap)
        out.endObject();
}

/// Headers become a sorted list: a header's node goes to its place there, at the value.
void writeRequestMeta(json::Writer& out, json::Value node, json::Value request)
{
    out.beginObject();
    for (const auto& [key, value] : node.members()) {
        if (key != "headers") {
            out.field(key == "query_string" ? "query" : key, value);
            continue;
        }
        const auto headers = shownHeaders(request);
        out.key("headers").beginObject();
        for (const auto& [name, headerNode] : value.members()) {
            const json::Value probe = headerNode; // a removed header (a cookie) has no place left
            const auto same = [&, header = name](const auto& pair) {
                return pair.first.size() == header.size() &&
                       std::equal(header.begin(), header.end(), pair.first.begin(),
                           [](char a, char b) { return (a | 0x20) == (b | 0x20); });
            };
            const auto found = std::find_if(headers.begin(), headers.end(), same);
            if (found == headers.end())
                continue;
            out.key(std::to_string(found - headers.begin())).beginObject().field("1", probe).endObject();
        }
        out.endObject();
    }
    out.endObject();
}

void writeTagsMeta(json::Writer& out, const EventReading& event,
    const std::vector<std::pair<std::string, std::string>>& tags)
{
    std::map<std::string, json::Value, std::less<>> nodes;
    const json::Value meta = event.meta["tags"];
    if (event.tags.isArray()) { // nodes by number: [["k","v"]] has the value at 1, [{key,value}] at value
        std::size_t index = 0;
        for (const json::Value item : event.tags.items()) {
            const json::Value node = meta[std::to_string(index++)];
            if (!node.exists())
                continue;
            const auto key =
                item.isArray() && item.size() > 0 ? (*item.items().begin()).text() : item["key"].text();
            if (key)
                nodes[*key] = node["1"].exists() ? node["1"] : node["value"];
        }
    } else {
        for (const auto& [key, node] : meta.members())
            nodes[std::string(key)] = node;
    }
    out.beginObject();
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const auto node = nodes.find(tags[i].first);
        if (node != nodes.end() && node->second.exists())
            out.key(std::to_string(i)).beginObject().field("value", node->second).endObject();
    }
    out.endObject();
}

void writeEntryMeta(json::Writer& out, const EventReading& event, std::string_view type)
{
    const auto node = [&](std::string_view name) { return event.meta[name]; };
    if (type == "exception") {
        // Entries that say nothing are not answered: the numbers of the others would be off.
        if (event.exceptions.size() == valuesOf(event.exception).size())
            writeValues(out, node("exception"), true);
        else
            out.null();
    } else if (type == "threads") {
        writeValues(out, node("threads"), true);
    } else if (type == "stacktrace") {
        writeRenamed(out, node("stacktrace"));
    } else if (type == "breadcrumbs") {
        writeValues(out, node("breadcrumbs"), false);
    } else if (type == "request") {
        writeRequestMeta(out, node("request"), event.request);
    } else if (type == "message") {
        out.value(node("logentry").exists() ? node("logentry") : node("message"));
    } else if (type == "debugmeta") {
        out.value(node("debug_meta"));
    } else {
        out.value(node(type));
    }
}

bool hasMeta(const EventReading& event, std::string_view type)
{
    if (type == "message")
        return event.meta["logentry"].isObject() || event.meta["message"].isObject();
    return event.meta[type == "debugmeta" ? "debug_meta" : type].isObject();
}

} // namespace

void writeMeta(json::Writer& whole, const EventReading& event, const Notes& notes,
    const std::vector<std::string_view>& entryTypes,
    const std::vector<std::pair<std::string, std::string>>& tags)
{
    json::Writer out;
    out.beginObject().key("entries").beginObject();
    for (std::size_t i = 0; i < entryTypes.size(); ++i) {
        if (!hasMeta(event, entryTypes[i]))
            continue;
        out.key(std::to_string(i)).beginObject().key("data");
        writeEntryMeta(out, event, entryTypes[i]);
        out.endObject();
    }
    out.endObject();
    const auto copy = [&](std::string_view from, std::string_view to) {
        writeOrNull(out, to, event.meta[from].isObject() ? event.meta[from] : json::Value());
    };
    copy("message", "message");
    copy("user", "user");
    copy("contexts", "contexts");
    copy("sdk", "sdk");
    copy("extra", "context");
    copy("modules", "packages");
    out.key("tags");
    writeTagsMeta(out, event, tags);
    out.endObject();
    whole.key("_meta").raw(markedMeta(out.text(), event, notes, entryTypes, tags));
}

} // namespace vedette::collector
