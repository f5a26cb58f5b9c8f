// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/spotlight.h"

namespace vedette::collector {
namespace {

bool reads(const Request& request, std::string_view name)
{
    return request.segments.size() == 1 && request.segments[0] == name &&
           (request.method == "GET" || request.method == "HEAD");
}

Response named(Response response)
{
    response.header("X-Powered-By", spotlightName);
    return response;
}

} // namespace

bool isSpotlightHealth(const Request& request)
{
    return reads(request, "health");
}

Response spotlightHealth(bool isOn)
{
    if (!isOn)
        return Response::detail(404, "The requested resource does not exist");
    Response response;
    response.header("Content-Type", "text/plain; charset=utf-8");
    response.body = "OK";
    return named(std::move(response));
}

bool isSpotlightReading(const Request& request)
{
    return reads(request, "stream");
}

std::optional<Response> refuseSpotlightReading(
    const Request& head, const std::function<bool(std::string_view)>& acceptsToken)
{
    if (head.header("origin"))
        return named(Response::json(400, "\"Invalid origin: web pages may not use this API\""));
    if (acceptsToken(bearerToken(head)))
        return std::nullopt;
    return named(Response::detail(401,
        head.header("authorization") ? "Invalid token" : "Authentication credentials were not provided."));
}

} // namespace vedette::collector
