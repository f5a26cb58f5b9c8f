// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace vedette::domain {

/// The way to a server through a proxy. Its password is a secret and not here (secrets::proxyName).
struct Proxy
{
    enum class Kind
    {
        System, ///< what the desktop says
        None,
        Http,
        Socks5
    };

    Kind kind = Kind::System;
    QString host;
    int port = 0; ///< 1 to 65535; 0: not set
    QString user;

    friend bool operator==(const Proxy&, const Proxy&) = default;
};

/// One server certificate that a person looked at and accepted although it cannot be verified.
struct PinnedCertificate
{
    QString sha256;     ///< of the leaf in DER, 64 lower-case hex digits; empty: nothing is pinned
    QStringList faults; ///< words for what was wrong with it when it was accepted: no other fault is forgiven

    friend bool operator==(const PinnedCertificate&, const PinnedCertificate&) = default;
};

/// How an account's server is reached. No secret is in it: values of headers, the proxy's password and the
/// client certificate's key are in the keychain, under the names of secrets/secretstore.h.
struct NetworkSettings
{
    QString caCertificates;    ///< PEM, trusted besides the system's; empty: none
    QString clientCertificate; ///< path of a PEM or PKCS #12 file; empty: none
    QStringList headerNames;   ///< extra headers of every request to the server's own origin
    Proxy proxy;
    PinnedCertificate pin;

    friend bool operator==(const NetworkSettings&, const NetworkSettings&) = default;
};

} // namespace vedette::domain
