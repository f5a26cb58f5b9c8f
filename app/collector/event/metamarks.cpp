// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/metamarks.h"

#include <algorithm>
#include <array>

#include <map>
#include <set>

#include "app/collector/event/bag.h"
#include "app/collector/event/renderentries.h"
#include "app/collector/event/renderstack.h"
#include "app/collector/event/texts.h"
#include "models/json/document.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Names and numbers from the event's root on.
using Path = std::vector<std::string>;

/// What SDKs write over secrets.
bool isScrubbed(std::string_view text)
{
    constexpr std::array<std::string_view, 4> known = {"[Filtered]", "[filtered]", "[REDACTED]", "********"};
    return std::find(known.begin(), known.end(), text) != known.end();
}

void noteScrubbed(Notes& notes, std::string_view name, std::string_view value)
{
    if (isScrubbed(value))
        notes.addSubstitute(name, "@sdk:filtered", value.size());
}

void noteScrubbedMembers(Notes& notes, const std::string& prefix, json::Value object)
{
    for (const auto& [key, value] : object.members())
        noteScrubbed(notes, prefix + std::string(key), value.string().value_or(""));
}

void noteScrubbedPairs(Notes& notes, const std::string& prefix, const Pairs& pairs)
{
    for (std::size_t i = 0; i < pairs.size() && i < maxPairs; ++i)
        noteScrubbed(notes, prefix + std::to_string(i), pairs[i].second);
}

/// Where the API shows what the payload calls by these names.
class Places final
{
public:
    Places(const EventReading& event, const std::vector<std::string_view>& entryTypes, const Pairs& tags)
        : m_event(event)
        , m_entryTypes(entryTypes)
        , m_tags(tags)
    {}

    /// Empty for what is not shown, or has no place that `_meta` could name.
    [[nodiscard]] Path of(const Note& note) const
    {
        if (note.path.empty())
            return of(note.name);
        // The mark of a value has the empty name: a member of that name cannot be told from it.
        if (std::find(note.path.begin(), note.path.end(), std::string()) != note.path.end())
            return {};
        if (!note.inEntry)
            return note.path;
        return inEntry(note.path.front(), {note.path.begin() + 1, note.path.end()});
    }

    [[nodiscard]] Path of(std::string_view name) const
    {
        if (name == "logentry")
            return inEntry("message", {"formatted"});
        if (name == "logentry.params")
            return inEntry("message", {"params"});
        if (name == "tags" || name == "user" || name == "contexts" || name == "sdk")
            return {std::string(name)};
        if (name == "extra")
            return {"context"};
        if (name == "modules")
            return {"packages"};
        if (name == "breadcrumbs" || name == "threads")
            return inEntry(name, {"values"});
        const std::size_t dot = name.find('.');
        if (dot == std::string_view::npos)
            return ofTag(name, "value"); // release, environment and their like are shown as tags
        const std::string_view head = name.substr(0, dot);
        const std::string_view rest = name.substr(dot + 1);
        if (head == "tags")
            return ofTag(rest, "value");
        if (head == "tag_key")
            return ofTag(rest, "key");
        if (head == "user" || head == "contexts" || head == "sdk")
            return {std::string(head), std::string(rest)};
        if (head == "extra")
            return {"context", std::string(rest)};
        if (head == "request")
            return ofRequest(rest);
        if (name.starts_with("exception.values."))
            return ofException(name.substr(std::string_view("exception.values.").size()));
        return {};
    }

private:
    [[nodiscard]] Path inEntry(std::string_view type, const Path& path) const
    {
        const auto found = std::find(m_entryTypes.begin(), m_entryTypes.end(), type);
        if (found == m_entryTypes.end())
            return {};
        Path out{"entries", std::to_string(found - m_entryTypes.begin()), "data"};
        out.insert(out.end(), path.begin(), path.end());
        return out;
    }

    [[nodiscard]] Path ofTag(std::string_view key, const std::string& part) const
    {
        const auto found =
            std::find_if(m_tags.begin(), m_tags.end(), [&](const auto& tag) { return tag.first == key; });
        if (found == m_tags.end())
            return {};
        return {"tags", std::to_string(found - m_tags.begin()), part};
    }

    /// `url`, or `headers.3` for a pair's value.
    [[nodiscard]] Path ofRequest(std::string_view rest) const
    {
        const std::size_t dot = rest.find('.');
        if (dot == std::string_view::npos)
            return inEntry("request", {std::string(rest)});
        return inEntry("request", {std::string(rest.substr(0, dot)), std::string(rest.substr(dot + 1)), "1"});
    }

    /// `0.value`; where the middle of a chain is left out, numbers say nothing.
    [[nodiscard]] Path ofException(std::string_view rest) const
    {
        const std::size_t dot = rest.find('.');
        if (dot == std::string_view::npos || m_event.exceptions.size() > maxExceptions)
            return {};
        return inEntry(
            "exception", {"values", std::string(rest.substr(0, dot)), apiName(rest.substr(dot + 1))});
    }

    const EventReading& m_event;
    const std::vector<std::string_view>& m_entryTypes;
    const Pairs& m_tags;
};

/// What `_meta` says of a value, as JSON; empty for nothing.
std::string nodeOf(const Note& note)
{
    const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
    json::Writer out;
    if (note.type == "value_too_long") {
        out.beginObject().field("len", number(note.length)).key("rem").beginArray().beginArray();
        out.string("!limit").string("s").integer(number(note.kept > 3 ? note.kept - 3 : 0));
        out.integer(number(note.kept)).endArray().endArray().endObject();
    } else if (note.type == "too_many") {
        out.beginObject().field("len", number(note.length)).endObject();
    } else if (note.type == "invalid_data") {
        out.beginObject().key("err").beginArray().string("invalid_data").endArray();
        out.field("val", note.value).endObject();
    }
    return out.take();
}

std::string nodeOf(const Substitute& each)
{
    json::Writer out;
    out.beginObject().key("rem").beginArray().beginArray().string(each.rule).string("s").integer(0);
    out.integer(static_cast<std::int64_t>(each.length)).endArray().endArray().endObject();
    return out.take();
}

/// Our own marks, a tree as `_meta` is one.
struct Marks
{
    std::string node; ///< JSON; empty for none
    std::map<std::string, Marks, std::less<>> below;

    /// The first mark of a place stays.
    void insert(const Path& path, const std::string& mark)
    {
        Marks* at = this;
        for (const std::string& name : path)
            at = &at->below[name];
        if (at->node.empty())
            at->node = mark;
    }
};

/// The SDK's tree with our marks in it, where it has none of its own.
void writeMarked(json::Writer& out, json::Value sent, const Marks& ours)
{
    std::set<std::string_view> told;
    out.beginObject();
    for (const auto& [key, value] : sent.members()) {
        if (key.empty() && !value.isObject() && !ours.node.empty())
            continue;
        const auto found = ours.below.find(key);
        if (!told.insert(key).second)
            continue;
        out.key(key);
        if (found != ours.below.end())
            writeMarked(out, value, found->second);
        else
            out.value(value);
    }
    if (!ours.node.empty() && told.count("") == 0)
        out.key("").raw(ours.node);
    for (const auto& [key, marks] : ours.below) {
        if (told.count(key) > 0)
            continue;
        out.key(key);
        writeMarked(out, {}, marks);
    }
    out.endObject();
}

} // namespace

void noteSubstitutes(
    const EventReading& event, const std::vector<std::pair<std::string, std::string>>& tags, Notes& notes)
{
    if (event.isAddressFilledIn && !event.person.ip.empty())
        notes.addSubstitute("user.ip_address", "@ip:auto", event.person.ip.size());
    noteScrubbedMembers(notes, "user.", event.user);
    noteScrubbedMembers(notes, "extra.", event.extra);
    for (const auto& [key, value] : tags)
        noteScrubbed(notes, "tags." + key, value);
    noteScrubbedPairs(notes, "request.headers.", shownHeaders(event.request));
    noteScrubbedPairs(notes, "request.cookies.", shownCookies(event.request));
    noteScrubbedPairs(notes, "request.query.", shownQuery(event.request));
}

std::string markedMeta(std::string_view meta, const EventReading& event, const Notes& notes,
    const std::vector<std::string_view>& entryTypes,
    const std::vector<std::pair<std::string, std::string>>& tags)
{
    if (notes.all().empty() && notes.substitutes().empty())
        return std::string(meta);
    const auto sent = json::Document::parse(meta);
    if (!sent)
        return std::string(meta); // deeper than is read: the SDK's own marks are worth more than ours
    const Places places(event, entryTypes, tags);
    Marks marks;
    for (const Note& note : notes.all()) {
        const std::string node = nodeOf(note);
        const Path path = node.empty() ? Path() : places.of(note);
        if (!path.empty())
            marks.insert(path, node);
    }
    for (const Substitute& each : notes.substitutes()) {
        const Path path = places.of(each.name);
        if (!path.empty())
            marks.insert(path, nodeOf(each));
    }
    json::Writer out;
    writeMarked(out, sent->root(), marks);
    return out.take();
}

} // namespace vedette::collector
