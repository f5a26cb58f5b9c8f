// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/storage/settings.h"
#include "app/collector/api/fielderrors.h"
#include "app/collector/api/routes.h"
#include "app/collector/door/glob.h"
#include "app/collector/door/upstream.h"
#include "models/json/writer.h"

namespace vedette::collector::api {
namespace {

constexpr std::int64_t maxRateCount = 1'000'000;
constexpr std::int64_t maxRateWindow = 86'400;
constexpr std::int64_t minBytes = 1'048'576;
constexpr std::int64_t maxBytes = std::int64_t(1) << 50U;
constexpr std::int64_t minRetentionBytes = 67'108'864;
constexpr std::int64_t maxRetentionDays = 36'500;
constexpr std::size_t maxPatterns = 100;

void writePatterns(json::Writer& out, const char* name, const std::vector<std::string>& patterns)
{
    out.key(name).beginArray();
    for (const std::string& pattern : patterns)
        out.string(pattern);
    out.endArray();
}

/// The port in `http://127.0.0.1:8969`, where a request for this collector was sent to.
std::uint16_t ownPort(const std::string& baseUrl)
{
    constexpr std::uint16_t http = 80;
    const std::size_t colon = baseUrl.rfind(':');
    const auto port = decimal(std::string_view(baseUrl).substr(colon + 1));
    return port ? static_cast<std::uint16_t>(*port) : http;
}

Response projectAnswer(const ProjectSettings& settings)
{
    json::Writer out;
    out.beginObject().field("active", settings.active);
    out.key("rateLimit").beginObject().field("count", settings.rate.count);
    out.field("window", settings.rate.window).endObject();
    out.field("maxBytes", settings.maxBytes).field("upstream", settings.upstream);
    out.key("filters").beginObject();
    writePatterns(out, "errorTypes", settings.filters.errorTypes);
    writePatterns(out, "messages", settings.filters.messages);
    writePatterns(out, "releases", settings.filters.releases);
    out.field("browserExtensions", settings.filters.browserExtensions);
    out.field("localhost", settings.filters.localhost).endObject().endObject();
    return Response::json(200, out.take());
}

Response collectorAnswer(const CollectorSettings& settings)
{
    json::Writer out;
    out.beginObject().field("spotlight", settings.spotlight);
    out.field("retentionDays", settings.retentionDays);
    out.field("retentionBytes", settings.retentionBytes).endObject();
    return Response::json(200, out.take());
}

void readRate(FieldErrors& errors, json::Value body, RateLimit& rate)
{
    const json::Value group = errors.object(body, "rateLimit");
    FieldErrors& faults = errors.in("rateLimit");
    faults.change(group, "count", 0, maxRateCount, rate.count);
    faults.change(group, "window", 0, maxRateWindow, rate.window);
    if (rate.count > 0 && rate.window == 0)
        faults.add("window", "A limit needs a window of at least one second.");
}

void readFilters(FieldErrors& errors, json::Value body, FilterSettings& filters)
{
    const json::Value group = errors.object(body, "filters");
    FieldErrors& faults = errors.in("filters");
    const auto patterns = [&](const char* name, std::vector<std::string>& out) {
        faults.change(group, name, maxPatterns, out);
        for (const std::string& pattern : out) {
            if (Glob::isTooLong(pattern))
                faults.add(name, "Ensure each pattern has no more than 250 characters.");
        }
    };
    patterns("errorTypes", filters.errorTypes);
    patterns("messages", filters.messages);
    patterns("releases", filters.releases);
    faults.change(group, "browserExtensions", filters.browserExtensions);
    faults.change(group, "localhost", filters.localhost);
}

void readUpstream(FieldErrors& errors, const Call& call, std::string& upstream)
{
    const std::string before = upstream;
    errors.change(call.body, "upstream", upstream);
    if (upstream.empty() || upstream == before)
        return;
    const auto parsed = parseUpstream(upstream);
    if (!parsed)
        errors.add("upstream", parsed.error().detail.toStdString());
    else if (leadsTo(*parsed, ownPort(call.context.baseUrl)))
        errors.add("upstream", "This is the collector itself.");
    else
        upstream = parsed->dsn; // the secret is of no use, and shown to whoever reads the settings
}

} // namespace

Response projectSettings(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    const auto settings = id ? readProjectSettings(call.db, *id) : std::nullopt;
    return settings ? projectAnswer(*settings) : notFound();
}

Response changeProjectSettings(const Call& call)
{
    const auto id = projectByPart(call.db, call.parts.at(0));
    auto settings = id ? readProjectSettings(call.db, *id) : std::nullopt;
    if (!settings)
        return notFound();
    FieldErrors errors;
    errors.requireObject(call.body);
    errors.change(call.body, "active", settings->active);
    readRate(errors, call.body, settings->rate);
    errors.change(call.body, "maxBytes", 0, maxBytes, settings->maxBytes);
    if (settings->maxBytes > 0 && settings->maxBytes < minBytes)
        errors.add("maxBytes", "Ensure this value is 0, or at least 1048576.");
    readUpstream(errors, call, settings->upstream);
    readFilters(errors, call.body, settings->filters);
    if (errors.any())
        return errors.response();
    writeProjectSettings(call.db, *id, *settings);
    return projectAnswer(readProjectSettings(call.db, *id).value_or(*settings));
}

Response collectorSettings(const Call& call)
{
    return collectorAnswer(readCollectorSettings(call.db));
}

Response changeCollectorSettings(const Call& call)
{
    CollectorSettings settings = readCollectorSettings(call.db);
    FieldErrors errors;
    errors.requireObject(call.body);
    errors.change(call.body, "spotlight", settings.spotlight);
    errors.change(call.body, "retentionDays", 1, maxRetentionDays, settings.retentionDays);
    errors.change(call.body, "retentionBytes", minRetentionBytes, maxBytes, settings.retentionBytes);
    if (errors.any())
        return errors.response();
    writeCollectorSettings(call.db, settings);
    return collectorAnswer(settings);
}

} // namespace vedette::collector::api
