// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/titles.h"

#include <algorithm>
#include <utility>

#include "app/collector/event/report.h"
#include "app/collector/event/texts.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxCulprit = 200;
constexpr std::size_t maxMessageTitle = 100;
constexpr std::size_t maxErrorTitle = 255;

/// The frames whose end is the crash: of the last exception that has any, else of the lone stack.
std::pair<const Frame*, std::size_t> crashFrames(const EventReading& event)
{
    for (auto it = event.exceptions.rbegin(); it != event.exceptions.rend(); ++it) {
        if (it->frameCount > 0)
            return {&event.frames[it->firstFrame], it->frameCount};
    }
    if (event.exceptions.empty() && !event.otherFrames.empty())
        return {event.otherFrames.data(), event.otherFrames.size()};
    return {nullptr, 0};
}

/// From the crash end: the first frame of the application's for which `usable` holds, else the first at all.
template<class Test>
const Frame* pickFrame(const EventReading& event, Test usable)
{
    const auto [frames, count] = crashFrames(event);
    const Frame* fallback = nullptr;
    for (std::size_t i = count; i > 0; --i) {
        const Frame& frame = frames[i - 1];
        if (!usable(frame))
            continue;
        if (frame.inApp == true)
            return &frame;
        if (!fallback)
            fallback = &frame;
    }
    return fallback;
}

std::string frameCulprit(const Frame& frame)
{
    std::string function(frame.function.empty() ? std::string_view("?") : frame.function);
    const std::string_view place = frame.module.empty() ? frame.filename : frame.module;
    switch (frame.family) {
    case Family::Native:
        return function;
    case Family::Javascript:
        return function + '(' + std::string(place) + ')';
    case Family::Python:
    case Family::Php:
    case Family::Go:
    case Family::Ruby:
    case Family::CSharp:
    case Family::Java:
    case Family::Other:
        break;
    }
    return std::string(place) + " in " + function;
}

std::string culpritOf(const EventReading& event)
{
    if (!event.transaction.empty())
        return event.transaction;
    if (event.report.exists())
        return reportDirective(event);
    if (!event.exceptions.empty() && event.exceptions.back().synthetic)
        return {};
    const Frame* frame = pickFrame(event, [](const Frame& f) {
        return f.family == Family::Native ? !f.function.empty() : !f.module.empty() || !f.filename.empty();
    });
    return frame ? frameCulprit(*frame) : event.url;
}

/// A synthetic exception is only there for its stack: it is called after the message that it was made for
/// (what SDKs do that attach a stack to messages), else after the place.
std::string errorTitle(const ExceptionReading& last, const CrashPlace& place, std::string_view message)
{
    std::string title = last.type.empty() ? "Error" : last.type;
    if (const std::string_view line = firstLine(message); last.synthetic && !line.empty())
        return cut(line, maxErrorTitle);
    if (last.synthetic && !place.function.empty())
        return cut(place.function, maxErrorTitle);
    if (const std::string_view line = firstLine(last.value); !line.empty())
        title.append(": ").append(line);
    return cut(title, maxErrorTitle);
}

/// The parts that free text finds, each once; order of Sentry's own.
void join(std::string& out, std::string_view part)
{
    constexpr std::size_t maxSearchText = 8192;
    if (part.empty() || out.size() > maxSearchText || out.find(part) != std::string::npos)
        return;
    if (!out.empty())
        out += ' ';
    out += part;
}

} // namespace

CrashPlace crashPlace(const EventReading& event)
{
    const Frame* frame = pickFrame(event, [](const Frame& f) {
        return !f.function.empty() && f.function != "<redacted>" && f.function != "<unknown>";
    });
    if (!frame)
        frame = pickFrame(event, [](const Frame& f) { return !f.filename.empty(); });
    if (!frame)
        return {};
    const std::string_view file = frame->filename.empty() ? frame->absPath : frame->filename;
    return {cut(file, 256), cut(frame->function, 256)};
}

Titles titlesOf(const EventReading& event)
{
    Titles out;
    out.culprit = cut(culpritOf(event), maxCulprit);
    out.searchText = event.message;
    json::Writer metadata;
    metadata.beginObject();
    if (event.report.exists()) {
        out.title = reportTitle(event);
        out.location = reportSource(event);
        metadata.field("directive", reportDirective(event));
        metadata.field("uri", reportSource(event));
        metadata.field("message", out.title);
        join(out.searchText, out.title);
    } else if (!event.exceptions.empty()) {
        const ExceptionReading& last = event.exceptions.back();
        const CrashPlace place = crashPlace(event);
        out.title = errorTitle(last, place, event.message);
        out.location = place.filename;
        if (!last.synthetic) {
            metadata.field("type", cut(last.type.empty() ? "Error" : last.type, 128));
            join(out.searchText, place.function);
            join(out.searchText, last.type);
        } else {
            join(out.searchText, place.function);
        }
        metadata.field("value", cut(last.value, 1024));
        join(out.searchText, cut(last.value, 1024));
        if (!place.filename.empty())
            metadata.field("filename", place.filename);
        if (!place.function.empty())
            metadata.field("function", place.function);
        join(out.searchText, place.filename);
        join(out.searchText, out.culprit);
    } else {
        const std::string_view line = firstLine(event.message);
        out.title = line.empty() ? "<unlabeled event>" : cut(line, maxMessageTitle);
        metadata.field("title", out.title);
        join(out.searchText, out.title);
    }
    metadata.endObject();
    out.metadataJson = metadata.take();
    return out;
}

} // namespace vedette::collector
