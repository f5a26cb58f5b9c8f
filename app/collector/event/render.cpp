// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/render.h"

#include <algorithm>
#include <array>

#include "app/collector/event/bag.h"
#include "app/collector/event/fields.h"
#include "app/collector/event/grouping.h"
#include "app/collector/event/metamarks.h"
#include "app/collector/event/reading.h"
#include "app/collector/event/renderentries.h"
#include "app/collector/event/renderstack.h"
#include "app/collector/event/tags.h"
#include "app/collector/event/titles.h"

namespace vedette::collector {
namespace {

/// Whoever can be told apart or has something told of them.
void writeUser(json::Writer& out, const EventReading& event, Notes& notes)
{
    const UserReading& person = event.person;
    const auto isOwnField = [](std::string_view name) {
        return name == "id" || name == "email" || name == "username" || name == "ip_address" ||
               name == "name" || name == "geo" || name == "data";
    };
    bool anything = !person.key().empty() || !person.name.empty() || event.user["geo"].size() > 0 ||
                    event.user["data"].size() > 0;
    for (const auto& [name, value] : event.user.members())
        anything = anything || (!isOwnField(name) && !value.isNull());
    out.key("user");
    if (!anything) {
        out.null();
        return;
    }
    out.beginObject().fieldOrNull("id", person.id).fieldOrNull("email", person.email);
    out.fieldOrNull("username", person.username).fieldOrNull("ip_address", person.ip);
    out.fieldOrNull("name", person.name);
    const Step root(Step::Root::TopLevel, "user", "user");
    out.key("geo");
    Bag(out, notes, maxContextBytes)
        .value(objectOnly(event.user["geo"], "user.geo", &notes), Step(root, "geo"));
    // What SDKs and programs add stands among the data.
    const Step data = Step::unnamed(root, "data");
    Bag bag(out, notes, maxContextBytes);
    out.key("data").beginObject();
    bag.members(objectOnly(event.user["data"], "user.data", &notes), Step(root, "data"));
    std::size_t others = 0;
    for (const auto& [name, value] : event.user.members()) {
        if (isOwnField(name) || value.isNull())
            continue;
        if (others == maxPairs || name.size() >= bag.left()) {
            notes.addAt(root, "too_many", std::to_string(event.user.size()), event.user.size());
            break;
        }
        ++others;
        out.key(name);
        bag.value(value, Step(data, name));
    }
    out.endObject().endObject();
}

void writeTags(json::Writer& out, const std::vector<std::pair<std::string, std::string>>& tags)
{
    out.key("tags").beginArray();
    for (const auto& [key, value] : tags) {
        out.beginObject().field("key", key).field("value", value);
        const std::size_t colon = value.find(':');
        if (key == "user" && colon != std::string::npos) {
            // The query that finds this user: user.id:7, quoted where the value asks for it.
            const std::string text = value.substr(colon + 1);
            const bool plain = text.find_first_of(" \"()") == std::string::npos;
            out.field("query", "user." + value.substr(0, colon) + ':' + (plain ? text : '"' + text + '"'));
        }
        out.endObject();
    }
    out.endArray();
}

bool isKnownContext(std::string_view alias)
{
    constexpr std::array<std::string_view, 20> known = {"device", "os", "runtime", "app", "browser", "gpu",
        "trace", "culture", "cloud_resource", "response", "state", "feedback", "replay", "flags", "profile",
        "otel", "unity", "unreal", "memory_info", "threadpool_info"};
    return std::find(known.begin(), known.end(), alias) != known.end();
}

void writeContexts(json::Writer& out, const EventReading& event, Notes& notes)
{
    const Step root(Step::Root::TopLevel, "contexts", "contexts");
    std::size_t count = 0;
    out.key("contexts").beginObject();
    for (const auto& [alias, context] : event.contexts.members()) {
        if (!context.isObject()) {
            if (!context.isNull())
                notes.add("invalid_data", "contexts." + std::string(alias), context.toJson());
            continue;
        }
        if (context.size() == 0)
            continue;
        if (count++ == maxPairs) {
            notes.addAt(
                root, "too_many", std::to_string(event.contexts.size()), event.contexts.size(), maxPairs);
            break;
        }
        const Step at(root, alias);
        out.key(alias).beginObject();
        Bag(out, notes, maxContextBytes).members(context, at, "type");
        const auto type = context["type"].string();
        const std::string_view shown = type                    ? *type
                                       : isKnownContext(alias) ? alias
                                                               : std::string_view("default");
        writeText(out, notes, "type", shown, Step(at, "type"), maxFrameChars);
        out.endObject();
    }
    for (const NamedContext& told : event.named) {
        if (event.contexts[told.alias].size() > 0)
            continue;
        out.key(told.alias).beginObject(); // read from the user agent
        for (const auto& [name, value] : {std::pair<std::string_view, std::string_view>{"name", told.name},
                 {"version", told.version}, {"model", told.model}, {"family", told.family}}) {
            if (!value.empty())
                out.field(name, value);
        }
        out.field("type", told.type).endObject();
    }
    out.endObject();
}

/// What the SDK calls `extra`: each item and all of them within their limits.
void writeExtra(json::Writer& out, json::Value extra, Notes& notes)
{
    const Step root(Step::Root::TopLevel, "extra", "context");
    std::size_t left = maxExtraBytes;
    std::size_t count = 0;
    out.key("context").beginObject();
    for (const auto& [key, value] : extra.members()) {
        if (count == maxPairs || key.size() >= std::min(left, maxExtraItemBytes)) {
            notes.addAt(root, "too_many", std::to_string(extra.size()), extra.size(), count);
            break;
        }
        ++count;
        const std::size_t room = std::min(left, maxExtraItemBytes) - key.size();
        Bag bag(out, notes, room);
        out.key(key);
        bag.value(value, Step(root, key));
        left -= key.size() + room - bag.left();
    }
    out.endObject();
}

std::string_view explanation(std::string_view type)
{
    struct Explained
    {
        std::string_view type, text;
    };
    constexpr std::array<Explained, 7> explained = {{{"invalid_data", "Discarded invalid value"},
        {"mended_json", "The event was not valid JSON in places; what stood there was replaced"},
        {"value_too_long", "The value was longer than what is kept"},
        {"too_many", "There are more of these than are shown"},
        {"clock_drift", "The sender's clock is off; its times were shifted"},
        {"future_timestamp", "The time lies in the future; the time of arrival stands for it"},
        {"past_timestamp", "The time lies too far back; the time of arrival stands for it"}}};
    for (const auto& [name, text] : explained) {
        if (name == type)
            return text;
    }
    return type;
}

/// Ours, then those that the SDK noted itself.
void writeErrors(json::Writer& out, const EventReading& event, const Notes& notes)
{
    constexpr std::size_t maxOwn = 100;
    constexpr std::size_t maxSent = 100;
    out.key("errors").beginArray();
    std::size_t own = 0;
    for (const Note& each : notes.all()) {
        if (++own > maxOwn)
            break;
        out.beginObject().field("type", each.type).field("message", explanation(each.type));
        out.key("data").beginObject().field("name", each.name);
        if (!each.value.empty())
            out.field("value", each.value);
        out.endObject().endObject();
    }
    if (const std::size_t all = notes.all().size() + notes.more(); all > maxOwn) {
        out.beginObject().field("type", "too_many").field("message", explanation("too_many")).key("data");
        out.beginObject().field("name", "errors").field("value", static_cast<std::int64_t>(all - maxOwn));
        out.endObject().endObject();
    }
    std::size_t count = 0;
    for (const json::Value sent : event.errors.items()) {
        if (!sent.isObject() || ++count > maxSent)
            continue;
        const std::string type = scalar(sent["type"], {}, 64);
        out.beginObject().field("type", type).field("message", explanation(type)).key("data").beginObject();
        for (const auto& [name, value] : sent.members()) {
            if (name != "type")
                out.field(name, value);
        }
        out.endObject().endObject();
    }
    out.endArray();
}

void writeModules(json::Writer& out, json::Value modules, Notes& notes)
{
    out.key("packages").beginObject();
    Bag(out, notes, maxModuleBytes, anyNumber)
        .members(modules, Step(Step::Root::TopLevel, "modules", "packages"));
    out.endObject();
}

void writeSdk(json::Writer& out, json::Value sdk, Notes& notes)
{
    out.key("sdk");
    const std::string name = scalar(sdk["name"], "sdk.name", 200, &notes);
    const std::string version = scalar(sdk["version"], "sdk.version", 200, &notes);
    if (name.empty() && version.empty())
        out.null();
    else
        out.beginObject().field("name", name).field("version", version).endObject();
}

/// What was replaced so that the payload could be read; a number that is too large is whole as a text.
void noteMends(const json::Mends& mends, Notes& notes)
{
    for (const auto& [isSo, what] :
        {std::pair<bool, std::string_view>{mends.badUtf8, "bytes that are no UTF-8"},
            {mends.loneSurrogate, "half of a surrogate pair"}, {mends.badEscape, "a bad escape"},
            {mends.notANumber, "NaN or Infinity"}}) {
        if (isSo)
            notes.add("mended_json", "event", what);
    }
}

void writeRawOrNull(json::Writer& out, std::string_view name, std::string_view json)
{
    if (json.empty())
        out.nullField(name);
    else
        out.key(name).raw(json);
}

} // namespace

std::string renderFullEvent(json::Value payload, const RenderContext& context)
{
    if (!payload.isObject())
        return "null";
    Notes notes;
    noteMends(context.mends, notes);
    const EventReading event = readEventPayload(payload, context.received, &notes);
    const Titles titles = titlesOf(event);
    const auto tags = tagsOf(event, &notes);
    const auto tagValue = [&](std::string_view key) {
        const auto found =
            std::find_if(tags.begin(), tags.end(), [&](const auto& tag) { return tag.first == key; });
        return found != tags.end() ? std::string_view(found->second) : std::string_view();
    };
    json::Writer out;
    out.beginObject().field("id", event.eventId).field("eventID", event.eventId);
    out.field("groupID", context.issueId).field("projectID", context.projectId).field("size", context.size);
    out.field("type", event.type).field("title", titles.title).field("message", titles.searchText);
    out.fieldOrNull("location", titles.location).field("culprit", titles.culprit);
    out.field("platform", event.platform).fieldOrNull("dist", event.dist);
    writeUser(out, event, notes);
    writeTags(out, tags);
    writeContexts(out, event, notes);
    writeExtra(out, event.extra, notes);
    writeModules(out, event.modules, notes);
    writeSdk(out, event.sdk, notes);
    const std::vector<std::string_view> entryTypes = writeEntries(out, event, notes);
    writeErrors(out, event, notes);
    out.key("metadata").raw(titles.metadataJson);
    out.field("dateCreated", core::formatTime(event.timestamp));
    out.field("dateReceived", core::formatTime(event.received));
    out.key("fingerprints").beginArray();
    for (const std::string& hash : groupingHashes(event))
        out.string(hash);
    out.endArray()
        .key("groupingConfig")
        .beginObject()
        .field("id", groupingConfigId)
        .field("enhancements", "");
    out.endObject().key("release");
    if (const std::string_view release = tagValue("release"); release.empty())
        out.null();
    else if (!context.release.empty())
        out.raw(context.release);
    else
        out.beginObject().field("version", release).endObject();
    writeRawOrNull(out, "userReport", context.userReportJson);
    out.key("sdkUpdates").beginArray().endArray();
    out.key("resolvedWith").beginArray().endArray();
    out.fieldOrNull("nextEventID", context.nextId).fieldOrNull("previousEventID", context.previousId);
    out.nullField("occurrence");
    writeRawOrNull(out, "crashFile", context.crashFileJson);
    noteSubstitutes(event, tags, notes);
    writeMeta(out, event, notes, entryTypes, tags);
    return out.endObject().take();
}

} // namespace vedette::collector
