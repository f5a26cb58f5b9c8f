// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/transport.h"

#include <QBuffer>
#include <QSslKey>

#include <algorithm>

#include "models/api/route.h"
#include "models/api/tlsfault.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::api {
namespace {

using core::ErrorCause;
using core::ErrorKind;

constexpr qsizetype mostBytes = 1'000'000; ///< of a file with certificates
constexpr qsizetype longestHeader = 8'000;
constexpr qsizetype mostHeaders = 30;

bool isTokenByte(char c)
{
    // RFC 9110 section 5.6.2
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isReserved(const QByteArray& name)
{
    static const QList<QByteArray> reserved = {"accept", "accept-encoding", "authorization", "connection",
        "cookie", "cookie2", "expect", "host", "http2-settings", "keep-alive", "last-event-id", "origin",
        "range", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via"};
    const QByteArray lower = name.toLower();
    return reserved.contains(lower) || lower.startsWith("content-") || lower.startsWith("proxy-") ||
           lower.startsWith("if-") || lower.startsWith("sec-");
}

QSslKey readKey(const QByteArray& pem, const QByteArray& passphrase)
{
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey, passphrase);
        if (!key.isNull())
            return key;
    }
    return {};
}

bool isFingerprint(const QString& text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

} // namespace

std::optional<core::Error> headerFault(const QByteArray& name, const QByteArray& value)
{
    const auto fault = [](const QString& words) { return core::Error{ErrorKind::Usage, 0, words}; };
    if (name.isEmpty() || name.size() > 200 || !std::all_of(name.begin(), name.end(), isTokenByte))
        return fault(u"a header's name holds letters, digits and dashes"_s);
    if (isReserved(name))
        return fault(u"the header %1 is set by the program itself"_s.arg(QString::fromLatin1(name)));
    const auto isVisible = [](char c) { return c == '\t' || (c >= 0x20 && c < 0x7F); };
    if (value.size() > longestHeader || !std::all_of(value.begin(), value.end(), isVisible))
        return fault(
            u"the value of the header %1 is too long or holds characters that no header may hold"_s.arg(
                QString::fromLatin1(name)));
    return {};
}

Passage::Passage()
    : m_anywhere(QSslConfiguration::defaultConfiguration())
    , m_own(m_anywhere)
{}

core::Result<Passage> Passage::open(const Transport& transport)
{
    Passage passage;
    passage.m_origin = originOf(transport.baseUrl);
    if (transport.headers.size() > mostHeaders)
        return core::fail(ErrorKind::Usage, u"too many headers"_s);
    for (const auto& [name, value] : transport.headers) {
        if (auto fault = headerFault(name, value))
            return core::fail(std::move(*fault));
    }
    passage.m_headers = transport.headers;

    const Transport::Proxy& proxy = transport.proxy;
    const bool isNamed =
        proxy.kind == Transport::Proxy::Kind::Http || proxy.kind == Transport::Proxy::Kind::Socks5;
    if (isNamed && (proxy.host.isEmpty() || proxy.port < 1 || proxy.port > 65'535))
        return core::fail(ErrorKind::Usage, u"a proxy needs a host and a port from 1 to 65535"_s);
    passage.m_proxy = proxy;

    passage.m_pin = transport.pin;
    passage.m_pin.sha256 = transport.pin.sha256.toLower().remove(u':').remove(u' ');
    if (!passage.m_pin.sha256.isEmpty() && !isFingerprint(passage.m_pin.sha256))
        return core::fail(
            ErrorKind::Usage, u"a pinned certificate is named by the 64 digits of its SHA-256"_s);

    if (auto read = passage.readCertificates(transport); !read)
        return core::fail(read.error());
    if (auto read = passage.readClientCertificate(transport); !read)
        return core::fail(read.error());
    return passage;
}

core::Result<void> Passage::readCertificates(const Transport& transport)
{
    if (!transport.authorities.isEmpty()) {
        const QList<QSslCertificate> found = transport.authorities.size() > mostBytes
                                                 ? QList<QSslCertificate>()
                                                 : QSslCertificate::fromData(transport.authorities);
        if (found.isEmpty())
            return core::fail(ErrorKind::Usage, u"no certificate of an authority can be read there"_s);
        m_anywhere.addCaCertificates(found);
    }
    m_own = m_anywhere;
    // With a pin no authority counts for the server any more: Qt then asks about every certificate, and
    // before anything is sent, so that one that some authority signed cannot take the place of the pinned.
    if (!m_pin.sha256.isEmpty())
        m_own.setCaCertificates({});
    return {};
}

core::Result<void> Passage::readClientCertificate(const Transport& transport)
{
    const QByteArray& file = transport.clientCertificate;
    if (file.isEmpty())
        return {};
    if (file.size() > mostBytes || transport.clientKey.size() > mostBytes)
        return core::fail(ErrorKind::Usage, u"the file with the client certificate is too large"_s);
    const QByteArray passphrase = transport.passphrase.toUtf8();
    QList<QSslCertificate> chain = QSslCertificate::fromData(file, QSsl::Pem);
    QSslKey key;
    if (chain.isEmpty()) {
        QBuffer bytes;
        bytes.setData(file);
        QSslCertificate leaf;
        QList<QSslCertificate> above;
        if (!bytes.open(QIODevice::ReadOnly) ||
            !QSslCertificate::importPkcs12(&bytes, &key, &leaf, &above, passphrase))
            return core::fail(
                ErrorKind::Usage, u"the client certificate cannot be read, or not with this passphrase"_s);
        chain = QList<QSslCertificate>{leaf} + above;
    } else {
        key = readKey(transport.clientKey.isEmpty() ? file : transport.clientKey, passphrase);
    }
    if (key.isNull())
        return core::fail(ErrorKind::Usage,
            u"the key of the client certificate cannot be read, or not with this passphrase"_s);
    m_own.setLocalCertificateChain(chain);
    m_own.setPrivateKey(key);
    m_hasClientCertificate = true;
    return {};
}

bool Passage::isOwn(const QUrl& url) const
{
    return !m_origin.isEmpty() && originOf(url) == m_origin;
}

void Passage::dress(QNetworkRequest& request) const
{
    const bool own = isOwn(request.url());
    request.setSslConfiguration(own ? m_own : m_anywhere);
    if (!own)
        return;
    for (const auto& [name, value] : m_headers)
        request.setRawHeader(name, value);
}

QByteArray Passage::proxyAuthorization(const QUrl& url) const
{
    if (m_proxy.kind != Transport::Proxy::Kind::Http || m_proxy.user.isEmpty() || url.scheme() != "http"_L1)
        return {};
    return "Basic " + (m_proxy.user + u':' + m_proxy.password).toUtf8().toBase64();
}

bool Passage::isOther(const QUrl& url, const QSslCertificate& leaf) const
{
    return isOwn(url) && !m_pin.sha256.isEmpty() && fingerprintOf(leaf) != m_pin.sha256;
}

bool Passage::accepts(const QUrl& url, const QList<QSslError>& errors, const QSslCertificate& leaf) const
{
    if (!isOwn(url) || m_pin.sha256.isEmpty() || fingerprintOf(leaf) != m_pin.sha256)
        return false;
    const QList<ErrorCause> faults = faultsOf(errors);
    return std::all_of(faults.begin(), faults.end(), [this](ErrorCause fault) {
        return fault == ErrorCause::UnknownIssuer || fault == ErrorCause::SelfSigned ||
               (m_pin.faults.contains(fault) && fault != ErrorCause::Revoked);
    });
}

} // namespace vedette::api
