// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/sync/transportreader.h"

#include <QFile>

#include <utility>

#include "models/core/ondone.h"
#include "models/core/runon.h"
#include "models/secrets/secretstore.h"
#include "models/sync/networkway.h"
#include "models/sync/surroundings.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::sync {
namespace {

using core::ErrorKind;

constexpr qint64 mostBytes = 1'000'000; ///< of a file with a certificate

core::Result<QByteArray> readBounded(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return core::fail(ErrorKind::Storage, u"the client certificate: %1"_s.arg(file.errorString()));
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return core::fail(ErrorKind::Storage, u"the file with the client certificate is too large"_s);
    return bytes;
}

api::Transport::Proxy::Kind kindOf(domain::Proxy::Kind kind)
{
    using Kind = api::Transport::Proxy::Kind;
    switch (kind) {
    case domain::Proxy::Kind::System:
        break;
    case domain::Proxy::Kind::None:
        return Kind::None;
    case domain::Proxy::Kind::Http:
        return Kind::Http;
    case domain::Proxy::Kind::Socks5:
        return Kind::Socks5;
    }
    return Kind::System;
}

} // namespace

Secrets secretsIn(const NetworkWay& way)
{
    Secrets secrets;
    for (const QString& header : way.settings.headerNames) {
        if (const auto it = way.headers.constFind(header); it != way.headers.constEnd())
            secrets.insert(secrets::headerName(header), *it);
    }
    if (way.proxyPassword)
        secrets.insert(secrets::proxyName, *way.proxyPassword);
    if (way.clientKey)
        secrets.insert(secrets::clientKeyName, *way.clientKey);
    return secrets;
}

QStringList secretsOf(const domain::Account& account)
{
    const domain::NetworkSettings& network = account.network;
    QStringList names;
    for (const QString& header : network.headerNames)
        names.append(secrets::headerName(header));
    if (!network.proxy.user.isEmpty())
        names.append(secrets::proxyName);
    if (!network.clientCertificate.isEmpty())
        names.append(secrets::clientKeyName);
    return names;
}

api::Transport transportOf(const domain::Account& account)
{
    const domain::NetworkSettings& network = account.network;
    api::Transport transport;
    transport.baseUrl = account.baseUrl;
    transport.authorities = network.caCertificates.toUtf8();
    transport.proxy = {
        kindOf(network.proxy.kind), network.proxy.host, network.proxy.port, network.proxy.user, {}};
    transport.pin.sha256 = network.pin.sha256;
    for (const QString& fault : network.pin.faults)
        transport.pin.faults.append(core::errorCauseOf(fault));
    return transport;
}

QFuture<core::Result<api::Transport>> TransportReader::start(
    const domain::Account& account, const Surroundings& around, QObject* parent, Secrets typed)
{
    auto* reader = new TransportReader(account, around, parent, std::move(typed));
    QFuture<core::Result<api::Transport>> future = reader->m_promise.future();
    if (account.network.clientCertificate.isEmpty())
        reader->readNext();
    else
        reader->readFile();
    return future;
}

TransportReader::TransportReader(
    const domain::Account& account, const Surroundings& around, QObject* parent, Secrets typed)
    : QObject(parent)
    , m_around(around)
    , m_account(account)
    , m_typed(std::move(typed))
    , m_names(secretsOf(account))
    , m_transport(transportOf(account))
{
    m_promise.start();
}

TransportReader::~TransportReader()
{
    if (!m_finished) {
        m_promise.addResult(core::Result<api::Transport>(core::fail(ErrorKind::Cancelled)));
        m_promise.finish();
    }
}

void TransportReader::readFile()
{
    const QString path = m_account.network.clientCertificate;
    core::onDone(core::runOn(m_around.decoding, m_around.home, [path] { return readBounded(path); }), this,
        [this](core::Result<QByteArray> bytes) {
            if (!bytes)
                return finish(core::fail(bytes.error()));
            m_transport.clientCertificate = std::move(*bytes);
            readNext();
        });
}

void TransportReader::readNext() // NOLINT(misc-no-recursion): one level per secret of an account
{
    if (m_names.isEmpty())
        return finish(std::move(m_transport));
    const QString name = m_names.takeFirst();
    if (const auto it = m_typed.constFind(name); it != m_typed.constEnd()) {
        take(name, *it);
        return readNext();
    }
    if (m_account.id.isEmpty()) // nothing is kept of it yet
        return readNext();
    core::onDone(
        m_around.tokens.read(m_account.id, name), this, [this, name](const core::Result<QString>& secret) {
            if (secret) {
                take(name, *secret);
            } else if (name != secrets::clientKeyName || secret.error().kind != ErrorKind::NotFound) {
                // A key without a passphrase may stand beside its certificate; all else is needed.
                core::Error error = secret.error();
                if (error.kind == ErrorKind::NotFound)
                    error = {ErrorKind::Keychain, 0, u"a secret of the network settings is not kept there"_s};
                return finish(core::fail(std::move(error)));
            }
            readNext();
        });
}

void TransportReader::take(const QString& name, const QString& secret)
{
    if (name == secrets::proxyName) {
        m_transport.proxy.password = secret;
    } else if (name == secrets::clientKeyName) {
        if (secret.contains("-----BEGIN"_L1))
            m_transport.clientKey = secret.toUtf8();
        else
            m_transport.passphrase = secret;
    } else {
        for (const QString& header : m_account.network.headerNames) {
            if (secrets::headerName(header) == name)
                m_transport.headers.append({header.toUtf8(), secret.toUtf8()});
        }
    }
}

void TransportReader::finish(core::Result<api::Transport> result)
{
    m_finished = true;
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace vedette::sync
