// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/ingest/securityreport.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/collector/event/texts.h"
#include "models/json/document.h"
#include "models/json/writer.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::collector {
namespace {

constexpr std::size_t maxReports = 100;
using Pair = std::pair<std::string_view, std::string_view>;

/// `documentURL` of the Reporting API is `document_uri` of the older form, and so on; other names are brought
/// to underscores.
std::string plainName(std::string_view name)
{
    static constexpr std::array<Pair, 5> renamed = {
        {{"documentURL", "document_uri"}, {"blockedURL", "blocked_uri"}, {"sample", "script_sample"},
            {"documentUri", "document_uri"}, {"blockedUri", "blocked_uri"}}};
    for (const auto& [from, to] : renamed) {
        if (name == from)
            return std::string(to);
    }
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z' && !out.empty() && out.back() != '_')
            out += '_';
        out += c == '-' ? '_' : lowered(c);
    }
    return out;
}

std::string_view textOf(json::Value value)
{
    return value.string().value_or(std::string_view());
}

/// What one report is about.
struct Report
{
    std::string_view type; ///< csp hpkp expectct expectstaple nel
    json::Value body;
    std::string_view url;       ///< of the page, where the report tells it outside its body
    std::string_view userAgent; ///< that of the sender where it is told
    core::TimePoint time;
};

/// The page that the report is about.
std::string pageOf(const Report& report)
{
    if (!report.url.empty())
        return std::string(report.url);
    for (const char* name : {"document-uri", "document_uri", "documentURL"}) {
        if (const std::string_view url = textOf(report.body[name]); !url.empty())
            return std::string(url);
    }
    if (const std::string_view host = textOf(report.body["hostname"]); !host.empty()) {
        const auto port = report.body["port"].integerLike();
        return "https://" + std::string(host) +
               (port && *port != 443 ? ":" + std::to_string(*port) : std::string()) + "/";
    }
    return {};
}

/// A report that says nothing to tell it by is none.
bool saysAnything(const Report& report)
{
    const auto has = [&](std::string_view name) { return !textOf(report.body[name]).empty(); };
    if (report.type == "csp")
        return has("effective-directive") || has("violated-directive") || has("effectiveDirective") ||
               has("effective_directive") || has("violated_directive");
    return report.type == "nel" ? has("type") : has("hostname");
}

std::string eventOf(const Report& report, const Request& request)
{
    json::Writer out;
    out.beginObject().field("logger", report.type).field("platform", "other");
    out.field("timestamp", core::formatTime(report.time));
    for (const auto& [parameter, field] :
        {Pair("sentry_release", "release"), Pair("sentry_environment", "environment")}) {
        if (const auto value = request.queryValue(parameter); value && !value->empty())
            out.field(field, *value);
    }
    out.key("request").beginObject();
    if (const std::string page = pageOf(report); !page.empty())
        out.field("url", page);
    out.key("headers").beginArray();
    const auto header = [&out](std::string_view name, std::string_view value) {
        if (!value.empty())
            out.beginArray().string(name).string(value).endArray();
    };
    header("User-Agent", report.userAgent);
    header("Origin", request.header("origin").value_or(""));
    header("Referer", textOf(report.body["referrer"]));
    out.endArray().endObject();
    out.key(report.type).beginObject();
    for (const auto& [name, value] : report.body.members())
        out.field(plainName(name), value);
    out.endObject().endObject();
    return out.take();
}

/// Of the Reporting API; nothing for kinds that are not kept.
std::string_view typeOfListed(std::string_view type)
{
    static constexpr std::array<Pair, 4> types = {
        {{"csp-violation", "csp"}, {"csp", "csp"}, {"network-error", "nel"}, {"hpkp", "hpkp"}}};
    for (const auto& [sent, known] : types) {
        if (sent == type)
            return known;
    }
    return {};
}

core::TimePoint timeOf(json::Value listed, core::TimePoint now)
{
    constexpr std::int64_t month = 30LL * 86'400'000;
    const std::int64_t age = std::clamp<std::int64_t>(listed["age"].integer().value_or(0), 0, month);
    return now - std::chrono::milliseconds(age);
}

core::Result<SecurityReports> readList(json::Value list, const Request& request, core::TimePoint now)
{
    if (list.size() > maxReports)
        return core::fail(core::ErrorKind::TooLarge, u"more than 100 reports at once"_s);
    SecurityReports out;
    for (const json::Value item : list.items()) {
        Report report;
        report.type = typeOfListed(textOf(item["type"]));
        report.body = item["body"];
        report.url = textOf(item["url"]);
        report.userAgent = textOf(item["user_agent"]);
        if (report.userAgent.empty())
            report.userAgent = request.header("user-agent").value_or("");
        report.time = timeOf(item, now);
        if (report.type.empty() || !saysAnything(report))
            ++out.others;
        else
            out.events.push_back({eventOf(report, request), std::string(report.userAgent)});
    }
    return out;
}

} // namespace

core::Result<SecurityReports> readSecurityReports(
    const Request& request, std::string_view body, core::TimePoint now)
{
    const auto document = json::Document::parse(body);
    if (!document)
        return core::fail(
            document.error().kind, u"the report is not valid JSON: "_s + document.error().detail);
    const json::Value root = document->root();
    if (root.isArray()) {
        auto reports = readList(root, request, now);
        if (reports && reports->events.empty() && reports->others == 0)
            return core::fail(core::ErrorKind::Malformed, u"no report in the list"_s);
        return reports;
    }
    Report report;
    report.userAgent = request.header("user-agent").value_or("");
    report.time = now;
    static constexpr std::array<Pair, 4> wrapped = {{{"csp-report", "csp"}, {"expect-ct-report", "expectct"},
        {"expect-staple-report", "expectstaple"}, {"hpkp", "hpkp"}}};
    for (const auto& [key, type] : wrapped) {
        if (root[key].isObject()) {
            report.type = type;
            report.body = root[key];
        }
    }
    if (report.type.empty() && root["known-pins"].exists()) { // RFC 7469 section 3: without an envelope
        report.type = "hpkp";
        report.body = root;
    }
    if (report.type.empty() || !saysAnything(report))
        return core::fail(core::ErrorKind::Malformed, u"not a browser report of a known kind"_s);
    SecurityReports out;
    out.events.push_back({eventOf(report, request), std::string(report.userAgent)});
    return out;
}

} // namespace vedette::collector
