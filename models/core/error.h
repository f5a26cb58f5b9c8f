// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace vedette::core {

/// What went wrong, in the terms a caller decides by. The text for people is made in one place,
/// views/common/errortext.h.
enum class ErrorKind
{
    Offline,      ///< no connection: name not found, refused, network down
    Timeout,      ///< the other side did not answer in time
    Tls,          ///< the certificate or the handshake was refused
    Proxy,        ///< the proxy between us and the server: away, or it wants a name and a password
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

/// Why, where a kind alone does not tell a person what to do about it.
enum class ErrorCause
{
    None,
    // Tls: what is wrong with the certificate that the server showed
    UnknownIssuer,    ///< signed by an authority that nobody here trusts
    SelfSigned,       ///< signed by itself
    WrongHost,        ///< made out for another name
    Expired,          ///< past its last day
    NotYetValid,      ///< before its first day, or our clock is wrong
    Revoked,          ///< called back by its issuer, or known to be abused
    Unfit,            ///< broken, too weak, or not meant for servers
    OtherCertificate, ///< not the one that was accepted by hand
    WantsCertificate, ///< the server asks for a certificate of ours, or refuses the one it got
    // Proxy
    ProxyAway,     ///< cannot be reached, or gives up
    ProxyPassword, ///< wants a name and a password, or refuses those it got
    // Redirected
    OtherServer, ///< to another origin: `about`
    LessSafe,    ///< from https to http: `about`
    EndlessLoop, ///< round and round on the same server
    Renamed,     ///< what was asked for has a new name: `about`, a slug
    // Unauthorized: the token is right, and yet
    SsoRequired, ///< single sign-on comes first; `about` is the page, where this server named one of its own
    TwoFactorRequired, ///< the organization wants a second factor
    // Forbidden: another token does not help
    SudoRequired,
    SuperuserRequired,
    OverMemberLimit, ///< the organization has more members than its plan allows
    // RateLimited
    HeldBack, ///< by ourselves, nothing was sent: the server asked for a pause that is not over
};

/// English name of a kind, for logs and JSON output.
QString errorKindName(ErrorKind kind);
/// The same for a cause; empty for None.
QString errorCauseName(ErrorCause cause);
/// Reads such a name; None for what we do not know.
ErrorCause errorCauseOf(const QString& name);

/// The certificate that a server showed, as far as a person can judge it. All of it is the server's: hostile.
struct ServerCertificate
{
    QString sha256; ///< of the certificate in DER, 64 lower-case hexadecimal digits
    QString subject;
    QString issuer;
    QString validFrom; ///< ISO 8601, UTC
    QString validUntil;
    QList<ErrorCause> faults; ///< all that is wrong with it, the worst first

    friend bool operator==(const ServerCertificate&, const ServerCertificate&) = default;
};

/// A failure as a value.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    int httpStatus = 0; ///< the HTTP status, 0 where there was no answer
    QString detail;     ///< for the log and for "details": English, redacted, maybe the server's own words
    std::optional<std::chrono::seconds> retryAfter = {};
    ErrorCause cause = ErrorCause::None;
    QString about = {}; ///< what the cause is about: an origin, a page, a new name; one line, bounded
    std::shared_ptr<const ServerCertificate> certificate = {}; ///< of Tls faults, where one was shown

    friend bool operator==(const Error& a, const Error& b);
};

} // namespace vedette::core
