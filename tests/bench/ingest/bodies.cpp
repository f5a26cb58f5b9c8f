// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/ingest/bodies.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "app/collector/envelope/envelope.h"
#include "models/json/document.h"
#include "models/json/writer.h"

namespace vedette::bench {
namespace {

constexpr std::size_t wantedTemplates = 200;
// What stands in a hole until it is filled: nothing else in a template looks like these.
constexpr std::string_view idHole = "1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d";
constexpr std::string_view issueHole = "%ISS";
constexpr std::string_view userHole = "%USER_";
constexpr std::string_view numberHole = "%NUMBER_";

using Random = std::mt19937;

template<class Range>
const auto& pick(Random& random, const Range& range)
{
    return range[random() % std::size(range)];
}

const std::array<const char*, 40> words = {"account", "billing", "cart", "checkout", "client", "config",
    "controller", "customer", "dispatch", "export", "factory", "gateway", "handler", "import", "index",
    "inventory", "invoice", "job", "ledger", "manager", "message", "middleware", "model", "order", "payment",
    "pipeline", "profile", "queue", "report", "request", "resolver", "router", "scheduler", "search",
    "service", "session", "shipment", "token", "upload", "worker"};
const std::array<const char*, 12> verbs = {"load", "save", "find", "apply", "handle", "parse", "render",
    "send", "validate", "resolve", "fetch", "update"};

struct Platform
{
    const char* name;
    const char* sdk;
    const char* extension;
    const char* root;
    const char* line;
};
const std::array<Platform, 5> platforms = {{
    {"node", "sentry.javascript.node", ".js", "/srv/shop/src/",
        "    const %1 = await this.%2.%3(%4, { retries: 3 });"},
    {"javascript", "sentry.javascript.browser", ".js", "https://shop.example.org/static/",
        "      return %1.%2(%3 => %3.%4 ?? null);"},
    {"python", "sentry.python", ".py", "/srv/shop/", "        %1 = self.%2.%3(%4, timeout=30)"},
    {"go", "sentry.go", ".go", "/srv/shop/internal/", "\t%1, err := s.%2.%3(ctx, %4)"},
    {"ruby", "sentry.ruby", ".rb", "/srv/shop/app/", "      @%1 = %2.%3(params[:%4])"},
}};

std::string lineOf(Random& random, const Platform& platform)
{
    std::string out = platform.line;
    const std::array<const char*, 4> names = {
        pick(random, words), pick(random, words), pick(random, verbs), pick(random, words)};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string mark = "%" + std::to_string(i + 1);
        for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at))
            out.replace(at, 2, names[i]);
    }
    return out;
}

void writeFrame(json::Writer& writer, Random& random, const Platform& platform, bool inApp)
{
    const std::string module = std::string(pick(random, words)) + "/" + pick(random, words);
    const std::string folder = inApp ? std::string() : std::string("vendor/") + pick(random, words) + "/";
    writer.beginObject();
    writer.field("function", std::string(pick(random, verbs)) + "_" + pick(random, words));
    writer.field("module", module);
    writer.field("filename", folder + module + platform.extension);
    writer.field("abs_path", platform.root + folder + module + platform.extension);
    writer.field("lineno", int(random() % 900) + 1);
    if (random() % 2 == 0)
        writer.field("colno", int(random() % 80) + 1);
    writer.field("in_app", inApp);
    for (const char* name : {"pre_context", "post_context"}) {
        writer.key(name).beginArray();
        for (int i = 0; i < 5; ++i)
            writer.string(lineOf(random, platform));
        writer.endArray();
    }
    writer.field("context_line", lineOf(random, platform));
    if (inApp && random() % 2 == 0) {
        writer.key("vars").beginObject();
        for (int i = 0; i < 4; ++i)
            writer.field(pick(random, words), std::to_string(random()));
        writer.endObject();
    }
    writer.endObject();
}

void writeCrumbs(json::Writer& writer, Random& random, int count)
{
    writer.key("breadcrumbs").beginObject().key("values").beginArray();
    for (int i = 0; i < count; ++i) {
        writer.beginObject()
            .field("timestamp", std::int64_t(1'795'000'000) + std::int64_t(random() % 100'000))
            .field("category", i % 3 == 0 ? "http" : "console")
            .field("level", "info")
            .field("message", std::string(pick(random, verbs)) + " " + pick(random, words) + " " +
                                  std::to_string(random()));
        writer.key("data")
            .beginObject()
            .field("status_code", 200 + int(random() % 5))
            .field("url", std::string("https://api.example.org/") + pick(random, words) + "/" +
                              std::to_string(random()));
        writer.endObject().endObject();
    }
    writer.endArray().endObject();
}

std::string generated(std::size_t number)
{
    Random random(static_cast<unsigned>(number) + 1);
    const Platform& platform = platforms[number % platforms.size()];
    json::Writer writer;
    writer.beginObject()
        .field("event_id", idHole)
        .field("timestamp", std::int64_t(1'795'000'000) + std::int64_t(number))
        .field("platform", platform.name)
        .field("level", number % 9 == 0 ? "warning" : "error")
        .field("server_name", std::string("web-") + std::to_string(random() % 12))
        .field("release", std::string("shop@1.") + std::to_string(random() % 20) + ".0")
        .field("environment", number % 4 == 0 ? "staging" : "production")
        .field("transaction", std::string("/") + pick(random, words) + "/" + pick(random, verbs));
    writer.key("sdk").beginObject().field("name", platform.sdk).field("version", "10.78.0").endObject();
    writer.key("user")
        .beginObject()
        .field("id", userHole)
        .field("email", std::string("user") + std::string(userHole) + "@example.org")
        .field("ip_address", "10.1.2.3")
        .endObject();
    writer.key("tags").beginObject();
    for (int i = 0; i < 6; ++i)
        writer.field(std::string(words[(number + static_cast<std::size_t>(i) * 7) % words.size()]),
            std::string(pick(random, verbs)));
    writer.field("customer", std::string("c") + std::string(issueHole)).endObject();
    writer.key("extra").beginObject().field("job", std::string("job ") + std::string(numberHole)).endObject();
    writer.key("contexts").beginObject();
    writer.key("runtime").beginObject().field("name", platform.name).field("version", "18.19.0").endObject();
    writer.key("os").beginObject().field("name", "Linux").field("version", "6.1.0-18-amd64").endObject();
    writer.key("trace")
        .beginObject()
        .field("trace_id", idHole)
        .field("span_id", "5d1d5d1d5d1d5d1d")
        .endObject();
    writer.endObject();
    writer.key("request")
        .beginObject()
        .field("method", "POST")
        .field("url", std::string("https://shop.example.org/") + pick(random, words));
    writer.key("headers")
        .beginObject()
        .field("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
        .field("Accept", "application/json")
        .endObject()
        .endObject();
    // 3 to 30 KB, most of them small: a frame is about 700 bytes here.
    const int frames = 2 + static_cast<int>(number * number % 37 * (number % 3 + 1) / 5);
    writer.key("exception").beginObject().key("values").beginArray().beginObject();
    writer.field("type", std::string(pick(random, words)) + "Error" + std::string(issueHole));
    writer.field("value", std::string("cannot ") + pick(random, verbs) + " " + pick(random, words) + " " +
                              std::string(numberHole));
    writer.key("mechanism")
        .beginObject()
        .field("type", "generic")
        .field("handled", number % 3 != 0)
        .endObject();
    writer.key("stacktrace").beginObject().key("frames").beginArray();
    for (int i = 0; i < frames; ++i)
        writeFrame(writer, random, platform, i % 3 == 2 || i + 1 == frames);
    writer.endArray().endObject().endObject().endArray().endObject();
    writeCrumbs(writer, random, static_cast<int>(number % 12));
    writer.endObject();
    return writer.take();
}

void holes(const std::string& text, std::string_view mark, std::vector<std::size_t>& out)
{
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + mark.size()))
        out.push_back(at);
}

Template templateOf(const std::string& payload)
{
    Template out;
    out.bytes = "{\"event_id\":\"" + std::string(idHole) + "\",\"sent_at\":\"2026-11-20T10:00:00.000Z\"}\n" +
                "{\"type\":\"event\",\"length\":" + std::to_string(payload.size()) + "}\n";
    out.payloadAt = out.bytes.size();
    out.payloadSize = payload.size();
    out.bytes += payload + "\n";
    holes(out.bytes, idHole, out.eventIds);
    holes(out.bytes, issueHole, out.issues);
    holes(out.bytes, userHole, out.users);
    holes(out.bytes, numberHole, out.numbers);
    return out;
}

/// A recorded event, with the holes put behind its last member: of doubled keys the last one counts.
std::string withHoles(std::string payload)
{
    const std::size_t end = payload.rfind('}');
    payload.resize(end);
    while (!payload.empty() && (payload.back() == ' ' || payload.back() == '\n'))
        payload.pop_back();
    payload += std::string(payload.ends_with('{') ? "" : ",") + "\"event_id\":\"" + std::string(idHole) +
               "\",\"user\":{\"id\":\"" + std::string(userHole) + "\",\"email\":\"user" +
               std::string(userHole) + "@example.org\"},\"fingerprint\":[\"{{ default }}\",\"" +
               std::string(issueHole) + "\"],\"extra\":{\"request\":\"" + std::string(numberHole) + "\"}}";
    return payload;
}

std::vector<Template> recorded(const std::string& folder)
{
    std::vector<Template> out;
    std::error_code fault;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, fault)) {
        if (entry.is_regular_file() && entry.path().extension() == ".envelope")
            paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        const auto envelope = collector::parseEnvelope(bytes);
        if (!envelope)
            continue;
        if (const collector::EnvelopeItem* event = envelope->firstOf("event"))
            out.push_back(templateOf(withHoles(std::string(event->payload))));
    }
    return out;
}

void putDecimal(std::string& text, std::size_t at, std::size_t width, std::uint64_t number)
{
    for (std::size_t i = width; i-- > 0; number /= 10)
        text[at + i] = static_cast<char>('0' + number % 10);
}

} // namespace

std::vector<Template> loadTemplates(const std::string& folder)
{
    std::vector<Template> out = recorded(folder);
    for (std::size_t i = 0; out.size() < wantedTemplates; ++i)
        out.push_back(templateOf(generated(i)));
    return out;
}

std::string_view Bodies::make(std::uint64_t n, std::string& out) const
{
    // Mixed, so that neither templates nor issues nor users come in a row.
    std::uint64_t mixed = (n + 1) * 0x9e3779b97f4a7c15ULL;
    mixed ^= mixed >> 29U;
    const Template& form = m_templates[mixed % m_templates.size()];
    const std::uint64_t issuesEach = std::max<std::uint64_t>(1, 1'000 / m_templates.size());
    out = form.bytes;
    constexpr std::string_view digits = "0123456789abcdef";
    for (const std::size_t at : form.eventIds) {
        for (std::size_t i = 0; i < 16; ++i) {
            out[at + i] = digits[(mixed >> (4 * i)) & 15U];
            out[at + 16 + i] = digits[(n >> (4 * i)) & 15U];
        }
    }
    for (const std::size_t at : form.issues)
        putDecimal(out, at, issueHole.size(), (mixed >> 20U) % issuesEach);
    for (const std::size_t at : form.users)
        putDecimal(out, at, userHole.size(), (mixed >> 33U) % 50'000);
    for (const std::size_t at : form.numbers)
        putDecimal(out, at, numberHole.size(), n);
    return std::string_view(out).substr(form.payloadAt, form.payloadSize);
}

} // namespace vedette::bench
