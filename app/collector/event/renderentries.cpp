// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/renderentries.h"

#include <algorithm>

#include "app/collector/event/bag.h"
#include "app/collector/event/fields.h"
#include "app/collector/event/renderframe.h"
#include "app/collector/event/renderstack.h"
#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// `content-type` as `Content-Type`: headers compare without case, and this is how people read them.
std::string headerName(std::string_view name)
{
    std::string out;
    bool start = true;
    for (const char c : name) {
        out += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        start = c == '-';
    }
    return out;
}

void writeRequestData(json::Writer& out, const EventReading& event, Notes& notes)
{
    const json::Value request = event.request;
    const Step at(Step::Root::InEntry, "request", "request");
    // What stands in the address is shown apart, as clients expect it.
    const std::string_view url = request["url"].string().value_or("");
    const std::size_t hash = url.find('#');
    constexpr std::size_t maxFragment = 1024;
    std::string fragment = scalar(request["fragment"], "request.fragment", maxFragment, &notes);
    if (fragment.empty() && hash != std::string_view::npos)
        fragment = cutNoted(url.substr(hash + 1), "request.fragment", maxFragment, &notes);
    out.beginObject().fieldOrNull("url", event.url);
    out.fieldOrNull("method", scalar(request["method"], "request.method", 32, &notes));
    out.field("fragment", fragment);
    out.key("query");
    Bag(out, notes, maxQueryBytes).pairs(shownQuery(request), Step(at, "query_string", "query"));
    out.key("headers");
    Bag(out, notes, maxHeaderBytes).pairs(shownHeaders(request), Step(at, "headers"));
    out.key("cookies");
    Bag(out, notes, maxCookieBytes).pairs(shownCookies(request), Step(at, "cookies"));
    out.key("env");
    Bag(out, notes, maxContextBytes).value(request["env"], Step(at, "env"));
    out.key("data");
    Bag(out, notes, maxRequestBodyBytes).value(request["data"], Step(at, "data"));
    const std::string_view contentType = requestHeader(request, "content-type");
    out.fieldOrNull(
        "inferredContentType", cut(trimmed(contentType.substr(0, contentType.find(';'))), maxFrameChars));
    writeText(
        out, notes, "apiTarget", request["api_target"], Step(at, "api_target", "apiTarget"), maxFrameChars);
    out.endObject();
}

bool isTold(json::Value value)
{
    return value.exists() && !value.isNull();
}

void writeBreadcrumb(
    json::Writer& out, json::Value crumb, std::chrono::milliseconds drift, const Step& at, Notes& notes)
{
    const auto noteInvalid = [&](std::string_view name) {
        if (isTold(crumb[name]))
            notes.addAt(Step(at, name), "invalid_data", crumb[name].toJson());
    };
    constexpr std::size_t maxType = 64;
    constexpr std::size_t maxCategory = 256;
    out.beginObject();
    if (const auto time = readTime(crumb["timestamp"])) {
        out.field("timestamp", core::formatTime(*time + drift));
    } else {
        noteInvalid("timestamp");
        out.nullField("timestamp");
    }
    const json::Value type = crumb["type"];
    if (type.text().value_or("").empty()) {
        if (!type.isString())
            noteInvalid("type");
        out.field("type", "default");
    } else {
        writeText(out, notes, "type", type, Step(at, "type"), maxType);
    }
    writeText(out, notes, "category", crumb["category"], Step(at, "category"), maxCategory);
    const std::string_view level = plainLevel(crumb["level"]);
    if (level.empty())
        noteInvalid("level");
    out.field("level", level.empty() ? std::string_view("info") : level);
    const json::Value message = crumb["message"];
    if (message.isObject() || message.isArray()) // better than nothing
        writeText(
            out, notes, "message", std::string_view(message.toJson()), Step(at, "message"), maxMessageChars);
    else if (message.isString() && message.string()->empty())
        out.field("message", ""); // an SDK's own empty text stays one
    else
        writeText(out, notes, "message", message, Step(at, "message"), maxMessageChars);
    const json::Value data = crumb["data"];
    out.key("data");
    if (data.size() > 0 || data.text())
        Bag(out, notes, maxContextBytes).value(data, Step(at, "data"));
    else
        out.null();
    writeText(out, notes, "event_id", crumb["event_id"], Step(at, "event_id"), maxType);
    out.endObject();
}

void writeBreadcrumbsData(
    json::Writer& out, const std::vector<json::Value>& crumbs, const EventReading& event, Notes& notes)
{
    const Step root(Step::Root::InEntry, "breadcrumbs", "breadcrumbs");
    const Step list(root, "values");
    std::size_t index = 0;
    out.beginObject().key("values").beginArray();
    for (const json::Value crumb : crumbs)
        writeBreadcrumb(out, crumb, event.drift, Step(list, index++), notes);
    out.endArray().endObject();
}

/// The breadcrumbs that can be shown: the newest thousand.
std::vector<json::Value> shownBreadcrumbs(const EventReading& event, Notes& notes)
{
    constexpr std::size_t maxBreadcrumbs = 1000;
    std::vector<json::Value> crumbs = valuesOf(event.breadcrumbs);
    const auto firstBad =
        std::remove_if(crumbs.begin(), crumbs.end(), [](json::Value crumb) { return !crumb.isObject(); });
    const auto bad = std::count_if(firstBad, crumbs.end(), [](json::Value crumb) { return !crumb.isNull(); });
    if (bad > 0)
        notes.add("invalid_data", "breadcrumbs", std::to_string(bad));
    crumbs.erase(firstBad, crumbs.end());
    if (crumbs.size() > maxBreadcrumbs) {
        notes.addCounted(
            "too_many", "breadcrumbs", std::to_string(crumbs.size()), crumbs.size(), maxBreadcrumbs);
        crumbs.erase(crumbs.begin(), crumbs.end() - maxBreadcrumbs);
    }
    return crumbs;
}

void writeMessageData(json::Writer& out, const EventReading& event, Notes& notes)
{
    const Step at(Step::Root::InEntry, "logentry", "message");
    out.beginObject();
    if (const std::string_view sent = event.messageTemplate; !sent.empty())
        writeText(out, notes, "message", sent, Step(at, "message"), maxMessageChars);
    if (event.messageParams.size() > 0) {
        out.key("params");
        Bag(out, notes, maxParamsBytes).value(event.messageParams, Step(at, "params"));
    }
    out.field("formatted", event.message).endObject();
}

void writeReportData(json::Writer& out, json::Value report)
{
    out.beginObject();
    for (const auto& [key, value] : report.members()) {
        std::string name(key);
        std::replace(name.begin(), name.end(), '-', '_');
        out.field(name, value);
    }
    out.endObject();
}

bool hasObjects(json::Value source)
{
    const std::vector<json::Value> values = valuesOf(source);
    return std::any_of(
        values.begin(), values.end(), [](json::Value value) { return value.isObject() && value.size() > 0; });
}

} // namespace

Pairs shownHeaders(json::Value request)
{
    Pairs headers;
    for (auto& [name, value] : pairsOf(request["headers"])) {
        std::string shown = headerName(name);
        if (shown != "Cookie")
            headers.emplace_back(std::move(shown), std::move(value));
    }
    std::stable_sort(
        headers.begin(), headers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return headers;
}

Pairs shownCookies(json::Value request)
{
    const json::Value cookies = request["cookies"];
    if ((cookies.isObject() || cookies.isArray()) && cookies.size() > 0)
        return pairsOf(cookies);
    const std::string_view text = cookies.string().value_or("");
    return cookiePairs(text.empty() ? requestHeader(request, "cookie") : text);
}

Pairs shownQuery(json::Value request)
{
    const json::Value sent = request["query_string"];
    Pairs query = sent.isObject() || sent.isArray() ? pairsOf(sent) : queryPairs(sent.string().value_or(""));
    if (!query.empty())
        return query;
    const std::string_view url = request["url"].string().value_or("");
    const std::string_view address = url.substr(0, url.find('#'));
    const std::size_t mark = address.find('?');
    return mark == std::string_view::npos ? Pairs() : queryPairs(address.substr(mark + 1));
}

std::vector<std::string_view> writeEntries(json::Writer& out, const EventReading& event, Notes& notes)
{
    std::vector<std::string_view> types;
    StackAnswer stacks{out, notes};
    const auto add = [&](std::string_view type, auto writeData) {
        types.push_back(type);
        out.beginObject().field("type", type).key("data");
        writeData();
        out.endObject();
    };
    out.key("entries").beginArray();
    if (!event.message.empty())
        add("message", [&] { writeMessageData(out, event, notes); });
    if (event.templateFrame.size() > 0)
        add("template", [&] { writeTemplateData(out, event.templateFrame, notes); });
    if (!event.exceptions.empty())
        add("exception", [&] { writeExceptionData(stacks, event); });
    if (event.stacktrace.size() > 0)
        add("stacktrace", [&] {
            writeStacktrace(stacks, event.stacktrace, event.family,
                Step(Step::Root::InEntry, "stacktrace", "stacktrace"));
        });
    if (hasObjects(event.threads))
        add("threads", [&] { writeThreadsData(stacks, event); });
    if (const auto crumbs = shownBreadcrumbs(event, notes); !crumbs.empty())
        add("breadcrumbs", [&] { writeBreadcrumbsData(out, crumbs, event, notes); });
    if (event.request.size() > 0)
        add("request", [&] { writeRequestData(out, event, notes); });
    if (event.report.size() > 0)
        add(event.type, [&] { writeReportData(out, event.report); });
    if (event.debugMeta["images"].size() > 0)
        add("debugmeta", [&] { out.value(event.debugMeta); });
    out.endArray();
    return types;
}

} // namespace vedette::collector
