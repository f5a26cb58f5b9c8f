// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bodies/recordings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <stdexcept>

#include <zlib.h>

#include "models/json/document.h"

namespace vedette::bench {
namespace {

std::string unpacked(const std::filesystem::path& path)
{
    const gzFile file = gzopen(path.c_str(), "rb");
    if (!file)
        throw std::runtime_error("cannot open " + path.string());
    std::string out;
    std::array<char, 65'536> piece{};
    int got = 0;
    while ((got = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0)
        out.append(piece.data(), static_cast<std::size_t>(got));
    if (gzclose(file) != Z_OK || got < 0)
        throw std::runtime_error(path.string() + " is damaged");
    return out;
}

/// The next line of `text` from `at` on, which moves behind its newline.
std::string_view line(std::string_view text, std::size_t& at)
{
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos)
        throw std::runtime_error("a recording is cut off");
    const std::string_view out = text.substr(at, end - at);
    at = end + 1;
    return out;
}

RecordedEvent read(std::string_view text, std::size_t& at)
{
    const std::string_view head = line(text, at);
    const std::size_t first = head.find(' ');
    const std::size_t last = head.rfind(' ');
    std::size_t size = 0;
    if (first == std::string_view::npos || last == first ||
        std::from_chars(head.data() + last + 1, head.data() + head.size(), size).ec != std::errc() ||
        size >= text.size() - at)
        throw std::runtime_error("a recording has no head");
    RecordedEvent out;
    out.name = head.substr(0, first);
    out.bare = head.substr(first + 1, last - first - 1) == "store";
    out.envelope = text.substr(at, size);
    at += size + 1;
    std::size_t begin = 0;
    (void)line(out.envelope, begin);
    (void)line(out.envelope, begin);
    out.eventAt = begin;
    out.eventSize = line(out.envelope, begin).size();
    return out;
}

} // namespace

std::string RecordedEvent::sdk() const
{
    const auto document = json::Document::parse(event());
    return document ? std::string(document->root()["sdk"]["name"].string().value_or("")) : std::string();
}

std::vector<RecordedEvent> loadRecordings(const std::string& folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".gz")
            paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<RecordedEvent> out;
    for (const auto& path : paths) {
        const std::string text = unpacked(path);
        for (std::size_t at = 0; at < text.size();) {
            out.push_back(read(text, at));
            out.back().program = path.stem().string();
        }
    }
    if (out.empty())
        throw std::runtime_error("no recordings in " + folder);
    return out;
}

} // namespace vedette::bench
