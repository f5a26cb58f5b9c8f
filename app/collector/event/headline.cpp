// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/headline.h"

#include <vector>

#include "app/collector/event/payload.h"
#include "app/collector/event/problems.h"
#include "app/collector/event/stack.h"
#include "models/json/writer.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxTitle = 256;
constexpr std::size_t maxMessageTitle = 100;
constexpr std::size_t maxCulprit = 200;

std::string culpritOfStack(const std::vector<StackFrame>& frames, std::string_view platform)
{
    const StackFrame* frame = crashFrame(frames);
    if (!frame)
        return {};
    const std::string& place = frame->moduleSent ? frame->module : frame->filename;
    if (isNativePlatform(platform))
        return frame->function;
    if (isJavaScript(platform)) {
        const std::string function = frame->function.empty() ? "?" : frame->function;
        return place.empty() ? function : function + "(" + place + ")";
    }
    if (place.empty())
        return frame->function;
    return place + " in " + (frame->function.empty() ? "?" : frame->function);
}

/// Adds what the text does not hold yet: `Error` is in `viewWrappedDebugError` already.
void addWord(std::string& text, std::string_view word)
{
    if (word.empty() || text.find(word) != std::string::npos)
        return;
    if (!text.empty())
        text += ' ';
    text += word;
}

Headline ofException(json::Value last, std::string_view platform)
{
    Headline out;
    out.type = "error";
    const bool synthetic = last["mechanism"]["synthetic"].boolean().value_or(false);
    const std::string type = textOf(last["type"], 128);
    const std::string value = textOf(last["value"], 1024);
    const auto frames = readStack(last["stacktrace"], platform);
    const StackFrame* crash = crashFrame(frames);
    if (crash)
        out.location = crash->filename;
    json::Writer metadata;
    metadata.beginObject();
    if (!value.empty())
        metadata.field("value", value);
    if (!type.empty())
        metadata.field("type", type);
    if (crash && !crash->filename.empty())
        metadata.field("filename", crash->filename);
    if (crash && !crash->function.empty())
        metadata.field("function", crash->function);
    if (synthetic)
        metadata.field("synthetic", true);
    out.metadataJson = metadata.endObject().take();

    const std::string line = cut(trimmed(firstLine(value)), maxTitle);
    if (synthetic && crash && !crash->function.empty())
        out.title = cut(crash->function, maxTitle);
    else if (type.empty())
        out.title = line;
    else
        out.title = line.empty() ? type : type + ": " + line;
    if (!synthetic)
        out.culprit = culpritOfStack(frames, platform);
    if (crash)
        addWord(out.searchText, crash->function);
    addWord(out.searchText, type);
    addWord(out.searchText, value);
    addWord(out.searchText, out.location);
    return out;
}

Headline ofCsp(json::Value csp)
{
    Headline out;
    out.type = "csp";
    const std::string directive = textOf(csp["effective_directive"], 200);
    const std::string blocked = textOf(csp["blocked_uri"], 500);
    const std::string what = directive.substr(0, directive.find("-src"));
    out.title = "Blocked '" + (what.empty() ? directive : what) + "' from '" + blocked + "'";
    json::Writer metadata;
    metadata.beginObject()
        .field("directive", directive)
        .field("uri", blocked)
        .field("message", out.title)
        .endObject();
    out.metadataJson = metadata.take();
    out.searchText = out.title;
    return out;
}

} // namespace

Headline headlineOf(json::Value payload, std::string_view platform)
{
    Headline out;
    const auto exceptions = valuesOf(checked(payload, "exception"));
    bool named = false;
    for (const json::Value value : exceptions) {
        named = named || !textOf(value["type"], 128).empty() || !textOf(value["value"], 128).empty() ||
                !framesOf(value["stacktrace"]).empty();
    }
    if (named) {
        out = ofException(exceptions.back(), platform);
    } else if (payload["csp"].isObject()) {
        out = ofCsp(payload["csp"]);
    } else {
        const Message message = messageOf(payload);
        out.title = cut(trimmed(firstLine(message.formatted)), maxMessageTitle);
        out.culprit = culpritOfStack(readStack(checked(payload, "stacktrace"), platform), platform);
        json::Writer metadata;
        metadata.beginObject()
            .field("title", out.title.empty() ? "<unlabeled event>" : out.title)
            .endObject();
        out.metadataJson = metadata.take();
        out.searchText = cut(message.formatted, 8192);
    }
    if (out.title.empty())
        out.title = "<unlabeled event>";
    if (out.searchText.empty())
        out.searchText = out.title;
    // The transaction names the place better than any frame; the address of the page is the last resort.
    std::string transaction = textOf(checked(payload, "transaction"), maxCulprit);
    if (transaction.empty())
        transaction = textOf(checked(payload, "culprit"), maxCulprit);
    if (!transaction.empty())
        out.culprit = transaction;
    else if (out.culprit.empty())
        out.culprit = textOf(checked(payload, "request")["url"], maxCulprit);
    out.culprit = cut(out.culprit, maxCulprit);
    if (out.type == "error")
        addWord(out.searchText, out.culprit);
    return out;
}

} // namespace vedette::collector
