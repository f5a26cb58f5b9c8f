// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/grouping/recordings.h"

#include <QDir>
#include <QFileInfo>

#include <map>
#include <optional>
#include <string_view>

#include "app/collector/envelope/envelope.h"
#include "app/collector/http/decode.h"
#include "models/json/document.h"
#include "tests/support/sharedfixtures.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::bench {
namespace {

constexpr std::size_t maxBytes = 64'000'000;

std::string textOf(const QString& path)
{
    return tests::readFile(path).toStdString();
}

/// The event's JSON in an envelope, or nothing.
std::optional<std::string> eventIn(std::string_view envelope)
{
    const auto parsed = collector::parseEnvelope(envelope);
    const collector::EnvelopeItem* item = parsed ? parsed->firstOf("event") : nullptr;
    return item ? std::optional(std::string(item->payload)) : std::nullopt;
}

std::string lowered(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return text;
}

std::string dechunked(std::string_view body)
{
    std::string out;
    while (!body.empty()) {
        const std::size_t end = body.find("\r\n");
        const std::size_t size = std::strtoul(std::string(body.substr(0, end)).c_str(), nullptr, 16);
        if (end == std::string_view::npos || size == 0 || body.size() < end + 2 + size)
            break;
        out += body.substr(end + 2, size);
        body.remove_prefix(std::min(body.size(), end + 2 + size + 2));
    }
    return out;
}

/// The event in a raw request; nothing in those that bring something else or are damaged on purpose.
std::optional<std::string> eventInRequest(const std::string& raw)
{
    const std::size_t head = raw.find("\r\n\r\n");
    if (head == std::string::npos)
        return {};
    const std::string headers = lowered(raw.substr(0, head + 2));
    const auto header = [&headers](const std::string& name) {
        const std::size_t at = headers.find("\r\n" + name + ":");
        if (at == std::string::npos)
            return std::string();
        const std::size_t from = at + name.size() + 3;
        const std::string value = headers.substr(from, headers.find("\r\n", from) - from);
        const std::size_t first = value.find_first_not_of(' ');
        return first == std::string::npos ? std::string() : value.substr(first);
    };
    std::string body = raw.substr(head + 4);
    if (header("transfer-encoding") == "chunked")
        body = dechunked(body);
    const auto plain = collector::unpacked(header("content-encoding"), body, maxBytes);
    if (!plain)
        return {};
    if (headers.find("/store/") != std::string::npos)
        return plain->starts_with('{') ? std::optional(*plain) : std::nullopt;
    return eventIn(*plain);
}

void addFile(RecordingSet& set, const QString& path)
{
    const QString name = QFileInfo(path).completeBaseName();
    const std::string bytes = textOf(path);
    std::optional<std::string> json;
    if (path.endsWith(u".http"_s))
        json = eventInRequest(bytes);
    else if (path.endsWith(u".json"_s))
        json = bytes;
    else
        json = eventIn(bytes);
    if (json)
        set.events.push_back({set.name, {}, std::move(*json)});
}

} // namespace

RecordingSet sampleRecordings()
{
    RecordingSet out{"resources/samples", {}};
    const QString folder = QStringLiteral(VEDETTE_SOURCE_DIR "/resources/samples/");
    const auto index = json::Document::parse(textOf(folder + u"index.json"_s));
    if (!index)
        qFatal("no index of samples: %s", qPrintable(index.error().detail));
    for (const json::Value project : index->root()["projects"].items()) {
        std::map<std::string, std::string, std::less<>> faults; // of templates
        for (const json::Value issue : project["issues"].items()) {
            for (const json::Value name : issue["templates"].items())
                faults[std::string(name.string().value_or(""))] = issue["name"].string().value_or("");
        }
        const auto lines = collector::unpacked("gzip", textOf(folder + project["file"].qstring()), maxBytes);
        if (!lines)
            qFatal("samples: %s", qPrintable(lines.error().detail));
        const std::string slug(project["slug"].string().value_or(""));
        for (std::string_view rest = *lines; !rest.empty();) {
            // NAME LENGTH, a newline, so many bytes, a newline.
            const std::size_t space = rest.find(' ');
            const std::size_t end = rest.find('\n');
            if (end == std::string_view::npos || space > end)
                qFatal("samples: a bad line");
            const std::string name(rest.substr(0, space));
            const std::size_t length = std::stoul(std::string(rest.substr(space + 1, end - space - 1)));
            if (auto json = eventIn(rest.substr(end + 1, length)))
                out.events.push_back({slug, faults[name], std::move(*json)});
            rest.remove_prefix(std::min(rest.size(), end + 1 + length + 1));
        }
    }
    return out;
}

RecordingSet ownRecordings()
{
    RecordingSet out{"tests/fixtures", {}};
    for (const auto& [folder, wildcard] : {std::pair(u"events"_s, u"*.json"_s), {u"ingest"_s, u"*.http"_s}}) {
        const QDir dir(QStringLiteral(VEDETTE_SOURCE_DIR "/tests/fixtures/") + folder);
        const QStringList names = dir.entryList({wildcard}, QDir::Files, QDir::Name);
        for (const QString& name : names)
            addFile(out, dir.filePath(name));
    }
    return out;
}

RecordingSet sharedRecordings()
{
    RecordingSet out{"shared fixtures", {}};
    if (tests::sharedFixtures().isEmpty())
        return out;
    for (const auto& [folder, wildcard] :
        {std::pair(u"events"_s, u"*.json"_s), {u"pairs"_s, u"*.in.json"_s}, {u"envelopes"_s, u"*.envelope"_s},
            {u"recorded"_s, u"*.envelope"_s}, {u"recorded"_s, u"*.json"_s}}) {
        for (const QString& path : tests::sharedFiles(folder, wildcard))
            addFile(out, path);
    }
    return out;
}

} // namespace vedette::bench
