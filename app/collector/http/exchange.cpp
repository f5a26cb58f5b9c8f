// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/collector/http/exchange.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include <arpa/inet.h>

namespace vedette::collector {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

MHD_Result takeHeader(
    void* closure, MHD_ValueKind, const char* key, size_t keySize, const char* value, size_t valueSize)
{
    auto& headers = *static_cast<std::vector<std::pair<std::string, std::string>>*>(closure);
    headers.emplace_back(lowered({key, keySize}), value ? std::string(value, valueSize) : std::string());
    return MHD_YES;
}

std::string addressOf(MHD_Connection* connection)
{
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr)
        return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    const sockaddr* address = info->client_addr;
    const void* bytes = nullptr;
    if (address->sa_family == AF_INET)
        bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr; // NOLINT: how sockets are typed
    else if (address->sa_family == AF_INET6)
        bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr; // NOLINT: how sockets are typed
    if (!bytes || !inet_ntop(address->sa_family, bytes, text.data(), text.size()))
        return {};
    return text.data();
}

void readQuery(std::string_view text, Request& request)
{
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        if (!pair.empty()) {
            const std::size_t equals = pair.find('=');
            request.query.emplace_back(percentDecoded(pair.substr(0, equals), true),
                equals == std::string_view::npos ? std::string()
                                                 : percentDecoded(pair.substr(equals + 1), true));
        }
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
}

/// RFC 9110 section 5.6.2: what a header name may consist of.
bool isToken(std::string_view text)
{
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
    });
}

std::ptrdiff_t countOf(const Request& head, std::string_view name)
{
    return std::count_if(head.headers.begin(), head.headers.end(),
        [name](const auto& header) { return header.first == name; });
}

/// A body that lies in memory as a whole; null where there is none for it.
MHD_Response* bufferResponse(std::string text)
{
    auto body = std::make_unique<std::string>(std::move(text));
    MHD_Response* out = MHD_create_response_from_buffer_with_free_callback_cls(
        body->size(), body->data(), [](void* closure) { delete static_cast<std::string*>(closure); },
        body.get()); // NOLINT: C owns it meanwhile
    if (out)
        (void)body.release(); // NOLINT(bugprone-unused-return-value): the response frees it
    return out;
}

HeadFault smuggled(std::string_view text)
{
    return {Response::detail(400, text).header("X-Sentry-Error", std::string(text)), false, "framing"};
}

} // namespace

Request readHead(MHD_Connection* connection, const char* method, std::string_view target)
{
    Request request;
    request.method = method;
    const std::size_t mark = target.find('?');
    request.path = std::string(target.substr(0, mark));
    request.segments = pathSegments(request.path);
    if (mark != std::string_view::npos)
        readQuery(target.substr(mark + 1), request);
    request.headers.reserve(12);
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, takeHeader, &request.headers);
    request.remote = addressOf(connection);
    return request;
}

std::size_t bodyLimit(const Request& head, const HttpLimits& limits)
{
    const std::string_view encoding = head.header("content-encoding").value_or("");
    return encoding.empty() || encoding == "identity" ? limits.plainBytes : limits.compressedBytes;
}

std::optional<HeadFault> faultOf(const Request& head, const char* version, const HttpLimits& limits)
{
    for (const auto& [name, value] : head.headers) {
        if (!isToken(name))
            return smuggled("malformed header name");
        if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            return smuggled("malformed header value");
    }
    const auto encodings = countOf(head, "transfer-encoding");
    const auto lengths = countOf(head, "content-length");
    if (encodings > 1 || lengths > 1 || (encodings == 1 && lengths == 1))
        return smuggled("ambiguous body length");
    if (encodings == 1 && lowered(*head.header("transfer-encoding")) != "chunked")
        return smuggled("unsupported transfer encoding");
    if (countOf(head, "host") > 1)
        return smuggled("more than one host");
    const auto host = head.header("host");
    // HTTP/1.0 knows no Host; a browser, which is what rebinding is about, always sends one.
    if (!host && std::string_view(version) != MHD_HTTP_VERSION_1_0)
        return smuggled("missing host");
    if (host && !isLoopbackHost(*host)) {
        return HeadFault{Response::detail(403, "this collector answers to local names only")
                             .header("X-Sentry-Error", "this collector answers to local names only"),
            false, "foreign_host"};
    }
    if (lengths == 1) {
        const std::string_view text = *head.header("content-length");
        std::uint64_t length = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
        if (error == std::errc::result_out_of_range ||
            (error == std::errc() && length > bodyLimit(head, limits))) {
            return HeadFault{Response::detail(413, "the body is larger than this collector takes")
                                 .header("X-Sentry-Error", "the body is larger than this collector takes"),
                // Who asks first (Expect: 100-continue) has not sent the body yet.
                !head.header("expect") && length < 2 * limits.plainBytes, "too_large"};
        }
        if (error != std::errc() || end != text.data() + text.size())
            return smuggled("malformed content length");
    }
    return std::nullopt;
}

MHD_Result queue(MHD_Connection* connection, Response response, bool close, StreamGates& gates)
{
    MHD_Response* out = nullptr;
    if (response.stream) {
        const auto gate = std::make_shared<StreamGate>(std::move(response.stream), connection);
        if (!gates.add(gate))
            return MHD_NO;
        out = StreamGate::makeResponse(gate);
    } else {
        out = bufferResponse(std::move(response.body));
    }
    if (!out)
        return MHD_NO;
    for (const auto& [name, value] : response.headers)
        MHD_add_response_header(out, name.c_str(), value.c_str());
    if (close)
        MHD_add_response_header(out, MHD_HTTP_HEADER_CONNECTION, "close");
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
    MHD_destroy_response(out);
    return queued;
}

} // namespace vedette::collector
