// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/event/interpolate.h"

#include <charconv>
#include <optional>
#include <vector>

#include "app/collector/event/texts.h"

namespace vedette::collector {
namespace {

constexpr std::size_t maxInterpolatedBytes = 1'048'576; // as an event; a message shows far less
constexpr std::size_t maxNamed = 1'000;                 // each is looked for among all

class Parameters final
{
public:
    explicit Parameters(json::Value params)
        : m_named(params)
    {
        for (const json::Value item : params.items())
            m_list.push_back(item);
    }

    std::optional<std::string> next() { return at(m_next++); }
    [[nodiscard]] std::optional<std::string> at(std::size_t index) const
    {
        return index < m_list.size() ? std::optional(written(m_list[index])) : std::nullopt;
    }
    std::optional<std::string> named(std::string_view name)
    {
        if (++m_asked > maxNamed)
            return {};
        const json::Value value = m_named[name];
        return value.exists() ? std::optional(written(value)) : std::nullopt;
    }

private:
    static std::string written(json::Value value)
    {
        if (value.isNull())
            return "None";
        const auto text = value.text();
        return text ? *text : value.toJson();
    }

    json::Value m_named;
    std::vector<json::Value> m_list;
    std::size_t m_next = 0;
    std::size_t m_asked = 0;
};

/// The length of `%-5.2f`, `%(name)s` at the front, 0 where it is none.
std::size_t percentLength(std::string_view s, std::string_view& name)
{
    std::size_t at = 1;
    if (at < s.size() && s[at] == '(') {
        const std::size_t end = s.find(')', at);
        if (end > 100) // npos, too
            return 0;
        name = s.substr(at + 1, end - at - 1);
        at = end + 1;
    }
    while (at < s.size() && at < 120 &&
           (isDigit(s[at]) || std::string_view("+-# .l").find(s[at]) != std::string_view::npos))
        ++at;
    constexpr std::string_view kinds = "sdifFeEgGxXocrauv";
    return at < s.size() && kinds.find(s[at]) != std::string_view::npos ? at + 1 : 0;
}

std::optional<std::string> braced(std::string_view name, Parameters& parameters)
{
    name = name.substr(0, name.find_first_of(":,"));    // {price:C2}, {name,10}
    if (name.starts_with('@') || name.starts_with('$')) // Serilog's {@user}
        name.remove_prefix(1);
    if (name.empty())
        return parameters.next();
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (error == std::errc() && end == name.data() + name.size())
        return parameters.at(index);
    return parameters.named(name);
}

} // namespace

std::string interpolated(std::string_view messageTemplate, json::Value params)
{
    if (params.size() == 0)
        return std::string(messageTemplate);
    Parameters parameters(params);
    std::string out;
    out.reserve(messageTemplate.size() + 64);
    // A parameter may be named again and again.
    for (std::size_t i = 0; i < messageTemplate.size() && out.size() <= maxInterpolatedBytes;) {
        const std::string_view rest = messageTemplate.substr(i);
        std::size_t length = 0;
        std::optional<std::string> value;
        if (rest.starts_with("%%")) {
            value = "%";
            length = 2;
        } else if (rest.front() == '%') {
            std::string_view name;
            length = percentLength(rest, name);
            if (length > 0)
                value = name.empty() ? parameters.next() : parameters.named(name);
        } else if (rest.front() == '{') {
            constexpr std::size_t maxName = 100;
            const std::size_t end = rest.substr(0, maxName).find('}');
            if (end != std::string_view::npos) {
                value = braced(rest.substr(1, end - 1), parameters);
                length = end + 1;
            }
        }
        if (value) {
            out += *value;
            i += length;
        } else {
            out += rest.front();
            ++i;
        }
    }
    return out;
}

} // namespace vedette::collector
