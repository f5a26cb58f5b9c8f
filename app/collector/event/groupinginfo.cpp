// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/groupinginfo.h"

#include <array>
#include <utility>

#include "app/collector/event/grouping.h"
#include "app/collector/event/reading.h"
#include "app/collector/event/texts.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxShown = 8'192; ///< characters of a value: as the event shows of a message

/// A component's name for people; empty where its id says it.
std::string_view nameOf(std::string_view id)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> names = {{{"app", "in-app"},
        {"chained-exception", "exceptions"}, {"stacktrace", "stack trace"}, {"ns-error", "NSError"},
        {"context-line", "line of source"}, {"filename", "file name"}, {"uri", "source"}}};
    for (const auto& [known, name] : names) {
        if (known == id)
            return name;
    }
    return {};
}

void writeComponent(json::Writer& out, const GroupingComponent& component)
{
    out.beginObject().field("id", component.id).fieldOrNull("name", nameOf(component.id));
    out.field("contributes", component.contributes).fieldOrNull("hint", component.hint);
    out.key("values").beginArray();
    for (const std::string& value : component.values)
        out.string(cut(value, maxShown));
    for (const GroupingComponent& part : component.parts)
        writeComponent(out, part);
    out.endArray().endObject();
}

void writeTexts(json::Writer& out, std::string_view name, const std::vector<std::string>& texts)
{
    out.key(name).beginArray();
    for (const std::string& text : texts)
        out.string(cut(text, maxShown));
    out.endArray();
}

/// What it looks at: `in-app exception`, `message`.
std::string description(const GroupingVariant& variant)
{
    if (variant.type == "custom-fingerprint")
        return "fingerprint of the SDK's";
    std::string out = variant.key == "app" ? "in-app " : variant.key == "system" ? "all frames: " : "";
    for (const GroupingComponent& part : variant.root.parts) {
        if (&part != &variant.root.parts.front())
            out += ", ";
        const std::string_view name = nameOf(part.id);
        out += name.empty() ? std::string_view(part.id) : name;
    }
    return variant.type == "salted-component" ? out + ", with a fingerprint of the SDK's" : out;
}

} // namespace

std::string groupingInfoJson(json::Value payload, const ReceiveContext& received,
    const std::function<bool(const std::string& hash)>& isOfIssue)
{
    json::Writer out;
    out.beginObject();
    for (const GroupingVariant& variant : groupingVariants(readEventPayload(payload, received))) {
        const bool contributes = !variant.hash.empty();
        out.key(variant.key).beginObject().field("key", variant.key).field("type", variant.type);
        out.field("description", description(variant)).fieldOrNull("hash", variant.hash);
        out.field("hashMismatch", contributes && !isOfIssue(variant.hash));
        out.field("contributes", contributes).fieldOrNull("hint", variant.hint);
        if (!variant.sent.empty()) {
            writeTexts(out, "values", variant.values);
            writeTexts(out, "client_values", variant.sent);
        }
        if (!variant.root.id.empty()) {
            out.key("component");
            writeComponent(out, variant.root);
            out.key("config").beginObject().field("id", groupingConfigId).endObject();
        }
        out.endObject();
    }
    return out.endObject().take();
}

} // namespace vedette::collector
