// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/message.h"

#include "models/json/writer.h"

namespace vedette::collector {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::optional<std::string_view> firstOf(const Pairs& pairs, std::string_view name)
{
    for (const auto& [key, value] : pairs) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string_view> Request::header(std::string_view name) const
{
    return firstOf(headers, name);
}

std::optional<std::string_view> Request::queryValue(std::string_view name) const
{
    return firstOf(query, name);
}

std::vector<std::string_view> Request::queryValues(std::string_view name) const
{
    std::vector<std::string_view> out;
    for (const auto& [key, value] : query) {
        if (key == name)
            out.push_back(value);
    }
    return out;
}

Response& Response::header(std::string name, std::string value)
{
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

Response Response::json(int status, std::string body)
{
    Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
}

Response Response::detail(int status, std::string_view text)
{
    json::Writer writer;
    writer.beginObject().field("detail", text).endObject();
    return json(status, writer.take());
}

Response Response::empty(int status)
{
    Response response;
    response.status = status;
    return response;
}

std::string percentDecoded(std::string_view text, bool plusIsSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
            hexDigit(text[i + 2]) >= 0) {
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else if (plusIsSpace && text[i] == '+') {
            out += ' ';
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string_view bearerToken(const Request& request)
{
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = request.header("authorization").value_or("");
    if (header.size() <= scheme.size())
        return {};
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        if ((header[i] | 0x20) != (scheme[i] | 0x20))
            return {};
    }
    return header.substr(scheme.size());
}

std::vector<std::string> pathSegments(std::string_view path)
{
    std::vector<std::string> out;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!part.empty())
            out.push_back(percentDecoded(part));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return out;
}

} // namespace vedette::collector
