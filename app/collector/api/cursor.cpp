// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/api/cursor.h"

#include <algorithm>

#include "app/collector/api/context.h"

namespace vedette::collector::api {
namespace {

/// Percent-encodes everything but the unreserved characters of RFC 3986 section 2.3 and what is harmless
/// here.
std::string encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view harmless = "-._~";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            harmless.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::string cursorText(std::int64_t offset, bool previous)
{
    return "0:" + std::to_string(offset) + (previous ? ":1" : ":0");
}

std::string link(std::string_view url, const std::string& cursor, std::string_view rel, bool results)
{
    std::string out = "<";
    out += url;
    out += "&cursor=" + cursor + ">; rel=\"";
    out += rel;
    out += results ? "\"; results=\"true\"; cursor=\"" : "\"; results=\"false\"; cursor=\"";
    return out + cursor + "\"";
}

} // namespace

std::optional<Cursor> Cursor::parse(std::string_view text)
{
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos)
        return {};
    const auto offset = decimal(text.substr(first + 1, second - first - 1));
    if (!offset || *offset < 0)
        return {};
    return Cursor{*offset};
}

std::optional<PageRequest> PageRequest::from(const Request& request, std::int64_t defaultLimit)
{
    PageRequest page;
    page.limit = defaultLimit;
    for (const char* name : {"limit", "per_page"}) {
        const auto value = request.queryValue(name);
        if (const auto number = value ? decimal(*value) : std::nullopt)
            page.limit = std::clamp<std::int64_t>(*number, 1, 100);
    }
    if (const auto text = request.queryValue("cursor"); text && !text->empty()) {
        const auto cursor = Cursor::parse(*text);
        if (!cursor)
            return {};
        page.offset = cursor->offset;
    }
    return page;
}

void addLinkHeader(Response& response, const Request& request, std::string_view baseUrl,
    const PageRequest& page, bool hasNext)
{
    const std::int64_t before = std::max<std::int64_t>(0, page.offset - page.limit);
    addLinkHeader(response, request, baseUrl,
        LinkTargets{
            cursorText(before, true), cursorText(page.offset + page.limit, false), page.offset > 0, hasNext});
}

void addLinkHeader(
    Response& response, const Request& request, std::string_view baseUrl, const LinkTargets& links)
{
    // With no other query the server's URL reads `?&cursor=`.
    std::string url = std::string(baseUrl) + request.path + "?";
    bool first = true;
    for (const auto& [name, value] : request.query) {
        if (name == "cursor")
            continue;
        if (!first)
            url += '&';
        url += encoded(name) + "=" + encoded(value);
        first = false;
    }
    response.header("Link", link(url, links.previous, "previous", links.hasPrevious) + ", " +
                                link(url, links.next, "next", links.hasNext));
}

} // namespace vedette::collector::api
