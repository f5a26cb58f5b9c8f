// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demo/samples.h"

#include <QFile>

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "models/json/document.h"

// Out of any namespace, as the macro asks: a static library's resources must be named once.
static void initialiseResource()
{
    Q_INIT_RESOURCE(samples);
}

namespace vedette::demo {

using core::ErrorKind;
using namespace Qt::Literals::StringLiterals;

namespace {

/// More than ten times of what is built in.
constexpr std::size_t mostUnpackedBytes = 32'000'000;

core::Result<std::string> gunzip(std::string_view packed)
{
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return core::fail(ErrorKind::Internal, u"zlib does not start"_s);
    std::string in(packed);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = uInt(in.size());
    std::string out;
    std::string chunk(std::size_t(256) * 1'024, '\0');
    int status = Z_OK;
    while (status == Z_OK && out.size() < mostUnpackedBytes) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = uInt(chunk.size());
        status = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk, 0, chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END)
        return core::fail(ErrorKind::Malformed, u"a file of samples is damaged"_s);
    return out;
}

core::Result<void> readTraces(const json::Value& row, const Recorded& recorded, SampleProject& project)
{
    for (const json::Value entry : row["endpoints"].items()) {
        const auto name = entry["template"].string();
        const auto found = std::find_if(
            recorded.begin(), recorded.end(), [&](const auto& file) { return name == file.first; });
        if (found == recorded.end())
            return core::fail(ErrorKind::Malformed, u"the index names a transaction that is not there"_s);
        auto compiled = EventTemplate::compile(found->second, {});
        if (!compiled)
            return core::fail(compiled.error());
        SampleEndpoint endpoint{project.traces.size()};
        endpoint.median = entry["median"].number().value_or(0);
        endpoint.spread = entry["spread"].number().value_or(0);
        endpoint.rate = entry["rate"].number().value_or(0);
        if (compiled->recordedDuration() <= std::chrono::milliseconds(0) || endpoint.median <= 0)
            return core::fail(ErrorKind::Malformed, u"a transaction of the samples takes no time"_s);
        project.endpoints.push_back(endpoint);
        project.traces.push_back(*std::move(compiled));
    }
    return {};
}

core::Result<SampleProject> readProject(const json::Value& row, const Recorded& recorded)
{
    SampleProject project;
    project.slug = row["slug"].text().value_or("");
    project.name = row["name"].text().value_or(project.slug);
    project.platform = row["platform"].text().value_or("");
    project.share = row["share"].number().value_or(1);
    TagValues tags;
    for (const auto& [name, envelope] : recorded) {
        if (const auto collected = EventTemplate::collectTags(envelope, tags); !collected)
            return core::fail(collected.error());
    }
    std::map<std::string, std::size_t, std::less<>> places;
    for (const auto& [name, envelope] : recorded) {
        auto compiled = EventTemplate::compile(envelope, tags);
        if (!compiled)
            return core::fail(compiled.error());
        places.emplace(name, project.templates.size());
        project.templates.push_back(*std::move(compiled));
    }
    for (const json::Value entry : row["issues"].items()) {
        SampleIssue issue;
        issue.name = entry["name"].text().value_or("");
        issue.weight = entry["weight"].number().value_or(1);
        issue.isFresh = entry["fresh"].boolean().value_or(false);
        issue.spikes = entry["spike"].boolean().value_or(false);
        for (const json::Value name : entry["templates"].items()) {
            const auto found = places.find(name.string().value_or(""));
            if (found == places.end())
                return core::fail(ErrorKind::Malformed, u"the index names a sample that is not there"_s);
            issue.templates.push_back(found->second);
        }
        if (issue.templates.empty())
            return core::fail(ErrorKind::Malformed, u"an issue of the index has no samples"_s);
        project.issues.push_back(std::move(issue));
    }
    if (project.slug.empty() || project.issues.empty())
        return core::fail(ErrorKind::Malformed, u"a project of the index is empty"_s);
    return project;
}

} // namespace

core::Result<Recorded> unpack(std::string_view gzip)
{
    const auto bytes = gunzip(gzip);
    if (!bytes)
        return core::fail(bytes.error());
    Recorded out;
    std::string_view rest = *bytes;
    while (!rest.empty()) {
        const std::size_t lineEnd = rest.find('\n');
        const std::string_view line = rest.substr(0, lineEnd);
        const std::size_t space = line.find(' ');
        std::size_t length = 0;
        if (lineEnd == rest.npos || space == line.npos ||
            std::from_chars(line.data() + space + 1, line.data() + line.size(), length).ec != std::errc() ||
            length >= rest.size() - lineEnd - 1)
            return core::fail(ErrorKind::Malformed, u"a file of samples is cut off"_s);
        out.emplace_back(line.substr(0, space), rest.substr(lineEnd + 1, length));
        rest.remove_prefix(lineEnd + 1 + length + 1);
    }
    return out;
}

core::Result<Samples> readSamples(const std::function<QByteArray(const std::string&)>& read)
{
    const QByteArray text = read("index.json");
    const auto index = json::Document::parse({text.constData(), std::size_t(text.size())});
    if (!index)
        return core::fail(index.error());
    Samples samples;
    for (const json::Value row : index->root()["projects"].items()) {
        const QByteArray packed = read(row["file"].text().value_or(""));
        const auto recorded = unpack({packed.constData(), std::size_t(packed.size())});
        if (!recorded)
            return core::fail(recorded.error());
        auto project = readProject(row, *recorded);
        if (!project)
            return core::fail(project.error());
        if (const auto file = row["traces"]["file"].text()) {
            const QByteArray packedTraces = read(*file);
            const auto traces = unpack({packedTraces.constData(), std::size_t(packedTraces.size())});
            if (!traces)
                return core::fail(traces.error());
            if (const auto taken = readTraces(row["traces"], *traces, *project); !taken)
                return core::fail(taken.error());
        }
        samples.push_back(*std::move(project));
    }
    if (samples.empty())
        return core::fail(ErrorKind::Malformed, u"the index of the samples is empty"_s);
    return samples;
}

QByteArray builtInSample(const std::string& name)
{
    initialiseResource();
    QFile file(u":/samples/"_s + QString::fromStdString(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace vedette::demo
