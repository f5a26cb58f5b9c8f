// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/collector/http/body.h"
#include "app/collector/http/stream.h"

namespace vedette::collector {

/// A request as the routes see it: whole, within the limits of limits.h, and still hostile. Plain data; the
/// HTTP server (server.h) has checked the Host header and the framing before anybody sees one.
struct Request
{
    std::string method;                                     ///< upper case, as sent
    std::string path;                                       ///< raw path with its slashes, without the query
    std::vector<std::string> segments;                      ///< percent-decoded parts, empty ones left out
    std::vector<std::pair<std::string, std::string>> query; ///< decoded, in their order, doubled ones kept
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case, in their order
    Body body;          ///< as on the wire (compressed where Content-Encoding says)
    std::string remote; ///< address of the client, without port

    /// First header of that lower-case name. A header that is there and empty answers an empty text.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// First query value of that name.
    [[nodiscard]] std::optional<std::string_view> queryValue(std::string_view name) const;
    /// All query values of that name, in order.
    [[nodiscard]] std::vector<std::string_view> queryValues(std::string_view name) const;
};

/// What a route answers. Content-Length, Date and Connection are the server's business.
struct Response
{
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::shared_ptr<BodyStream> stream = {}; ///< in place of `body` where there is one; not shared

    Response& header(std::string name, std::string value);

    /// A JSON body, with its content type.
    static Response json(int status, std::string body);
    /// `{"detail": text}`, the error body of contract section 4.
    static Response detail(int status, std::string_view text);
    /// 204 and its kin.
    static Response empty(int status);
};

/// The token of `Authorization: Bearer TOKEN`; empty where there is none.
[[nodiscard]] std::string_view bearerToken(const Request& request);

/// Splits a raw request target's path into decoded segments: `/api/0/x%2Fy/` is {"api", "0", "x/y"}. A
/// percent sign that starts no escape stays as it is.
[[nodiscard]] std::vector<std::string> pathSegments(std::string_view path);

/// Percent-decodes; with `plusIsSpace` as forms and queries want it.
[[nodiscard]] std::string percentDecoded(std::string_view text, bool plusIsSpace = false);

} // namespace vedette::collector
