// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/renderstack.h"

#include <algorithm>

#include "app/collector/event/payload.h"
#include "app/collector/event/stack.h"

namespace vedette::collector {
namespace {

/// Design section 8. What lies past it is named by framesOmitted, never silently gone.
constexpr std::size_t maxFrames = 1000;

void orNull(json::Writer& out, std::string_view name, json::Value value)
{
    if (value.exists() && !value.isNull())
        out.field(name, value);
    else
        out.nullField(name);
}

void textOrNull(json::Writer& out, std::string_view name, json::Value value)
{
    out.fieldOrNull(name, value.text().value_or(""));
}

/// `[[number, text], ...]` around the line itself; an empty list where the line is not known.
void writeSource(json::Writer& out, json::Value frame)
{
    out.key("context").beginArray();
    const json::Value line = frame["context_line"];
    if (line.isString()) {
        const json::Value before = frame["pre_context"];
        std::int64_t number =
            frame["lineno"].integer().value_or(0) - static_cast<std::int64_t>(before.size());
        number = std::max<std::int64_t>(number, 0);
        const auto write = [&](json::Value text) {
            out.beginArray().integer(number++).string(text.text().value_or("")).endArray();
        };
        for (const json::Value text : before.items())
            write(text);
        write(line);
        for (const json::Value text : frame["post_context"].items())
            write(text);
    }
    out.endArray();
}

void writeFrame(json::Writer& out, const StackFrame& frame)
{
    const json::Value raw = frame.raw;
    out.beginObject().fieldOrNull("filename", frame.filename).fieldOrNull("absPath", frame.absPath);
    out.fieldOrNull("module", frame.module).fieldOrNull("package", frame.package);
    textOrNull(out, "platform", raw["platform"]);
    out.fieldOrNull("function", frame.function);
    textOrNull(out, "rawFunction", raw["raw_function"]);
    textOrNull(out, "symbol", raw["symbol"]);
    textOrNull(out, "symbolAddr", raw["symbol_addr"]);
    textOrNull(out, "instructionAddr", raw["instruction_addr"]);
    textOrNull(out, "addrMode", raw["addr_mode"]);
    const auto number = [&](std::string_view name, json::Value value) {
        if (const auto n = value.integerLike())
            out.field(name, *n);
        else
            out.nullField(name);
    };
    number("lineNo", raw["lineno"]);
    number("colNo", raw["colno"]);
    out.field("inApp", frame.inApp);
    writeSource(out, raw);
    out.key("vars");
    if (raw["vars"].isObject() && raw["vars"].size() > 0)
        out.value(raw["vars"]);
    else
        out.null();
    textOrNull(out, "trust", raw["trust"]);
    out.nullField("errors");
    orNull(out, "lock", raw["lock"]);
    textOrNull(out, "sourceLink", raw["source_link"]);
    out.endObject();
}

/// True where own code and library code are mixed: then folding the latter makes sense.
bool isMixed(const std::vector<StackFrame>& frames)
{
    const auto own = [](const StackFrame& frame) { return frame.inApp; };
    return std::any_of(frames.begin(), frames.end(), own) && !std::all_of(frames.begin(), frames.end(), own);
}

void writeMechanism(json::Writer& out, json::Value mechanism)
{
    if (!mechanism.isObject()) {
        out.null();
        return;
    }
    out.beginObject();
    for (const auto& [name, value] : mechanism.members()) {
        if (!value.isNull())
            out.field(name, value);
    }
    out.endObject();
}

} // namespace

void writeStacktrace(json::Writer& out, json::Value stacktrace, std::string_view platform)
{
    if (!stacktrace.isObject()) {
        out.null();
        return;
    }
    const auto frames = readStack(stacktrace, platform);
    // The middle goes first: both the crash and the way into the program matter more.
    const std::size_t cutFrom = frames.size() > maxFrames ? maxFrames / 2 : frames.size();
    const std::size_t cutTo = frames.size() > maxFrames ? frames.size() - maxFrames / 2 : frames.size();
    out.beginObject().key("frames").beginArray();
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (i < cutFrom || i >= cutTo)
            writeFrame(out, frames[i]);
    }
    out.endArray();
    if (cutFrom < cutTo) {
        out.key("framesOmitted").beginArray().integer(static_cast<std::int64_t>(cutFrom));
        out.integer(static_cast<std::int64_t>(cutTo)).endArray();
    } else if (stacktrace["frames_omitted"].isArray()) {
        out.field("framesOmitted", stacktrace["frames_omitted"]);
    } else {
        out.nullField("framesOmitted");
    }
    orNull(out, "registers", stacktrace["registers"]);
    out.field("hasSystemFrames", isMixed(frames)).endObject();
}

void writeExceptionData(json::Writer& out, json::Value exception, std::string_view platform)
{
    bool mixed = false;
    out.beginObject().key("values").beginArray();
    for (const json::Value value : valuesOf(exception)) {
        out.beginObject();
        textOrNull(out, "type", value["type"]);
        textOrNull(out, "value", value["value"]);
        textOrNull(out, "module", value["module"]);
        orNull(out, "threadId", value["thread_id"]);
        out.key("mechanism");
        writeMechanism(out, value["mechanism"]);
        out.key("stacktrace");
        writeStacktrace(out, value["stacktrace"], platform);
        out.key("rawStacktrace");
        writeStacktrace(out, value["raw_stacktrace"], platform);
        out.endObject();
        mixed = mixed || isMixed(readStack(value["stacktrace"], platform));
    }
    out.endArray();
    orNull(out, "excOmitted", exception["exc_omitted"]);
    out.field("hasSystemFrames", mixed).endObject();
}

void writeThreadsData(json::Writer& out, json::Value threads, std::string_view platform)
{
    out.beginObject().key("values").beginArray();
    for (const json::Value thread : valuesOf(threads)) {
        out.beginObject();
        orNull(out, "id", thread["id"]);
        textOrNull(out, "name", thread["name"]);
        out.field("crashed", thread["crashed"].boolean().value_or(false));
        out.field("current", thread["current"].boolean().value_or(false));
        if (thread["main"].isBool())
            out.field("main", thread["main"]);
        if (thread["state"].isString())
            out.field("state", thread["state"]);
        if (thread["held_locks"].isObject())
            out.field("heldLocks", thread["held_locks"]);
        out.key("stacktrace");
        writeStacktrace(out, thread["stacktrace"], platform);
        out.key("rawStacktrace");
        writeStacktrace(out, thread["raw_stacktrace"], platform);
        out.endObject();
    }
    out.endArray().endObject();
}

} // namespace vedette::collector
