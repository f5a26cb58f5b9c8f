// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/store/codec.h"

#include <zstd.h>

#include "models/json/document.h"
#include "models/store/archive.h"
#include "models/store/describe.h"

namespace vedette::store {
namespace {

constexpr int zstdLevel = 3;
constexpr unsigned long long mostUnpackedBytes = 64'000'000;

template<class T>
std::string toJson(const T& value)
{
    JsonOut out;
    out.put(value);
    return out.take();
}

void appendVarint(std::string& out, qint64 number)
{
    // Zigzag: counts of servers are not negative, but nobody promises it.
    auto bits = (quint64(number) << 1) ^ quint64(number >> 63);
    while (bits >= 0x80) {
        out.push_back(char(bits | 0x80));
        bits >>= 7;
    }
    out.push_back(char(bits));
}

std::optional<qint64> takeVarint(std::string_view& in)
{
    quint64 bits = 0;
    for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        bits |= quint64(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0)
            return qint64(bits >> 1) ^ -qint64(bits & 1);
    }
    return std::nullopt;
}

} // namespace

std::string encode(const domain::Issue& value)
{
    return toJson(value);
}

std::string encode(const domain::IssueDetail& value)
{
    return toJson(value);
}

std::string encode(const domain::Event& value)
{
    return toJson(value);
}

std::string encode(const domain::Actor& value)
{
    return toJson(value);
}

std::string encode(const domain::StatusDetails& value)
{
    return toJson(value);
}

std::string encode(const domain::Credential& value)
{
    return toJson(value);
}

std::string encode(const domain::NetworkSettings& value)
{
    return toJson(value);
}

std::string encode(const domain::Capabilities& value)
{
    return toJson(value);
}

std::string encode(const DirectoryData& value)
{
    return toJson(value);
}

std::string encode(const QList<domain::ProjectSummary>& value)
{
    return toJson(value);
}

std::string encode(const AlertRecord& value)
{
    return toJson(value);
}

std::string encode(const core::Error& value)
{
    return toJson(value);
}

std::string encode(const domain::IssueBasis& value)
{
    return toJson(value);
}

std::string encode(const domain::Conflict& value)
{
    return toJson(value);
}

template<class T>
std::optional<T> decode(const std::string& json)
{
    const auto document = json::Document::parse(json, mostUnpackedBytes);
    if (!document || !(document->root().isObject() || document->root().isArray()))
        return std::nullopt;
    T value;
    JsonIn::get(document->root(), value);
    return value;
}

template std::optional<domain::Issue> decode(const std::string&);
template std::optional<domain::IssueDetail> decode(const std::string&);
template std::optional<domain::Event> decode(const std::string&);
template std::optional<domain::Actor> decode(const std::string&);
template std::optional<domain::StatusDetails> decode(const std::string&);
template std::optional<domain::Credential> decode(const std::string&);
template std::optional<domain::NetworkSettings> decode(const std::string&);
template std::optional<domain::Capabilities> decode(const std::string&);
template std::optional<DirectoryData> decode(const std::string&);
template std::optional<QList<domain::ProjectSummary>> decode(const std::string&);
template std::optional<AlertRecord> decode(const std::string&);
template std::optional<core::Error> decode(const std::string&);
template std::optional<domain::IssueBasis> decode(const std::string&);
template std::optional<domain::Conflict> decode(const std::string&);

std::string packed(const std::string& plain)
{
    std::string out(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), zstdLevel);
    // With the bound above it can only fail for want of memory.
    if (ZSTD_isError(size) != 0)
        throw std::bad_alloc();
    out.resize(size);
    return out;
}

std::optional<std::string> unpacked(const std::string& bytes)
{
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > mostUnpackedBytes)
        return std::nullopt;
    std::string out(std::size_t(size), '\0');
    const std::size_t got = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0 || got != out.size())
        return std::nullopt;
    return out;
}

std::string encodeSeries(const domain::Series& series)
{
    const qint64 step = series.step.count();
    const qint64 stepMs = step * 1'000;
    std::string out;
    appendVarint(out, step);
    appendVarint(out, series.points.size());
    // Each point: how far its start is from where it should be (0 in an even series), then its count.
    qint64 expected = 0;
    for (const domain::Series::Point& point : series.points) {
        const qint64 start = point.start.time_since_epoch().count();
        appendVarint(out, start - expected);
        appendVarint(out, point.count);
        expected = start + stepMs;
    }
    return out;
}

domain::Series decodeSeries(const std::string& bytes)
{
    std::string_view in = bytes;
    const auto step = takeVarint(in);
    const auto size = takeVarint(in);
    domain::Series series;
    if (!step || !size)
        return series;
    series.step = std::chrono::seconds(*step);
    series.points.reserve(qBound(qint64(0), *size, qint64(in.size())));
    qint64 expected = 0;
    for (qint64 i = 0; i < *size; ++i) {
        const auto off = takeVarint(in);
        const auto count = takeVarint(in);
        if (!off || !count)
            break;
        const qint64 start = expected + *off;
        series.points.append({core::TimePoint(std::chrono::milliseconds(start)), *count});
        expected = start + *step * 1'000;
    }
    return series;
}

} // namespace vedette::store
