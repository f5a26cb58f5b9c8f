// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/renderstack.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/collector/event/bag.h"
#include "app/collector/event/fields.h"
#include "app/collector/event/renderframe.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxFrames = 1000;
constexpr std::size_t maxThreads = 1000;

/// `[from, to]` of what a list leaves out.
void writeOmitted(
    json::Writer& out, std::string_view name, std::size_t from, std::size_t to, json::Value sent)
{
    out.key(name);
    if (from < to)
        out.beginArray()
            .integer(static_cast<std::int64_t>(from))
            .integer(static_cast<std::int64_t>(to))
            .endArray();
    else if (sent.isArray())
        out.value(sent);
    else
        out.null();
}

/// The range that is left out so that `most` of `count` stay: the middle, for both the crash and the way into
/// the program matter more.
std::pair<std::size_t, std::size_t> omitted(std::size_t count, std::size_t most)
{
    if (count <= most)
        return {count, count};
    return {most / 2, count - (most - most / 2)};
}

/// True where own code and library code are mixed: then folding the latter makes sense.
bool isMixed(const Frame* frames, std::size_t count)
{
    const auto own = [](const Frame& frame) { return frame.inApp == true; };
    return std::any_of(frames, frames + count, own) && !std::all_of(frames, frames + count, own);
}

void writeFrames(
    StackAnswer& answer, json::Value stacktrace, const Frame* frames, std::size_t count, const Step& at)
{
    json::Writer& out = answer.out;
    if (!stacktrace.isObject() && !stacktrace.isArray()) {
        if (stacktrace.exists() && !stacktrace.isNull())
            answer.notes.addAt(at, "invalid_data", stacktrace.toJson());
        out.null();
        return;
    }
    const auto [from, to] = omitted(count, std::min(maxFrames, answer.framesLeft));
    answer.framesLeft -= count - (to - from);
    const Step list(at, "frames");
    out.beginObject().key("frames").beginArray();
    for (std::size_t i = 0; i < count; ++i) {
        if (i < from || i >= to)
            writeFrame(out, frames[i], Step(list, i, i < from ? i : i - (to - from)), answer.notes);
    }
    out.endArray();
    writeOmitted(out, "framesOmitted", from, to, stacktrace["frames_omitted"]);
    out.key("registers");
    Bag(out, answer.notes, maxContextBytes).value(stacktrace["registers"], Step(at, "registers"));
    out.field("hasSystemFrames", isMixed(frames, count)).endObject();
}

/// How long the texts may be that a mechanism has by its definition; 0 for what is no such text.
std::size_t mechanismChars(std::string_view name)
{
    constexpr std::size_t maxEnumChars = 128; // Relay's, as the others of a mechanism
    if (name == "type" || name == "source")
        return maxEnumChars;
    if (name == "help_link")
        return maxFrameChars;
    return name == "description" ? maxMessageChars : 0;
}

void writeMechanism(json::Writer& out, json::Value mechanism, const Step& at, Notes& notes)
{
    out.key("mechanism");
    if (!mechanism.isObject()) {
        out.null();
        return;
    }
    Bag rest(out, notes, maxContextBytes);
    std::size_t others = 0;
    bool isFull = false;
    out.beginObject();
    for (const auto& [name, value] : mechanism.members()) {
        const Step member(at, name);
        if (value.isNull())
            continue;
        if (name == "data" || name == "meta") {
            out.key(name);
            Bag(out, notes, maxMechanismBytes).value(value, member);
        } else if (const std::size_t most = mechanismChars(name);
                   most > 0 && !value.text().value_or("").empty()) {
            writeText(out, notes, name, value, member, most);
        } else if (isFull || others == maxPairs || name.size() >= rest.left()) {
            isFull = true;
        } else {
            ++others;
            out.key(name);
            rest.value(value, member);
        }
    }
    out.endObject();
    if (isFull)
        notes.addAt(at, "too_many", std::to_string(mechanism.size()), mechanism.size());
}

} // namespace

void writeOrNull(json::Writer& out, std::string_view name, json::Value value)
{
    if (value.exists())
        out.field(name, value);
    else
        out.nullField(name);
}

std::string apiName(std::string_view attribute)
{
    if (attribute == "lineno")
        return "lineNo";
    if (attribute == "colno")
        return "colNo";
    std::string out;
    out.reserve(attribute.size());
    bool upper = false;
    for (const char c : attribute) {
        if (c == '_' && !out.empty()) {
            upper = true;
            continue;
        }
        out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

void writeStacktrace(StackAnswer& answer, json::Value stacktrace, Family family, const Step& at)
{
    const std::vector<Frame> frames = readFrames(stacktrace, family, &answer.notes);
    writeFrames(answer, stacktrace, frames.data(), frames.size(), at);
}

void writeExceptionData(StackAnswer& answer, const EventReading& event)
{
    json::Writer& out = answer.out;
    const Step root(Step::Root::InEntry, "exception", "exception");
    const Step list(root, "values");
    const auto [from, to] = omitted(event.exceptions.size(), maxExceptions);
    bool mixed = false;
    out.beginObject().key("values").beginArray();
    for (std::size_t i = 0; i < event.exceptions.size(); ++i) {
        if (i >= from && i < to)
            continue;
        const ExceptionReading& exception = event.exceptions[i];
        const Frame* frames = event.frames.data() + exception.firstFrame;
        const Step at(list, i, i < from ? i : i - (to - from));
        out.beginObject().fieldOrNull("type", exception.type).fieldOrNull("value", exception.value);
        if (const auto sent = exception.json["module"].string(); sent && sent->empty())
            out.field("module", ""); // an SDK's own empty text stays one
        else
            out.fieldOrNull("module", exception.module);
        out.key("threadId");
        Bag(out, answer.notes, maxFrameChars)
            .value(exception.json["thread_id"], Step(at, "thread_id", "threadId"));
        writeMechanism(out, exception.mechanism, Step(at, "mechanism"), answer.notes);
        out.key("stacktrace");
        writeFrames(answer, exception.stacktrace, frames, exception.frameCount, Step(at, "stacktrace"));
        out.key("rawStacktrace");
        writeStacktrace(answer, exception.json["raw_stacktrace"], event.family,
            Step(at, "raw_stacktrace", "rawStacktrace"));
        out.endObject();
        mixed = mixed || isMixed(frames, exception.frameCount);
    }
    out.endArray();
    writeOmitted(out, "excOmitted", from, to, event.exception["exc_omitted"]);
    out.field("hasSystemFrames", mixed).endObject();
}

void writeThreadsData(StackAnswer& answer, const EventReading& event)
{
    json::Writer& out = answer.out;
    const Step root(Step::Root::InEntry, "threads", "threads");
    const Step list(root, "values");
    std::size_t count = 0;
    const std::vector<json::Value> threads = valuesOf(event.threads);
    out.beginObject().key("values").beginArray();
    for (const json::Value thread : threads) {
        if (!thread.isObject()) {
            if (!thread.isNull())
                answer.notes.add("invalid_data", "threads.values", thread.toJson());
            continue;
        }
        if (++count > maxThreads) {
            answer.notes.addCounted(
                "too_many", "threads", std::to_string(threads.size()), threads.size(), maxThreads);
            break;
        }
        const Step at(list, count - 1);
        out.beginObject();
        out.key("id");
        Bag(out, answer.notes, maxFrameChars).value(thread["id"], Step(at, "id"));
        writeText(out, answer.notes, "name", thread["name"], Step(at, "name"), maxFrameChars);
        out.field("crashed", thread["crashed"].boolean().value_or(false));
        out.field("current", thread["current"].boolean().value_or(false));
        if (thread["main"].isBool())
            out.field("main", thread["main"]);
        if (thread["state"].isString())
            writeText(out, answer.notes, "state", thread["state"], Step(at, "state"), maxFrameChars);
        if (thread["held_locks"].isObject()) {
            out.key("heldLocks");
            Bag(out, answer.notes, maxContextBytes)
                .value(thread["held_locks"], Step(at, "held_locks", "heldLocks"));
        }
        out.key("stacktrace");
        writeStacktrace(answer, thread["stacktrace"], event.family, Step(at, "stacktrace"));
        out.key("rawStacktrace");
        writeStacktrace(
            answer, thread["raw_stacktrace"], event.family, Step(at, "raw_stacktrace", "rawStacktrace"));
        out.endObject();
    }
    out.endArray().endObject();
}

} // namespace vedette::collector
