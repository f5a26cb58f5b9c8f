// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/payload.h"

#include <algorithm>
#include <cmath>

namespace vedette::collector {
namespace {

bool sameName(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return (x >= 'A' && x <= 'Z' ? x + 32 : x) == (y >= 'A' && y <= 'Z' ? y + 32 : y);
    });
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
            hexDigit(text[i + 2]) >= 0) {
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

/// Puts the params into a template that the SDK left unformatted: `%s`, `%d`, `%r`, `{}` in their order,
/// `%(name)s` by name. What finds no param stays.
std::string withParams(std::string_view text, json::Value params)
{
    std::vector<std::string> list;
    for (const json::Value item : params.items())
        list.push_back(item.text().value_or(item.toJson()));
    std::string out;
    std::size_t next = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char after = i + 1 < text.size() ? text[i + 1] : '\0';
        const bool percent =
            c == '%' && std::string_view("sdrifx").find(after) != std::string_view::npos && after != '\0';
        if ((percent || (c == '{' && after == '}')) && next < list.size()) {
            out += list[next++];
            ++i;
            continue;
        }
        const std::size_t close = c == '%' && after == '(' ? text.find(')', i) : std::string_view::npos;
        if (close != std::string_view::npos && params.isObject()) {
            const json::Value value = params[text.substr(i + 2, close - i - 2)];
            if (value.exists()) {
                out += value.text().value_or(value.toJson());
                i = std::min(close + 1, text.size() - 1);
                continue;
            }
        }
        out += c;
    }
    return out;
}

} // namespace

std::vector<json::Value> valuesOf(json::Value value)
{
    std::vector<json::Value> out;
    const json::Value list = value.isObject() && value["values"].exists() ? value["values"] : value;
    if (list.isArray()) {
        for (const json::Value item : list.items()) {
            if (item.isObject())
                out.push_back(item);
        }
    } else if (list.isObject() && list.size() > 0) {
        out.push_back(list);
    }
    return out;
}

std::vector<json::Value> framesOf(json::Value stacktrace)
{
    std::vector<json::Value> out;
    for (const json::Value frame : stacktrace["frames"].items()) {
        if (frame.isObject())
            out.push_back(frame);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> pairsOf(json::Value value)
{
    std::vector<std::pair<std::string, std::string>> out;
    const auto add = [&out](std::string key, json::Value text) {
        if (text.isArray()) {
            for (const json::Value item : text.items()) {
                if (auto scalar = item.text())
                    out.emplace_back(key, std::move(*scalar));
            }
        } else if (auto scalar = text.text()) {
            out.emplace_back(std::move(key), std::move(*scalar));
        } else if (text.isObject()) {
            out.emplace_back(std::move(key), text.toJson());
        }
    };
    if (value.isObject()) {
        for (const auto& [key, item] : value.members())
            add(std::string(key), item);
    } else if (value.isArray()) {
        for (const json::Value item : value.items()) {
            if (item.isArray() && item.size() == 2) {
                auto it = item.items().begin();
                const auto key = (*it).text();
                ++it;
                if (key)
                    add(*key, *it);
            } else if (item.isObject()) {
                if (const auto key = item["key"].text())
                    add(*key, item["value"]);
            }
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> queryPairs(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> out;
    if (!text.empty() && text.front() == '?')
        text.remove_prefix(1);
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view part = text.substr(0, end);
        const std::size_t equals = part.find('=');
        if (!part.empty()) {
            out.emplace_back(decoded(part.substr(0, equals)),
                equals == std::string_view::npos ? std::string() : decoded(part.substr(equals + 1)));
        }
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return out;
}

Message messageOf(json::Value payload)
{
    Message out;
    json::Value entry = payload["logentry"];
    if (!entry.exists() || entry.isNull())
        entry = payload["sentry.interfaces.Message"];
    if (!entry.exists() || entry.isNull())
        entry = payload["message"];
    if (entry.isObject()) {
        out.formatted = entry["formatted"].text().value_or("");
        out.raw = entry["message"].text().value_or("");
        out.params = entry["params"];
        if (out.formatted.empty())
            out.formatted = withParams(out.raw, out.params);
    } else {
        out.formatted = entry.text().value_or("");
    }
    out.formatted = trimmed(out.formatted);
    return out;
}

std::optional<core::TimePoint> timeOf(json::Value value)
{
    if (const auto text = value.string())
        return core::parseTime(*text);
    const auto seconds = value.number();
    // The year 2286 has eleven digits; what is larger was meant as milliseconds or is nonsense.
    if (!seconds || !(*seconds > 0) || *seconds > 1e11)
        return {};
    return core::TimePoint(std::chrono::milliseconds(std::llround(*seconds * 1000.0)));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string_view firstLine(std::string_view text)
{
    return text.substr(0, text.find_first_of("\r\n"));
}

std::string cut(std::string_view text, std::size_t maxBytes)
{
    if (text.size() <= maxBytes)
        return std::string(text);
    constexpr std::string_view ellipsis = "...";
    std::size_t end = maxBytes > ellipsis.size() ? maxBytes - ellipsis.size() : 0;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)) + std::string(ellipsis);
}

std::string textOf(json::Value value, std::size_t maxBytes)
{
    const auto text = value.text();
    return text ? cut(trimmed(*text), maxBytes) : std::string();
}

std::string levelOf(json::Value value, std::string_view fallback)
{
    if (const auto number = value.integer()) {
        // Python's logging levels, as old SDKs sent them.
        if (*number >= 50)
            return "fatal";
        return *number >= 40 ? "error" : *number >= 30 ? "warning" : *number >= 20 ? "info" : "debug";
    }
    std::string text = textOf(value, 32);
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (text == "fatal" || text == "error" || text == "warning" || text == "info" || text == "debug")
        return text;
    if (text == "critical")
        return "fatal";
    if (text == "warn")
        return "warning";
    if (text == "log")
        return "info";
    if (text == "trace")
        return "debug";
    return std::string(fallback);
}

std::string requestHeader(json::Value request, std::string_view name)
{
    for (auto& [key, value] : pairsOf(request["headers"])) {
        if (sameName(key, name))
            return value;
    }
    return {};
}

} // namespace vedette::collector
