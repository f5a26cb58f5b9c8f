// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "app/collector/event/texts.h"

namespace vedette::collector {

/// A scalar as text, at most `maxChars` of it. What is neither scalar nor null is noted.
std::string scalar(json::Value value, std::string_view name, std::size_t maxChars, Notes* notes)
{
    if (const auto text = value.string()) {
        return cutNoted(trimmed(*text), name, maxChars, notes);
    }
    if (const auto text = value.text())
        return *text;
    if (value.exists() && !value.isNull())
        note(notes, "invalid_data", name, value.toJson());
    return {};
}

std::string cutNoted(std::string_view text, std::string_view name, std::size_t maxChars, Notes* notes)
{
    if (notes && isLongerThan(text, maxChars))
        notes->addCounted("value_too_long", name, text, charCount(text), maxChars);
    return cut(text, maxChars);
}

/// The value if it is an object, or nothing; anything else but null is noted.
json::Value objectOnly(json::Value value, std::string_view name, Notes* notes)
{
    if (value.isObject())
        return value;
    if (value.exists() && !value.isNull() && !(value.isArray() && value.size() == 0))
        note(notes, "invalid_data", name, value.toJson());
    return {};
}

std::vector<json::Value> valuesOf(json::Value value)
{
    if (value.isObject() && value["values"].exists())
        value = value["values"];
    std::vector<json::Value> out;
    if (value.isObject())
        out.push_back(value);
    out.reserve(value.isArray() ? value.size() : 1);
    for (const json::Value item : value.items())
        out.push_back(item);
    return out;
}

std::optional<core::TimePoint> readTime(json::Value value)
{
    std::optional<double> seconds = value.number();
    if (const auto text = value.string()) {
        if (const auto time = core::parseTime(trimmed(*text)))
            return time;
        double parsed = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), parsed);
        if (error == std::errc() && end == text->data() + text->size())
            seconds = parsed;
    }
    constexpr double year9999 = 253'402'300'799.0;
    if (!seconds || !(*seconds > 0) || *seconds > year9999)
        return {};
    return core::TimePoint(std::chrono::milliseconds(std::llround(*seconds * 1000)));
}

std::string plainEventId(std::string_view text)
{
    std::string out;
    out.reserve(32);
    for (const char c : trimmed(text)) {
        if (c == '-')
            continue;
        if (!isHex(c) || out.size() == 32)
            return {};
        out += lowered(c);
    }
    return out.size() == 32 ? out : std::string();
}

std::string_view plainLevel(json::Value level)
{
    struct Spelling
    {
        std::string_view sent, level;
    };
    constexpr std::array<Spelling, 16> spellings = {{{"error", "error"}, {"warning", "warning"},
        {"info", "info"}, {"fatal", "fatal"}, {"debug", "debug"}, {"sample", "sample"}, {"log", "info"},
        {"warn", "warning"}, {"critical", "fatal"}, {"trace", "debug"}, {"10", "debug"}, {"20", "info"},
        {"30", "warning"}, {"40", "error"}, {"50", "fatal"}, {"emergency", "fatal"}}}; // numbers: Python's
    const auto text = level.text();
    if (!text)
        return {};
    const std::string plain = lowered(*text);
    for (const auto& [sent, name] : spellings) {
        if (plain == sent)
            return name;
    }
    return {};
}

std::vector<std::pair<std::string, std::string>> readTags(json::Value tags, Notes* notes)
{
    constexpr std::size_t maxTags = 1000;
    constexpr std::size_t maxChars = 200;
    std::vector<std::pair<std::string, std::string>> out;
    out.reserve(tags.size() + 12);
    std::size_t count = 0;
    const auto take = [&](std::string_view key, json::Value value) {
        if (key.empty() || value.isNull())
            return;
        ++count;
        if (out.size() >= maxTags)
            return;
        const std::string path = notes ? "tags." + std::string(key) : std::string();
        std::string text = scalar(value, path, maxChars, notes);
        if (!text.empty())
            out.emplace_back(
                cutNoted(key, notes ? "tag_key." + cut(key, maxChars) : std::string(), maxChars, notes),
                std::move(text));
    };
    for (const auto& [key, value] : tags.members())
        take(trimmed(key), value);
    for (const json::Value item : tags.items()) {
        if (item.isArray() && item.size() == 2) {
            const auto key = (*item.items().begin()).text();
            auto second = item.items().begin();
            ++second;
            take(key ? trimmed(*key) : std::string_view(), *second);
        } else if (item.isObject()) {
            const auto key = item["key"].text();
            take(key ? trimmed(*key) : std::string_view(), item["value"]);
        } else if (!item.isNull()) {
            note(notes, "invalid_data", "tags", item.toJson());
        }
    }
    if (notes && count > out.size() && out.size() == maxTags)
        notes->addCounted("too_many", "tags", std::to_string(count), count, maxTags);
    if (tags.exists() && !tags.isObject() && !tags.isArray() && !tags.isNull())
        note(notes, "invalid_data", "tags", tags.toJson());
    return out;
}

std::string_view requestHeader(json::Value request, std::string_view lowerCaseName)
{
    const auto same = [&](std::string_view name) {
        return name.size() == lowerCaseName.size() &&
               std::equal(name.begin(), name.end(), lowerCaseName.begin(),
                   [](char a, char b) { return lowered(a) == b; });
    };
    const auto textOf = [](json::Value value) {
        if (value.isArray() && value.size() > 0)
            value = *value.items().begin();
        return value.string().value_or(std::string_view());
    };
    const json::Value headers = request["headers"];
    for (const auto& [name, value] : headers.members()) {
        if (same(name))
            return textOf(value);
    }
    for (const json::Value pair : headers.items()) {
        if (pair.size() == 2 && pair.isArray() && same(textOf(*pair.items().begin()))) {
            auto second = pair.items().begin();
            ++second;
            return textOf(*second);
        }
    }
    return {};
}

namespace {

/// `a=1` as a pair, split off the front of `text` at `separator`.
std::pair<std::string_view, std::string_view> takePair(std::string_view& text, char separator)
{
    const std::size_t end = text.find(separator);
    const std::string_view part = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    const std::size_t equals = part.find('=');
    return {part.substr(0, equals),
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1)};
}

} // namespace

std::vector<std::pair<std::string, std::string>> pairsOf(json::Value value)
{
    std::vector<std::pair<std::string, std::string>> out;
    const auto addOne = [&out](std::string_view key, json::Value item) {
        if (const auto text = item.text())
            out.emplace_back(key, *text);
        else if (item.exists() && !item.isNull())
            out.emplace_back(key, item.toJson());
    };
    const auto add = [&addOne](std::string_view key, json::Value item) {
        if (!item.isArray())
            addOne(key, item);
        for (const json::Value each : item.items())
            addOne(key, each);
    };
    for (const auto& [key, item] : value.members())
        add(key, item);
    for (const json::Value item : value.items()) {
        if (item.isArray() && item.size() == 2) {
            auto it = item.items().begin();
            const auto key = (*it).text();
            ++it;
            if (key)
                add(*key, *it);
        } else if (const auto key = item["key"].text()) {
            add(*key, item["value"]);
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> queryPairs(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> out;
    if (text.starts_with('?'))
        text.remove_prefix(1);
    while (!text.empty()) {
        const auto [key, value] = takePair(text, '&');
        if (!key.empty())
            out.emplace_back(percentDecoded(key), percentDecoded(value));
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> cookiePairs(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> out;
    while (!text.empty()) {
        const auto [key, value] = takePair(text, ';');
        if (!key.empty())
            out.emplace_back(key, value);
    }
    return out;
}

} // namespace vedette::collector
