// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/renderstack.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/collector/event/fields.h"
#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxFrames = 1000;
constexpr std::size_t maxThreads = 1000;

void writeTextOrNull(json::Writer& out, std::string_view name, json::Value value)
{
    if (const auto text = value.string())
        out.fieldOrNull(name, *text);
    else
        out.fieldOrNull(name, value.text().value_or(""));
}

void writeNumber(json::Writer& out, std::string_view name, json::Value value)
{
    if (const auto number = value.integerLike())
        out.field(name, *number);
    else
        out.nullField(name);
}

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

struct Source
{
    json::Value before, line, after, number;
};

/// `[[number, text], ...]` around the line itself; an empty list where the line is not known.
void writeSource(json::Writer& out, const Source& source)
{
    out.key("context").beginArray();
    if (source.line.isString()) {
        std::int64_t number =
            source.number.integerLike().value_or(0) - static_cast<std::int64_t>(source.before.size());
        number = std::max<std::int64_t>(number, 0);
        const auto write = [&](json::Value text) {
            out.beginArray().integer(number++).string(text.text().value_or("")).endArray();
        };
        for (const json::Value text : source.before.items())
            write(text);
        write(source.line);
        for (const json::Value text : source.after.items())
            write(text);
    }
    out.endArray();
}

/// `/static/js/vendor.min.js` is the module `static/js/vendor.min`: browsers tell addresses only.
std::string_view moduleOfPath(std::string_view path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    const std::size_t dot = path.rfind('.');
    const std::size_t slash = path.rfind('/');
    if (dot != std::string_view::npos && dot > (slash == std::string_view::npos ? 0 : slash + 1))
        path = path.substr(0, dot);
    return path;
}

void writeVariables(json::Writer& out, json::Value vars)
{
    out.key("vars");
    if (vars.isObject() && vars.size() > 0) {
        out.value(vars);
    } else if (vars.isArray() && vars.size() > 0) { // PHP's list of arguments
        std::size_t index = 0;
        out.beginObject();
        for (const json::Value item : vars.items())
            out.field(std::to_string(index++), item);
        out.endObject();
    } else {
        out.null();
    }
}

void writeFrame(json::Writer& out, const Frame& frame)
{
    // One walk over the members instead of one for each of them.
    json::Value platform, rawFunction, symbol, symbolAddr, instructionAddr, addrMode, colno, vars, trust,
        errors, lock, sourceLink;
    Source source;
    const std::array<std::pair<std::string_view, json::Value*>, 16> wanted = {
        {{"platform", &platform}, {"raw_function", &rawFunction}, {"symbol", &symbol},
            {"symbol_addr", &symbolAddr}, {"instruction_addr", &instructionAddr}, {"addr_mode", &addrMode},
            {"colno", &colno}, {"vars", &vars}, {"trust", &trust}, {"errors", &errors}, {"lock", &lock},
            {"source_link", &sourceLink}, {"pre_context", &source.before}, {"context_line", &source.line},
            {"post_context", &source.after}, {"lineno", &source.number}}};
    for (const auto& [key, value] : frame.json.members()) {
        for (const auto& [name, place] : wanted) {
            if (name == key)
                *place = value;
        }
    }
    std::string_view module = frame.module;
    if (module.empty() && frame.family == Family::Javascript && isUrl(frame.absPath))
        module = moduleOfPath(frame.filename);
    out.beginObject().fieldOrNull("filename", frame.filename);
    // Where only one of the two was sent, clients still look for the other.
    out.fieldOrNull("absPath", frame.absPath.empty() ? frame.filename : frame.absPath);
    out.fieldOrNull("module", module).fieldOrNull("package", frame.package);
    writeTextOrNull(out, "platform", platform);
    out.fieldOrNull("function", frame.function);
    writeTextOrNull(out, "rawFunction", rawFunction);
    writeTextOrNull(out, "symbol", symbol);
    writeTextOrNull(out, "symbolAddr", symbolAddr);
    writeTextOrNull(out, "instructionAddr", instructionAddr);
    writeTextOrNull(out, "addrMode", addrMode);
    writeNumber(out, "lineNo", source.number);
    writeNumber(out, "colNo", colno);
    out.field("inApp", frame.inApp.value_or(false));
    writeSource(out, source);
    writeVariables(out, vars);
    writeTextOrNull(out, "trust", trust);
    writeOrNull(out, "errors", errors);
    writeOrNull(out, "lock", lock);
    writeTextOrNull(out, "sourceLink", sourceLink);
    out.endObject();
}

/// True where own code and library code are mixed: then folding the latter makes sense.
bool isMixed(const Frame* frames, std::size_t count)
{
    const auto own = [](const Frame& frame) { return frame.inApp == true; };
    return std::any_of(frames, frames + count, own) && !std::all_of(frames, frames + count, own);
}

void writeFrames(
    json::Writer& out, json::Value stacktrace, const Frame* frames, std::size_t count, FrameBudget& budget)
{
    if (!stacktrace.isObject() && !stacktrace.isArray()) {
        out.null();
        return;
    }
    const auto [from, to] = omitted(count, std::min(maxFrames, budget.left));
    budget.left -= count - (to - from);
    out.beginObject().key("frames").beginArray();
    for (std::size_t i = 0; i < count; ++i) {
        if (i < from || i >= to)
            writeFrame(out, frames[i]);
    }
    out.endArray();
    writeOmitted(out, "framesOmitted", from, to, stacktrace["frames_omitted"]);
    writeOrNull(out, "registers", stacktrace["registers"]);
    out.field("hasSystemFrames", isMixed(frames, count)).endObject();
}

void writeMechanism(json::Writer& out, json::Value mechanism)
{
    out.key("mechanism");
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

void writeStacktrace(json::Writer& out, json::Value stacktrace, Family family, FrameBudget& budget)
{
    const std::vector<Frame> frames = readFrames(stacktrace, family);
    writeFrames(out, stacktrace, frames.data(), frames.size(), budget);
}

void writeExceptionData(json::Writer& out, const EventReading& event, FrameBudget& budget)
{
    const auto [from, to] = omitted(event.exceptions.size(), maxExceptions);
    bool mixed = false;
    out.beginObject().key("values").beginArray();
    for (std::size_t i = 0; i < event.exceptions.size(); ++i) {
        if (i >= from && i < to)
            continue;
        const ExceptionReading& exception = event.exceptions[i];
        const Frame* frames = event.frames.data() + exception.firstFrame;
        out.beginObject().fieldOrNull("type", exception.type).fieldOrNull("value", exception.value);
        // An SDK's own empty text stays one.
        writeOrNull(
            out, "module", exception.json["module"].isString() ? exception.json["module"] : json::Value());
        writeOrNull(out, "threadId", exception.json["thread_id"]);
        writeMechanism(out, exception.mechanism);
        out.key("stacktrace");
        writeFrames(out, exception.stacktrace, frames, exception.frameCount, budget);
        out.key("rawStacktrace");
        writeStacktrace(out, exception.json["raw_stacktrace"], event.family, budget);
        out.endObject();
        mixed = mixed || isMixed(frames, exception.frameCount);
    }
    out.endArray();
    writeOmitted(out, "excOmitted", from, to, event.exception["exc_omitted"]);
    out.field("hasSystemFrames", mixed).endObject();
}

void writeThreadsData(json::Writer& out, const EventReading& event, FrameBudget& budget, Notes& notes)
{
    std::size_t count = 0;
    const std::vector<json::Value> threads = valuesOf(event.threads);
    out.beginObject().key("values").beginArray();
    for (const json::Value thread : threads) {
        if (!thread.isObject())
            continue;
        if (++count > maxThreads) {
            notes.addCounted(
                "too_many", "threads", std::to_string(threads.size()), threads.size(), maxThreads);
            break;
        }
        out.beginObject();
        writeOrNull(out, "id", thread["id"]);
        writeTextOrNull(out, "name", thread["name"]);
        out.field("crashed", thread["crashed"].boolean().value_or(false));
        out.field("current", thread["current"].boolean().value_or(false));
        if (thread["main"].isBool())
            out.field("main", thread["main"]);
        if (thread["state"].isString())
            out.field("state", thread["state"]);
        if (thread["held_locks"].isObject())
            out.field("heldLocks", thread["held_locks"]);
        out.key("stacktrace");
        writeStacktrace(out, thread["stacktrace"], event.family, budget);
        out.key("rawStacktrace");
        writeStacktrace(out, thread["raw_stacktrace"], event.family, budget);
        out.endObject();
    }
    out.endArray().endObject();
}

void writeTemplateData(json::Writer& out, json::Value frame)
{
    const Frame read = readFrame(frame, Family::Other);
    out.beginObject().fieldOrNull("filename", read.filename).fieldOrNull("absPath", read.absPath);
    writeNumber(out, "lineNo", frame["lineno"]);
    writeSource(out, {frame["pre_context"], frame["context_line"], frame["post_context"], frame["lineno"]});
    out.endObject();
}

} // namespace vedette::collector
