// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <microhttpd.h>

#include "app/collector/http/server.h"
#include "app/collector/http/streamgate.h"

namespace vedette::collector {

/// Reads the head of a request out of libmicrohttpd: method, path, query, headers, client. `target` is the
/// request target as it was on the wire.
[[nodiscard]] Request readHead(MHD_Connection* connection, const char* method, std::string_view target);

/// What a head must not be: an answer with `Connection: close`, or nothing. Host, smuggling pairs, declared
/// length.
struct HeadFault
{
    Response response;
    bool drainFirst = false; ///< read the body away before answering, so that the client sees the answer
    std::string reason;      ///< RequestHandler::refused()
};
[[nodiscard]] std::optional<HeadFault> faultOf(
    const Request& head, const char* version, const HttpLimits& limits);

/// The limit for this body on the wire.
[[nodiscard]] std::size_t bodyLimit(const Request& head, const HttpLimits& limits);

/// Builds and queues the answer; MHD_NO where even that fails. A stream is known to `gates` until it ends.
MHD_Result queue(MHD_Connection* connection, Response response, bool close, StreamGates& gates);

} // namespace vedette::collector
