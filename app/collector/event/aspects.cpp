// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/aspects.h"

#include <array>

#include "app/collector/event/fields.h"
#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

constexpr char fieldEnd = '\x1f';
constexpr char recordEnd = '\x1e';
constexpr std::size_t maxFrames = 30;
constexpr std::size_t maxText = 256;
constexpr std::size_t maxValue = 200;
constexpr std::size_t maxFlags = 50;

/// Cut, and without the characters that part fields and records.
void append(std::string& out, std::string_view text, std::size_t maxChars)
{
    const std::size_t start = out.size();
    if (text.size() > maxChars)
        out += cut(text, maxChars);
    else
        out += text;
    for (std::size_t i = start; i < out.size(); ++i) {
        if (out[i] == fieldEnd || out[i] == recordEnd || out[i] == '\0')
            out[i] = ' ';
    }
}

void appendFrame(std::string& out, const Frame& frame)
{
    append(out, frame.filename, maxText);
    for (const std::string_view text : {frame.absPath, frame.function, frame.module, frame.package}) {
        out += fieldEnd;
        append(out, text, maxText);
    }
    out += recordEnd;
}

void put(std::string& out, std::string_view key, std::string_view value)
{
    if (value.empty())
        return;
    append(out, key, maxValue);
    out += fieldEnd;
    append(out, value, maxValue);
    out += recordEnd;
}

/// The members of a context that stay the same for many events; free memory and the like would make each one
/// new.
void putMembers(std::string& out, std::string_view prefix, json::Value context)
{
    static constexpr std::array<std::string_view, 26> stable = {"arch", "brand", "build", "city", "class",
        "country_code", "distribution_name", "distribution_version", "family", "kernel_version", "locale",
        "manufacturer", "model", "model_id", "name", "online", "orientation", "region", "rooted",
        "screen_density", "screen_dpi", "screen_height_pixels", "screen_width_pixels", "simulator",
        "subdivision", "version"};
    for (const auto& [key, value] : context.members()) {
        if (std::find(stable.begin(), stable.end(), key) != stable.end())
            put(out, std::string(prefix) + std::string(key), value.text().value_or(std::string()));
    }
}

void putContexts(std::string& out, const EventReading& event)
{
    putMembers(out, "os.", event.contexts["os"]);
    putMembers(out, "device.", event.contexts["device"]);
    putMembers(out, "geo.", event.user["geo"]);
    for (const NamedContext& named : event.named) {
        if (event.contexts[named.alias].exists())
            continue; // told above
        if (named.type == "os") {
            put(out, "os.name", named.name);
            put(out, "os.version", named.version);
        } else if (named.type == "device") {
            put(out, "device.family", named.family);
            put(out, "device.model", named.model);
        }
    }
    put(out, "http.status_code", event.contexts["response"]["status_code"].text().value_or(std::string()));
    std::size_t flags = 0;
    for (const json::Value flag : event.contexts["flags"]["values"].items()) {
        const auto name = flag["flag"].string();
        if (name && !name->empty() && ++flags <= maxFlags)
            put(out, "flags." + std::string(*name), flag["result"].text().value_or(std::string()));
    }
}

/// Whether the thread that an exception was thrown on is the main one; nothing where the event does not tell.
std::optional<bool> onMainThread(const EventReading& event)
{
    std::optional<bool> answer;
    for (const json::Value thread : valuesOf(event.threads)) {
        const auto main = thread["main"].boolean();
        if (!main)
            continue;
        answer = answer.value_or(false);
        for (const ExceptionReading& exception : event.exceptions) {
            const auto id = exception.json["thread_id"].text();
            if (*main && id && id == thread["id"].text())
                return true;
        }
    }
    return answer;
}

} // namespace

std::string packedFrames(const EventReading& event)
{
    const std::vector<Frame>& frames = event.frames.empty() ? event.otherFrames : event.frames;
    std::string out;
    std::size_t count = 0;
    for (const bool inApp : {true, false}) {
        for (auto frame = frames.rbegin(); frame != frames.rend() && count < maxFrames; ++frame) {
            if ((frame->inApp == true) != inApp)
                continue;
            appendFrame(out, *frame);
            ++count;
        }
    }
    return out;
}

std::string packedAspects(const EventReading& event, std::string_view location)
{
    std::string out;
    put(out, "platform.name", event.platform);
    put(out, "location", location);
    for (const ExceptionReading& exception : event.exceptions) {
        put(out, "error.type", exception.type);
        put(out, "error.mechanism", exception.mechanism["type"].string().value_or(""));
    }
    put(out, "error.handled", event.unhandled ? "false" : "true");
    if (const auto main = onMainThread(event))
        put(out, "error.main_thread", *main ? "true" : "false");
    put(out, "http.method", event.request["method"].string().value_or(""));
    put(out, "sdk.name", event.sdk["name"].string().value_or(""));
    put(out, "sdk.version", event.sdk["version"].string().value_or(""));
    putContexts(out, event);
    return out;
}

std::string traceOf(const EventReading& event)
{
    const std::string hex = plainEventId(event.contexts["trace"]["trace_id"].string().value_or(""));
    std::string out;
    const auto digit = [&hex](std::size_t i) { return hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10; };
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out += static_cast<char>(digit(i) * 16 + digit(i + 1));
    return out;
}

std::vector<std::vector<std::string_view>> unpackRecords(std::string_view packed)
{
    std::vector<std::vector<std::string_view>> out;
    while (!packed.empty()) {
        const std::size_t end = std::min(packed.find(recordEnd), packed.size());
        std::string_view record = packed.substr(0, end);
        packed.remove_prefix(std::min(end + 1, packed.size()));
        std::vector<std::string_view>& fields = out.emplace_back();
        for (;;) {
            const std::size_t field = record.find(fieldEnd);
            fields.push_back(record.substr(0, field));
            if (field == std::string_view::npos)
                break;
            record.remove_prefix(field + 1);
        }
    }
    return out;
}

} // namespace vedette::collector
