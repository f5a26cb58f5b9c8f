// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace vedette::core {

/// What went wrong, in the terms a caller decides by. The text for people is made in one place,
/// views/common/errortext.h.
enum class ErrorKind
{
    Offline,      ///< no connection: name not found, refused, network down
    Timeout,      ///< the other side did not answer in time
    Tls,          ///< the certificate or the handshake was refused
    Redirected,   ///< the server sends us to another origin; the token does not follow
    Unauthorized, ///< 401: token missing, wrong or expired
    Forbidden,    ///< 403: the token lacks a scope
    NotFound,     ///< 404, also "exists but is not yours"
    Gone,         ///< 410: the route was retired
    Rejected,     ///< another 4xx: the server understood and refuses
    RateLimited,  ///< 429; `retryAfter` says how long, where the server told
    Server,       ///< 5xx
    NotSentry,    ///< an answer, but not of a Sentry web API (HTML, another product)
    Malformed,    ///< JSON that is broken or of the wrong shape
    TooLarge,     ///< past one of our limits, or 413
    Unsupported,  ///< this server cannot do it
    Storage,      ///< the local database or file could not be read or written
    NewerData,    ///< the data folder was written by a newer Vedette
    Busy,         ///< somebody else holds it (port, lock)
    Keychain,     ///< no keychain, locked, or denied
    Cancelled,    ///< nobody wants the answer any more
    Usage,        ///< the caller's words are off (command line, search query)
    Internal,     ///< our own mistake
};

/// English name of a kind, for logs and JSON output.
QString errorKindName(ErrorKind kind);

/// A failure as a value.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    int httpStatus = 0; ///< the HTTP status, 0 where there was no answer
    QString detail;     ///< for the log and for "details": English, redacted, maybe the server's own words
    std::optional<std::chrono::seconds> retryAfter = {};

    friend bool operator==(const Error&, const Error&) = default;
};

} // namespace vedette::core
