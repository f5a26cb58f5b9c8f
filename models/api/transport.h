// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QString>
#include <QUrl>

#include <memory>
#include <optional>
#include <utility>

#include "models/core/error.h"
#include "models/core/result.h"

namespace vedette::api {

/// The way to one account's server, as its owner set it. Secrets are in it: it lives in memory only, and
/// nothing of it is ever logged.
struct Transport
{
    struct Proxy
    {
        enum class Kind
        {
            System, ///< what the desktop says; machines of our own (loopback) are always reached directly
            None,
            Http,
            Socks5
        };
        Kind kind = Kind::System;
        QString host;
        int port = 0; ///< 1 to 65535
        QString user;
        QString password;
    };
    /// A certificate that a person accepted although it cannot be verified.
    struct Pin
    {
        QString sha256; ///< of the leaf in DER, hexadecimal; empty: nothing is pinned
        /// What was wrong with it when it was accepted. That nobody known has signed it is forgiven in any
        /// case, nothing else is.
        QList<core::ErrorCause> faults = {};
    };
    using Header = std::pair<QByteArray, QByteArray>;

    /// The server. Headers, client certificate and pin are for its origin and no other, not even for regions
    /// that it names.
    QUrl baseUrl;
    QByteArray authorities;       ///< certificates in PEM, trusted besides the system's
    QByteArray clientCertificate; ///< PEM (chain, maybe with the key) or PKCS #12; empty: none
    QByteArray clientKey;         ///< PEM, where it is not beside the certificate
    QString passphrase;           ///< of the key or the PKCS #12 file
    QList<Header> headers;
    Proxy proxy;
    Pin pin;
};

/// Why a header may not be added to every request, if so: a name or a value that HTTP does not allow (a line
/// break would begin another header), or a name that is the program's own business: Authorization, Cookie,
/// Host, Origin (contract section 2), Content-*, Proxy-*, and what frames a message. Errors: Usage. Pure.
[[nodiscard]] std::optional<core::Error> headerFault(const QByteArray& name, const QByteArray& value);

/// A Transport that was looked through and made ready. GUI thread.
class Passage final
{
public:
    /// Plain: the system's authorities and proxies, nothing added.
    Passage();
    /// Errors: Usage, with the reason: a certificate or key that cannot be read (or not with this
    /// passphrase), a header that must not be sent, a proxy without a place, a pin that is no fingerprint.
    static core::Result<Passage> open(const Transport& transport);

    /// Puts on a request what belongs to its address: trust for any, the rest for the own origin.
    void dress(QNetworkRequest& request) const;
    /// The certificate is the accepted one, and nothing else is wrong with it than what was accepted.
    [[nodiscard]] bool accepts(
        const QUrl& url, const QList<QSslError>& errors, const QSslCertificate& leaf) const;
    /// There is a pin, and it says nothing else than that this certificate is another.
    [[nodiscard]] bool isOther(const QUrl& url, const QSslCertificate& leaf) const;
    /// The server is shown a certificate of ours.
    [[nodiscard]] bool hasClientCertificate() const { return m_hasClientCertificate; }

    [[nodiscard]] const Transport::Proxy& proxy() const { return m_proxy; }
    /// What a plain request has to tell the proxy, empty where nothing; tunnels are Qt's own matter. Qt
    /// would answer a 407 by sending the request again, which a body that is sent once does not allow.
    [[nodiscard]] QByteArray proxyAuthorization(const QUrl& url) const;

private:
    core::Result<void> readCertificates(const Transport& transport);
    core::Result<void> readClientCertificate(const Transport& transport);
    [[nodiscard]] bool isOwn(const QUrl& url) const;

    QString m_origin;
    QSslConfiguration m_anywhere; ///< for regions
    QSslConfiguration m_own;
    QList<Transport::Header> m_headers;
    Transport::Proxy m_proxy;
    Transport::Pin m_pin;
    bool m_hasClientCertificate = false;
};

/// Tells Qt the way: the proxy of a Transport, or the system's per address. The answer of the system is kept
/// for a minute, because asking it can take its time.
[[nodiscard]] std::unique_ptr<QNetworkProxyFactory> makeProxyFactory(const Transport::Proxy& proxy);

} // namespace vedette::api
